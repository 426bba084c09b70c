"""Read one sheet of an Excel workbook as texts. What does not stand in it as a person sees it is refused."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Final

import pandas as pd

from statpress.issue import Issue, nearest
from statpress.tables.numbers import write_plain
from statpress.tables.place import MOST, count_more
from statpress.tables.reading.grid import Grid, check_grid
from statpress.tables.reading.header import MOST_COLUMNS, check_header
from statpress.tables.reading.zip_parts import read_parts

_MERGED: Final = re.compile(r"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+)([0-9]+):([A-Z]+[0-9]+)[\"']")
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')
_SCALE: Final = re.compile(r"%|[0#?],+(?![0#?,])")
_MOST_ROWS: Final = 1_048_576
_FAULTS: Final = {
    "formula": ("The cell holds a formula.", "Paste the value in its place."),
    "error-cell": ("The cell holds an error of Excel, such as #N/A.", "Correct it, or write a declared mark."),
    "scaled-number": ("The cell shows another number than it holds.", "Format it as a plain number."),
}


def read_xlsx(content: bytes, sheet: str, file: str) -> tuple[Grid | None, list[Issue]]:
    """Read the declared sheet. Row 1 is the header; every cell becomes a text, an empty one an empty text."""
    parts, issues = read_parts(content, file)
    if issues:
        return None, issues
    try:
        with _quiet(), closing(_open(content)) as book:
            return _read_sheet(book, sheet, parts, file)
    except Exception as fault:  # openpyxl meets broken workbooks with exceptions of many kinds
        message = f"The workbook cannot be read ({type(fault).__name__})."
        return None, [Issue("not-xlsx", message, file, hint="Open it in Excel and save it again.")]


def _quiet() -> warnings.catch_warnings[None]:
    """Openpyxl warns about styles and extensions that it does not keep; none of them is a cell."""
    return warnings.catch_warnings(action="ignore")


def _open(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)


def _read_sheet(book: Any, name: str, parts: Mapping[str, bytes], file: str) -> tuple[Grid | None, list[Issue]]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name not in sheets:
        message = "The workbook has no sheet of the declared name."
        return None, [Issue("unknown-sheet", message, file, hint=nearest(name, sheets))]
    sheet = sheets[name]
    if sheet.sheet_state != "visible":
        message = "The sheet is hidden, so nobody may have looked at it."
        return None, [Issue("hidden-sheet", message, file, hint="Unhide it, or declare another sheet.")]
    sheet.reset_dimensions()  # written by the program that made the file, and sometimes too small
    if issues := _check_merged(parts[sheet._worksheet_path], file):  # no public name leads to the part of a sheet
        return None, issues
    return _read_cells(sheet, file)


def _check_merged(part: bytes, file: str) -> list[Issue]:
    found = [(int(row), f"{column}{row}:{end}") for column, row, end in _MERGED.findall(part.decode())]
    issues = [
        Issue("merged-cells", f"The cells {cells} are merged.", file, row, hint="Unmerge the cells, and fill each.")
        for row, cells in found[:MOST]
    ]
    return [*issues, *count_more("merged-cells", len(found) - MOST, file=file)]


def _read_cells(sheet: Any, file: str) -> tuple[Grid | None, list[Issue]]:
    rows: list[list[str]] = []
    faults: list[Issue] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        rows.append(_strip_end([_write_cell(cell) for cell in cells]))
        faults += [issue for cell in cells for issue in _check_cell(cell, number, file)]
        if len(rows[-1]) > MOST_COLUMNS or number > _MOST_ROWS:
            message = f"The sheet has more than {MOST_COLUMNS:,} columns or {_MOST_ROWS:,} rows."
            return None, [Issue("too-large", message, file, number, hint="Remove what is not part of the table.")]
    while rows and not rows[-1]:
        rows.pop()
    return _make_grid(rows, file) if not faults else (None, _first_of_each(faults, file))


def _strip_end(texts: list[str]) -> list[str]:
    """The texts up to the last that is not empty."""
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _make_grid(rows: list[list[str]], file: str) -> tuple[Grid | None, list[Issue]]:
    names = rows[0] if rows else []
    if faults := check_header(names, file):
        return None, faults
    width = len(names)
    if wide := [number for number, row in enumerate(rows, start=1) if len(row) > width]:
        return None, _explain_wide(wide, width, file)
    filled = [row + [""] * (width - len(row)) for row in rows[1:]]
    grid = Grid(pd.DataFrame(filled, columns=names, dtype="str"), range(2, len(rows) + 1))
    issues = check_grid(grid, file)
    return (None if issues else grid), issues


def _explain_wide(rows: list[int], width: int, file: str) -> list[Issue]:
    message, hint = f"The row has cells past the {width} columns of the header.", "Name the column, or empty the cells."
    issues = [Issue("ragged-row", message, file, row, hint=hint) for row in rows[:MOST]]
    return [*issues, *count_more("ragged-row", len(rows) - MOST, file=file)]


def _check_cell(cell: Any, row: int, file: str) -> list[Issue]:
    rule = _fault_of(cell)
    if rule is None:
        return []
    message, hint = _FAULTS[rule]
    return [Issue(rule, message, file, row, cell.column_letter, hint=hint)]


def _fault_of(cell: Any) -> str | None:
    if cell.data_type == "f":
        return "formula"
    if cell.data_type == "e":
        return "error-cell"
    scaled = cell.data_type == "n" and cell.value is not None and _scales(cell.number_format)
    return "scaled-number" if scaled else None


@cache
def _scales(number_format: str) -> bool:
    """Whether a number format shows another number than the cell holds: per cent, or in thousands."""
    return _SCALE.search(_LITERAL.sub("", number_format)) is not None


def _first_of_each(faults: list[Issue], file: str) -> list[Issue]:
    """The first faults of each rule, and how many more there are."""
    told: list[Issue] = []
    for rule in _FAULTS:
        found = [issue for issue in faults if issue.rule == rule]
        told += [*found[:MOST], *count_more(rule, len(found) - MOST, file=file)]
    return told


def _write_cell(cell: Any) -> str:
    """A cell as a text: what a person reads in it."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return write_plain(Decimal(format(value, ".15g")))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)
