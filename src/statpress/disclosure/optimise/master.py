"""The choice of items to withhold as a 0-1 programme that grows by cuts (HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from statpress.disclosure.problem import Problem
from statpress.linear.solver import NoSolution
from statpress.linear.system import Bools, Floats


@dataclass(frozen=True)
class Choice:
    """How much of each item to withhold (k,), what it costs, and what any choice costs at least."""

    share: Floats
    cost: float
    bound: float


class Master:
    """A HiGHS model of which candidates to withhold. Deterministic: one thread, a fixed seed, work counted in nodes."""

    def __init__(self, problem: Problem, candidates: Bools) -> None:
        """Anything may be chosen."""
        self._problem = problem
        self._items = np.flatnonzero(candidates)
        self._place = np.full(problem.items, -1, dtype=np.int32)
        self._place[self._items] = np.arange(len(self._items))
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._highs.setOptionValue(option, value)
        self._highs.addVars(len(self._items), np.zeros(len(self._items)), np.ones(len(self._items)))
        everywhere = np.arange(len(self._items), dtype=np.int32)
        self._highs.changeColsCost(len(self._items), everywhere, problem.cost[self._items])
        self._cuts: set[bytes] = set()
        self._spare = len(self._items)

    def add_cut(self, weights: Floats) -> bool:
        """The withheld reach 1 in these weights (k,). Whether that is news."""
        return self._add(weights, 1.0, (), ())

    def add_follow(self, first: int, others: list[int]) -> None:
        """Where the first is withheld, one of the others is as well."""
        columns = np.array([*self._place[others], self._place[first]], dtype=np.int32)
        self._highs.addRow(0.0, np.inf, len(columns), columns, np.array([1.0] * len(others) + [-1.0]))

    def add_either(self, up: Floats, down: Floats) -> bool:
        """The withheld reach 1 in one of the two weights (k,). Whether that is news."""
        key = np.round(np.append(up, down), 9).tobytes()
        if key in self._cuts:
            return False
        self._cuts.add(key)
        self._highs.addVar(0.0, 1.0)
        self._add(up, 0.0, (self._spare,), (-1.0,))
        self._add(down, 1.0, (self._spare,), (1.0,))
        self._spare += 1
        return True

    def add_more(self, share: Floats) -> None:
        """Something is withheld that this choice (k,) of whole items shows; hiding less can never protect more."""
        self._add((share < 0.5).astype(float), 1.0, (), ())

    def insist(self, withheld: Bools) -> None:
        """Choose nothing but patterns that withhold at least these (k,)."""
        at_least = withheld[self._items].astype(float)
        everywhere = np.arange(len(self._items), dtype=np.int32)
        self._highs.changeColsBounds(len(everywhere), everywhere, at_least, np.ones(len(everywhere)))

    def relax(self) -> Choice:
        """The best choice where items may be withheld in part. Raises `NoSolution`."""
        return self._solve(whole=False)

    def choose(self, *, gap: float, nodes: int) -> Choice:
        """The best choice of whole items to within a relative gap, or the best found after so many nodes.

        Raises `NoSolution`.
        """
        whole = np.array([highspy.HighsVarType.kInteger] * self._spare)
        part = np.array([highspy.HighsVarType.kContinuous] * self._spare)
        everything = np.arange(self._spare, dtype=np.int32)
        self._highs.setOptionValue("mip_rel_gap", gap)
        self._highs.setOptionValue("mip_max_nodes", nodes)
        self._highs.changeColsIntegrality(self._spare, everything, whole)
        choice = self._solve(whole=True)
        self._highs.changeColsIntegrality(self._spare, everything, part)
        return choice

    def _add(self, weights: Floats, least: float, more: tuple[int, ...], their: tuple[float, ...]) -> bool:
        items = self._items[weights[self._items] > 1e-9]
        key = items.tobytes() + np.round(weights[items], 9).tobytes() + bytes(len(more))
        if key in self._cuts and not more:
            return False
        self._cuts.add(key)
        columns = np.append(self._place[items], np.array(more, dtype=np.int32)).astype(np.int32)
        self._highs.addRow(least, np.inf, len(columns), columns, np.append(weights[items], their))
        return True

    def _solve(self, *, whole: bool) -> Choice:
        if not len(self._items):
            return Choice(self._problem.required.astype(float), 0.0, 0.0)
        self._highs.run()
        info = self._highs.getInfo()
        if len(self._items) and info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise NoSolution(self._highs.modelStatusToString(self._highs.getModelStatus()))
        share = np.zeros(self._problem.items)
        share[self._items] = np.array(self._highs.getSolution().col_value)[: len(self._items)]
        share[self._problem.required] = 1.0
        cost = float(self._highs.getObjectiveValue())
        return Choice(share, cost, float(info.mip_dual_bound) if whole else cost)
