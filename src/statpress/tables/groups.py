"""Rows that agree in some columns: number them, join what they came from, find those that are there twice."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

FIRST: Final = "first_row_with_the_same_key"
"""The column that `find_twice` adds: the position of the earlier row."""


def number_groups(table: pd.DataFrame, keys: list[str]) -> pd.Series:
    """A number for each row: the same for rows that agree in all `keys`, counted in the order of the table."""
    if not keys:
        return pd.Series(0, index=table.index)
    return table.groupby(keys, sort=False).ngroup()


def join_rows(rows: pd.Series, groups: pd.Series) -> pd.Series:
    """The source rows of each group, each once, joined by a space."""
    return rows.groupby(groups.to_numpy()).agg(_join_once).astype("str")


def find_twice(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows whose keys an earlier row has already, with the position of that row in the column `FIRST`."""
    groups = number_groups(table, keys)
    positions = pd.Series(range(len(table)), index=table.index)
    firsts = positions.groupby(groups.to_numpy()).transform("first")
    return table.assign(**{FIRST: firsts})[groups.duplicated()]


def _join_once(rows: Any) -> str:
    return " ".join(dict.fromkeys(" ".join(rows).split()))
