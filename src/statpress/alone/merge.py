"""What to merge where a cell cannot be protected: the code beside it that makes a count large enough with it."""

from __future__ import annotations

from collections.abc import Iterator

from statpress.alone.dimension import Dimension
from statpress.alone.table import Table
from statpress.disclosure.grid import Cell
from statpress.tables.texts import show_text


def advise_merge(table: Table, cell: Cell, most: int) -> str:
    """Words that name a code and the one to merge it with, or that the breakdown is to be left out.

    `cell` has its codes in the order of the grid; `most` is the largest count that is withheld for itself.
    """
    count = table.grid.counts[cell]
    found = [
        (table.grid.counts[other], name, cell[place], other[place])
        for place, name, other in _beside(table, cell)
        if count + table.grid.counts[other] > most
    ]
    if not found:
        return "Leave one of its breakdowns out."
    _, name, code, other = min(found)
    return f"Merge {show_text(code)} with {show_text(other)} of {show_text(name)}, or leave a breakdown out."


def _beside(table: Table, cell: Cell) -> Iterator[tuple[int, str, Cell]]:
    for place, name in enumerate(sorted(table.dimensions)):
        for code in _siblings(table.dimensions[name], cell[place]):
            yield place, name, (*cell[:place], code, *cell[place + 1 :])


def _siblings(dimension: Dimension, code: str) -> list[str]:
    parts = dimension.trees[0].parts()
    whole = dimension.trees[0].parents.get(code)
    return [other for other in parts.get(whole, ()) if other != code] if whole is not None else []
