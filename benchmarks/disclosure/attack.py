"""An attacker who shares no code with the optimiser: plain linear programmes for scipy.

Tables that agree with what is printed are drawn at random first; each count that they leave open is done. For every
other count its smallest and largest value are asked for, one programme each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse import csgraph

Cell = tuple[str, ...]
Sums = Sequence[tuple[Cell, Sequence[Cell]]]


DRAWS = 40
"""How many tables are drawn at most for each part of a table that hangs together."""


class Reader:
    """What a reader of a table knows: every shown count, every sum, and the least that a withheld count may be."""

    def __init__(self, counts: Mapping[Cell, int], sums: Sums, hidden: Collection[Cell], least: int) -> None:
        """All sums that hold withheld cells, as equations in these cells, split where they have nothing in common."""
        self._place = {cell: place for place, cell in enumerate(sorted(hidden))}
        self._truth = np.array([counts[cell] for cell in self._place], dtype=float)
        self._least = least
        rows, columns, factors, right = [], [], [], []
        for whole, parts in sums:
            row = [(whole, -1), *((part, 1) for part in parts)]
            inside = [(self._place[cell], factor) for cell, factor in row if cell in self._place]
            if inside:
                rows += [len(right)] * len(inside)
                columns += [place for place, _ in inside]
                factors += [factor for _, factor in inside]
                right.append(-sum(factor * counts[cell] for cell, factor in row if cell not in self._place))
        shape = (len(right), len(self._place))
        self._matrix = sparse.csr_matrix((factors, (rows, columns)), shape=shape)
        self._right = np.array(right, dtype=float)
        self._group = csgraph.connected_components(abs(self._matrix.T) @ abs(self._matrix), directed=False)[1]

    def count_told(self, cells: Sequence[Cell], band: tuple[int, int] | None) -> int:
        """How many of the cells are told exactly, or, with a `band`, told to be in less than the whole of it."""
        low, high = self._draw(np.array([self._place[cell] for cell in cells], dtype=int), band)
        doubtful = [cell for cell in cells if _is_told(low[self._place[cell]], high[self._place[cell]], band)]
        return sum(_is_told(*self.range_of(cell), band) for cell in doubtful)

    def _draw(self, places: np.ndarray, band: tuple[int, int] | None) -> tuple[np.ndarray, np.ndarray]:
        """The ranges of all withheld counts in tables drawn near the truth, towards what is not yet open."""
        step = 1.0 if band is None else float(band[1] - band[0])
        low, high = self._truth.copy(), self._truth.copy()
        chance = np.random.default_rng(1)
        for group in np.unique(self._group[places]):
            own = np.flatnonzero(self._group == group)
            asked = places[self._group[places] == group]
            matrix = self._matrix[:, own]
            rows = np.flatnonzero(np.diff(matrix.indptr))
            near = np.stack([np.maximum(self._least, self._truth[own] - step), self._truth[own] + step], axis=1)
            for _ in range(DRAWS):
                told = [place for place in asked if _is_told(low[place], high[place], band)]
                if not told:
                    break
                aim = np.isin(own, told) * chance.normal(size=len(own))
                table = linprog(aim, A_eq=matrix[rows], b_eq=self._right[rows], bounds=near, method="highs").x
                low[own], high[own] = np.minimum(low[own], table), np.maximum(high[own], table)
        return np.ceil(low - 1e-6), np.floor(high + 1e-6)

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """The smallest and the largest whole number that a withheld count may be."""
        own = np.flatnonzero(self._group == self._group[self._place[cell]])
        matrix = self._matrix[:, own]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        aim = (own == self._place[cell]).astype(float)
        ends = [self._solve(sign * aim, matrix[rows], self._right[rows]) for sign in (1, -1)]
        return float(np.ceil(ends[0] - 1e-6)), float(np.floor(1e-6 - ends[1]))

    def _solve(self, aim: np.ndarray, matrix: sparse.csr_matrix, right: np.ndarray) -> float:
        answer = linprog(aim, A_eq=matrix, b_eq=right, bounds=(self._least, None), method="highs")
        if answer.status == 3:
            return -np.inf
        assert answer.status == 0, answer.message
        return float(answer.fun)


def _is_told(low: float, high: float, band: tuple[int, int] | None) -> bool:
    low, high = np.ceil(low - 1e-6), np.floor(high + 1e-6)
    return bool(low == high if band is None else low > band[0] or high < band[1])
