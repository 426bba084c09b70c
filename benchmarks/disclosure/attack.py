"""An attacker who shares no code with the optimiser: plain linear programmes for scipy, one a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse import csgraph

Cell = tuple[str, ...]
Sums = Sequence[tuple[Cell, Sequence[Cell]]]


class Reader:
    """What a reader of a table knows: every shown count, every sum, and the least that a withheld count may be."""

    def __init__(self, counts: Mapping[Cell, int], sums: Sums, hidden: Collection[Cell], least: int) -> None:
        """All sums that hold withheld cells, as equations in these cells, split where they have nothing in common."""
        self._place = {cell: place for place, cell in enumerate(sorted(hidden))}
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


def count_recovered(reader: Reader, cells: Collection[Cell], *, band: tuple[int, int] | None) -> int:
    """How many of the cells a reader can tell exactly, or, with a `band`, to be in less than the whole of it."""
    found = 0
    for cell in cells:
        low, high = reader.range_of(cell)
        found += low == high if band is None else low > band[0] or high < band[1]
    return found
