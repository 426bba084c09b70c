"""The quick heuristic: an equation that leaves a need too little room gets the cheapest partner.

Looks at one equation at a time (ESSnet Handbook on SDC, 2nd edition, 4.2): a withheld item may not be alone in it, and
what else is hidden in it must be able to make up for the moves that a need asks for. A partner's price is shared among
the equations that it repairs and raised for each equation in which it would be alone.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from statpress.disclosure.optimise.asks import NEARLY, read_asks
from statpress.disclosure.optimise.attacker import freedom
from statpress.disclosure.problem import Need, Problem
from statpress.linear.system import Bools, Floats, Ints

ALONE = 4.0
"""How much dearer a partner gets for each equation in which it would be alone; by trial on the benchmark tables."""


def choose_partners(problem: Problem, withheld: Bools) -> Bools:
    """(k,), `withheld` with partners until no single equation gives a need away, where partners are to be had."""
    hiding = _Hiding(problem)
    for item in np.flatnonzero(withheld).tolist():
        hiding.hide(item)
    for cover in problem.covers:
        hiding.cover(np.array(cover.items), np.array(cover.weights), cover.least)
    while hiding.waiting:
        row = hiding.waiting.popleft()
        while hiding.fails[row] and (partner := hiding.cheapest(row)) is not None:
            hiding.hide(partner)
    return hiding.withheld


def find_hopeless(problem: Problem) -> list[int]:
    """The places of the needs that a single equation gives away even when everything is withheld that may be."""
    hiding = _Hiding(problem)
    for item in np.flatnonzero(problem.everything).tolist():
        hiding.hide(item)
    return [place for quantity, place in hiding.needs.items() if hiding.narrows(quantity, place)]


class _Hiding:
    """A growing pattern, with how much the hidden quantities of each equation can move its sum up and down."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._rows, self._columns = problem.matrix.tocsr(), problem.matrix.tocsc()
        self._asks = read_asks(problem)
        self.needs = {need.form.columns[0]: at for at, need in enumerate(problem.needs) if self._asks_of_one(need, at)}
        self._quantities = _by_item(problem)
        self._follow = _by_first(problem)
        size = problem.matrix.shape[0]
        self.withheld = np.zeros(problem.items, dtype=bool)
        self.waiting: deque[int] = deque()
        self.fails = np.zeros(size, dtype=bool)
        self._hidden_in = np.zeros(size, dtype=np.int64)
        self._lift, self._sink = np.zeros(size), np.zeros(size)
        largest = float(np.max(np.abs(problem.matrix.data), initial=1.0))
        self._below, self._above = freedom(problem, self._asks.furthest * largest)
        self._hidden = problem.item < 0
        for quantity in np.flatnonzero(self._below[0] + self._above[0] > 0).tolist():
            self._loosen(quantity, self._above[0][quantity], self._below[0][quantity], 2)
        for quantity in np.flatnonzero(self._hidden).tolist():
            self._reveal_nothing(quantity, 2)

    def _asks_of_one(self, need: Need, at: int) -> bool:
        """Whether a need asks for something, of one quantity."""
        return len(need.form.columns) == 1 and not self._asks.is_met(at, 0.0, 0.0)

    def hide(self, item: int) -> None:
        """Withhold an item and what follows from it."""
        todo = [item]
        while todo:
            item = todo.pop()
            if not self.withheld[item]:
                self.withheld[item] = True
                todo += self._follow.get(item, [])
                for quantity in self._quantities[item]:
                    self._reveal_nothing(quantity, 1)
                    self._look(self._equations(quantity))

    def cover(self, items: Ints, weights: Floats, least: float) -> None:
        """Withhold the cheapest of the items until they weigh enough."""
        price = np.maximum(self._problem.cost[items], NEARLY) / np.minimum(weights, least)
        for item in items[np.argsort(price, kind="stable")][np.sort(price) < np.inf].tolist():
            if weights[self.withheld[items]].sum() >= least:
                return
            self.hide(item)

    def cheapest(self, row: int) -> int | None:
        """The item of an equation to withhold next, or None where none may be."""
        items = self._problem.item[self._rows.indices[self._rows.indptr[row] : self._rows.indptr[row + 1]]].tolist()
        free = [item for item in items if item >= 0 and not self.withheld[item] and self._problem.cost[item] < np.inf]
        return min(free, key=lambda item: (self._price(item), item), default=None)

    def narrows(self, quantity: int, at: int) -> bool:
        """Whether some equation gives away the need of a quantity."""
        own = slice(self._columns.indptr[quantity], self._columns.indptr[quantity + 1])
        factors = zip(self._columns.indices[own].tolist(), self._columns.data[own].tolist(), strict=True)
        return any(not self._room(row, quantity, factor, at) for row, factor in factors)

    def _price(self, item: int) -> float:
        rows = np.concatenate([self._equations(quantity) for quantity in self._quantities[item]])
        alone = np.count_nonzero(self._hidden_in[rows] == 0)
        return float(self._problem.cost[item] * (1 + ALONE * alone) / max(np.count_nonzero(self.fails[rows]), 1))

    def _equations(self, quantity: int) -> Ints:
        return np.asarray(self._columns.indices[self._columns.indptr[quantity] : self._columns.indptr[quantity + 1]])

    def _reveal_nothing(self, quantity: int, count: int) -> None:
        (shown_up, up), (shown_down, down) = (
            (way[0][quantity], way[1][quantity]) for way in (self._above, self._below)
        )
        self._hidden[quantity] = True
        self._loosen(quantity, up - shown_up, down - shown_down, count)

    def _loosen(self, quantity: int, up: float, down: float, count: int) -> None:
        """Let a quantity move further, and count it as so many hidden ones."""
        own = slice(self._columns.indptr[quantity], self._columns.indptr[quantity + 1])
        rows, factors = self._columns.indices[own], self._columns.data[own]
        self._lift[rows] += np.where(factors > 0, factors * up, -factors * down)
        self._sink[rows] += np.where(factors > 0, factors * down, -factors * up)
        self._hidden_in[rows] += count

    def _look(self, rows: Ints) -> None:
        for row in rows.tolist():
            self.fails[row] = self._hidden_in[row] == 1 or self._gives_away(row)
            if self.fails[row]:
                self.waiting.append(row)

    def _gives_away(self, row: int) -> bool:
        """Whether a need is not met by what the rest of the equation can make up for."""
        own = slice(self._rows.indptr[row], self._rows.indptr[row + 1])
        for quantity, factor in zip(self._rows.indices[own].tolist(), self._rows.data[own].tolist(), strict=True):
            at = self.needs.get(quantity)
            if at is not None and self._hidden[quantity] and not self._room(row, quantity, factor, at):
                return True
        return False

    def _room(self, row: int, quantity: int, factor: float, at: int) -> bool:
        up, down = self._above[1][quantity], self._below[1][quantity]
        lift, sink = (up, down) if factor > 0 else (down, up)
        rise, fall = self._lift[row] - abs(factor) * lift, self._sink[row] - abs(factor) * sink
        if factor < 0:
            rise, fall = fall, rise
        up, down = min(up, fall / abs(factor)), min(down, rise / abs(factor))
        return self._asks.is_met(at, float(up), float(down))


def _by_item(problem: Problem) -> list[list[int]]:
    """The quantities of each item."""
    found: list[list[int]] = [[] for _ in range(problem.items)]
    for quantity, item in enumerate(problem.item.tolist()):
        if item >= 0:
            found[item].append(quantity)
    return found


def _by_first(problem: Problem) -> dict[int, list[int]]:
    """What follows from withholding each item."""
    found: dict[int, list[int]] = {}
    for first, second in problem.implied:
        found.setdefault(first, []).append(second)
    return found
