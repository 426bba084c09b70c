"""Check the totals that a table holds: those that are declared agree with their parts, and none is taken for a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from statpress.alone.dimension import Dimension
from statpress.alone.request import Source
from statpress.disclosure.grid import Cell, Grid
from statpress.issue import Issue
from statpress.tables.place import SOURCE_ROW, explain_rows
from statpress.tables.texts import show_text

SURE: Final = 3
"""Sums that agree, none of them 0, from which on a code is taken for a total; fewer may be chance."""
_DIFFERS: Final = ("The total is not the sum of its parts.", "Correct the total or its parts, or leave the total out.")


def check_totals(
    source: Source, dimensions: Mapping[str, Dimension], given: Mapping[Cell, int], grid: Grid, count: str
) -> list[Issue]:
    """Totals that disagree, and codes that look like a total that nobody declared."""
    differs = pd.Series([grid.counts[cell] != number for cell, number in given.items()], index=source.table.index)
    wrong = explain_rows("total-differs", source.table[differs], count, lambda _: _DIFFERS, file=source.file)
    return [*wrong, *_check_undeclared(source, dimensions, given)]


def _check_undeclared(
    source: Source, dimensions: Mapping[str, Dimension], given: Mapping[Cell, int]
) -> Iterator[Issue]:
    """A code whose count is everywhere the sum of those beside it: readers would take it away from their sum."""
    names = list(dimensions)
    table = source.table[names].assign(**{SOURCE_ROW: list(given.values())})
    for name, dimension in dimensions.items():
        table = table[table[name].isin(dimension.leaves)]
    for name, dimension in dimensions.items():
        others = [other for other in names if other != name]
        counts = table.set_index([*others, name])[SOURCE_ROW]
        by_code = counts.unstack(name, fill_value=0) if others else counts.to_frame().T
        for siblings in _siblings(dimension):
            for code, matches in _find_sums(by_code[[code for code in siblings if code in by_code]]):
                yield _explain(code, name, source.file, sure=matches >= SURE)


def _siblings(dimension: Dimension) -> list[list[str]]:
    """Codes without parts that make one whole together."""
    groups = [parts for tree in dimension.trees for parts in tree.parts().values()]
    return [parts for parts in groups if dimension.leaves.issuperset(parts)]


def _find_sums(counts: pd.DataFrame) -> Iterator[tuple[str, int]]:
    """Each code that is half of the sum in every row, and in how many rows it is not 0."""
    if counts.shape[1] < 3:
        return
    whole = counts.sum(axis=1)
    for code in counts:
        if (2 * counts[code] == whole).all() and (matches := int((counts[code] > 0).sum())):
            yield str(code), matches


def _explain(code: str, name: str, file: str, *, sure: bool) -> Issue:
    message = f"{show_text(code)} is always the sum of the codes beside it."
    hint = "If it is their total, name it with --total, or in a hierarchy."
    return Issue("undeclared-total", message, file, column=name, hint=hint, severity="error" if sure else "warning")
