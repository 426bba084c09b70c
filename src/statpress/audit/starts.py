"""A table to start from: whole numbers that agree with all that is known of some quantities."""

from __future__ import annotations

import numpy as np

from statpress.linear.remember import remember
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, Form, System
from statpress.linear.whole import NODES, least_whole

NEAR = 1e-6
"""How far a point may be from what a fact says: no further than solvers round."""
WHOLE = 400
"""Components of more quantities are explored by small changes and linear programmes, without branch and bound."""
_FEW = 20
"""Branches to look at for a whole-number point of such a component, on which every proof in whole numbers rests."""


@remember
def find_start(system: System) -> Floats:
    """A point (n,) of a system, of whole numbers unless that would take too long. Raises `NoSolution`."""
    point = Solver(system).least(Form((), ())).point
    if is_point(system, np.round(point)):
        return np.round(point)
    may_be_fractional = system.size > WHOLE and not has_ratios(system)
    found = least_whole(system, Form((), ()), nodes=_FEW if may_be_fractional else NODES).point
    if found is not None and is_point(system, found):
        return found
    if may_be_fractional:
        return point
    raise NoSolution("no whole-number point found")


def is_point(system: System, point: Floats) -> bool:
    """Whether a point (n,) agrees with every fact. For whole numbers the tolerance is none: sums are whole as well."""
    rows = system.matrix @ point
    return bool(
        (point >= system.low - NEAR).all()
        and (point <= system.high + NEAR).all()
        and (rows >= system.row_low - NEAR).all()
        and (rows <= system.row_high + NEAR).all()
    )


def has_ratios(system: System) -> bool:
    """Whether any fact is more than a sum: a percentage or a rate multiplies."""
    return bool(len(system.matrix.data)) and bool((abs(system.matrix.data) > 1).any())
