"""A source table as it was read, whatever its format: texts under their header, and the row that each stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from statpress.issue import Issue
from statpress.tables.place import MOST, count_more

LONGEST_CELL: Final = 100_000
"""Characters of the longest cell that is read."""


@dataclass(frozen=True)
class Grid:
    """Texts under their header. `rows` is the row of the file that each begins in, the header's being 1."""

    table: pd.DataFrame
    rows: Sequence[int]


def check_grid(grid: Grid, file: str) -> list[Issue]:
    """Whether there are rows, none of them blank, and no cell so long that something must have gone wrong."""
    if grid.table.empty:
        return [Issue("no-rows", "The table has a header and no rows.", file, hint="Check that the file is whole.")]
    return [*_check_long(grid, file), *_check_blank(grid, file)]


def explain_long_cell(row: int, file: str, column: str | None = None) -> Issue:
    """The issue of a cell that is too long."""
    message = f"A cell is longer than {LONGEST_CELL:,} characters."
    return Issue("too-long-cell", message, file, row, column, hint="Check for a quote that is not closed.")


def _check_long(grid: Grid, file: str) -> list[Issue]:
    lengths = {str(column): grid.table[column].str.len().to_numpy() for column in grid.table}
    return [
        explain_long_cell(grid.rows[int(np.argmax(length))], file, column)
        for column, length in lengths.items()
        if length.max() > LONGEST_CELL
    ]


def _check_blank(grid: Grid, file: str) -> list[Issue]:
    blank = np.logical_and.reduce([(grid.table[column] == "").to_numpy() for column in grid.table])
    places = np.flatnonzero(blank).tolist()
    issues = [
        Issue("blank-row", "The row is blank.", file, grid.rows[place], hint="Remove the row.")
        for place in places[:MOST]
    ]
    return [*issues, *count_more("blank-row", len(places) - MOST, file=file)]
