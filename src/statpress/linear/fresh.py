"""One linear programme with one aim that is solved again and again under another condition, each time afresh.

Where the best point without a condition is known to be the origin and conditions are met near it, the simplex method
takes few steps from there, and many from where it last ended.
"""

from __future__ import annotations

import highspy
import numpy as np

from statpress.linear.solver import NoSolution, make_model
from statpress.linear.system import Floats, Form, System


class FreshSolver:
    """A HiGHS model of a system and its costs, without presolve. Deterministic: one thread."""

    def __init__(self, system: System, costs: Form) -> None:
        """Give the system to HiGHS; the sum of `costs` is to be small."""
        self._rows = len(system.row_low)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("presolve", "off")):
            self._highs.setOptionValue(option, value)
        model = make_model(system)
        prices = np.zeros(system.size)
        prices[list(costs.columns)] = costs.coefficients
        model.col_cost_ = prices
        self._highs.passModel(model)

    def least_with(self, row: Form, low: float, high: float) -> Floats:
        """The cheapest point (n,) at which the form `row` lies within `low` and `high`. Raises `NoSolution`."""
        columns, numbers = np.array(row.columns, dtype=np.int32), np.array(row.coefficients, dtype=float)
        self._highs.addRow(low, high, len(columns), columns, numbers)
        try:
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                raise NoSolution(self._highs.modelStatusToString(status))
            return np.array(self._highs.getSolution().col_value)
        finally:
            self._highs.deleteRows(1, np.array([self._rows], dtype=np.int32))
