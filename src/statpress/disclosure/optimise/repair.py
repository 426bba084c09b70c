"""Repair: where a need is not met, buy the cheapest deviation that meets it, and withhold what that touches."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from statpress.disclosure.optimise.asks import NEARLY, Witnesses, read_asks
from statpress.disclosure.optimise.attacker import freedom
from statpress.disclosure.problem import Problem
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Bools, Floats, Ints, System

TINY = 1e-3
"""The price of moving what is withheld anyway, so that deviations stay small."""


def repair(problem: Problem, withheld: Bools, needs: Ints) -> Bools:
    """(k,), `withheld` with what the unmet `needs` ask for, one need after the other, where possible."""
    market = _Market(problem, needs)
    seen = Witnesses(problem)
    now = withheld.copy()
    for place in needs.tolist():
        if not seen.is_met(place):
            for move in _choose(market, seen, place, now):
                seen.note(move)
                now |= problem.closed(_touched(problem, move))
    return now


def _choose(market: _Market, seen: Witnesses, place: int, now: Bools) -> list[Floats]:
    """The deviations that meet a need: up and down as far as it asks, and the rest of the way where it is cheaper."""
    up, down, either = (float(asked[place]) for asked in (seen.asks.up, seen.asks.down, seen.asks.either))
    fixed = [market.buy(place, far, now) for far in (up, -down) if far]
    rest = [market.buy(place, far, now) for far in (up + either, -down - either) if either]
    cheapest = min((bid for bid in rest if bid is not None), key=lambda bid: bid[0], default=None)
    return [bid[1] for bid in (*fixed, cheapest) if bid is not None]


def _touched(problem: Problem, move: Floats) -> Bools:
    """(k,), the items that must be withheld for a deviation (n,) to be possible."""
    outside = (move < problem.shown_low - problem.truth - NEARLY) | (move > problem.shown_high - problem.truth + NEARLY)
    touched = np.zeros(problem.items + 1, dtype=bool)
    touched[problem.item[outside]] = True
    return touched[:-1]


class _Market:
    """Sells deviations: free within what is shown, at the price of the item beyond it."""

    def __init__(self, problem: Problem, needs: Ints) -> None:
        """Columns: moves within what is shown, moves beyond it up and down, and how far each need's form goes."""
        self._problem, self._needs = problem, {int(need): place for place, need in enumerate(needs)}
        (down, far_down), (up, far_up) = freedom(problem)
        forbidden = (problem.item >= 0) & ~(np.isfinite(problem.cost) | problem.required)[problem.item]
        self._ways = np.concatenate(
            [up + down, np.where(forbidden, 0, far_up - up), np.where(forbidden, 0, far_down - down)]
        )
        matrix, forms = problem.matrix, read_asks(problem).forms[needs]
        rows = sparse.block_array(
            [
                [matrix, matrix, -matrix, None],
                [forms, forms, -forms, -sparse.eye_array(len(needs))],
            ]
        ).tocsr()
        still = np.append(matrix @ down, forms @ down)
        far = np.full(len(needs), np.inf)
        self._down = down
        self._solver = Solver(
            System(rows, still, still, np.append(np.zeros(len(self._ways)), -far), np.append(self._ways, far))
        )

    def buy(self, place: int, far: float, withheld: Bools) -> tuple[float, Floats] | None:
        """The cheapest deviation that takes a form `far`, up or down, with its price; None where there is none."""
        problem, size = self._problem, len(self._problem.truth)
        price = np.append(np.where(withheld | problem.required, TINY, problem.cost + TINY), TINY)[problem.item]
        price[~np.isfinite(price)] = 0.0
        column = 3 * size + self._needs[place]
        self._hold(place, still=True)
        self._solver.bound(column, far if far > 0 else -np.inf, np.inf if far > 0 else far)
        try:
            best = self._solver.cheapest(np.concatenate([np.zeros(size), price, price, np.zeros(len(self._needs))]))
        except NoSolution:
            best = None
        self._solver.bound(column, -np.inf, np.inf)
        self._hold(place, still=False)
        if best is None:
            return None
        move = best.point[:size] - self._down + best.point[size : 2 * size] - best.point[2 * size : 3 * size]
        return best.value, move

    def _hold(self, place: int, *, still: bool) -> None:
        """What an insider knows does not move."""
        size = len(self._problem.truth)
        for quantity, _ in self._problem.needs[place].given:
            for way, low in enumerate((self._down[quantity], 0.0, 0.0)):
                column = way * size + quantity
                self._solver.bound(column, low if still else 0.0, low if still else self._ways[column])
