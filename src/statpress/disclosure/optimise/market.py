"""Sells deviations of one form: free within what is shown, at a price for each quantity that moves beyond it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from statpress.disclosure.optimise.asks import read_asks
from statpress.disclosure.optimise.attacker import freedom, gain_of
from statpress.disclosure.problem import Problem
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, System


@dataclass(frozen=True)
class Bid:
    """A deviation (n,) and its price."""

    price: float
    move: Floats


class Market:
    """A linear programme: moves within what is shown, moves beyond it up and down, and how far the form goes."""

    def __init__(self, problem: Problem, price: Floats) -> None:
        """The market for the only need of a problem; quantities (n,) without a finite price stay as they are shown."""
        below, above = freedom(problem)
        beyond = np.isfinite(price)
        ways = [-below[0], above[0], np.where(beyond, gain_of(above), 0.0), np.where(beyond, gain_of(below), 0.0)]
        for quantity, _ in problem.needs[0].given:
            for way in ways:
                way[quantity] = 0.0
        within, up, down = (np.flatnonzero(far > 0) for far in (ways[1] - ways[0], ways[2], ways[3]))
        matrix, form = problem.matrix.tocsc(), read_asks(problem).forms.tocsc()
        moving = sparse.vstack([matrix, form]).tocsc()
        aim = sparse.csc_array(([-1.0], ([matrix.shape[0]], [0])), shape=(moving.shape[0], 1))
        rows = sparse.hstack([moving[:, within], moving[:, up], -moving[:, down], aim]).tocsr()
        zero = np.zeros(rows.shape[0])
        low = np.concatenate([ways[0][within], np.zeros(len(up) + len(down)), [-np.inf]])
        high = np.concatenate([ways[1][within], ways[2][up], ways[3][down], [np.inf]])
        self._solver = Solver(System(rows, zero, zero, low, high), aims_change=False)
        self._prices = np.concatenate([np.zeros(len(within)), price[up], price[down], [0.0]])
        self._parts = (within, up, down)
        self._size = len(problem.truth)

    def buy(self, far: float) -> Bid | None:
        """The cheapest deviation that takes the form `far` up, or down where negative; None where there is none."""
        self._solver.bound(len(self._prices) - 1, far if far > 0 else -np.inf, np.inf if far > 0 else far)
        try:
            best = self._solver.cheapest(self._prices)
        except NoSolution:
            return None
        move = np.zeros(self._size)
        within, up, down = self._parts
        cuts = np.split(best.point[:-1], [len(within), len(within) + len(up)])
        move[within] += cuts[0]
        move[up] += cuts[1]
        move[down] -= cuts[2]
        return Bid(best.value, move)
