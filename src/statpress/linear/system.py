"""Systems of linear facts: what is known of quantities that are not told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Form:
    """A linear form of the quantities: the sum of `coefficients[k] * x[columns[k]]`. Coefficients are whole numbers."""

    columns: tuple[int, ...]
    coefficients: tuple[int, ...]

    @classmethod
    def of(cls, parts: Mapping[int, int]) -> Form:
        """The form with the given coefficient a column."""
        return cls(tuple(parts), tuple(parts.values()))

    @classmethod
    def one(cls, column: int) -> Form:
        """The quantity of one column."""
        return cls((column,), (1,))

    def value(self, point: Floats) -> float:
        """The value of the form at a point (n,)."""
        return float(np.dot(point[list(self.columns)], self.coefficients))


@dataclass(frozen=True)
class System:
    """All points x (n,) with `low <= x <= high` and `row_low <= matrix @ x <= row_high`.

    `matrix` is (m, n), of whole numbers; bounds may be infinite. Quantities are whole numbers in truth; solving lets
    them be fractions, which can only widen what remains possible.
    """

    matrix: Any  # scipy's csr_array has no type stubs
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats

    @property
    def size(self) -> int:
        """How many quantities there are."""
        return len(self.low)

    @property
    def content(self) -> bytes:
        """All that the system says, the same for two systems only if they are solved in the same way."""
        shape = np.array([*self.matrix.shape, self.matrix.nnz], dtype=np.int64)
        places = (np.asarray(part, dtype=np.int64) for part in (self.matrix.indptr, self.matrix.indices))
        numbers = (self.matrix.data, self.row_low, self.row_high, self.low, self.high)
        return b"".join(part.tobytes() for part in (shape, *places, *numbers))

    def bounded(self, low: Floats, high: Floats) -> System:
        """The same facts with other bounds of the quantities."""
        return System(self.matrix, self.row_low, self.row_high, low, high)


Row = tuple[Mapping[int, int], float, float]
"""Coefficient a column, and the least and the largest value of the row."""


def make_system(rows: Iterable[Row], low: Iterable[float], high: Iterable[float]) -> System:
    """A system from its rows and the bounds of its quantities."""
    parts, row_low, row_high = [], [], []
    for part, least, most in rows:
        parts.append(part)
        row_low.append(least)
        row_high.append(most)
    below = np.array(list(low), dtype=float)
    return System(
        matrix=make_matrix(parts, len(below)),
        row_low=np.array(row_low, dtype=float),
        row_high=np.array(row_high, dtype=float),
        low=below,
        high=np.array(list(high), dtype=float),
    )


def make_matrix(rows: Iterable[Mapping[int, int]], width: int) -> Any:
    """A sparse matrix (len(rows), width) from the coefficients of its rows."""
    columns: list[int] = []
    data: list[int] = []
    ends = [0]
    for row in rows:
        columns += row.keys()
        data += row.values()
        ends.append(len(columns))
    return sparse.csr_array((np.array(data, dtype=float), columns, ends), shape=(len(ends) - 1, width))
