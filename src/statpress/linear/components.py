"""Parts of a system that have nothing to do with each other, so that each can be solved alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from statpress.linear.system import Ints, System


@dataclass(frozen=True)
class Component:
    """One part: its own system over the quantities that are not fixed, and which quantities of the whole they are."""

    system: System
    columns: Ints
    rows: Ints


def split(system: System) -> Iterator[Component]:
    """The connected components of the quantities that are not fixed, in the order of their first quantity.

    Fixed quantities go into the bounds of the rows; rows that leave nothing open are dropped.
    """
    free = np.flatnonzero(system.low < system.high)
    fixed = np.where(system.low < system.high, 0.0, system.low)
    known = system.matrix @ fixed
    matrix = system.matrix[:, free].tocsc()
    label = _label(matrix)
    order = np.argsort(label[: len(free)], kind="stable")
    cuts = np.flatnonzero(np.diff(label[: len(free)][order])) + 1
    for local in sorted(np.split(order, cuts), key=lambda part: part[0] if len(part) else -1):
        if len(local):
            own = matrix[:, local]
            rows = np.unique(own.indices)
            part = System(
                own.tocsr()[rows],
                system.row_low[rows] - known[rows],
                system.row_high[rows] - known[rows],
                system.low[free[local]],
                system.high[free[local]],
            )
            yield Component(part, free[local], rows)


def _label(matrix: sparse.csc_array) -> Ints:
    """The number of the component of each column, then of each row."""
    rows, columns = matrix.shape
    graph = sparse.block_array([[None, matrix.T], [sparse.csr_array((rows, columns)), None]]) if rows else None
    if graph is None:
        return np.arange(columns)
    return np.asarray(csgraph.connected_components(graph, directed=False)[1], dtype=np.int64)
