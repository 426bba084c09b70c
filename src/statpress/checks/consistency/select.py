"""Find the figures that a rule names, and those that belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints

Where = Mapping[str, str | tuple[str, ...]]
NONE = -1
"""Instead of a position: there is no such figure."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """One number for each of several figures: what they are compared with. `cells` has its position, or -1."""

    value: Floats
    low: Floats
    high: Floats
    cells: Ints
    found: Bools
    """Whether there is something to compare with, be it a figure without a number."""
    several: Ints
    """Positions of figures for which the rule finds more than one number."""


def select(facts: Facts, where: Where) -> Ints:
    """The positions whose columns hold the texts of `where`, in order."""
    mask = np.ones(len(facts.value), dtype=bool)
    for column, wanted in where.items():
        texts = {wanted} if isinstance(wanted, str) else set(wanted)
        numbers = [number for number, text in enumerate(facts.words.get(column, ())) if text in texts]
        codes = facts.codes.get(column, np.full(len(facts.value), NONE))
        mask &= codes == numbers[0] if len(numbers) == 1 else np.isin(codes, numbers)
    return np.flatnonzero(mask)


def compared_by(facts: Facts, by: tuple[str, ...] | None, *wheres: Where | float) -> tuple[str, ...]:
    """The columns in which figures must agree to be compared: `by`, or every key that no selection names."""
    if by is not None:
        return by
    named = {column for where in wheres if isinstance(where, Mapping) for column in where}
    return tuple(key for key in facts.keys if key not in named)


def numbers_for(
    facts: Facts, left: Ints, where: Where, figure: Where | float, *, by: tuple[str, ...] | None
) -> Numbers:
    """For each position of `left`, which `where` selects, the number of `figure` that belongs to it."""
    if not isinstance(figure, Mapping):
        same = np.full(len(left), float(figure))
        none, found = np.full(len(left), NONE), np.ones(len(left), dtype=bool)
        return Numbers(same, same, same, none, found, np.empty(0, dtype=np.int64))
    right = select(facts, figure)
    cells, several = _partners(facts.groups(compared_by(facts, by, where, figure)), left, right)
    return replace(numbers_at(facts, cells), several=left[several])


def numbers_at(facts: Facts, cells: Ints) -> Numbers:
    """The numbers at positions, some of which may be `NONE`."""
    value, low, high = (_take(part, cells) for part in (facts.value, facts.low, facts.high))
    return Numbers(value, low, high, cells, cells != NONE, np.empty(0, dtype=np.int64))


def tuples(*columns: Ints) -> list[tuple[int, ...]]:
    """Positions side by side, without those that are no figures."""
    return [tuple(int(cell) for cell in row if cell != NONE) for row in zip(*columns, strict=True)]


def unique_union(parts: Iterable[Ints]) -> Ints:
    """Positions of several selections, each once, in order."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *parts]))


def _partners(groups: Ints, left: Ints, right: Ints) -> tuple[Ints, Bools]:
    """For each of `left` the one of `right` in its group, or -1; and whether there are several."""
    ordered = right[np.argsort(groups[right], kind="stable")]
    first = np.searchsorted(groups[ordered], groups[left], side="left")
    count = np.searchsorted(groups[ordered], groups[left], side="right") - first
    found = np.append(ordered, NONE)[np.minimum(first, len(ordered))]
    return np.where(count == 1, found, NONE), count > 1


def _take(values: Floats, cells: Ints) -> Floats:
    return np.where(cells == NONE, np.nan, np.append(values, np.nan)[cells])
