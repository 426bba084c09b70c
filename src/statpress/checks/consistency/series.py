"""Series: jumps from one period to the next, and slips of the digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import Outcome
from statpress.checks.consistency.select import NONE, select
from statpress.cube import NOT_STATED, PERIOD
from statpress.declare.claims import Jump
from statpress.declare.rules import Thresholds
from statpress.interval import read_code

SPAN = "\0span"
"""The column that says how long a period is, so that a year is not compared with a day."""
_ALIKE = 1.5
"""Figures are alike if one is at most so many times the other."""


@dataclass(frozen=True, eq=False)
class Series:
    """Figures in the order of their series: positions, values, and whether each has the one before in its series."""

    cells: Ints
    value: Floats
    follows: Bools


def check_jump(facts: Facts, claim: Jump) -> Outcome:
    """Where a figure differs from the one before it in its series by more than so many percent."""
    cells = select(facts, claim.figures)
    series = order_series(facts, cells, claim.along, claim.order)
    change = np.abs(np.diff(series.value, prepend=np.nan))
    before = np.roll(series.value, 1)
    off = series.follows & (change > claim.at_most / 100 * np.abs(before)) & (change >= claim.smallest)
    off &= change > 0
    return Outcome(_with_before(series, off), len(cells))


def check_slip(facts: Facts, cells: Ints, thresholds: Thresholds) -> Outcome:
    """Where a figure is many times the two beside it in time, or a small part of them, and those two are alike.

    That is how a digit too many or too few looks, or thousands among units. The figures beside the first and the last
    of a series are the two next to it. A zero is no slip, and small numbers may well go up and down.
    """
    series = order_series(facts, cells, PERIOD)
    one, other = _beside(series)
    value, near, far = (np.append(np.abs(series.value), np.nan)[at] for at in (np.arange(len(one)), one, other))
    with np.errstate(divide="ignore", invalid="ignore"):
        times = value / np.sqrt(near * far)
        alike = np.maximum(near, far) <= _ALIKE * np.minimum(near, far)
    off = alike & (np.fmin(near, far) > 0) & (value > 0) & ((times >= thresholds.slip) | (times <= 1 / thresholds.slip))
    off &= np.fmax(value, near) >= thresholds.smallest
    broken = [tuple(int(series.cells[part]) for part in (at, one[at], other[at])) for at in np.flatnonzero(off)]
    return Outcome(broken, int((one != NONE).sum()))


def _beside(series: Series) -> tuple[Ints, Ints]:
    """For each figure the places of the two that are next to it in its series; -1 where there are none."""
    place = np.arange(len(series.cells))
    start = np.maximum.accumulate(np.where(series.follows, 0, place)) if len(place) else place
    end = np.append(start[1:] != start[:-1], True) if len(place) else place.astype(bool)
    last = np.minimum.accumulate(np.where(end, place, len(place))[::-1])[::-1]
    one = np.where(place > start, place - 1, place + 1)
    other = np.where((place > start) & (place < last), place + 1, np.where(place > start, place - 2, place + 2))
    inside = (one >= start) & (one <= last) & (other >= start) & (other <= last)
    return np.where(inside, one, NONE), np.where(inside, other, NONE)


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
