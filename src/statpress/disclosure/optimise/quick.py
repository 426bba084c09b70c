"""The quick heuristic: an equation with one hidden item gets the cheapest partner.

ESSnet Handbook on SDC, 2nd edition, 4.2; the partner's price is shared among the equations that it repairs and raised
for each equation in which it would itself be alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools

ALONE = 4.0
"""How much dearer a partner gets for each equation in which it would be alone; by trial on the benchmark tables."""


def choose_partners(problem: Problem, withheld: Bools) -> Bools:
    """(k,), `withheld` with partners, so that no equation of exact numbers has exactly one withheld item."""
    state = _Hiding(problem, withheld)
    while state.lonely:
        row = state.lonely.popleft()
        if state.hidden_in[row] == 1:
            partner = state.cheapest(row)
            if partner is not None:
                state.hide(partner)
    return state.withheld


class _Hiding:
    """A growing pattern, with how many hidden quantities each equation has."""

    def __init__(self, problem: Problem, withheld: Bools) -> None:
        self._problem = problem
        self._rows, self._columns = problem.matrix.tocsr(), problem.matrix.tocsc()
        self._quantities = _by_item(problem)
        self._follow: dict[int, list[int]] = {}
        for first, second in problem.implied:
            self._follow.setdefault(first, []).append(second)
        self.withheld = np.zeros(problem.items, dtype=bool)
        open_ = (problem.item < 0) | (problem.shown_low < problem.shown_high)
        self.hidden_in = 2 * np.asarray(abs(self._rows) @ open_.astype(float) > 0, dtype=np.int64)
        self.lonely: deque[int] = deque()
        for item in np.flatnonzero(withheld).tolist():
            self.hide(item)
        self.lonely = deque(np.flatnonzero(self.hidden_in == 1).tolist())

    def hide(self, item: int) -> None:
        """Withhold an item and what follows from it."""
        waiting = [item]
        while waiting:
            item = waiting.pop()
            if not self.withheld[item]:
                self.withheld[item] = True
                for row in self._equations(item):
                    self.hidden_in[row] += 1
                    if self.hidden_in[row] == 1:
                        self.lonely.append(row)
                waiting += self._follow.get(item, [])

    def cheapest(self, row: int) -> int | None:
        """The item of an equation to withhold next, or None where none may be."""
        columns = self._rows.indices[self._rows.indptr[row] : self._rows.indptr[row + 1]]
        items = [item for item in self._problem.item[columns].tolist() if item >= 0]
        open_ = [item for item in items if not self.withheld[item] and np.isfinite(self._problem.cost[item])]
        return min(open_, key=lambda item: (self._price(item), item), default=None)

    def _price(self, item: int) -> float:
        counts = np.array([self.hidden_in[row] for row in self._equations(item)])
        return float(self._problem.cost[item] * (1 + ALONE * (counts == 0).sum()) / max((counts == 1).sum(), 1))

    def _equations(self, item: int) -> Iterator[int]:
        for quantity in self._quantities[item]:
            own = slice(self._columns.indptr[quantity], self._columns.indptr[quantity + 1])
            yield from self._columns.indices[own].tolist()


def _by_item(problem: Problem) -> list[list[int]]:
    """The quantities of each item."""
    found: list[list[int]] = [[] for _ in range(problem.items)]
    for quantity, item in enumerate(problem.item.tolist()):
        if item >= 0:
            found[item].append(quantity)
    return found
