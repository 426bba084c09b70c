"""How far a reader can move a form away from the truth, when items are withheld wholly or, for bounds, in part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from statpress.disclosure.problem import Need, Problem
from statpress.linear.fold import fold
from statpress.linear.solver import Solver
from statpress.linear.system import Bools, Floats, System


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

    def towards(self, prices: Floats) -> Floats:
        """A deviation (n,) that goes as far as possible in a direction of many quantities."""
        return self._solver.cheapest(-prices).point

    def room(self, forms: Any) -> tuple[Floats, Floats]:
        """How far forms (p, n) could go up, and down, if there were no equations."""
        return room(forms, self._low, self._high)

    def _hold(self, need: Need, *, still: bool) -> None:
        """What an insider knows does not move."""
        for column, _ in need.given:
            self._solver.bound(column, 0.0 if still else self._low[column], 0.0 if still else self._high[column])


class Onlooker:
    """The same for one pattern, faster: quantities that an equation ties to each other count as one."""

    def __init__(self, problem: Problem, withheld: Bools, furthest: float) -> None:
        """What is withheld (k,) and how far any quantity may move."""
        below, above = freedom(problem, furthest)
        hidden = problem.hidden(withheld)
        self._low, self._high = -np.where(hidden, below[1], below[0]), np.where(hidden, above[1], above[0])
        zero = np.zeros(problem.matrix.shape[0])
        folded = fold(System(problem.matrix, zero, zero, self._low, self._high))
        self._lift, self._few, self._solver = folded.lift, folded.system, Solver(folded.system)
        self._still: set[int] = set()

    def reach(self, need: Need, sign: int) -> Floats:
        """A deviation (n,) that takes the form of a need as far up (sign 1) or down (-1) as it goes."""
        direction = np.zeros(len(self._low))
        direction[list(need.form.columns)] = [sign * factor for factor in need.form.coefficients]
        known = self._folded(*(column for column, _ in need.given)) - self._still
        self._hold(known)
        move = self.towards(direction)
        self._let_go(known)
        return move

    def still(self, quantity: int) -> None:
        """A quantity does not move from now on."""
        self._still |= self._folded(quantity)
        self._hold(self._folded(quantity))

    def free(self, quantity: int) -> None:
        """A quantity moves again as far as the pattern lets it."""
        self._still -= self._folded(quantity)
        self._let_go(self._folded(quantity))

    def towards(self, prices: Floats) -> Floats:
        """A deviation (n,) that goes as far as possible in a direction of many quantities."""
        return np.asarray(self._lift @ self._solver.cheapest(-(self._lift.T @ prices)).point)

    def room(self, forms: Any) -> tuple[Floats, Floats]:
        """How far forms (p, n) could go up, and down, if there were no equations."""
        return room(forms, self._low, self._high)

    def _folded(self, *quantities: int) -> set[int]:
        """What counts for these quantities."""
        return set(self._lift[list(quantities)].indices.tolist())

    def _hold(self, columns: Iterable[int]) -> None:
        for column in columns:
            self._solver.bound(column, 0.0, 0.0)

    def _let_go(self, columns: Iterable[int]) -> None:
        for column in columns:
            self._solver.bound(column, self._few.low[column], self._few.high[column])


def room(forms: Any, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """How far forms (p, n) could go up, and down, within the bounds (n,) alone."""
    plus, minus = forms.maximum(0), (-forms).maximum(0)
    return plus @ high - minus @ low, minus @ high - plus @ low


def freedom(problem: Problem, furthest: float = np.inf) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """How far each quantity may go down, then up: (n,) while it is shown, and (n,) while it is hidden.

    None goes further than `furthest`, or what follows of that in the units of its rows.
    """
    below = (problem.truth - problem.shown_low, problem.truth - problem.hidden_low)
    above = (problem.shown_high - problem.truth, problem.hidden_high - problem.truth)
    most = furthest * _scale(problem.matrix) if np.isfinite(furthest) else furthest
    return (_cap(below, most), _cap(above, most))


def _scale(matrix: Any) -> Floats:
    """(n,), how far a quantity goes when another of one of its rows goes by 1: far, where coefficients differ."""
    scale = np.ones(matrix.shape[1])
    size = np.abs(matrix.data)
    if len(size) and size.max() > 1:
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        largest = np.zeros(matrix.shape[0])
        np.maximum.at(largest, row, size)
        np.maximum.at(scale, matrix.indices, largest[row] / size)
    return scale


def gain_of(ways: tuple[Floats, Floats]) -> Floats:
    """(n,), how much further each quantity goes when it is hidden."""
    return np.subtract(ways[1], ways[0], out=np.zeros(len(ways[0])), where=ways[1] > ways[0])


def _cap(ways: tuple[Floats, Floats], furthest: float | Floats) -> tuple[Floats, Floats]:
    return (np.minimum(ways[0], furthest), np.minimum(np.maximum(ways[1], ways[0]), furthest))


def _mix(ways: tuple[Floats, Floats], share: Floats) -> Floats:
    """(n,), the way open to quantities that are hidden for a share; any share opens an endless way."""
    gain, opened = gain_of(ways), share > 0
    way = ways[0].copy()
    way[opened] += gain[opened] * share[opened]
    return way
