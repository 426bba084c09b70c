"""Read one sheet of an Excel workbook as texts. What does not stand in it as a person sees it is refused."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any, Final

from statpress.issue import Issue, nearest
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid
from statpress.tables.reading.header import MOST_COLUMNS
from statpress.tables.reading.sheet import (
    EMPTY_CELL,
    MOST_CELLS,
    MOST_ROWS,
    Fault,
    Kind,
    SheetCell,
    SheetRows,
    TooLarge,
    check_sheet,
    explain_hidden,
    explain_merged,
    explain_too_large,
    make_date,
    make_number,
)
from statpress.tables.reading.zip_parts import read_parts

_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+)([0-9]+):([A-Z]+[0-9]+)[\"']")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?(row|col)\s[^>]*?hidden\s*=\s*[\"'](?:1|true)[\"'][^>]*>")
_NUMBER: Final = re.compile(rb"\b(r|min|max)\s*=\s*[\"']([0-9]{1,7})[\"']")
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')
_SCALE: Final = re.compile(r"%|[0#?],+(?![0#?,])")
_MOST_TAGS: Final = 40_000_000
_NOUN: Final = "Excel workbook (.xlsx)"


def read_xlsx(content: bytes, form: Form, file: str, into: SheetRows | None = None) -> tuple[Grid | None, list[Issue]]:
    """Read the declared sheet. Row 1 is the header; every cell becomes a text, an empty one an empty text.

    The rows are collected `into` what is given, as far as they can be read.
    """
    parts, issues = read_parts(content, file, noun=_NOUN)
    if issues:
        return None, issues
    try:
        for name, part in parts.items():
            _check_bulk(name, part)
        with _quiet(), closing(_open(content)) as book:
            return _read_sheet(book, form, parts, into or SheetRows(form, file), file)
    except TooLarge as fault:
        return None, [explain_too_large(fault, file)]
    except Exception as fault:  # openpyxl meets broken workbooks with exceptions of many kinds
        message = f"The workbook cannot be read ({type(fault).__name__})."
        return None, [Issue("broken-workbook", message, file, hint="Open it in Excel and save it again.")]


def _quiet() -> warnings.catch_warnings[None]:
    """Openpyxl warns about styles and extensions that it does not keep; none of them is a cell."""
    return warnings.catch_warnings(action="ignore")


def _open(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)


def _read_sheet(
    book: Any, form: Form, parts: Mapping[str, bytes], rows: SheetRows, file: str
) -> tuple[Grid | None, list[Issue]]:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    name = form.sheet or ""
    sheet = sheets.get(name)
    visible = sheet is not None and sheet.sheet_state == "visible"
    issues = check_sheet(name, sheets, visible=visible, file=file, hint=nearest(name, sheets))
    if sheet is None or issues:
        return None, issues
    sheet.reset_dimensions()  # written by the program that made the file, and sometimes too small
    part = parts[sheet._worksheet_path]  # no public name leads to the part of a sheet
    for cells in sheet.iter_rows():
        rows.add([_read_cell(cell, form) for cell in cells])
    return rows.finish([*explain_merged(_find_merged(part), file), *_explain_hidden(part, rows, file)])


def _check_bulk(name: str, part: bytes) -> None:
    """Count what a part holds before openpyxl builds all of it. Raises `TooLarge`."""
    is_sheet = "/worksheets/" in name
    if part.count(b"<") > (_MOST_TAGS if is_sheet else MOST_CELLS):
        raise TooLarge(1)
    if is_sheet:
        _check_rows(part)


def _check_rows(part: bytes) -> None:
    rows = part.count(b"<row") + part.count(b":row")
    cells = sum(part.count(mark) for mark in (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/"))
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise TooLarge(min(rows, MOST_ROWS + 1))
    start = part.find(b"<row") if cells > MOST_COLUMNS else -1
    row = 1
    while start >= 0:
        end = part.find(b"<row", start + 1)
        if part.count(b"<c", start, end if end >= 0 else len(part)) > MOST_COLUMNS:
            raise TooLarge(row)
        start, row = end, row + 1


def _find_merged(part: bytes) -> list[tuple[int, str]]:
    found = _MERGED.findall(part)
    return [(int(row), f"{column.decode()}{row.decode()}:{end.decode()}") for column, row, end in found]


def _explain_hidden(part: bytes, table: SheetRows, file: str) -> list[Issue]:
    """Hidden rows and columns of the table; those after its end hold nothing."""
    rows: list[int] = []
    columns: list[int] = []
    for found in _HIDDEN.finditer(part):
        numbers = {key: int(number) for key, number in _NUMBER.findall(found[0])}
        if found[1] == b"row" and numbers.get(b"r", 0) <= table.height:
            rows += [numbers[b"r"]] if b"r" in numbers else []
        elif found[1] == b"col":
            columns += range(numbers.get(b"min", 1) - 1, min(numbers.get(b"max", 1), table.width))
    return explain_hidden(rows, columns, file)


def _read_cell(cell: Any, form: Form) -> SheetCell:
    if cell.value is None:
        return EMPTY_CELL
    percent = cell.data_type == "n" and _scale_of(cell.number_format) == "percent-sign" and form.percent
    return SheetCell(_write_cell(cell.value, percent=percent), _kind_of(cell), None if percent else _fault_of(cell))


def _kind_of(cell: Any) -> Kind:
    kinds: dict[str, Kind] = {"n": "number", "d": "date", "b": "logical"}
    return kinds.get(cell.data_type, "text")


def _fault_of(cell: Any) -> Fault | None:
    if cell.data_type == "f":
        return "formula"
    if cell.data_type == "e":
        return "error-cell"
    return _scale_of(cell.number_format) if cell.data_type == "n" else None


@cache
def _scale_of(number_format: str) -> Fault | None:
    """Whether a number format shows another number than the cell holds: per cent, or in thousands."""
    scales = set(_SCALE.findall(_LITERAL.sub("", number_format)))
    if not scales:
        return None
    return "percent-sign" if scales == {"%"} else "scaled-number"


def _write_cell(value: Any, *, percent: bool) -> str:
    """A cell as a text: what a person reads in it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return make_number(value, percent=percent)
    return make_date(value) if isinstance(value, datetime) else str(value)
