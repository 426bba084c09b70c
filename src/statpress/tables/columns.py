"""Check the names of columns that a step uses or makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from statpress.declare.document import Key
from statpress.issue import Issue, nearest
from statpress.tables.place import CARRIED, Place
from statpress.tables.texts import leave_out_figures


def columns_of(table: pd.DataFrame) -> list[str]:
    """The columns that declarations may name: all but those that say where a row came from, which every step keeps."""
    return [column for column in table.columns if column not in CARRIED]


def check_known(table: pd.DataFrame, named: Iterable[tuple[Key, str]], place: Place) -> list[Issue]:
    """An issue for every column that is named, under its key of the step, and that the table has not."""
    known = columns_of(table)
    return [
        place.issue(
            "unknown-column",
            f"The table has no column `{column}` here.",
            *key,
            hint=nearest(column, leave_out_figures(known)),
        )
        for key, column in named
        if column not in known
    ]


def check_new(named: Iterable[tuple[Key, str]], others: Collection[str], place: Place) -> list[Issue]:
    """An issue for every new column whose name is one of the `others`, is there twice, or is reserved."""
    issues: list[Issue] = []
    seen = set(others)
    for key, column in named:
        if column in CARRIED:
            message, hint = f"The name `{column}` is reserved for the place in the source.", "Choose another name."
            issues.append(place.issue("reserved-column", message, *key, hint=hint))
        elif column in seen:
            message, hint = f"The table already has a column `{column}`.", "Rename or drop the other one first."
            issues.append(place.issue("column-exists", message, *key, hint=hint))
        seen.add(column)
    return issues
