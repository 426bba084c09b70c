"""Figures as the rules see them: what each is about, between which numbers it lies, and where it stands.

A printed number stands for a range: `47.9` for 47.85 to 47.95, a count for itself, `<7` for 0 to 6, a missing figure
for anything. All rules compare ranges, so a figure that agrees at the printed decimals is never told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Facts:
    """Figures of one or several tables, one a position. `keys` are the columns that say what a figure is about."""

    keys: tuple[str, ...]
    codes: Mapping[str, Ints]
    """For each key and each other column of texts: the number of the text at each position."""
    words: Mapping[str, tuple[str, ...]]
    """For each such column: the texts by their number."""
    value: Floats
    """Not a number where the figure has none."""
    low: Floats
    high: Floats
    places: pd.DataFrame
    """Where each stands: file, row (empty for one that a step made) and column, as texts."""
    whole: frozenset[str] = frozenset({"all"})
    """Texts that mean no breakdown, so that they are not told."""
    _groups: dict[tuple[str, ...], Ints] = field(default_factory=dict)

    def text(self, column: str, position: int) -> str:
        """What stands in a column at a position."""
        return self.words[column][int(self.codes[column][position])]

    def groups(self, by: Iterable[str]) -> Ints:
        """A number for each figure: the same for figures that agree in all columns of `by`."""
        columns = tuple(column for column in by if len(self.words[column]) > 1)
        if columns not in self._groups:
            self._groups[columns] = _number(self, columns)
        return self._groups[columns]


def collect_facts(texts: pd.DataFrame, keys: Iterable[str], value: Floats, half: Floats, places: pd.DataFrame) -> Facts:
    """Facts from columns of texts, values (NaN where there is none) and half of what each is rounded to.

    `places` has the columns file, row and column. A figure without a number may be anything from 0 up.
    """
    import pandas as pd

    codes: dict[str, Any] = {}
    words: dict[str, tuple[str, ...]] = {}
    for column in texts:
        numbers, known = pd.factorize(texts[column])
        codes[str(column)], words[str(column)] = numbers.astype(np.int64), tuple(map(str, known))
    missing = np.isnan(value)
    low, high = np.where(missing, 0.0, value - half), np.where(missing, np.inf, value + half)
    return Facts(tuple(keys), codes, words, value, low, high, places.reset_index(drop=True))


def _number(facts: Facts, columns: tuple[str, ...]) -> Ints:
    groups = np.zeros(len(facts.value), dtype=np.int64)
    size = 1
    for column in columns:
        several = len(facts.words[column])
        if size > 2**62 // several:
            groups = np.unique(groups, return_inverse=True)[1].astype(np.int64)
            size = len(facts.value)
        groups = groups * several + facts.codes[column]
        size *= several
    return groups
