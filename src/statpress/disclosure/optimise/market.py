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
        self._size = len(problem.truth)
        below, above = freedom(problem)
        beyond = np.isfinite(price)
        ways = [above[0], np.where(beyond, gain_of(above), 0), np.where(beyond, gain_of(below), 0), np.array([np.inf])]
        low = np.concatenate([-below[0], np.zeros(2 * self._size), [-np.inf]])
        high = np.concatenate(ways)
        for quantity, _ in problem.needs[0].given:
            low[quantity] = 0.0
            high[quantity + self._size * np.arange(3)] = 0.0
        matrix, form = problem.matrix, read_asks(problem).forms
        rows = sparse.block_array([[matrix, matrix, -matrix, None], [form, form, -form, -np.ones((1, 1))]]).tocsr()
        zero = np.zeros(rows.shape[0])
        self._solver = Solver(System(rows, zero, zero, low, high))
        known = np.where(beyond, price, 0.0)
        self._prices = np.concatenate([np.zeros(self._size), known, known, [0.0]])

    def buy(self, far: float) -> Bid | None:
        """The cheapest deviation that takes the form `far` up, or down where negative; None where there is none."""
        size = self._size
        self._solver.bound(3 * size, far if far > 0 else -np.inf, np.inf if far > 0 else far)
        try:
            best = self._solver.cheapest(self._prices)
        except NoSolution:
            return None
        return Bid(best.value, best.point[:size] + best.point[size : 2 * size] - best.point[2 * size : 3 * size])
