"""A protected table as an attacker sees it: what is printed, how it adds up, and what the mark says. No true number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from statpress.alone.dimension import Dimension
from statpress.alone.request import Request
from statpress.audit.printed import Cell as PrintedCell
from statpress.audit.printed import Dimension as PrintedDimension
from statpress.audit.printed import Key, Measure, PrintedTable, Rules
from statpress.cube import ALL
from statpress.disclosure.grid import Cell
from statpress.status import WITHHELD

Cells = Mapping[Cell, int | None]
"""A number for each cell, none where it is withheld."""


@dataclass(frozen=True)
class Printed:
    """The table for the attacker, and the key in it of each cell."""

    table: PrintedTable
    keys: Mapping[Cell, Key]


def print_table(cells: Cells, dimensions: Mapping[str, Dimension], request: Request, name: str) -> Printed:
    """The table for the attacker: one measure, no area, no period, and the dimensions. `name` is that of its file."""
    names = [_rename(dimension) for dimension in dimensions.values()]
    keys = {
        cell: (request.count, "", "", *(known[code] for known, code in zip(names, cell, strict=True))) for cell in cells
    }
    table = PrintedTable(
        name,
        tuple(
            PrintedDimension(column, _parents(dimension, known), adds_up=True)
            for known, (column, dimension) in zip(names, dimensions.items(), strict=True)
        ),
        {request.count: Measure()},
        {keys[cell]: _show(value) for cell, value in cells.items()},
        _rules(request),
    )
    return Printed(table, keys)


def _rename(dimension: Dimension) -> dict[str, str]:
    """The category of each code: the top is `all`. A code that is called so keeps apart from it."""
    categories = {code: f"{code} (code)" if code == ALL else code for code in dimension.codes}
    return categories | {dimension.top: ALL}


def _parents(dimension: Dimension, names: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    return tuple({names[code]: names[up] for code, up in tree.parents.items()} for tree in dimension.trees)


def _show(value: int | None) -> PrintedCell:
    return PrintedCell(None, WITHHELD) if value is None else PrintedCell(Decimal(value))


def _rules(request: Request) -> Rules:
    """What a reader knows of the mark; where the standard is `not_determined`, she does not ask what it says."""
    tells = request.zeros == "shown" and request.standard != "not_determined"
    return Rules(low=request.promise.least, high=request.threshold, zeros_shown=tells, complements=False)
