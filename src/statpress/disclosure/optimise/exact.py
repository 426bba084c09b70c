"""The pattern of least cost, by cutting planes (Fischetti and Salazar, Management Science 47(7), 2001).

A 0-1 programme chooses what to withhold; the reader's linear programme finds needs that the choice does not meet, and
its dual says, as a cut, what any safe choice must withhold more of. When no need is left, the choice is the best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from statpress.disclosure.optimise.clean import price_of
from statpress.disclosure.optimise.master import Choice, Master
from statpress.disclosure.optimise.separate import Separator
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools


@dataclass(frozen=True)
class Budget:
    """How much work an exact search may do."""

    within: float
    """how far above the proved bound, as a share of it, a safe pattern may be"""
    rounds: int
    """how often whole choices are tried"""
    nodes: int
    """how many nodes of the 0-1 programme are looked at each time"""
    steps: int
    """in how many steps a choice that is not safe is added to, in the hope that it becomes safe and good enough"""


@dataclass(frozen=True)
class Found:
    """The cheapest safe pattern that was found (k,), if any, and what any safe pattern costs at least."""

    withheld: Bools | None
    bound: float


def search(problem: Problem, budget: Budget) -> Found:
    """The best safe pattern that the budget finds. Every need must be possible to meet."""
    master = Master(problem, np.isfinite(problem.cost) & ~problem.required)
    separator = Separator(problem, master)
    separator.start()
    choice = master.relax()
    while separator.sharpen(choice.share):
        choice = master.relax()
    found = Found(None, choice.cost)
    for _ in range(budget.rounds):
        choice = master.choose(gap=0.0, nodes=budget.nodes)
        found = replace(found, bound=max(found.bound, choice.bound))
        safe = _complete(master, separator, choice, budget)
        if safe is not None:
            found = _better(problem, found, safe.share > 0.5)
        if safe is choice or _is_enough(problem, found, budget):
            break
    return found


def _complete(master: Master, separator: Separator, choice: Choice, budget: Budget) -> Choice | None:
    """The choice if it is safe, else a safe choice that adds to it, if a few steps find one."""
    if not separator.refute(np.round(choice.share)):
        return choice
    for _ in range(budget.steps):
        master.insist(choice.share > 0.5)
        choice = master.choose(gap=0.0, nodes=budget.nodes)
        if not separator.refute(np.round(choice.share)):
            master.insist(np.zeros(len(choice.share), dtype=bool))
            return choice
    master.insist(np.zeros(len(choice.share), dtype=bool))
    return None


def _better(problem: Problem, found: Found, safe: Bools) -> Found:
    """The cheaper of what was found and another safe pattern."""
    if found.withheld is not None and price_of(problem, found.withheld) <= price_of(problem, safe):
        return found
    return replace(found, withheld=safe)


def _is_enough(problem: Problem, found: Found, budget: Budget) -> bool:
    if found.withheld is None:
        return False
    return price_of(problem, found.withheld) <= (1 + budget.within) * found.bound + 1e-6
