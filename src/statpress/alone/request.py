"""What is asked for one table: which column counts, what is withheld, how well, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Final, Literal

import pandas as pd

from statpress.disclosure.grid import TOTAL
from statpress.disclosure.optimise.find import EFFORTS, Effort
from statpress.disclosure.standards import STANDARDS, Promise, Standard
from statpress.issue import Issue, nearest
from statpress.tables.texts import show_text

Zeros = Literal["shown", "withheld"]
ZEROS: Final[tuple[Zeros, ...]] = ("shown", "withheld")
CELLS: Final = "cells"
PEOPLE: Final = "value"


@dataclass(frozen=True)
class Request:
    """What is asked for one table.

    `count` names the column of counts. Counts from 1 to `threshold` are withheld for themselves, and 0 too where
    `zeros` are `withheld`. `cost` is `cells`, `value` (people) or a column of weights, which add up along the
    hierarchies. `total` is the code of the whole of a dimension without hierarchy. `never` are cells that may not be
    withheld, such as `ward=W1,sex=Total`. `ignore` are columns that say nothing of their own, such as names.
    """

    count: str
    threshold: int = 5
    standard: Standard = "symbol"
    effort: Effort = "good"
    zeros: Zeros = "shown"
    cost: str = PEOPLE
    total: str = TOTAL
    never: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def promise(self) -> Promise:
        """The standard with its band."""
        return Promise(self.standard, self.threshold, zeros_withheld=self.zeros == "withheld")

    @property
    def weights(self) -> str | None:
        """The column of weights, if one is named."""
        return None if self.cost in (CELLS, PEOPLE) else self.cost


@dataclass(frozen=True)
class Source:
    """A table of texts, with the rows that they stand in (`source_row`), and its name in messages."""

    table: pd.DataFrame
    file: str


def check_words(request: Request) -> list[Issue]:
    """Words that are none of those that may be asked for; the command line checks its own."""
    words = (
        ("standard", request.standard, STANDARDS),
        ("effort", request.effort, EFFORTS),
        ("zeros", request.zeros, ZEROS),
    )
    issues = [
        Issue("unknown-word", f"There is no {key} {show_text(str(word))}.", key=key, hint=nearest(str(word), known))
        for key, word, known in words
        if word not in known
    ]
    if not isinstance(request.threshold, Integral) or request.threshold < 1:
        message = "The threshold is no whole number from 1 up."
        issues.append(Issue("threshold", message, key="threshold", hint="Use 5, or more."))
    return issues
