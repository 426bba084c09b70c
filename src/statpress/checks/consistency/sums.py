"""Parts add to totals, a part is never more than its whole, and a stated number of figures is how many there are."""

from __future__ import annotations

import numpy as np

from statpress.checks.consistency.facts import Facts, Floats, Ints
from statpress.checks.consistency.outcome import Outcome, all_several, apart
from statpress.checks.consistency.select import compared_by, numbers_for, select, tuples, unique_union
from statpress.declare.rules import AtMost, Sum, Tally


def check_sum(facts: Facts, claim: Sum) -> Outcome:
    """Where the range of the sum of the parts does not reach the range of the total.

    A part without a number, or with no row where other groups have one, may be anything from 0 up; so what is known
    must then not exceed the total.
    """
    parts = unique_union(select(facts, where) for where in claim.parts)
    groups = facts.groups(compared_by(facts, claim.by, claim.total, *claim.parts))
    sums = _add_up(facts, parts, groups[parts], _count_slots(facts, claim, parts))
    if isinstance(claim.total, float):
        total = np.full(len(sums.group), claim.total)
        off = apart(sums.low, sums.high, total, total) > claim.tolerance
        return Outcome([_cells_of(group, parts, groups) for group in sums.group[off]], len(sums.group))
    totals = np.setdiff1d(select(facts, claim.total), parts)
    where = np.searchsorted(sums.group, groups[totals])
    there = (where < len(sums.group)) & (np.append(sums.group, -1)[where] == groups[totals])
    totals, where = totals[there], where[there]
    off = apart(sums.low[where], sums.high[where], facts.low[totals], facts.high[totals]) > claim.tolerance
    broken = [(int(total), *_cells_of(groups[total], parts, groups)) for total in totals[off]]
    return Outcome(broken, len(totals))


class _Sums:
    """The sum of the parts of each group, as a range. `group` is in order."""

    def __init__(self, group: Ints, low: Floats, high: Floats) -> None:
        self.group, self.low, self.high = group, low, high


def _add_up(facts: Facts, parts: Ints, groups: Ints, slots: int) -> _Sums:
    group, inverse = np.unique(groups, return_inverse=True)
    low = np.bincount(inverse, facts.low[parts], len(group))
    high = np.bincount(inverse, facts.high[parts], len(group))
    short = np.bincount(inverse, minlength=len(group)) < slots
    floor = 0.0 if (facts.low[parts] >= 0).all() else -np.inf
    return _Sums(group, np.where(short, low + floor, low), np.where(short, np.inf, high))


def _count_slots(facts: Facts, claim: Sum, parts: Ints) -> int:
    """How many parts a whole group has: the different texts of the columns that the rule names."""
    if claim.by is not None:
        named = [key for key in facts.keys if key not in claim.by]
    else:
        named = list(dict.fromkeys(column for where in claim.parts for column in where if column in facts.keys))
    return len(np.unique(facts.groups(named)[parts]))


def _cells_of(group: int, parts: Ints, groups: Ints) -> tuple[int, ...]:
    return tuple(int(part) for part in parts[groups[parts] == group])


def check_at_most(facts: Facts, claim: AtMost) -> Outcome:
    """Where a part is more than its whole, however both were rounded."""
    left = select(facts, claim.part)
    whole = numbers_for(facts, left, claim.part, claim.whole, by=claim.by)
    there = ~np.isnan(whole.value) & ~np.isnan(facts.value[left])
    over = there & (apart(facts.low[left], np.full(len(left), np.inf), whole.low, whole.high) > 0)
    return Outcome(tuples(left[over], whole.cells[over]), int(there.sum()), all_several(whole.several))


def check_tally(facts: Facts, claim: Tally) -> Outcome:
    """Where a stated number of figures is not how many there are."""
    rows = select(facts, claim.rows)
    by = compared_by(facts, claim.by, claim.stated, claim.rows)
    groups = facts.groups(by)
    if isinstance(claim.stated, float):
        group, first, counted = np.unique(groups[rows], return_index=True, return_counts=True)
        off = counted != claim.stated
        return Outcome([(int(rows[cell]),) for cell in first[off]], len(group))
    stated = select(facts, claim.stated)
    count: Floats = np.array([(groups[rows] == groups[cell]).sum() for cell in stated], dtype=np.float64)
    off = apart(facts.low[stated], facts.high[stated], count, count) > 0
    broken = [(int(cell), *_cells_of(groups[cell], rows, groups)) for cell in stated[off]]
    return Outcome(broken, len(stated))
