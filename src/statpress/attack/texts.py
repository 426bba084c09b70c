"""Text tables of an attack, read as strictly as sources: texts under a header, with the row that each stands in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from statpress.issue import Issue
from statpress.tables.place import SOURCE_ROW
from statpress.tables.reading.form import Form
from statpress.tables.reading.read_csv import read_csv
from statpress.tables.reading.source_file import read_bytes


def read_texts(path: Path) -> tuple[pd.DataFrame, list[Issue]]:
    """The table at `path` with the column `source_row`; empty where it cannot be read, with the issues that say why."""
    content, issues = read_bytes(path, str(path))
    if content is None:
        return pd.DataFrame(), issues
    grid, issues = read_csv(content.content, Form(), str(path))
    if grid is None:
        return pd.DataFrame(), issues
    rows = pd.Series(np.asarray(grid.rows), index=grid.table.index).astype("str")
    return grid.table.assign(**{SOURCE_ROW: rows}), []
