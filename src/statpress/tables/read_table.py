"""Read the source table of a place in a pipeline, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from statpress.issue import Issue
from statpress.tables.place import SOURCE_ROW, Place
from statpress.tables.reading.form import form_of
from statpress.tables.reading.read_grid import read_grid
from statpress.tables.reading.source_file import read_source


@dataclass(frozen=True)
class SourceFile:
    """A source file as it was read. `path` is as declared; `rows` counts rows of data, without the header."""

    path: str
    bytes: int
    sha256: str
    rows: int


def read_table(place: Place) -> tuple[pd.DataFrame, SourceFile | None, list[Issue]]:
    """The table as texts, with the column `source_row`, and the facts of its file. Empty where it cannot be read."""
    source, issues = read_source(place.project, place.folder, place.table.path)
    if source is None:
        return pd.DataFrame(), None, issues
    grid, issues = read_grid(source.content, form_of(place.table), place.file)
    if grid is None:
        return pd.DataFrame(), None, issues
    rows = pd.Series(np.asarray(grid.rows), index=grid.table.index).astype("str")
    facts = SourceFile(place.table.path, len(source.content), source.sha256, len(grid.table))
    return grid.table.assign(**{SOURCE_ROW: rows}), facts, issues
