"""What lies around a need: the few quantities among which a deviation is sought, and ever wider rings of equations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from statpress.disclosure.problem import Problem
from statpress.linear.system import Floats, Ints

PICKS = 12
"""How many of the cheapest others are picked from each equation."""


@dataclass(frozen=True)
class Ring:
    """What is as near to a need as others: equations, and the quantities in them."""

    rows: Ints
    quantities: Ints


class Map:
    """Who shares an equation with whom."""

    def __init__(self, problem: Problem) -> None:
        """The map of a problem."""
        self._rows, self._columns = problem.matrix.tocsr(), problem.matrix.tocsc()
        self._size = len(problem.truth)
        known = problem.known(problem.everything)
        self._can_move = known.low < known.high

    def rings(self, columns: tuple[int, ...], *, at_once: bool) -> Iterator[Ring]:
        """Growing rings around the quantities of a form, to the last that hangs together; or all `at_once`."""
        if at_once:
            yield Ring(np.arange(self._rows.shape[0]), np.arange(self._size))
            return
        quantities, size = np.array(columns, dtype=np.int64), -1
        while len(quantities) > size:
            size = len(quantities)
            rows = np.unique(self._equations(quantities[self._can_move[quantities]]))
            quantities = np.union1d(quantities, _slices(self._rows, rows))
            yield Ring(rows, quantities)

    def corners(self, columns: tuple[int, ...], price: Floats) -> Ints:
        """The cheapest siblings along each equation, which may move at a `price` (n,), and the corners that they span.

        In a table of several dimensions a deviation moves corners of boxes: after the siblings of a cell come the
        cells that share equations with two of them, then those that share equations with three of these, and so on.
        """
        found = np.zeros(self._size, dtype=bool)
        found[list(columns)] = True
        level = np.unique([other for column in columns for other in self._siblings(column, price)])
        steps = 1
        while len(level):
            found[level] = True
            steps += 1
            met = self._meetings(level)
            level = np.flatnonzero((met >= steps) & ~found & np.isfinite(price))
        return np.flatnonzero(found)

    def _siblings(self, column: int, price: Floats) -> Iterator[int]:
        for row in self._equations(np.array([column])).tolist():
            others = self._rows.indices[self._rows.indptr[row] : self._rows.indptr[row + 1]]
            others = others[np.isfinite(price[others]) & (others != column)]
            yield from others[np.argsort(price[others], kind="stable")[:PICKS]].tolist()

    def _meetings(self, level: Ints) -> Ints:
        """(n,), with how many of a level each quantity shares an equation, counted once an equation."""
        rows, counts = np.unique(self._equations(level), return_counts=True)
        others = _slices(self._rows, rows)
        lengths = self._rows.indptr[rows + 1] - self._rows.indptr[rows]
        return np.bincount(others, np.repeat(counts, lengths), minlength=self._size).astype(np.int64)

    def _equations(self, columns: Ints) -> Ints:
        return _slices(self._columns, columns)


def _slices(matrix: Any, lines: Ints) -> Ints:
    """The places of the entries in some lines of a sparse matrix, one line after the other."""
    starts = matrix.indptr[lines]
    lengths = matrix.indptr[lines + 1] - starts
    before = np.cumsum(lengths) - lengths
    return np.asarray(matrix.indices[np.repeat(starts - before, lengths) + np.arange(lengths.sum())], dtype=np.int64)
