"""Find texts that something went wrong with on their way into the table, whatever they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from statpress.issue import Issue
from statpress.tables.look_alike import find_different, find_foreign, plain_form
from statpress.tables.place import MOST, count_more
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid
from statpress.tables.texts import show_label

_ODD: Final = r"[^\t\n\r -~]|^[=#\s]|^Err:|\s$|\s\s|^\d{1,2}[-/ ][A-Z][a-z]{2}$|^[A-Z][a-z]{2}[-/ ]\d{2}$"
"""Texts that deserve a look, as a regular expression that is quick over millions of cells."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_ERRORS: Final = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)|Err:\d{3}")
_TWICE_ENCODED: Final = re.compile("[\u00c2-\u00f4\u0192\u0160\u017d][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]")
_DATE: Final = re.compile(r"\d{1,2}[-/ ][A-Z][a-z]{2}|[A-Z][a-z]{2}[-/ ]\d{2}")
_MONTHS: Final = frozenset(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])

MENDS: Final = "In CSV files `statpress check --fix` offers to do it."

Fault = tuple[str, str, str]
"""Rule, message and hint."""


@dataclass(frozen=True)
class _Column:
    """What the texts of a column are judged against: all of them by the row of the first, and the texts of marks."""

    texts: Mapping[str, int]
    marks: Collection[str]


def check_texts(grid: Grid, form: Form, file: str) -> list[Issue]:
    """An issue for every cell whose text was damaged, would run, or only looks like another text of its column."""
    issues: list[Issue] = []
    for name in grid.table:
        cells = grid.table[name]
        odd = cells[_match(cells)]
        if len(odd):
            issues += _check_column(str(name), cells, odd, (grid, form, file))
    return issues


def _match(cells: pd.Series) -> npt.NDArray[np.bool_]:
    """Which cells deserve a look. Arrow's regular expressions take a tenth of the time of Python's."""
    found = pc.match_substring_regex(pa.array(cells, pa.large_string()), _ODD)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _check_column(name: str, cells: pd.Series, odd: pd.Series, where: tuple[Grid, Form, str]) -> list[Issue]:
    grid, form, file = where
    firsts = cells.drop_duplicates()
    column = _Column({text: grid.rows[int(str(place))] for place, text in firsts.items()}, form.marks)
    faults = {text: fault for text in odd.unique() for fault in _find_faults(text, column)}
    found = odd[odd.isin(list(faults))]
    told: dict[str, int] = {}
    issues = []
    for place, text in found.items():
        rule, message, hint = faults[text]
        told[rule] = told.get(rule, 0) + 1
        if told[rule] <= MOST:
            issues.append(Issue(rule, message, file, grid.rows[int(str(place))], name, hint=hint))
    more = [count_more(rule, count - MOST, file=file, column=name) for rule, count in told.items()]
    return [*issues, *(issue for issues in more for issue in issues)]


def _find_faults(text: str, column: _Column) -> Iterator[Fault]:
    """The first fault of a text, if it has one."""
    if text in column.marks:
        return
    for find in _FINDS:
        if fault := find(text, column):
            yield fault
            return


def _find_control(text: str, _: _Column) -> Fault | None:
    if found := _CONTROL.search(text):
        message = f"The cell holds the control character U+{ord(found[0]):04X}, which nobody can see."
        return "control-character", message, "Remove it, or check the encoding."
    return None


def _find_lost(text: str, _: _Column) -> Fault | None:
    if "\ufffd" in text:
        message = "A character of the cell was lost when the file was saved (U+FFFD stands in its place)."
        return "lost-character", message, "Save the file again from where it came from, as UTF-8."
    return None


def _find_twice_encoded(text: str, _: _Column) -> Fault | None:
    if not _TWICE_ENCODED.search(text):
        return None
    for encoding in ("windows-1252", "iso-8859-1"):
        try:
            text.encode(encoding).decode()
        except UnicodeError:
            continue
        message = f"The text was UTF-8 and has been read as {encoding} before it was saved: its letters are two each."
        return "twice-encoded", message, "Save the file again from where it came from, as UTF-8."
    return None


def _find_error(text: str, _: _Column) -> Fault | None:
    if _ERRORS.fullmatch(text):
        message = f"The cell holds the error {show_label(text)} of a spreadsheet."
        return "error-cell", message, "Correct it, or write a declared mark."
    return None


def _find_formula(text: str, _: _Column) -> Fault | None:
    if text.startswith("="):
        return "formula", "The cell holds a formula.", "Write its result in its place."
    return None


def _find_blank(text: str, _: _Column) -> Fault | None:
    if not plain_form(text):
        message = "The cell looks empty, and holds spaces or characters that nobody can see."
        return "space-in-code", message, f"Empty it. {MENDS}"
    return None


def _find_look_alike(text: str, column: _Column) -> Fault | None:
    plain = plain_form(text)
    if plain != text and plain in column.texts:
        rule = "space-in-code" if plain == " ".join(text.split()) else "look-alike"
        message = f"The text looks like {show_label(plain)} of row {column.texts[plain]}, but is another"
        return (
            rule,
            f"{message}: {find_different(text, plain)}.",
            f"Write both alike. {MENDS}",
        )
    if place := find_foreign(text):
        message = f"The text {show_label(text)} has {place}, which only looks like a Latin letter."
        return "look-alike", message, "Write it with the letter of the keyboard."
    return None


def _find_date(text: str, column: _Column) -> Fault | None:
    """A range such as 10-14 that a spreadsheet took for a day in October, among texts that are no dates."""
    if not _is_date(text) or all(_is_date(other) for other in column.texts if other):
        return None
    message = "The cell holds a day or month, among cells that hold none."
    return "date-among-texts", message, "A spreadsheet may have changed a range such as 10-14: write it as text."


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and any(part in _MONTHS for part in re.split("[-/ ]", text))


_FINDS: Final[tuple[Callable[[str, _Column], Fault | None], ...]] = (
    _find_control,
    _find_lost,
    _find_twice_encoded,
    _find_error,
    _find_formula,
    _find_blank,
    _find_look_alike,
    _find_date,
)
