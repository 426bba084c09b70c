"""Show again what a pattern withholds in vain: a number that follows from the rest protects nothing and nobody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from statpress.disclosure.optimise.asks import Witnesses
from statpress.disclosure.optimise.audit import find_unmet
from statpress.disclosure.problem import Need, Pattern, Problem
from statpress.linear.system import Bools, Form, Ints


def reveal(problem: Problem, pattern: Pattern) -> Pattern:
    """The pattern without partners that have only one possible value, where every need stays as well met as it was."""
    columns = np.flatnonzero(_partners(problem, pattern.withheld)[problem.item] & (problem.item >= 0))
    needs = tuple(Need(Form.one(int(c)), problem.truth[c], problem.truth[c], width=1.0) for c in columns)
    told = columns[_unmet(problem.with_needs(needs), pattern.withheld)] if needs else columns
    if not len(told):
        return pattern
    shown = _without(problem, pattern.withheld, problem.item[told])
    shown[_freed(problem, pattern.withheld, shown)] = False
    before, after = _unmet(problem, pattern.withheld), _unmet(problem, shown)
    return replace(pattern, withheld=shown) if set(after.tolist()) <= set(before.tolist()) else pattern


def _unmet(problem: Problem, withheld: Bools) -> Ints:
    return find_unmet(problem, withheld, Witnesses(problem))


def _partners(problem: Problem, withheld: Bools) -> Bools:
    """(k,), the items that are withheld only to protect others, and show one quantity."""
    follow = problem.required.copy()
    follow[[item for other, item in problem.implied if withheld[other]]] = True
    alone = np.bincount(problem.item[problem.item >= 0], minlength=problem.items) == 1
    return np.asarray(withheld & alone & ~follow)


def _without(problem: Problem, withheld: Bools, items: Ints) -> Bools:
    """(k,), what stays withheld when as many of the items are shown as keep every rule of covers that was kept."""
    kept = [cover for cover in problem.covers if cover.is_kept(withheld)]
    now = withheld.copy()
    for item in items:
        now[item] = False
        now[item] = not all(cover.is_kept(now) for cover in kept if item in cover.items)
    return now


def _freed(problem: Problem, before: Bools, now: Bools) -> list[int]:
    """Items that went with others, all of which are shown again."""
    held = {item for other, item in problem.implied if now[other]}
    gone = {item for other, item in problem.implied if before[other] and not now[other]}
    return sorted(item for item in gone - held if not problem.required[item])
