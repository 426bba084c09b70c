"""Changes against the two figures that they compare, in numbers and in words."""

from __future__ import annotations

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import Outcome, all_several, apart
from statpress.checks.consistency.select import NONE, Numbers, Where, numbers_at, numbers_for, select, tuples
from statpress.checks.consistency.series import order_series
from statpress.cube import PERIOD
from statpress.declare.claims import Change, Direction

Range = tuple[Floats, Floats]


def check_change(facts: Facts, claim: Change) -> Outcome:
    """Where no two figures in their ranges give the change at its printed decimals."""
    left = select(facts, claim.change)
    after = numbers_for(facts, left, claim.change, claim.to, by=claim.by)
    before = _before(facts, left, claim.change, claim, after.cells)
    there = ~(np.isnan(facts.value[left]) | np.isnan(before.value) | np.isnan(after.value))
    if claim.as_ != "difference":
        there &= before.low > 0
    low, high = _unsign(_change(before, after, claim.as_), claim)
    off = there & (apart(low, high, facts.low[left], facts.high[left]) > claim.tolerance)
    broken = tuples(left[off], before.cells[off], after.cells[off])
    return Outcome(broken, int((before.found & after.found).sum()), all_several(before.several, after.several))


def _change(before: Numbers, after: Numbers, stated_as: str) -> Range:
    if stated_as == "difference":
        return after.low - before.high, after.high - before.low
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = after.low / before.high, after.high / before.low
    return (low, high) if stated_as == "times" else (100 * (low - 1), 100 * (high - 1))


def _unsign(change: Range, claim: Change) -> Range:
    low, high = change
    if not claim.unsigned:
        return low, high
    ends = np.abs(low), np.abs(high)
    return np.where((low < 0) & (high > 0), 0.0, np.minimum(*ends)), np.maximum(*ends)


def _before(facts: Facts, left: Ints, where: Where, claim: Change | Direction, after: Ints) -> Numbers:
    """The earlier figure for each of `left`: as the rule says, or the one before `after` in its series."""
    if claim.from_ is not None:
        return numbers_for(facts, left, where, claim.from_, by=claim.by)
    series = order_series(facts, select(facts, claim.to), PERIOD)
    earlier = np.full(len(facts.value) + 1, NONE)
    earlier[series.cells[series.follows]] = np.roll(series.cells, 1)[series.follows]
    return numbers_at(facts, earlier[after])


def check_direction(facts: Facts, claim: Direction) -> Outcome:
    """Where the word says more, less or the same, and the two figures say otherwise."""
    left = select(facts, claim.to)
    before = _before(facts, left, claim.to, claim, left)
    there = ~(np.isnan(facts.value[left]) | np.isnan(before.value))
    slack = claim.within / 100 * np.abs(before.value)
    change = facts.value[left] - before.value
    up, down = _says(facts, left, claim, claim.up), _says(facts, left, claim, claim.down)
    same = _says(facts, left, claim, claim.same)
    off = there & ((up & (change <= 0)) | (down & (change >= 0)) | (same & (np.abs(change) > slack)))
    return Outcome(tuples(left[off], before.cells[off]), int((before.found & (up | down | same)).sum()))


def _says(facts: Facts, cells: Ints, claim: Direction, words: tuple[str, ...]) -> Bools:
    numbers = [number for number, text in enumerate(facts.words[claim.column]) if text in words]
    return np.isin(facts.codes[claim.column][cells], numbers)
