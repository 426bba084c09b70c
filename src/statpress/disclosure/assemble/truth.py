"""A point that agrees with everything that is known: the true values, and possible ones where nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from statpress.linear.components import split
from statpress.linear.remember import remember
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Bools, Floats, Form, System
from statpress.linear.whole import least_whole

_NOTHING = 1e-6


@dataclass(frozen=True)
class Truth:
    """`point` (n,), and the rows (m,) that it agrees with: real tables contradict themselves here and there."""

    point: Floats
    agrees: Bools


def find_truth(system: System) -> Truth:
    """A point within the bounds of a system that breaks its rows as little as possible, in whole numbers if it can.

    Where a printed percentage fits no whole number, what is behind it stays a fraction.
    """
    point = np.where(np.isfinite(system.low), system.low, 0.0)
    for component in split(system):
        point[component.columns] = _point(component.system)
    return Truth(point, _agrees(system, point))


@remember
def _point(system: System) -> Floats:
    return _in_whole_numbers(system, _nearest(system))


def _agrees(system: System, point: Floats) -> Bools:
    made = system.matrix @ point
    return np.asarray((made >= system.row_low - _NOTHING) & (made <= system.row_high + _NOTHING))


def _nearest(system: System) -> Floats:
    """The point of one component for which the sum of what its rows are off is least."""
    rows, width = system.matrix.shape
    slack = sparse.eye_array(rows, format="csr")
    loose = System(
        sparse.hstack([system.matrix, slack, -slack], format="csr"),
        system.row_low,
        system.row_high,
        np.concatenate([system.low, np.zeros(2 * rows)]),
        np.concatenate([system.high, np.full(2 * rows, np.inf)]),
    )
    off = Form(tuple(range(width, width + 2 * rows)), (1,) * (2 * rows))
    return Solver(loose).least(off).point[:width]


def _in_whole_numbers(system: System, point: Floats) -> Floats:
    """A whole-number point that agrees with the same rows, or the point itself where there is none."""
    rounded = np.round(point)
    if np.abs(point - rounded).max(initial=0.0) < _NOTHING:
        return rounded
    rows = _agrees(system, point)
    kept = System(system.matrix[rows], system.row_low[rows], system.row_high[rows], system.low, system.high)
    try:
        whole = least_whole(kept, Form((), ())).point
    except NoSolution:
        return point
    return point if whole is None else whole
