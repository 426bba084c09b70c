"""The best whole-number point of a system, by branch and bound."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from statpress.linear.solver import NoSolution, make_model
from statpress.linear.system import Floats, Form, System

NODES = 20_000
"""Branches to look at before giving up: a count and not a time, so that the answer is always the same."""


_SMALL = 50
"""Up to so many quantities a search ends at once, and guessing points first takes four times as long as the search."""


@dataclass(frozen=True)
class WholeOptimum:
    """`bound` is what no whole-number point is better than; `point` (n,) is the best one found, of value `value`.

    Both are the same where the search ended. `point` is None where none was found before it was given up.
    """

    bound: float
    value: float | None
    point: Floats | None


def least_whole(system: System, form: Form, *, nodes: int = NODES) -> WholeOptimum:
    """The smallest value of a form at a whole-number point. Raises `NoSolution` where there is no such point.

    The form must be bounded below; its coefficients are whole.
    """
    return _solve(system, form, highspy.ObjSense.kMinimize, nodes)


def most_whole(system: System, form: Form, *, nodes: int = NODES) -> WholeOptimum:
    """The largest value of a form at a whole-number point. Raises `NoSolution` where there is no such point."""
    return _solve(system, form, highspy.ObjSense.kMaximize, nodes)


def _solve(system: System, form: Form, sense: highspy.ObjSense, nodes: int) -> WholeOptimum:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
    for option, value in _OPTIONS:
        highs.setOptionValue(option, value)
    highs.setOptionValue("mip_max_nodes", nodes)
    highs.setOptionValue("mip_heuristic_run_feasibility_jump", system.size > _SMALL)
    lp = make_model(system)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * system.size
    costs = np.zeros(system.size)
    costs[list(form.columns)] = form.coefficients
    lp.col_cost_ = costs
    lp.sense_ = sense
    highs.passModel(lp)
    highs.run()
    return _answer(highs)


_OPTIONS = (
    ("output_flag", False),
    ("threads", 1),
    ("random_seed", 0),
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 0.5),
    ("mip_feasibility_tolerance", 1e-9),
)


def _answer(highs: highspy.Highs) -> WholeOptimum:
    status = highs.getModelStatus()
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit):
        raise NoSolution(highs.modelStatusToString(status))
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return WholeOptimum(info.mip_dual_bound, None, None)
    point = np.round(np.array(highs.getSolution().col_value))
    return WholeOptimum(info.mip_dual_bound, float(round(info.objective_function_value)), point)
