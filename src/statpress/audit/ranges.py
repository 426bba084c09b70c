"""The smallest and largest value of many forms in one component.

Every alternative table that is found is a witness for all forms at once, so most forms are never solved for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from statpress.audit.shifts import Change, Shifter
from statpress.audit.starts import NEAR, WHOLE, has_ratios, is_point
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, Form, System, make_matrix
from statpress.linear.whole import least_whole, most_whole

_FAR = 1000.0


@dataclass(frozen=True)
class Aim:
    """A form, how far down and up it is to be moved, and whether a reader who sees it move that far is unsure enough.

    Without `low` and `high` any other value will do. `enough` takes the smallest and the largest value seen; None asks
    for the exact range.
    """

    form: Form
    low: float | None
    high: float | None
    enough: Callable[[float, float], bool] | None


@dataclass(frozen=True)
class Reach:
    """What is known of the values of a form.

    It surely lies within `low` and `high`; tables in which it takes the values `seen_low` and `seen_high` are at the
    places `low_at` and `high_at` of the changes found.
    """

    low: float
    high: float
    seen_low: float
    seen_high: float
    low_at: int
    high_at: int


@dataclass(frozen=True)
class Explored:
    """The reach of each form, and the changes of the starting table that show it."""

    reaches: tuple[Reach, ...]
    changes: tuple[Change, ...]


def explore(system: System, aims: Sequence[Aim], start: Floats) -> Explored:
    """The reach of each form in a component, from a point `start` (n,) of it."""
    explorer = _Explorer(system, aims, start)
    for place in range(len(aims)):
        explorer.widen(place)
    return explorer.explored()


class _Explorer:
    """A component with what has been seen of it."""

    def __init__(self, system: System, aims: Sequence[Aim], start: Floats) -> None:
        self._system = system
        self._aims = aims
        self._start = start
        self._solver: Solver | None = None
        self._shifter: Shifter | None = None
        self._is_small = system.size <= WHOLE or has_ratios(system)
        self._matrix = make_matrix(
            (dict(zip(aim.form.columns, aim.form.coefficients, strict=True)) for aim in aims), system.size
        ).tocsc()
        at = self._matrix @ start
        self._base, self._low, self._high = at, np.ceil(at - NEAR), np.floor(at + NEAR)
        self._outer_low, self._outer_high = np.full(len(aims), -np.inf), np.full(len(aims), np.inf)
        self._low_at, self._high_at = np.zeros(len(aims), dtype=int), np.zeros(len(aims), dtype=int)
        self._changes = [Change(np.zeros(0, dtype=np.int64), np.zeros(0))]

    def widen(self, place: int) -> None:
        """Look for larger and smaller values of a form until they are enough, or there are none."""
        aim = self._aims[place]
        search = self._shift if aim.enough is not None and not self._is_small else self._end
        for most in (True, False):
            if not self._is_enough(place, aim, most=most):
                outer = self._outer_high if most else self._outer_low
                outer[place] = search(place, most=most)

    def explored(self) -> Explored:
        """Everything found. The outer bounds are never tighter than what was seen."""
        low, high = np.minimum(self._outer_low, self._low), np.maximum(self._outer_high, self._high)
        columns = (low, high, self._low, self._high, self._low_at, self._high_at)
        reaches = tuple(
            Reach(float(low), float(high), float(least), float(most), int(low_at), int(high_at))
            for low, high, least, most, low_at, high_at in zip(*columns, strict=True)
        )
        return Explored(reaches, tuple(self._changes))

    def _is_enough(self, place: int, aim: Aim, *, most: bool) -> bool:
        if aim.enough is None:
            return False
        goal = aim.high if most else aim.low
        reached = goal is not None and (self._high[place] >= goal if most else self._low[place] <= goal)
        return bool(reached) or aim.enough(self._low[place], self._high[place])

    def _shift(self, place: int, *, most: bool) -> float:
        """The bound that is left when a form cannot be moved as far as it is to go; none where it can.

        Whether it can be moved at all is seen on the way.
        """
        aim = self._aims[place]
        goal, step = self._amounts(place, aim, most=most)
        bound = math.inf if most else -math.inf
        for amount in [step] if goal is None or goal == step else [goal, step]:
            change = self._changer().shift(aim.form, amount)
            if change is not None:
                self._see(change)
                return bound
            bound = float(self._base[place]) + amount - (1 if most else -1)
        return bound

    def _amounts(self, place: int, aim: Aim, *, most: bool) -> tuple[float | None, float]:
        """What must be added to a form to reach its aim, and to reach the next whole number at all."""
        at = float(self._base[place])
        step = math.floor(at + NEAR) + 1 - at if most else math.ceil(at - NEAR) - 1 - at
        goal = aim.high if most else aim.low
        return None if goal is None else goal - at, step

    def _changer(self) -> Shifter:
        if self._shifter is None:
            self._shifter = Shifter(self._system, self._start)
        return self._shifter

    def _end(self, place: int, *, most: bool) -> float:
        """The outer bound on one side of a form; what reaches it is seen on the way."""
        bound = self._solve(place, most=most)
        is_seen = self._high[place] >= bound if most else self._low[place] <= bound
        if math.isinf(bound) or is_seen or not self._is_small:
            return bound
        try:
            whole = (most_whole if most else least_whole)(self._system, self._aims[place].form)
        except NoSolution:  # nothing in whole numbers agrees with everything; what fractions reach still bounds
            return bound
        if whole.point is not None:
            self._see_point(whole.point)
        return math.floor(whole.bound + NEAR) if most else math.ceil(whole.bound - NEAR)

    def _solve(self, place: int, *, most: bool) -> float:
        form = self._aims[place].form
        if self._solver is None:
            self._solver = Solver(self._system)
        optimum = self._solver.most(form) if most else self._solver.least(form)
        if math.isinf(optimum.value):
            self._see_far(form, most=most)
            return optimum.value
        self._see_point(optimum.point)
        return math.floor(optimum.value + NEAR) if most else math.ceil(optimum.value - NEAR)

    def _see_far(self, form: Form, *, most: bool) -> None:
        """A form without a bound: a whole table that has it far out stands for the rest."""
        start = float(self._start[list(form.columns)] @ np.array(form.coefficients))
        row = make_matrix([dict(zip(form.columns, form.coefficients, strict=True))], self._system.size)
        ends = (start + _FAR, np.inf) if most else (-np.inf, start - _FAR)
        far = System(
            sparse.vstack([self._system.matrix, row], format="csr"),
            np.append(self._system.row_low, ends[0]),
            np.append(self._system.row_high, ends[1]),
            self._system.low,
            self._system.high,
        )
        point = least_whole(far, Form((), ())).point
        if point is not None:
            self._see_point(point)

    def _see_point(self, point: Floats) -> None:
        """Count a point as a witness if it is whole; in large components linear programmes stand for it."""
        rounded = np.round(point)
        if is_point(self._system, rounded):
            point = rounded
        elif self._is_small:
            return
        moved = point - self._start
        used = np.flatnonzero(abs(moved) > NEAR)
        self._see(Change(used, moved[used]))

    def _see(self, change: Change) -> None:
        """Count a change as a witness for every form that it moves further than any before."""
        values = self._base + self._matrix[:, change.columns] @ change.amounts
        lows, highs = np.ceil(values - NEAR), np.floor(values + NEAR)
        lower, higher = lows < self._low, highs > self._high
        if lower.any() or higher.any():
            self._low_at[lower] = self._high_at[higher] = len(self._changes)
            self._low[lower], self._high[higher] = lows[lower], highs[higher]
            self._changes.append(change)
