"""Small changes of a whole table that keep every fact and move one form: what an alternative table takes at least.

The linear programme buys the cheapest deviation (Fischetti and Salazar 2001): a change of one cell is made good by few
others, so that a simplex search that starts from no change ends after few steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from statpress.linear.fresh import FreshSolver
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, Form, Ints, System
from statpress.linear.whole import least_whole

_NEAR = 300
"""How many quantities may change where whole numbers are looked for."""
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Change:
    """What is added to some quantities; `columns` (k,) and `amounts` (k,)."""

    columns: Ints
    amounts: Floats

    @property
    def is_whole(self) -> bool:
        """Whether every amount is a whole number."""
        return bool((abs(self.amounts - np.round(self.amounts)) < _TOLERANCE).all())


class Shifter:
    """Finds changes of one point of a system."""

    def __init__(self, system: System, start: Floats) -> None:
        """Look at changes of the point `start` (n,)."""
        self._system = system
        self._by_column = system.matrix.tocsc()
        self._down = system.row_low - system.matrix @ start
        self._up = system.row_high - system.matrix @ start
        self._less = np.maximum(start - system.low, 0.0)
        self._more = np.maximum(system.high - start, 0.0)
        model, costs = self._model(np.arange(system.size), Form((), ()), 0.0)
        self._solver = FreshSolver(model, costs)

    def shift(self, form: Form, amount: float) -> Change | None:
        """The cheapest change that adds at least `amount` to a form (or takes it, where negative).

        None proves that there is none, not even of fractions. It is of whole numbers unless none are found nearby.
        """
        size = self._system.size
        both = Form(
            (*form.columns, *(column + size for column in form.columns)),
            (*form.coefficients, *(-number for number in form.coefficients)),
        )
        low, high = (amount, np.inf) if amount > 0 else (-np.inf, amount)
        try:
            point = self._solver.least_with(both, low, high)
        except NoSolution:
            return None
        change = _change(np.arange(size), point)
        if change.is_whole:
            return change
        return self._cheapest(self._around([*form.columns, *change.columns]), form, amount) or change

    def _around(self, columns: Iterable[int]) -> Ints:
        """The quantities nearest to some, by the rows that they share."""
        found = np.unique(np.array([*columns], dtype=np.int64))
        size = max(_NEAR, len(found))
        while len(found) < size:
            rows = np.unique(self._by_column[:, found].indices)
            reached = np.unique(self._system.matrix[rows].indices).astype(np.int64)
            fresh = np.setdiff1d(reached, found, assume_unique=True)
            if not len(fresh):
                break
            if len(fresh) + len(found) > size:
                fresh = self._best_joined(fresh, found)[: size - len(found)]
            found = np.concatenate([found, fresh])
        return np.sort(found)

    def _best_joined(self, fresh: Ints, found: Ints) -> Ints:
        """Those that share most rows with what is there, first."""
        rows = np.zeros(self._system.matrix.shape[0])
        rows[self._by_column[:, found].indices] = 1.0
        shared = abs(self._by_column[:, fresh]).T @ rows
        return fresh[np.lexsort((fresh, -np.asarray(shared)))]

    def _cheapest(self, near: Ints, form: Form, amount: float) -> Change | None:
        system, costs = self._model(near, form, amount)
        try:
            point = Solver(system).least(costs).point
            if (abs(point - np.round(point)) > _TOLERANCE).any():
                whole = least_whole(system, costs, nodes=_NODES).point
                point = whole if whole is not None else point
        except NoSolution:
            return None
        return _change(near, point)

    def _model(self, near: Ints, form: Form, amount: float) -> tuple[System, Form]:
        """Changes up, then changes down, of the quantities near; the last row is the form."""
        own = self._by_column[:, near]
        rows = np.unique(own.indices)
        part = own.tocsr()[rows]
        aim = np.zeros(len(near))
        aim[np.searchsorted(near, form.columns)] = form.coefficients
        matrix = sparse.vstack([part, sparse.csr_array(aim.reshape(1, -1))], format="csr")
        ends = (amount, np.inf) if amount > 0 else (-np.inf, amount)
        system = System(
            sparse.hstack([matrix, -matrix], format="csr"),
            np.append(self._down[rows], ends[0]),
            np.append(self._up[rows], ends[1]),
            np.zeros(2 * len(near)),
            np.concatenate([self._more[near], self._less[near]]),
        )
        return system, Form(tuple(range(2 * len(near))), (1,) * (2 * len(near)))


_NODES = 20


def _change(near: Ints, point: Floats) -> Change:
    moved = point[: len(near)] - point[len(near) :]
    used = np.flatnonzero(abs(moved) > _TOLERANCE)
    return Change(near[used], moved[used])
