"""Tables as CSV. What a spreadsheet would run as a formula is defused; no number is touched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from statpress.cube import FORMULA
from statpress.site.facts.book import Sheet
from statpress.site.facts.tidy import Tidy, write_exact


def write_tidy_csv(table: Tidy) -> bytes:
    """The long table as CSV. A cell without anything is empty."""
    return _write([field.name for field in table.fields], ([_plain(cell) for cell in row] for row in table.rows))


def write_sheet_csv(sheet: Sheet) -> bytes:
    """A table as its page shows it, as CSV: names for codes, and marks such as `[c]` in the place of numbers."""
    return _write(sheet.header, ([_fixed(cell, sheet.decimals) for cell in row] for row in sheet.rows))


def defuse(cell: str) -> str:
    """The cell, with an apostrophe before it when a spreadsheet would run it as a formula. Numbers stay as they are."""
    return f"'{cell}" if cell.startswith(FORMULA) and not _is_number(cell) else cell


def _write(header: Iterable[str], rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(defuse(name) for name in header)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _plain(cell: str | Decimal | None) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell or ""


def _fixed(cell: str | Decimal, decimals: int) -> str:
    return write_exact(cell, decimals) if isinstance(cell, Decimal) else cell


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False
