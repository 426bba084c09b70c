"""Choose what to withhold of one whole table, and let the attacker try the result before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from statpress.alone.merge import advise_merge
from statpress.alone.request import Request
from statpress.alone.table import Table
from statpress.disclosure.grid import Cell
from statpress.disclosure.optimise.find import find_pattern
from statpress.disclosure.problem import Pattern, Problem
from statpress.disclosure.tabular import order_cells, problem_of
from statpress.errors import UnsafeRelease, fail_if
from statpress.issue import Issue
from statpress.tables.place import MOST, count_more
from statpress.tables.texts import show_text


@dataclass(frozen=True)
class Protected:
    """A protected table. `cells` are all cells in the order of printing, withheld ones without a number."""

    dimensions: tuple[str, ...]
    cells: Mapping[Cell, int | None]
    small: frozenset[Cell]
    """withheld for themselves; not to be published"""
    fell_back: frozenset[Cell]
    """of those, the cells that no pattern protects as well as asked: a reader can rule numbers out, but not tell one"""
    warnings: tuple[Issue, ...] = ()

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return sum(value is None for value in self.cells.values())

    @property
    def partners(self) -> int:
        """How many are withheld to protect others; not to be published."""
        return self.withheld - len(self.small)


def protect_cells(table: Table, request: Request) -> Protected:
    """Withhold what the request asks for and what protects it. Raises `UnsafeRelease` where no pattern is safe."""
    problem = problem_of(table.grid, request.promise, table.cost)
    cells = order_cells(table.grid)
    fail_if(UnsafeRelease, _check_never(table, problem, cells))
    pattern = find_pattern(problem, request.effort)
    fail_if(UnsafeRelease, _check_met(table, request, problem, pattern))
    withheld = {cells[item] for item in np.flatnonzero(pattern.withheld)}
    small = {cells[item] for item in np.flatnonzero(problem.required)}
    fell_back = {cells[problem.needs[place].item] for place in pattern.fell_back}
    return Protected(
        tuple(table.dimensions),
        {cell: None if place in withheld else table.grid.counts[place] for cell, place in table.printed.items()},
        frozenset(cell for cell, place in table.printed.items() if place in small),
        frozenset(cell for cell, place in table.printed.items() if place in fell_back),
        table.warnings,
    )


def _check_never(table: Table, problem: Problem, cells: list[Cell]) -> list[Issue]:
    """Small counts that the request forbids to withhold."""
    forbidden = [cells[item] for item in np.flatnonzero(problem.required) if cells[item] in table.cost.never]
    message = "is to be withheld for itself, but --never forbids it"
    return _explain(table, "never-withheld", forbidden, message, lambda _: "Leave it out of --never.")


def _check_met(table: Table, request: Request, problem: Problem, pattern: Pattern) -> list[Issue]:
    """Small counts that no pattern protects."""
    cells = order_cells(table.grid)
    open_ = sorted({cells[problem.needs[place].item] for place in pattern.unmet})
    message = "cannot be protected, whatever else is withheld"
    fewer = " Or give fewer cells with --never." if table.cost.never else ""
    return _explain(
        table, "cannot-protect", open_, message, lambda cell: f"{advise_merge(table, cell, request.threshold)}{fewer}"
    )


def _explain(table: Table, rule: str, cells: list[Cell], message: str, advise: Callable[[Cell], str]) -> list[Issue]:
    names = sorted(table.dimensions)
    issues = [
        Issue(rule, f"The cell {message}.", table.file, key=_key(names, cell), hint=advise(cell))
        for cell in cells[:MOST]
    ]
    return [*issues, *count_more(rule, len(cells) - MOST, file=table.file)]


def _key(names: list[str], cell: Cell) -> str:
    return ", ".join(f"{name}={show_text(code)}" for name, code in zip(names, cell, strict=True))
