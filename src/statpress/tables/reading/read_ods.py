"""Read one sheet of an OpenDocument spreadsheet as texts. What does not stand in it as a person sees it is refused.

The XML is read as a stream by Python's own parser, after `zip_parts` has refused document types and entities, because
the libraries for ODS keep all of a document in memory and unfold whatever it says is repeated.
Source: OASIS Open Document Format 1.3, part 3, chapters 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import ParseError, XMLParser

from statpress.issue import Issue, nearest
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import LONGEST_CELL, Grid
from statpress.tables.reading.header import MOST_COLUMNS
from statpress.tables.reading.sheet import (
    EMPTY_CELL,
    Fault,
    Kind,
    SheetCell,
    SheetRows,
    TooLarge,
    check_sheet,
    explain_hidden,
    explain_merged,
    explain_too_large,
    make_number,
    name_column,
)
from statpress.tables.reading.zip_parts import read_parts

_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE: Final = f"{_OASIS}table:1.0}}"
_OFFICE: Final = f"{_OASIS}office:1.0}}"
_TEXT: Final = f"{_OASIS}text:1.0}}"
_STYLE: Final = f"{_OASIS}style:1.0}}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NOUN: Final = "OpenDocument spreadsheet (.ods)"
_ERROR: Final = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_PARTS: Final = ("content.xml", "META-INF/manifest.xml")


def read_ods(content: bytes, form: Form, file: str, into: SheetRows | None = None) -> tuple[Grid | None, list[Issue]]:
    """Read the declared sheet. Row 1 is the header; every cell becomes a text, an empty one an empty text.

    The rows are collected `into` what is given, as far as they can be read.
    """
    parts, issues = read_parts(content, file, noun=_NOUN, only=_PARTS)
    if issues:
        return None, issues
    if "content.xml" not in parts:
        message, hint = f"The file is no {_NOUN}.", "Declare it by its real format, or save it as .ods."
        return None, [Issue("broken-workbook", message, file, hint=hint)]
    document = _Document(form, into or SheetRows(form, file), file)
    parser = XMLParser(target=document)  # noqa: S314 - what could harm is refused before, see above
    try:
        parser.feed(parts["content.xml"])
        parser.close()
    except TooLarge as fault:
        return None, [explain_too_large(fault, file)]
    except (ParseError, ValueError) as fault:
        message = f"The workbook cannot be read ({type(fault).__name__})."
        return None, [Issue("broken-workbook", message, file, hint="Open it in LibreOffice and save it again.")]
    return document.finish()


class _Document:
    """Follows the elements of a document, and keeps the rows of one sheet."""

    def __init__(self, form: Form, rows: SheetRows, file: str) -> None:
        self._form = form
        self._file = file
        self._wanted = form.sheet or ""
        self._sheets: list[str] = []
        self._visible = False
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._path: list[str] = []
        self._inside = False
        self._rows = rows
        self._row: list[SheetCell] = []
        self._attributes: dict[str, str] = {}
        self._cell: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._skipped = 0
        self._column = 0
        self._merged: list[tuple[int, str]] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(tag)
        if tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == f"{_TABLE}table":
            self._start_sheet(attributes)
        elif self._inside:
            self._start_inside(tag, attributes)

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        if self._inside:
            raise ValueError("a table inside a table")
        name = attributes.get(f"{_TABLE}name", "")
        self._inside = name == self._wanted and name not in self._sheets
        self._sheets.append(name)
        if self._inside:
            self._visible = attributes.get(f"{_TABLE}style-name", "") not in self._hidden_styles

    def _start_inside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE}table-column":
            self._start_column(attributes)
        elif tag == f"{_TABLE}table-row":
            self._row, self._attributes = [], attributes
        elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif tag == f"{_OFFICE}annotation":
            self._skipped += 1
        elif not self._skipped:
            self._start_text(tag, attributes)

    def _start_column(self, attributes: dict[str, str]) -> None:
        count = _read_count(attributes, f"{_TABLE}number-columns-repeated")
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
            self._hidden_columns += range(self._column, min(self._column + count, MOST_COLUMNS))
        self._column += count

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TEXT}p":
            self._paragraphs.append("")
        elif self._paragraphs and tag == f"{_TEXT}s":
            count = _read_count(attributes, f"{_TEXT}c")
            self._paragraphs[-1] += " " * min(count, LONGEST_CELL + 1)
        elif self._paragraphs and tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self._paragraphs[-1] += "\t" if tag.endswith("tab") else "\n"

    def data(self, text: str) -> None:
        """Text between elements."""
        if self._inside and self._paragraphs and not self._skipped and f"{_TEXT}p" in self._path[-4:]:
            before = self._paragraphs[-1]
            folded = _SPACES.sub(" ", text)
            self._paragraphs[-1] = before + (folded.lstrip(" ") if not before or before.endswith(" ") else folded)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()
        if not self._inside:
            return
        if tag == f"{_TABLE}table":
            self._inside = False
        elif tag == f"{_OFFICE}annotation":
            self._skipped -= 1
        elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._end_cell()
        elif tag == f"{_TABLE}table-row":
            self._end_row()

    def _end_cell(self) -> None:
        count = _read_count(self._cell, f"{_TABLE}number-columns-repeated")
        cell = _make_cell(self._cell, "\n".join(self._paragraphs), self._form)
        wide, high = (_read_count(self._cell, f"{_TABLE}number-{side}-spanned") for side in ("columns", "rows"))
        if wide > 1 or high > 1:
            self._note_merged(len(self._row), wide, high)
        if len(self._row) + count > MOST_COLUMNS and cell is not EMPTY_CELL:
            raise TooLarge(self._rows.height + 1)
        self._row += [cell] * min(count, MOST_COLUMNS + 1 - len(self._row))
        self._cell, self._paragraphs = {}, []

    def _note_merged(self, column: int, wide: int, high: int) -> None:
        row = self._rows.height + 1
        last = f"{name_column(column + wide - 1)}{row + high - 1}"
        self._merged.append((row, f"{name_column(column)}{row}:{last}"))

    def _end_row(self) -> None:
        count = _read_count(self._attributes, f"{_TABLE}number-rows-repeated")
        hidden = self._attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        while self._row and self._row[-1] is EMPTY_CELL:
            self._row.pop()
        for _ in range(count if self._row else 1):
            self._rows.add(self._row)
            if hidden:
                self._hidden_rows.append(self._rows.height)
        if not self._row and count > 1:
            self._rows.skip(count - 1)
        self._row = []

    def finish(self) -> tuple[Grid | None, list[Issue]]:
        """The grid of the sheet; or every fault of it."""
        hint = nearest(self._wanted, self._sheets)
        if issues := check_sheet(self._wanted, self._sheets, visible=self._visible, file=self._file, hint=hint):
            return None, issues
        self._rows.strip()
        rows = [row for row in self._hidden_rows if row <= self._rows.height]
        columns = [column for column in self._hidden_columns if column < self._rows.width]
        hidden = explain_hidden(rows, columns, self._file)
        return self._rows.finish([*explain_merged(self._merged, self._file), *hidden])


def _read_count(attributes: dict[str, str], name: str) -> int:
    """How often something is repeated: once if nothing is said. Raises `ValueError`."""
    count = int(attributes.get(name, "1")[:12])
    if count < 1:
        raise ValueError("repeated less than once")
    return count


def _make_cell(attributes: dict[str, str], shown: str, form: Form) -> SheetCell:
    kind = attributes.get(f"{_OFFICE}value-type", "")
    if f"{_TABLE}formula" in attributes:
        return SheetCell(shown, "text", "formula")
    if attributes.get(_CALC) == "error" or _ERROR.fullmatch(shown):
        return SheetCell(shown, "text", "error-cell")
    text = attributes.get(f"{_OFFICE}string-value", shown) if kind == "string" else shown
    return _make_typed(kind, text, attributes, form) if text or kind else EMPTY_CELL


def _make_typed(kind: str, text: str, attributes: dict[str, str], form: Form) -> SheetCell:
    if kind in ("float", "currency", "percentage"):
        percent = kind == "percentage"
        number = make_number(float(attributes.get(f"{_OFFICE}value", "")), percent=percent and form.percent)
        fault: Fault | None = "percent-sign" if percent and not form.percent else None
        return SheetCell(number, "number", fault)
    values: dict[str, tuple[str, Kind]] = {
        "date": (attributes.get(f"{_OFFICE}date-value", ""), "date"),
        "time": (attributes.get(f"{_OFFICE}time-value", ""), "date"),
        "boolean": (attributes.get(f"{_OFFICE}boolean-value", "").upper(), "logical"),
    }
    written, told = values.get(kind, (text, "text"))
    written = written.removesuffix("T00:00:00").replace("T", " ", 1) if kind == "date" else written
    return SheetCell(written, told) if written else EMPTY_CELL
