"""Fewer quantities for the same deviations: two that an equation ties to each other count as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from statpress.linear.system import Floats, System


@dataclass(frozen=True)
class Folded:
    """A smaller system of deviations, and how they `lift` (n, fewer) to all deviations of the larger."""

    system: System
    lift: Any


def fold(system: System) -> Folded:
    """The deviations (m, n) that keep every row at zero, `matrix @ d == 0`, in as few quantities as single rows give.

    A row with one quantity stills it; a row with two of the same weight makes them one, with the narrower bounds.
    """
    matrix, lift = system.matrix.tocsr(), sparse.eye_array(system.size, format="csr")
    while (step := _tie(matrix)) is not None:
        matrix, lift = (matrix @ step).tocsr(), (lift @ step).tocsr()
        matrix.eliminate_zeros()
    matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
    low, high = _bounds(system, lift)
    zero = np.zeros(matrix.shape[0])
    return Folded(System(matrix, zero, zero, low, high), lift)


def _bounds(system: System, lift: Any) -> tuple[Floats, Floats]:
    """What the bounds of all quantities say of the few."""
    parts = lift.tocoo()
    low, high = np.full(lift.shape[1], -np.inf), np.full(lift.shape[1], np.inf)
    ahead = parts.data > 0
    np.maximum.at(low, parts.col, np.where(ahead, system.low[parts.row], -system.high[parts.row]))
    np.minimum.at(high, parts.col, np.where(ahead, system.high[parts.row], -system.low[parts.row]))
    return low, high


def _tie(matrix: Any) -> Any:
    """(n, fewer): what becomes of each quantity by the rows with one or two; None where nothing does."""
    counts = np.diff(matrix.indptr)
    ties = _Ties(matrix.shape[1])
    for row in np.flatnonzero(counts == 1).tolist():
        ties.still(int(matrix.indices[matrix.indptr[row]]))
    for row in np.flatnonzero(counts == 2).tolist():
        at = matrix.indptr[row]
        if abs(matrix.data[at]) == abs(matrix.data[at + 1]):
            sign = -1 if matrix.data[at] == matrix.data[at + 1] else 1
            ties.tie(int(matrix.indices[at]), int(matrix.indices[at + 1]), sign)
    return ties.step()


class _Ties:
    """Groups of quantities that are equal or opposite, each led by its first (union-find with signs)."""

    def __init__(self, size: int) -> None:
        self._leader = list(range(size))
        self._sign = [1] * size
        self._still: set[int] = set()

    def still(self, quantity: int) -> None:
        """The quantity does not move."""
        self._still.add(quantity)

    def tie(self, first: int, second: int, sign: int) -> None:
        """The second is `sign` times the first."""
        (one, one_sign), (other, other_sign) = self._find(first), self._find(second)
        sign *= one_sign * other_sign
        if one != other:
            self._leader[max(one, other)] = min(one, other)
            self._sign[max(one, other)] = sign
        elif sign < 0:
            self._still.add(one)

    def step(self) -> Any:
        """(n, groups): each quantity in its group, with its sign; those that do not move are in none."""
        found = [self._find(quantity) for quantity in range(len(self._leader))]
        still = {found[quantity][0] for quantity in self._still}
        leaders = sorted({leader for leader, _ in found} - still)
        if len(leaders) == len(found):
            return None
        group = {leader: place for place, leader in enumerate(leaders)}
        moving = [(quantity, group[leader], sign) for quantity, (leader, sign) in enumerate(found) if leader in group]
        rows, columns, signs = np.array(moving).reshape(-1, 3).T
        return sparse.csr_array((signs.astype(float), (rows, columns)), shape=(len(found), len(leaders)))

    def _find(self, quantity: int) -> tuple[int, int]:
        sign = 1
        while self._leader[quantity] != quantity:
            sign *= self._sign[quantity]
            quantity = self._leader[quantity]
        return quantity, sign
