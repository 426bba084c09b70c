"""From a table of texts and its hierarchies to a whole table of counts, or every fault that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Final

from statpress.alone.cells import check_cells, check_known
from statpress.alone.codes import check_codes
from statpress.alone.columns import check_names, check_request, find_dimensions
from statpress.alone.counts import read_counts, read_weights
from statpress.alone.dimension import Dimension, make_flat, read_dimension
from statpress.alone.never import read_never
from statpress.alone.request import CELLS, PEOPLE, Request, Source, check_words
from statpress.alone.totals import check_totals
from statpress.disclosure.grid import Cell, Grid, add_up, fill_grid
from statpress.disclosure.tabular import Cost
from statpress.errors import BadDeclaration, BadSource, BadUsage, FailedCheck, fail_together
from statpress.issue import Issue

MOST_CELLS: Final = 500_000
"""Cells of the largest table, its totals among them."""


@dataclass(frozen=True)
class Table:
    """A whole table. The cells of `grid` and `cost` have their codes in the order of the sorted dimensions."""

    dimensions: Mapping[str, Dimension]
    """Name and codes, in the order of the columns of the table that was read"""
    grid: Grid
    cost: Cost
    file: str
    warnings: tuple[Issue, ...] = ()

    @cached_property
    def printed(self) -> dict[Cell, Cell]:
        """Every cell as it is printed, in order, with its place in the grid."""
        names = list(self.dimensions)
        places = [names.index(name) for name in sorted(names)]
        cells = product(*(dimension.codes for dimension in self.dimensions.values()))
        return {cell: tuple(cell[place] for place in places) for cell in cells}


def read_table(source: Source, hierarchies: Mapping[str, Sequence[Source]], request: Request) -> Table:
    """The whole table. Raises `BadUsage`, `BadDeclaration`, `BadSource` or `FailedCheck`, with the faults of all four.

    Counts of cells that the table has not are 0, with a warning.
    """
    usage = [*check_words(request), *check_request(source, request, list(hierarchies))]
    read = {name: read_dimension(sources) for name, sources in hierarchies.items()}
    declaration = [issue for _, issues in read.values() for issue in issues]
    faults = [*check_names(source, request)]
    if declaration and not faults:
        faults = read_counts(source, request)[1]
    fail_together({BadUsage: usage, BadDeclaration: declaration, BadSource: faults})
    declared = {name: dimension for name, (dimension, _) in read.items() if dimension is not None}
    return _fill(source, _make_dimensions(source, declared, request), request)


def _make_dimensions(source: Source, declared: Mapping[str, Dimension], request: Request) -> dict[str, Dimension]:
    names = find_dimensions(source, request)
    return {name: declared.get(name) or make_flat(source.table[name], request.total) for name in names}


def _fill(source: Source, dimensions: Mapping[str, Dimension], request: Request) -> Table:
    counts, issues = read_counts(source, request)
    weights, more = read_weights(source, request.weights) if request.weights else (counts, [])
    ordered = {name: dimensions[name] for name in sorted(dimensions)}
    never, usage = read_never(request.never, ordered)
    issues += [*more, *_check_size(ordered, source)]
    issues += [issue for name in ordered for issue in check_codes(source.table, name, source.file)]
    issues += check_known(source, ordered)
    checks = check_cells(source, ordered, request.count)
    fail_together({BadUsage: usage, BadSource: issues, FailedCheck: checks})
    cells = list(zip(*(source.table[name] for name in ordered), strict=True))
    given = {cell: int(count) for cell, count in zip(cells, counts, strict=True)}
    grid = _fill_grid(given, ordered)
    checks += check_totals(source, ordered, given, grid, request.count)
    fail_together({FailedCheck: checks})
    cost = _make_cost(request, never, dict(zip(cells, map(float, weights), strict=True)), ordered)
    return Table(dimensions, grid, cost, source.file, tuple(checks))


def _fill_grid(given: Mapping[Cell, int], dimensions: Mapping[str, Dimension]) -> Grid:
    hierarchies = [dimension.hierarchy() for dimension in dimensions.values()]
    return fill_grid({cell: given[cell] for cell in _find_inner(given, dimensions)}, hierarchies)


def _find_inner(cells: Iterable[Cell], dimensions: Mapping[str, Dimension]) -> list[Cell]:
    leaves = [dimension.leaves for dimension in dimensions.values()]
    return [cell for cell in cells if all(code in known for code, known in zip(cell, leaves, strict=True))]


def _make_cost(
    request: Request, never: frozenset[Cell], given: Mapping[Cell, float], dimensions: Mapping[str, Dimension]
) -> Cost:
    """Totals weigh what their parts weigh together, unless the table says otherwise."""
    if request.cost in (CELLS, PEOPLE):
        return Cost("cells" if request.cost == CELLS else "value", never=never)
    hierarchies = [dimension.hierarchy() for dimension in dimensions.values()]
    sums = add_up({cell: given[cell] for cell in _find_inner(given, dimensions)}, hierarchies)
    return Cost("weights", sums | dict(given), never)


def _check_size(dimensions: Mapping[str, Dimension], source: Source) -> list[Issue]:
    if prod(len(dimension.codes) for dimension in dimensions.values()) <= MOST_CELLS:
        return []
    message = f"The table has more than {MOST_CELLS:,} cells with its totals."
    hint = "Name with --ignore the columns that tell nothing of their own, or protect a part of the table."
    return [Issue("too-many-cells", message, source.file, hint=hint)]
