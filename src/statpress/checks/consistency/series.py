"""Series: jumps from one period to the next, and slips of the digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import Outcome
from statpress.checks.consistency.select import select
from statpress.cube import NOT_STATED, PERIOD
from statpress.declare.rules import Jump, Thresholds
from statpress.interval import read_code

SPAN = "\0span"
"""The column that says how long a period is, so that a year is not compared with a day."""


@dataclass(frozen=True, eq=False)
class Series:
    """Figures in the order of their series: positions, values, and whether each has the one before in its series."""

    cells: Ints
    value: Floats
    follows: Bools


def check_jump(facts: Facts, claim: Jump) -> Outcome:
    """Where a figure differs from the one before it in its series by more than so many percent."""
    series = order_series(facts, select(facts, claim.figures), claim.along, claim.order)
    change = np.abs(np.diff(series.value, prepend=np.nan))
    before = np.roll(series.value, 1)
    off = series.follows & (change > claim.at_most / 100 * np.abs(before)) & (change >= claim.smallest)
    off &= change > 0
    return Outcome(_with_before(series, off), int(series.follows.sum()))


def check_slip(facts: Facts, cells: Ints, thresholds: Thresholds) -> Outcome:
    """Where a figure is so many times its neighbours on both sides, or so small a part of them.

    The first and the last of a series have one neighbour only. A zero among numbers counts as 1. Where neither the
    figure nor a neighbour reaches `smallest`, nothing is told.
    """
    series = order_series(facts, cells, PERIOD)
    follows, leads = series.follows, np.append(series.follows[1:], False)
    size = np.log(np.maximum(np.abs(series.value), 1.0))
    before, after = np.where(follows, np.roll(size, 1), np.nan), np.where(leads, np.roll(size, -1), np.nan)
    limit = np.log(thresholds.slip)
    peak = np.fmin(size - before, size - after) >= limit
    dip = np.fmax(size - before, size - after) <= -limit
    large = np.fmax(size, np.fmax(before, after)) >= np.log(max(thresholds.smallest, 1))
    return Outcome(_neighbours(series, (peak | dip) & large, leads), int(follows.sum()))


def _neighbours(series: Series, off: Bools, leads: Bools) -> list[tuple[int, ...]]:
    """Each slip with the figures beside it, once where two of them name each other."""
    found: dict[frozenset[int], tuple[int, ...]] = {}
    for at in np.flatnonzero(off):
        before = [series.cells[at - 1]] if series.follows[at] else []
        after = [series.cells[at + 1]] if leads[at] else []
        cells = tuple(int(cell) for cell in (series.cells[at], *before, *after))
        found.setdefault(frozenset(cells), cells)
    return list(found.values())


def order_series(facts: Facts, cells: Ints, along: str, order: Sequence[str] = ()) -> Series:
    """Figures that have a number, series by series, in the order of `along`: as given, or as periods follow."""
    keys = [key for key in facts.keys if key != along] + ([SPAN] if SPAN in facts.words else [])
    ranks = _rank(facts.words[along], order)[facts.codes[along][cells]]
    cells = cells[~np.isnan(facts.value[cells]) & (ranks >= 0)]
    ranks, groups = _rank(facts.words[along], order)[facts.codes[along][cells]], facts.groups(keys)[cells]
    ordered = np.lexsort((ranks, groups))
    cells, groups = cells[ordered], groups[ordered]
    return Series(cells, facts.value[cells], np.diff(groups, prepend=-1) == 0)


def _rank(words: Sequence[str], order: Sequence[str]) -> Ints:
    """The place in time of each text; -1 for one that has none."""
    known = order or sorted((word for word in words if word != NOT_STATED), key=_start)
    places = {word: place for place, word in enumerate(known)}
    return np.array([places.get(word, -1) for word in words], dtype=np.int64)


def _start(word: str) -> tuple[str, str]:
    interval = read_code(word)
    return (interval.start.isoformat() if interval else word, word)


def _with_before(series: Series, off: Bools) -> list[tuple[int, ...]]:
    return [(int(series.cells[at]), int(series.cells[at - 1])) for at in np.flatnonzero(off)]
