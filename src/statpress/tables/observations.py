"""The verb of this room: the source tables of a pipeline as observations, or every fault that stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from statpress.cube import MEANS, PERIOD, PRINTED, TAIL, key_columns
from statpress.declare.nouns import Declarations
from statpress.issue import Issue
from statpress.paths import Project
from statpress.status import MAY_BE_EMPTY
from statpress.tables.groups import FIRST, find_twice
from statpress.tables.interpret import read_observations
from statpress.tables.periods import describe_periods
from statpress.tables.place import MOST, SOURCE_COLUMN, SOURCE_ROW, Place, count_more, first_row
from statpress.tables.read_table import SourceFile, read_table
from statpress.tables.shape import shape_table

SOURCE: Final = "source"
"""The column that says which table of the pipeline a row came from, counted from 0."""
REASON: Final = "reason"


@dataclass(frozen=True)
class Observations:
    """The figures of a pipeline, true and unprotected, and where each came from."""

    table: pd.DataFrame
    """measure, area, period, each dimension, value (NaN where empty), status, note, means, printed_decimals, source,
    source_row and source_column."""
    periods: pd.DataFrame
    """The periods used, as in `periods.csv`."""
    left_out: pd.DataFrame
    """source, source_row and reason of every row that is not published."""
    sources: tuple[SourceFile, ...]
    """The file of each table of the pipeline, in their order."""


@dataclass(frozen=True)
class _Loaded:
    """What one table of a pipeline came to."""

    file: SourceFile | None
    issues: list[Issue]
    observations: pd.DataFrame | None = None
    left_out: pd.DataFrame | None = None


def load_observations(project: Project, name: str, declared: Declarations) -> tuple[Observations | None, list[Issue]]:
    """Read and shape every table of a pipeline. None where any issue is an error; warnings come along."""
    places = [Place(project, name, i, declared, ("tables", i)) for i in range(len(declared.pipelines[name].tables))]
    loaded = [_load(place) for place in places]
    issues = [issue for part in loaded for issue in part.issues]
    table = _join([part.observations for part in loaded], _columns(places[0]))
    issues += _check_twice(table, places)
    if _has_error(issues):
        return None, issues
    if table.empty:
        message, hint = "No table of the pipeline has a figure to publish.", "Check `left-out` and the filters."
        return None, [*issues, declared.files[name].issue("no-observations", message, ("tables",), hint)]
    left_out = _join([part.left_out for part in loaded], [SOURCE, SOURCE_ROW, REASON])
    files = tuple(part.file for part in loaded if part.file is not None)
    return Observations(table, describe_periods(table[PERIOD].unique()), left_out, files), issues


def _has_error(issues: list[Issue]) -> bool:
    return any(issue.severity == "error" for issue in issues)


def _columns(place: Place) -> list[str]:
    return [*key_columns(tuple(place.pipeline.dimensions)), *TAIL, MEANS, PRINTED, SOURCE, SOURCE_ROW, SOURCE_COLUMN]


def _join(parts: list[pd.DataFrame | None], columns: list[str]) -> pd.DataFrame:
    """The parts under each other, with the columns in their order."""
    there = [part for part in parts if part is not None]
    return pd.concat(there, ignore_index=True)[columns] if there else pd.DataFrame(columns=columns, dtype="str")


def _load(place: Place) -> _Loaded:
    table, file, issues = read_table(place)
    issues = [*issues, *_check_marks(place)]
    if file is None or _has_error(issues):
        return _Loaded(file, issues)
    if place.table.left_out is not None:
        rows = pd.DataFrame({SOURCE_ROW: table[SOURCE_ROW], REASON: place.table.left_out}, dtype="str")
        return _Loaded(file, issues, left_out=_at(rows, place))
    return _shape(table, file, place)


def _shape(table: pd.DataFrame, file: SourceFile, place: Place) -> _Loaded:
    shaped = shape_table(table, place)
    if _has_error(shaped.issues):
        return _Loaded(file, shaped.issues)
    observations, issues = read_observations(shaped.table, place)
    issues = [*shaped.issues, *issues]
    left_out = None if shaped.left_out is None else _at(shaped.left_out, place)
    return _Loaded(file, issues, None if _has_error(issues) else _at(observations, place), left_out)


def _at(rows: pd.DataFrame, place: Place) -> pd.DataFrame:
    return rows.assign(**{SOURCE: place.index})


def _check_marks(place: Place) -> list[Issue]:
    """A mark stands in the place of a number, so it cannot have a status of figures that have one."""
    message = "A mark fills the cell, so there is no number for this status; a mark may mean"
    hint = "Give such a status in a column `status` beside the number."
    return [
        place.issue("mark-with-number", f"{message} {', '.join(MAY_BE_EMPTY)}.", "marks", text, hint=hint)
        for text, mark in place.table.marks.items()
        if mark.status not in MAY_BE_EMPTY
    ]


def _check_twice(table: pd.DataFrame, places: list[Place]) -> list[Issue]:
    """A figure may be given once only, over all tables of the pipeline."""
    twice = find_twice(table, key_columns(tuple(places[0].pipeline.dimensions)))
    issues = [_explain_twice(row, table.iloc[row[FIRST]], places) for _, row in twice.head(MOST).iterrows()]
    more = count_more("figure-twice", len(twice) - MOST, file=places[0].document.file)
    return [*issues, *more]


def _explain_twice(row: pd.Series, first: pd.Series, places: list[Place]) -> Issue:
    keys = key_columns(tuple(places[0].pipeline.dimensions))
    key = ", ".join(row[column] for column in keys)
    place, other = (places[int(part[SOURCE])].file for part in (row, first))
    at = f"{other}, row {first[SOURCE_ROW]}" if first[SOURCE_ROW] else f"{other}, a total that a step made"
    hint = "Leave one of them out with a filter and a reason, or tell them apart by a dimension."
    return Issue("figure-twice", f"The figure {key} is already in {at}.", place, first_row(row[SOURCE_ROW]), hint=hint)
