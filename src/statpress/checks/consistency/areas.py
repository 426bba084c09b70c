"""Counts of areas make those of the area that they are part of: all areas of one kind at once, however many."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from statpress.checks.consistency.facts import Facts, Ints
from statpress.checks.consistency.outcome import Outcome, apart
from statpress.checks.consistency.select import NONE
from statpress.checks.consistency.sums import FEWEST, add_up, find_groups
from statpress.cube import AREA, MEASURE


def check_areas(facts: Facts, cells: Ints, parents: Mapping[str, str]) -> Outcome:
    """Where the figures of areas (the keys of `parents`) cannot make the figure of the area above them.

    An area that has figures of a measure, and no row here, may have any. Areas with one part only are passed over.
    """
    number = {code: index for index, code in enumerate(facts.words[AREA])}
    above = np.array([number.get(parents.get(code, ""), NONE) for code in number], dtype=np.int64)
    own = facts.codes[AREA]
    others = np.unique(facts.groups([key for key in facts.keys if key != AREA]), return_inverse=True)[1] * len(number)
    parts = cells[above[own[cells]] != NONE]
    expected = _count_areas(facts, parts, above)
    parts, expected = parts[expected >= FEWEST], expected[expected >= FEWEST]
    sums = add_up(facts, parts, others + above[own], expected)
    where, there = find_groups(sums.group, (others + own)[cells])
    totals, where = cells[there], where[there]
    off = apart(sums.low[where], sums.high[where], facts.low[totals], facts.high[totals]) > 0
    groups = (others + own)[totals[off]]
    broken = [(int(total), *sums.cells_of(group)) for total, group in zip(totals[off], groups, strict=True)]
    return Outcome(broken, len(totals))


def _count_areas(facts: Facts, parts: Ints, above: Ints) -> Ints:
    """For each part, how many areas of the same area above have figures of its measure."""
    size = len(facts.words[AREA])
    measure = facts.codes[MEASURE][parts] * size
    pairs = np.unique(measure + facts.codes[AREA][parts])
    whole, count = np.unique(pairs // size * size + above[pairs % size], return_counts=True)
    at = np.searchsorted(whole, measure + above[facts.codes[AREA][parts]])
    return np.append(count, 0)[at].astype(np.int64)
