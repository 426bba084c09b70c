"""Parts add to totals, a part is never more than its whole, and a stated number of figures is how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import Outcome, all_several, apart
from statpress.checks.consistency.select import compared_by, numbers_for, select, tuples, unique_union
from statpress.declare.claims import AtMost, Sum, Tally

FEWEST: Final = 2
"""Parts that a sum has at least; with fewer the rule names too little, and compares nothing."""


def check_sum(facts: Facts, claim: Sum) -> Outcome:
    """Where the range of the sum of the parts does not reach the range of the total.

    A part without a number, or with no row where other groups have one, may be anything from 0 up; so what is known
    must then not exceed the total.
    """
    wholes = () if isinstance(claim.total, float) else claim.total
    cells = unique_union(select(facts, where) for where in claim.parts)
    groups = facts.groups(compared_by(facts, claim.by, *wholes, *claim.parts))
    slots = _count_slots(facts, claim, cells)
    if slots < FEWEST:
        return Outcome([], 0)
    parts = add_up(facts, cells, groups, np.full(len(cells), slots), mean=claim.mean)
    if isinstance(claim.total, float):
        total = np.full(len(parts.group), claim.total)
        off = apart(parts.low, parts.high, total, total) > claim.tolerance
        return Outcome([parts.cells_of(group) for group in parts.group[off]], len(parts.group))
    totals = np.setdiff1d(unique_union(select(facts, where) for where in wholes), cells)
    if len(wholes) > 1:
        return _compare_sums(
            add_up(facts, totals, groups, np.zeros(len(totals), dtype=np.int64)), parts, claim.tolerance
        )
    where, there = find_groups(parts.group, groups[totals])
    totals, where = totals[there], where[there]
    off = apart(parts.low[where], parts.high[where], facts.low[totals], facts.high[totals]) > claim.tolerance
    return Outcome([(int(total), *parts.cells_of(groups[total])) for total in totals[off]], len(totals))


@dataclass(frozen=True, eq=False)
class Sums:
    """The sum of some figures in each group, as a range. `group` and `group_of` are in order."""

    group: Ints
    low: Floats
    high: Floats
    cells: Ints
    group_of: Ints
    """The group of each of the `cells`."""

    def cells_of(self, group: int) -> tuple[int, ...]:
        """The figures of one group."""
        start, end = np.searchsorted(self.group_of, [group, group + 1])
        return tuple(int(cell) for cell in self.cells[start:end])


def _compare_sums(whole: Sums, parts: Sums, tolerance: float) -> Outcome:
    """Two breakdowns of one whole, whose total need not be printed, come to the same."""
    where, there = find_groups(parts.group, whole.group)
    where = where[there]
    off = apart(parts.low[where], parts.high[where], whole.low[there], whole.high[there]) > tolerance
    broken = [whole.cells_of(group) + parts.cells_of(group) for group in whole.group[there][off]]
    return Outcome(broken, int(there.sum()))


def find_groups(ordered: Ints, wanted: Ints) -> tuple[Ints, Bools]:
    """Where each of `wanted` stands in `ordered`, and whether it is there."""
    where = np.searchsorted(ordered, wanted)
    return where, np.append(ordered, -1)[where] == wanted


def add_up(facts: Facts, cells: Ints, groups: Ints, slots: Ints, *, mean: bool = False) -> Sums:
    """The sums of figures by group. `slots` says of each cell how many figures its group has if none is missing.

    A group with fewer lacks some, of any size.
    """
    order = np.argsort(groups[cells], kind="stable")
    cells, slots = cells[order], slots[order]
    group, first, inverse = np.unique(groups[cells], return_index=True, return_inverse=True)
    low = np.bincount(inverse, facts.low[cells], len(group))
    high = np.bincount(inverse, facts.high[cells], len(group))
    count = np.bincount(inverse, minlength=len(group))
    if mean:
        return Sums(group, low / count, high / count, cells, groups[cells])
    short = count < slots[first]
    floor = 0.0 if (facts.low[cells] >= 0).all() else -np.inf
    return Sums(group, np.where(short, low + floor, low), np.where(short, np.inf, high), cells, groups[cells])


def _count_slots(facts: Facts, claim: Sum, cells: Ints) -> int:
    """How many parts a whole group has: the different texts of the columns that tell parts apart."""
    named = dict.fromkeys(column for where in claim.parts for column in where)
    named |= dict.fromkeys(key for key in facts.keys if claim.by is not None and key not in claim.by)
    return len(np.unique(facts.groups(named)[cells]))


def check_at_most(facts: Facts, claim: AtMost) -> Outcome:
    """Where a part is more than its whole, however both were rounded."""
    left = select(facts, claim.part)
    whole = numbers_for(facts, left, claim.part, claim.whole, by=claim.by)
    there = ~np.isnan(whole.value) & ~np.isnan(facts.value[left])
    over = there & (apart(facts.low[left], np.full(len(left), np.inf), whole.low, whole.high) > 0)
    return Outcome(tuples(left[over], whole.cells[over]), int(whole.found.sum()), all_several(whole.several))


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
    broken = [(int(cell), *(int(row) for row in rows[groups[rows] == groups[cell]])) for cell in stated[off]]
    return Outcome(broken, len(stated))
