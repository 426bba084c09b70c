"""How far a reader can move a form away from the truth, when items are withheld wholly or, for bounds, in part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from statpress.disclosure.problem import Need, Problem
from statpress.linear.solver import Solver
from statpress.linear.system import Floats, System


@dataclass(frozen=True)
class Reach:
    """How `far` a form goes, a deviation `move` (n,) that does so, and what each quantity's freedom is `worth` (n,).

    `worth` is the form less a combination of the equations, so that for every deviation d that the equations allow,
    form(d) = worth @ d: the dual of Fischetti and Salazar, 2001.
    """

    far: float
    move: Floats
    worth: Floats


class Attacker:
    """The reader's linear programme in deviations from the truth, solved again and again from where it ended last."""

    def __init__(self, problem: Problem) -> None:
        """Nothing is withheld yet."""
        self._problem = problem
        self._turned = problem.matrix.T.tocsr()
        still = np.zeros(len(problem.truth))
        zero = np.zeros(problem.matrix.shape[0])
        self._solver = Solver(System(problem.matrix, zero, zero, still, still))
        self._low, self._high = still, still

    def see(self, share: Floats, furthest: float) -> None:
        """Withhold the `share` (k,), 0 to 1, of each item; no quantity moves further than `furthest`."""
        below, above = freedom(self._problem, furthest)
        padded = np.append(share, 1.0)[self._problem.item]
        self._low, self._high = -_mix(below, padded), _mix(above, padded)
        self._solver.bounds(self._low, self._high)

    def reach(self, need: Need, sign: int) -> Reach:
        """How far the form of a need goes up (sign 1) or down (-1)."""
        self._hold(need, still=True)
        best = self._solver.most(need.form) if sign > 0 else self._solver.least(need.form)
        self._hold(need, still=False)
        worth = -(self._turned @ best.duals)
        worth[list(need.form.columns)] += need.form.coefficients
        worth[np.abs(worth) < 1e-7] = 0.0
        return Reach(sign * best.value, best.point, sign * worth)

    def _hold(self, need: Need, *, still: bool) -> None:
        """What an insider knows does not move."""
        for column, _ in need.given:
            self._solver.bound(column, 0.0 if still else self._low[column], 0.0 if still else self._high[column])


def freedom(problem: Problem, furthest: float = np.inf) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """How far each quantity may go down, then up: (n,) while it is shown, and (n,) while it is hidden."""
    below = (problem.truth - problem.shown_low, problem.truth - problem.hidden_low)
    above = (problem.shown_high - problem.truth, problem.hidden_high - problem.truth)
    return (_cap(below, furthest), _cap(above, furthest))


def _cap(ways: tuple[Floats, Floats], furthest: float) -> tuple[Floats, Floats]:
    return (np.minimum(ways[0], furthest), np.minimum(np.maximum(ways[1], ways[0]), furthest))


def _mix(ways: tuple[Floats, Floats], share: Floats) -> Floats:
    """(n,), the way open to quantities that are hidden for a share; any share opens an endless way."""
    more = np.zeros(len(share))
    np.multiply(ways[1] - ways[0], share, out=more, where=share > 0)
    return np.asarray(ways[0] + more)
