"""Read the columns of a shaped table as observations: codes of the catalogues, figures, statuses and notes."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from statpress.cube import ALL, AREA, MEANS, MEASURE, NOT_STATED, NOTE, PERIOD, PRINTED, STATUS, VALUE, key_columns
from statpress.interval import read_code
from statpress.issue import Issue, nearest
from statpress.tables.codes import CodeList, list_areas, list_categories
from statpress.tables.columns import columns_of
from statpress.tables.periods import write_code
from statpress.tables.place import SOURCE_COLUMN, SOURCE_ROW, STOOD_IN, Place, explain_rows, take_rows
from statpress.tables.texts import is_formula, leave_out_figures, map_texts, map_to_texts, show_period
from statpress.tables.trace import MADE, trace_column
from statpress.tables.values import read_values


def read_observations(table: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, list[Issue]]:
    """The observations of a shaped table, and every fault of them. Faulty codes are empty in the result."""
    if issues := _check_columns(table, place):
        return pd.DataFrame(), issues
    filled = _trace(_fill(table, place), place)
    coded: dict[str, pd.Series] = {}
    issues = []
    for column, codes in _code_lists(place).items():
        coded[column], found = _read_codes(filled, column, codes, place)
        issues += found
    issues += [*_check_periods(filled, place), *_check_notes(filled, place)]
    figures, found = read_values(filled.assign(**coded), place)
    columns = [
        *key_columns(tuple(place.pipeline.dimensions)),
        VALUE,
        STATUS,
        NOTE,
        MEANS,
        PRINTED,
        SOURCE_ROW,
        SOURCE_COLUMN,
    ]
    figures[PRINTED] = figures[PRINTED].where(filled[SOURCE_COLUMN] != MADE, -1)
    return filled.assign(**coded).assign(**figures)[columns], [*issues, *found]


def _check_columns(table: pd.DataFrame, place: Place) -> list[Issue]:
    allowed = {*key_columns(tuple(place.pipeline.dimensions)), VALUE, STATUS, NOTE}
    found = columns_of(table)
    hint = "Drop it, or make it a dimension."
    extra = [
        place.issue(
            "extra-column", f"The column {show_period(column)} is not a column of the observations.", "steps", hint=hint
        )
        for column in found
        if column not in allowed
    ]
    missing = [
        place.issue(
            "missing-column", f"The table has no column `{column}` after its steps.", "steps", hint=_near(column, found)
        )
        for column in _required(place)
        if column not in found
    ]
    return extra + missing


def _near(column: str, found: Collection[str]) -> str:
    return f"Rename or derive it. {nearest(column, leave_out_figures(found))}"


def _required(place: Place) -> list[str]:
    return [PERIOD, VALUE] if len(_measures(place)) == 1 else [MEASURE, PERIOD, VALUE]


def _measures(place: Place) -> list[str]:
    """The measures that a source can give: those that are not computed after protection, and contributions to them."""
    given = [measure for measure in place.pipeline.measures if measure not in place.pipeline.compute]
    return [*given, *(part for measure in given for part in place.declared.measures[measure].contributions)]


def _fill(table: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The table with every column of the observations."""
    defaults = {MEASURE: _measures(place)[0] if _measures(place) else "", AREA: place.pipeline.area}
    defaults |= dict.fromkeys(place.pipeline.dimensions, ALL) | {STATUS: "", NOTE: ""}
    absent = {column: text for column, text in defaults.items() if column not in table}
    return table.assign(**{name: pd.Series(text, index=table.index, dtype="str") for name, text in absent.items()})


def _trace(table: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The table with the source column of each figure."""
    column = trace_column(VALUE, place.table.steps)
    made = pd.Series(column or MADE, index=table.index, dtype="str")
    return table.assign(**{SOURCE_COLUMN: table.get(STOOD_IN, made) if column is None else made})


def _code_lists(place: Place) -> dict[str, CodeList]:
    measures = {measure: measure for measure in _measures(place)}
    lists = {
        MEASURE: CodeList("measure of this pipeline that is not computed", measures),
        AREA: list_areas(place.declared),
    }
    return lists | {name: list_categories(place.declared, name) for name in place.pipeline.dimensions}


def _read_codes(table: pd.DataFrame, column: str, codes: CodeList, place: Place) -> tuple[pd.Series, list[Issue]]:
    found = map_to_texts(table[column], lambda text: codes.find(text) or "")
    unknown = take_rows(table, found == "")
    issues = explain_rows("unknown-code", unknown, column, lambda row: codes.explain(row[column]), file=place.file)
    return found, issues


def _check_periods(table: pd.DataFrame, place: Place) -> list[Issue]:
    unread = take_rows(table, ~map_texts(table[PERIOD], _is_code).astype(bool))
    return explain_rows("bad-period", unread, PERIOD, lambda row: _explain_period(row[PERIOD]), file=place.file)


def _check_notes(table: pd.DataFrame, place: Place) -> list[Issue]:
    """A note that a spreadsheet would run as a formula does not get into a package."""
    runs = take_rows(table, map_texts(table[NOTE], is_formula).astype(bool))
    explain = ("A spreadsheet would run this note as a formula.", "Start it with a letter.")
    return explain_rows("formula", runs, NOTE, lambda _: explain, file=place.file)


def _is_code(text: str) -> bool:
    interval = read_code(text)
    return text == NOT_STATED or (interval is not None and write_code(interval) == text)


def _explain_period(text: str) -> tuple[str, str]:
    interval = read_code(text)
    hint = f"Write it as {write_code(interval)}." if interval else "Add a period step."
    return f"The period {show_period(text)} is not a code such as 2018-04-01/P1Y.", hint
