"""Read the bytes of a source file by the format that its name says."""

from __future__ import annotations

from statpress.issue import Issue
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import Grid
from statpress.tables.reading.read_csv import read_csv


def read_grid(content: bytes, form: Form, file: str) -> tuple[Grid | None, list[Issue]]:
    """The table of a file named `file`, in its declared form; or every fault that stands in the way.

    A declared sheet makes it a workbook: ODS where the name ends so, XLSX otherwise.
    """
    if form.sheet is None:
        return read_csv(content, form, file)
    if file.lower().endswith(".ods"):
        from statpress.tables.reading.read_ods import read_ods

        return read_ods(content, form, file)
    from statpress.tables.reading.read_xlsx import read_xlsx

    return read_xlsx(content, form, file)
