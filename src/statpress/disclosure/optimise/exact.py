"""The pattern of least cost, by cutting planes (Fischetti and Salazar, Management Science 47(7), 2001).

A 0-1 programme chooses what to withhold; the reader's linear programme finds needs that the choice does not meet, and
its dual says, as a cut, what any safe choice must withhold more of. When no need is left, the choice is the best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from statpress.disclosure.optimise.cuts import find_bridges
from statpress.disclosure.optimise.master import Master
from statpress.disclosure.optimise.separate import Separator
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools


@dataclass(frozen=True)
class Budget:
    """How much work an exact search may do."""

    gap: float
    """how far from the optimum, as a share of it, a choice may be"""
    rounds: int
    """how often whole choices are tried"""
    nodes: int
    """how many nodes of the 0-1 programme are looked at each time"""


@dataclass(frozen=True)
class Found:
    """The items to withhold (k,), whether all needs are met, and what any safe pattern costs at least."""

    withheld: Bools
    is_safe: bool
    bound: float


def search(problem: Problem, budget: Budget) -> Found:
    """The best choice that the budget finds. Every need must be possible to meet."""
    candidates = np.isfinite(problem.cost) & ~problem.required
    master = Master(problem, candidates)
    separator = Separator(problem, master)
    separator.start()
    for first, others in find_bridges(problem, candidates):
        master.add_follow(first, others)
    choice = master.relax()
    while separator.sharpen(choice.share):
        choice = master.relax()
    bound = choice.cost
    for _ in range(budget.rounds):
        choice = master.choose(gap=budget.gap, nodes=budget.nodes)
        bound = max(bound, choice.bound)
        if not separator.refute(np.round(choice.share)):
            return Found(choice.share > 0.5, True, bound)
    return Found(choice.share > 0.5, False, bound)
