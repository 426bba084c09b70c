"""One linear programme that is solved again and again with other aims, each time from where the last one ended."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from statpress.linear.system import Floats, Form, System

DUAL, PRIMAL = 1, 4
"""What HiGHS calls its simplex methods"""


class NoSolution(Exception):
    """The facts contradict each other, or the solver gave up; the name of its status."""


@dataclass(frozen=True)
class Optimum:
    """The best value of an aim (maybe infinite), a point (n,) that has it, and what each row's bound is worth (m,).

    Without a finite optimum the point is any feasible one and the duals are zero.
    """

    value: float
    point: Floats
    duals: Floats


class Solver:
    """A HiGHS model of a system. Deterministic: one thread, no presolve after the first run."""

    def __init__(self, system: System, *, aims_change: bool = True) -> None:
        """Give the system to HiGHS. Say whether it will be asked with other aims, or with other bounds.

        A primal simplex goes on from a solution with another aim, a dual simplex from one with other bounds.
        """
        self._system = system
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
        simplex = PRIMAL if aims_change else DUAL
        self._clear = tuple(status for status in _CLEAR if not aims_change or status != _INFEASIBLE)
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("simplex_strategy", simplex),
        ):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(make_model(system))
        self._aim: tuple[int, ...] = ()

    def least(self, form: Form) -> Optimum:
        """The smallest value of a form. Raises `NoSolution`."""
        return self._solve(form, highspy.ObjSense.kMinimize, -np.inf)

    def most(self, form: Form) -> Optimum:
        """The largest value of a form. Raises `NoSolution`."""
        return self._solve(form, highspy.ObjSense.kMaximize, np.inf)

    def cheapest(self, prices: Floats) -> Optimum:
        """The smallest value of a form with a price (n,) for every quantity. Raises `NoSolution`."""
        everything = np.arange(len(prices), dtype=np.int32)
        self._aim = tuple(everything.tolist())
        self._highs.changeColsCost(len(prices), everything, prices)
        return self._run(highspy.ObjSense.kMinimize, -np.inf)

    def bound(self, column: int, low: float, high: float) -> None:
        """Change the bounds of one quantity."""
        self._highs.changeColBounds(column, low, high)

    def bounds(self, low: Floats, high: Floats) -> None:
        """Change the bounds of all quantities, (n,) each."""
        self._highs.changeColsBounds(len(low), np.arange(len(low), dtype=np.int32), low, high)

    def _solve(self, form: Form, sense: highspy.ObjSense, unbounded: float) -> Optimum:
        self._point_at(form)
        return self._run(sense, unbounded)

    def _run(self, sense: highspy.ObjSense, unbounded: float) -> Optimum:
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status not in self._clear:  # a warm start can lead into trouble that a cold one does not meet
            status = self._run_afresh()
        if status in _OPTIMAL:
            solution = self._highs.getSolution()
            return Optimum(self._highs.getObjectiveValue(), np.array(solution.col_value), np.array(solution.row_dual))
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return Optimum(unbounded, self._any_point(), np.zeros(len(self._system.row_low)))
        raise NoSolution(self._highs.modelStatusToString(status))

    def _run_afresh(self) -> highspy.HighsModelStatus:
        """Without what is left of earlier runs, and without presolve, which calls some unbounded models infeasible."""
        self._highs.clearSolver()
        self._highs.setOptionValue("presolve", "off")
        self._highs.run()
        self._highs.setOptionValue("presolve", "choose")
        return self._highs.getModelStatus()

    def _any_point(self) -> Floats:
        self._point_at(Form((), ()))
        self._highs.run()
        if self._highs.getModelStatus() not in _OPTIMAL:
            raise NoSolution(self._highs.modelStatusToString(self._highs.getModelStatus()))
        return np.array(self._highs.getSolution().col_value)

    def _point_at(self, form: Form) -> None:
        if self._aim:
            self._highs.changeColsCost(len(self._aim), np.array(self._aim, dtype=np.int32), np.zeros(len(self._aim)))
        if form.columns:
            costs = np.array(form.coefficients, dtype=float)
            self._highs.changeColsCost(len(costs), np.array(form.columns, dtype=np.int32), costs)
        self._aim = form.columns


_OPTIMAL = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
"""A model without quantities and rows is as good as it gets."""
_INFEASIBLE = highspy.HighsModelStatus.kInfeasible
"""Another aim cannot make a system infeasible, so that it is looked at again; other bounds can."""
_CLEAR = (
    *_OPTIMAL,
    _INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


def make_model(system: System) -> highspy.HighsLp:
    """A system as HiGHS wants it, without an aim."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = system.size, len(system.row_low)
    lp.col_cost_ = np.zeros(system.size)
    lp.col_lower_, lp.col_upper_ = system.low, system.high
    lp.row_lower_, lp.row_upper_ = system.row_low, system.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = system.matrix.indptr
    lp.a_matrix_.index_ = system.matrix.indices
    lp.a_matrix_.value_ = system.matrix.data
    return lp
