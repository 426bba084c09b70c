"""Read the bytes of a source file by the format that its name says."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.issue import Issue
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid
from statpress.tables.reading.read_csv import read_csv
from statpress.tables.reading.sheet import SheetRows


def read_grid(content: bytes, form: Form, file: str) -> tuple[Grid | None, list[Issue]]:
    """The table of a file named `file`, in its declared form; or every fault that stands in the way.

    A declared sheet makes it a workbook: ODS where the name ends so, XLSX otherwise.
    """
    if form.sheet is None:
        return read_csv(content, form, file)
    return _read_workbook(content, form, file)


def peek_sheet(content: bytes, sheet: str, file: str) -> Sequence[Sequence[str]]:
    """The texts of a sheet as far as they can be read, whatever is wrong with them, to show a row of it."""
    form = Form(sheet=sheet)
    rows = SheetRows(form, file)
    _read_workbook(content, form, file, rows)
    return rows.texts


def _read_workbook(
    content: bytes, form: Form, file: str, into: SheetRows | None = None
) -> tuple[Grid | None, list[Issue]]:
    if file.lower().endswith(".ods"):
        from statpress.tables.reading.read_ods import read_ods

        return read_ods(content, form, file, into)
    from statpress.tables.reading.read_xlsx import read_xlsx

    return read_xlsx(content, form, file, into)
