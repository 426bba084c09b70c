"""The smallest and largest whole-number value of many forms, from one warm solver a component.

Every optimum is a whole alternative table: a witness that counts for all forms at once, so most are never solved for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, Form, System
from statpress.linear.whole import least_whole, most_whole

_NEAR = 1e-6
Enough = Callable[[int, float, float], bool]
"""Whether a form (its place) that is seen to take values from low to high need not be explored further."""


@dataclass(frozen=True)
class Reach:
    """What is known of the values of a form.

    It surely lies within `low` and `high`; whole tables in which it takes the values `seen_low` and `seen_high` are at
    the places `low_at` and `high_at` of the points found.
    """

    low: float
    high: float
    seen_low: float
    seen_high: float
    low_at: int
    high_at: int


@dataclass(frozen=True)
class Explored:
    """The reach of each form, and the whole-number points (n,) that show it."""

    reaches: tuple[Reach, ...]
    points: tuple[Floats, ...]


def explore(system: System, forms: Sequence[Form], start: Floats, enough: Enough) -> Explored:
    """The reach of each form in a component, from a whole-number point `start` (n,) of it."""
    explorer = _Explorer(system, forms, start)
    for place in range(len(forms)):
        explorer.widen(place, enough)
    return explorer.explored()


def find_start(system: System) -> Floats:
    """A whole-number point (n,) of a system. Raises `NoSolution` where there is none."""
    point = Solver(system).least(Form((), ())).point
    if is_point(system, np.round(point)):
        return np.round(point)
    found = least_whole(system, Form((), ())).point
    if found is None or not is_point(system, found):
        raise NoSolution("no whole-number point found")
    return found


def is_point(system: System, point: Floats) -> bool:
    """Whether a whole-number point (n,) agrees with every fact, with no tolerance that could matter."""
    rows = system.matrix @ point
    return bool(
        (point >= system.low - _NEAR).all()
        and (point <= system.high + _NEAR).all()
        and (rows >= system.row_low - _NEAR).all()
        and (rows <= system.row_high + _NEAR).all()
    )


class _Explorer:
    """A component with what has been seen of it."""

    def __init__(self, system: System, forms: Sequence[Form], start: Floats) -> None:
        self._system = system
        self._forms = forms
        self._solver = Solver(system)
        self._points: list[Floats] = []
        self._matrix = _stack(forms, system.size)
        self._outer_low = np.full(len(forms), -np.inf)
        self._outer_high = np.full(len(forms), np.inf)
        self._low = np.full(len(forms), np.inf)
        self._high = np.full(len(forms), -np.inf)
        self._low_at = np.zeros(len(forms), dtype=int)
        self._high_at = np.zeros(len(forms), dtype=int)
        self._see(start)

    def widen(self, place: int, enough: Enough) -> None:
        """Look for smaller and larger values of a form until they are enough, or there are none."""
        if not enough(place, self._low[place], self._high[place]):
            self._outer_high[place] = self._end(place, most=True)
        if not enough(place, self._low[place], self._high[place]):
            self._outer_low[place] = self._end(place, most=False)

    def explored(self) -> Explored:
        """Everything found."""
        reaches = tuple(
            Reach(float(a), float(b), float(c), float(d), int(e), int(f))
            for a, b, c, d, e, f in zip(
                self._outer_low, self._outer_high, self._low, self._high, self._low_at, self._high_at, strict=True
            )
        )
        return Explored(reaches, tuple(self._points))

    def _end(self, place: int, *, most: bool) -> float:
        """The outer bound on one side of a form; what reaches it is seen on the way."""
        form = self._forms[place]
        optimum = self._solver.most(form) if most else self._solver.least(form)
        if math.isinf(optimum.value):
            self._see_far(form, most=most)
            return optimum.value
        bound = math.floor(optimum.value + _NEAR) if most else math.ceil(optimum.value - _NEAR)
        self._see(np.round(optimum.point))
        if (self._high[place] >= bound) if most else (self._low[place] <= bound):
            return bound
        whole = (most_whole if most else least_whole)(self._system, form)
        if whole.point is not None:
            self._see(whole.point)
        return math.floor(whole.bound + _NEAR) if most else math.ceil(whole.bound - _NEAR)

    def _see_far(self, form: Form, *, most: bool) -> None:
        """A form without a bound: a whole table that has it far out stands for the rest."""
        far = self._far(form, most=most)
        if far is not None:
            self._see(far)

    def _far(self, form: Form, *, most: bool) -> Floats | None:
        span = max((abs(float(self._points[0] @ _vector(form, self._system.size))), 1.0)) * 2 + _FAR
        sign = 1 if most else -1
        rows = _with_row(self._system, form, sign * span, most=most)
        try:
            point = least_whole(rows, Form((), ())).point
        except NoSolution:
            return None
        return point

    def _see(self, point: Floats) -> None:
        """Count a point as a witness for every form, if it is whole and agrees with all facts."""
        if not is_point(self._system, point):
            return
        values = self._matrix @ point
        lower, higher = values < self._low - _NEAR, values > self._high + _NEAR
        if lower.any() or higher.any():
            self._low_at[lower] = self._high_at[higher] = len(self._points)
            self._low[lower], self._high[higher] = values[lower], values[higher]
            self._points.append(point)


_FAR = 1000.0


def _stack(forms: Sequence[Form], size: int) -> Any:
    from statpress.linear.system import make_matrix

    return make_matrix((dict(zip(form.columns, form.coefficients, strict=True)) for form in forms), size)


def _vector(form: Form, size: int) -> Floats:
    vector = np.zeros(size)
    vector[list(form.columns)] = form.coefficients
    return vector


def _with_row(system: System, form: Form, value: float, *, most: bool) -> System:
    from scipy import sparse

    row = sparse.csr_array(_vector(form, system.size).reshape(1, -1))
    return System(
        sparse.vstack([system.matrix, row], format="csr"),
        np.append(system.row_low, value if most else -np.inf),
        np.append(system.row_high, np.inf if most else value),
        system.low,
        system.high,
    )
