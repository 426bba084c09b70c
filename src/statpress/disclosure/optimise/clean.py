"""Clean-up: withhold no more than the needs ask for.

What no single equation asks for is shown again, the dearest first, and all at once; what an audit then misses is bought
back, now that the rest is known. A round that does not make the pattern cheaper ends it.
"""

from __future__ import annotations

import numpy as np

from statpress.disclosure.optimise.audit import look
from statpress.disclosure.optimise.repair import repair
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools


def clean(problem: Problem, withheld: Bools, rounds: int) -> Bools:
    """(k,), a safe pattern that costs no more than `withheld`, which is safe."""
    best = withheld
    for _ in range(rounds):
        tried = mend(problem, _thin(problem, best))
        if tried is None or price_of(problem, tried) >= price_of(problem, best):
            return best
        best = tried
    return best


def mend(problem: Problem, withheld: Bools) -> Bools | None:
    """(k,), `withheld` with what an audit finds missing; None where something cannot be met."""
    seen = look(problem, withheld)
    repaired = repair(problem, withheld, seen)
    return repaired.withheld if seen.met().all() else None


def price_of(problem: Problem, withheld: Bools) -> float:
    """What it costs to withhold these (k,) beside what is required."""
    return float(problem.cost[withheld & ~problem.required].sum())


def _thin(problem: Problem, withheld: Bools) -> Bools:
    """Show what may be shown again without leaving a single withheld quantity in any equation."""
    columns = problem.matrix.tocsc()
    counts = np.bincount(problem.matrix.tocsc()[:, np.flatnonzero(problem.hidden(withheld))].indices)
    counts = np.append(counts, np.zeros(problem.matrix.shape[0] - len(counts), dtype=np.int64))
    now = withheld.copy()
    for item in find_loose(problem, withheld):
        own = problem.item == item
        rows = columns[:, np.flatnonzero(own)].indices
        if not np.any(counts[rows] == 2):
            np.subtract.at(counts, rows, 1)
            now[item] = False
    return now


def find_loose(problem: Problem, withheld: Bools) -> list[int]:
    """The items that no rule and no other item asks to be withheld, the dearest first."""
    tied = problem.required.copy()
    tied[[item for cover in problem.covers for item in cover.items]] = True
    tied[[second for first, second in problem.implied if withheld[first]]] = True
    loose = np.flatnonzero(withheld & ~tied)
    return [int(item) for item in loose[np.argsort(-problem.cost[loose], kind="stable")]]
