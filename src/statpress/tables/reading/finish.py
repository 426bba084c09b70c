"""The last checks of a table that has been read, whatever its format."""

from __future__ import annotations

from statpress.issue import Issue
from statpress.tables.reading.check_texts import check_texts
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid, check_grid, skip_blank


def finish_grid(grid: Grid, form: Form, file: str) -> tuple[Grid | None, list[Issue]]:
    """The grid, without blank rows where they are to be skipped; or every fault of its rows and texts."""
    grid = skip_blank(grid) if form.skips_blank else grid
    issues = check_grid(grid, file)
    if not grid.table.empty:
        issues += check_texts(grid, form, file)
    return (None if issues else grid), issues
