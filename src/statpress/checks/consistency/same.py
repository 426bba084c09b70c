"""The same figure, stated in several places: in one table, in two tables, in two packages."""

from __future__ import annotations

import numpy as np

from statpress.checks.consistency.facts import Bools, Facts, Floats, Ints
from statpress.checks.consistency.outcome import EPSILON, Outcome, apart
from statpress.checks.consistency.select import compared_by, select, unique_union
from statpress.declare.claims import Same


def check_same(facts: Facts, claim: Same) -> Outcome:
    """Where a statement differs from the first of its group by more than the decimals of both, and `within`."""
    first = select(facts, claim.figures[0])
    cells = unique_union(select(facts, where) for where in claim.figures)
    without = int(np.isnan(facts.value[cells]).sum())
    cells = cells[~np.isnan(facts.value[cells])]
    factor = np.where(np.isin(cells, first), claim.times, 1.0)
    low, high = facts.low[cells] * factor, facts.high[cells] * factor
    groups = facts.groups(compared_by(facts, claim.by, *claim.figures))[cells]
    order = np.lexsort((cells, ~np.isin(cells, first), groups))
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1) != 0)
    reference = order[starts[np.cumsum(np.isin(np.arange(len(order)), starts)) - 1]] if len(order) else order
    others = order[reference != order]
    stated = reference[reference != order]
    value = facts.value[cells] * factor
    allowed = claim.within / 100 * np.maximum(np.abs(value[others]), np.abs(value[stated]))
    gap = apart(low[others], high[others], low[stated], high[stated])
    gap = np.where(_as_fine(high - low, others, stated), np.abs(value[others] - value[stated]), gap)
    off = gap > np.maximum(allowed, EPSILON)
    pairs = zip(cells[stated[off]], cells[others[off]], strict=True)
    return Outcome([(int(one), int(other)) for one, other in pairs], len(others) + without)


def _as_fine(width: Floats, others: Ints, stated: Ints) -> Bools:
    """Which pairs have the same decimals: the same figure is then printed the same, and 21.8 is not 21.9."""
    return np.isclose(width[others], width[stated]) & np.isfinite(width[others])
