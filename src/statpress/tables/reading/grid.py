"""A source table as it was read, whatever its format: texts under their header, and the row that each stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from statpress.issue import Issue
from statpress.tables.place import MOST, count_more

LONGEST_CELL: Final = 100_000
"""Characters of the longest cell that is read."""
MOST_CELLS: Final = 50_000_000
"""Cells of the largest table that is read."""
_REMOVE: Final = "Remove the row, or declare `blank-rows: skip`."


@dataclass(frozen=True)
class Grid:
    """Texts under their header. `rows` is the row of the file that each begins in, the header's being 1."""

    table: pd.DataFrame
    rows: Sequence[int]


def check_size(cells: int, file: str) -> list[Issue]:
    """Whether a table has more cells than are read."""
    if cells <= MOST_CELLS:
        return []
    message = f"The table has more than {MOST_CELLS:,} cells."
    return [Issue("too-large", message, file, hint="Split the file, or remove what is not part of the table.")]


def check_grid(grid: Grid, file: str) -> list[Issue]:
    """Whether there are rows, none of them blank, and no cell so long that something must have gone wrong."""
    if grid.table.empty:
        return [Issue("no-rows", "The table has a header and no rows.", file, hint="Check that the file is whole.")]
    return [*_check_long(grid, file), *_check_blank(grid, file)]


def skip_blank(grid: Grid) -> Grid:
    """The grid without its blank rows. The others keep the rows of the file that they stand in."""
    kept = np.flatnonzero(~_find_blank(grid))
    return Grid(grid.table.iloc[kept].reset_index(drop=True), [grid.rows[place] for place in kept.tolist()])


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
    places = np.flatnonzero(_find_blank(grid)).tolist()
    issues = [Issue("blank-row", "The row is blank.", file, grid.rows[place], hint=_REMOVE) for place in places[:MOST]]
    return [*issues, *count_more("blank-row", len(places) - MOST, file=file)]


def _find_blank(grid: Grid) -> npt.NDArray[np.bool_]:
    blank = np.ones(len(grid.table), dtype=bool)
    for column in grid.table:
        blank &= (grid.table[column] == "").to_numpy(dtype=bool)
        if not blank.any():
            break
    return blank
