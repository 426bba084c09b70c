"""The pattern for a problem: what to withhold, with as much effort as asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from statpress.disclosure.optimise.audit import find_unmet
from statpress.disclosure.optimise.exact import Budget, search
from statpress.disclosure.optimise.quick import choose_partners
from statpress.disclosure.optimise.repair import repair
from statpress.disclosure.optimise.settle import settle
from statpress.disclosure.problem import Pattern, Problem
from statpress.linear.system import Bools

Effort = Literal["quick", "good", "exact"]
EFFORTS: tuple[Effort, ...] = ("quick", "good", "exact")

BUDGETS = {"good": Budget(gap=0.01, rounds=60, nodes=2_000), "exact": Budget(gap=0.0, rounds=1_000, nodes=1_000_000)}


def find_pattern(problem: Problem, effort: Effort = "good") -> Pattern:
    """What to withhold so that every need is met, at little cost (`quick`), nearly (`good`) or proved (`exact`) least.

    Needs that nothing can meet fall back to not being determined, or are told in `unmet`.
    """
    problem = replace(problem, required=problem.closed(problem.required))
    settled = settle(problem)
    if not (np.isfinite(problem.cost) & ~problem.required).any():
        return settled.pattern(problem.required, 0.0)
    if effort != "quick":
        found = search(settled.problem, BUDGETS[effort])
        if found.is_safe:
            return settled.pattern(found.withheld, found.bound)
    return settled.pattern(_patch(settled.problem, choose_partners(settled.problem, settled.problem.required)), 0.0)


def _patch(problem: Problem, withheld: Bools) -> Bools:
    """Repair until an audit finds no need unmet."""
    while len(unmet := find_unmet(problem, withheld)):
        more = repair(problem, withheld, unmet)
        if np.array_equal(more, withheld):
            raise ArithmeticError("The reader's linear programmes contradict each other on what is possible.")
        withheld = more
    return withheld
