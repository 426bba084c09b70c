"""Where the work stands: which table, under which key of which declaration; and how its faults become issues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd

from statpress.declare.document import Document, Key
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline, Table
from statpress.issue import Issue
from statpress.paths import Project

SOURCE_ROW: Final = "source_row"
"""The column that every table carries through its steps: the rows of the file that a row was made from."""
SOURCE_COLUMN: Final = "source_column"
"""The column of observations that says in which column of the file each figure stands; empty if in no one column."""
STOOD_IN: Final = "\0column"
"""The column that an unpivot step adds: the column of the file that the cell of a row stood in."""
CARRIED: Final = (SOURCE_ROW, STOOD_IN)
"""Columns that tables carry through their steps, and that declarations cannot name."""
MOST: Final = 50
"""Issues of one kind that are told for one table; more are only counted."""


@dataclass(frozen=True)
class Place:
    """A table of a pipeline, and the part of its declaration that is being carried out."""

    project: Project
    name: str
    index: int
    declared: Declarations
    key: Key

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline that the table belongs to."""
        return self.declared.pipelines[self.name]

    @property
    def table(self) -> Table:
        """The declaration of the table."""
        return self.pipeline.tables[self.index]

    @property
    def folder(self) -> Path:
        """The folder of the pipeline."""
        return self.project.pipeline(self.name)

    @property
    def file(self) -> str:
        """The source file as seen from the root of the project."""
        return self.project.relative(self.folder / self.table.path)

    @property
    def document(self) -> Document:
        """The declaration as it was written."""
        return self.declared.files[self.name]

    def inside(self, *key: str | int) -> Place:
        """The same table, further down in the declaration."""
        return replace(self, key=(*self.key, *key))

    def issue(self, rule: str, message: str, *key: str | int, hint: str = "") -> Issue:
        """An issue of the declaration, at `key` below this place."""
        return self.document.issue(rule, message, (*self.key, *key), hint)

    def warning(self, rule: str, message: str, *key: str | int, hint: str = "") -> Issue:
        """A warning about the declaration, at `key` below this place."""
        return replace(self.issue(rule, message, *key, hint=hint), severity="warning")


@dataclass(frozen=True)
class Shaped:
    """What a step made: the table, what went wrong, and the rows (their `source_row`) that it left out and why."""

    table: pd.DataFrame
    issues: list[Issue] = field(default_factory=list)
    left_out: pd.DataFrame | None = None


def first_row(source_row: str) -> int | None:
    """The first of the file's rows that a row was made from; none for a row that a step made."""
    return int(source_row.split(" ", 1)[0]) if source_row else None


def take_rows(table: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    """The rows that are wanted: faulty ones, so mostly none, which is told ten times as quickly as looked up."""
    return table[wanted] if wanted.any() else table.iloc[:0]


def explain_rows(
    rule: str, rows: pd.DataFrame, column: str, explain: Callable[[pd.Series], tuple[str, str]], *, file: str
) -> list[Issue]:
    """One issue a row, of the same rule and column. `explain` gives message and hint for a row.

    Only the first `MOST` rows are told, and how many more there are.
    """
    if rows.empty:
        return []
    issues = [
        Issue(rule, message, file, first_row(row[SOURCE_ROW]), column, hint=hint)
        for _, row in rows.head(MOST).iterrows()
        for message, hint in [explain(row)]
    ]
    return [*issues, *count_more(rule, len(rows) - MOST, file=file, column=column)]


def count_more(rule: str, more: int, *, file: str, column: str | None = None) -> list[Issue]:
    """An issue that says how many more issues there are of a rule; nothing if there are none."""
    if more <= 0:
        return []
    return [Issue(rule, f"{more:,} more rows have the same fault.", file, column=column)]
