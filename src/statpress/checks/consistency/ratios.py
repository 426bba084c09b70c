"""Percentages and rates against what they are made of."""

from __future__ import annotations

from typing import Final

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import EPSILON, Outcome, all_several, apart
from statpress.checks.consistency.select import Where, compared_by, numbers_for, select, tuples
from statpress.declare.claims import Base, Possible, Ratio

_MOST_BASES: Final = 100
"""A base that may be any of more numbers than these makes every percentage possible."""


def check_ratio(facts: Facts, claim: Ratio) -> Outcome:
    """Where no numerator and denominator in their ranges give the figure at its printed decimals."""
    left = select(facts, claim.ratio)
    over = numbers_for(facts, left, claim.ratio, claim.numerator, by=claim.by)
    under = numbers_for(facts, left, claim.ratio, claim.denominator, by=claim.by)
    there = ~(np.isnan(facts.value[left]) | np.isnan(over.value) | np.isnan(under.value)) & (under.low > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = claim.per * over.low / np.where(over.low < 0, under.low, under.high)
        high = claim.per * over.high / np.where(over.high < 0, under.high, under.low)
    off = there & (apart(low, high, facts.low[left], facts.high[left]) > claim.tolerance)
    broken = tuples(left[off], over.cells[off], under.cells[off])
    return Outcome(broken, int((over.found & under.found).sum()), all_several(over.several, under.several))


def check_base(facts: Facts, claim: Base) -> Outcome:
    """Where the base that a count and its percentage imply is not the one that the first of its group implies."""
    pairs = [_bases(facts, *pair, claim) for pair in zip(claim.percentages, claim.counts, strict=True)]
    cells, counts, low, high = (np.concatenate(part) for part in zip(*pairs, strict=True))
    groups = facts.groups(compared_by(facts, claim.by, *claim.percentages))[cells]
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    stated = first[inverse]
    allowed = claim.within / 100 * np.where(np.isfinite(high), high, 0)
    off = apart(low, high, low[stated], high[stated]) > allowed
    broken = tuples(cells[off], counts[off], cells[stated][off], counts[stated][off])
    return Outcome(broken, sum(len(select(facts, where)) for where in claim.percentages) - 1)


def _bases(facts: Facts, percentages: Where, counts: Where, claim: Base) -> tuple[Ints, Ints, Floats, Floats]:
    """The percentages that have a count, their counts, and between which numbers the base of each lies."""
    left = select(facts, percentages)
    over = numbers_for(facts, left, percentages, counts, by=claim.by)
    there = ~(np.isnan(facts.value[left]) | np.isnan(over.value)) & (facts.low[left] > 0)
    left, cells = left[there], over.cells[there]
    low = claim.per * over.low[there] / facts.high[left]
    return left, cells, low, claim.per * over.high[there] / facts.low[left]


def check_possible(facts: Facts, claim: Possible) -> Outcome:
    """Where no whole number, out of any whole base in its range, gives the percentage (after GRIM: Brown and
    Heathers, "The GRIM test", 2017)."""
    left = select(facts, claim.percentage)
    base = numbers_for(facts, left, claim.percentage, claim.of, by=claim.by)
    there = ~(np.isnan(facts.value[left]) | np.isnan(base.value)) & (base.low > 0)
    there &= base.high - base.low <= _MOST_BASES
    kept = np.flatnonzero(there)
    gives = _some_whole(facts.low[left[kept]], facts.high[left[kept]], base.low[kept], base.high[kept])
    off = kept[~gives]
    return Outcome(tuples(left[off], base.cells[off]), int(base.found.sum()), all_several(base.several))


def _some_whole(low: Floats, high: Floats, base_low: Floats, base_high: Floats) -> Bools:
    """Whether some whole number of some whole base in its range lies in the range of the percentage."""
    gives = np.zeros(len(low), dtype=bool)
    first = np.ceil(base_low - EPSILON)
    for step in range(_MOST_BASES + 1):
        base = first + step
        inside = base <= base_high + EPSILON
        if not inside.any():
            break
        fewest = np.ceil(base * low / 100 - EPSILON * np.maximum(base, 1))
        gives |= inside & (fewest <= base * high / 100 + EPSILON * np.maximum(base, 1))
    return gives


def check_range(facts: Facts, cells: Ints) -> Outcome:
    """Where a percentage of a whole is not between 0 and 100."""
    value = facts.value[cells]
    off = (value < 0) | (value > 100)
    return Outcome([(int(cell),) for cell in cells[off]], len(cells))
