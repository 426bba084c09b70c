"""A workbook as XLSX: numbers as numbers, everything else as text that no spreadsheet runs."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from statpress.cube import FORMULA
from statpress.site.facts.book import Book, Sheet
from statpress.site.facts.tidy import write_exact

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT: Final = {"font_name": "Arial", "font_size": 12}
_WIDEST: Final = 60
_NEVER: Final = "1980-01-01"


def write_xlsx(book: Book) -> bytes:
    """The workbook. It is dated with its release, so that the same facts give the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {**_OPTIONS, "default_format_properties": dict(_FONT)}  # it changes the dictionary that it is given
    with xlsxwriter.Workbook(target, options) as workbook:
        created = datetime.fromisoformat(book.date or _NEVER)
        workbook.set_properties({"title": book.title, "author": book.author, "created": created})
        _write_cover(workbook, book)
        _write_contents(workbook, book)
        for sheet in (book.notes, *book.sheets):
            _write_sheet(workbook, sheet)
    return target.getvalue()


def _write_cover(workbook: Any, book: Book) -> None:
    page = workbook.add_worksheet(book.names[0])
    page.set_column(0, 0, 90)
    _write_title(workbook, page, book.title)
    wrapped = _format(workbook, {"text_wrap": True, "num_format": "@"})
    for row, line in enumerate(book.cover[1:], start=1):
        page.write_string(row, 0, line, wrapped)


def _write_contents(workbook: Any, book: Book) -> None:
    page = workbook.add_worksheet(book.names[1])
    _write_title(workbook, page, book.names[1])
    listed = [(sheet.name, sheet.title) for sheet in (book.notes, *book.sheets)]
    _add_table(page, "Contents_list", book.listed, 1, len(listed))
    for row, (name, title) in enumerate(listed, start=2):
        page.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        _write_text(workbook, page, (row, 1), title)
    page.set_column(0, 0, 12)
    page.set_column(1, 1, 90)
    page.freeze_panes(2, 1)


def _write_sheet(workbook: Any, sheet: Sheet) -> None:
    page = workbook.add_worksheet(sheet.name)
    _write_title(workbook, page, sheet.title)
    for row, line in enumerate(sheet.above[1:], start=1):
        _write_text(workbook, page, (row, 0), line)
    top = len(sheet.above)
    _add_table(page, f"{sheet.name}_data", sheet.header, top, len(sheet.rows))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                shape = _shape(cell, sheet.decimals)
                page.write_number(row, column, float(cell), _format(workbook, {"num_format": shape}))
            else:
                _write_text(workbook, page, (row, column), cell, right=column >= sheet.heads and cell.startswith("["))
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, sheet.heads)


def _write_title(workbook: Any, page: Any, title: str) -> None:
    page.write_string(0, 0, title, _format(workbook, {"bold": True, "font_size": 15, "num_format": "@"}))


def _write_text(workbook: Any, page: Any, place: tuple[int, int], text: str, *, right: bool = False) -> None:
    looks: dict[str, Any] = {"num_format": "@"} | ({"align": "right"} if right else {})
    looks |= {"quote_prefix": True} if text.startswith(FORMULA) else {}
    page.write_string(*place, text, _format(workbook, looks))


def _format(workbook: Any, looks: dict[str, Any]) -> Any:
    """One format for each look, kept with its workbook."""
    known = workbook.__dict__.setdefault("statpress_formats", {})
    key = tuple(sorted(looks.items()))
    if key not in known:
        known[key] = workbook.add_format(looks)
    return known[key]


def _add_table(page: Any, name: str, header: tuple[str, ...], top: int, rows: int) -> None:
    columns = [{"header": title} for title in header]
    place = (top, 0, top + max(rows, 1), len(header) - 1)
    page.add_table(*place, {"name": name, "columns": columns, "autofilter": False, "style": "Table Style Light 1"})


def _shape(value: Decimal, decimals: int) -> str:
    """The format that shows every digit of the number."""
    digits = len(write_exact(value, decimals).partition(".")[2])
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


def _widths(sheet: Sheet) -> list[int]:
    columns = zip(sheet.header, *sheet.rows, strict=True)
    return [min(_WIDEST, max(10, *(len(str(cell)) + 2 for cell in column))) for column in columns]
