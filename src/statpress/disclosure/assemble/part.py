"""One pipeline's cells, with what is already decided about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from statpress.disclosure.cells import Cells, Key, Rules


@dataclass(frozen=True)
class Part:
    """The cells of one pipeline, its rules, and the cells withheld for themselves with the name of the rule."""

    cells: Cells
    rules: Rules
    reasons: Mapping[Key, str]

    @property
    def least(self) -> int:
        """The least count that a reader takes a withheld one to be."""
        return self.rules.small[0]
