"""The rows of a sheet on their way to a grid: what a spreadsheet hides in its cells is refused, whatever its format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Final, Literal

import pandas as pd

from statpress.issue import Issue
from statpress.tables.numbers import write_plain
from statpress.tables.place import MOST, count_more
from statpress.tables.reading.finish import finish_grid
from statpress.tables.reading.form import Form
from statpress.tables.reading.grid import LONGEST_CELL, Grid, explain_long_cell
from statpress.tables.reading.header import MOST_COLUMNS, check_header

MOST_ROWS: Final = 1_048_576
"""Rows of the longest sheet that is read; spreadsheet programs have no more."""
MOST_CELLS: Final = 5_000_000
"""Cells that are not empty in the largest sheet that is read."""
Kind = Literal["text", "number", "date", "logical"]
Fault = Literal["formula", "error-cell", "scaled-number", "percent-sign"]
_NUMBER: Final = re.compile(r"\s*[-−]?\d[\d.,'\s]*%?\s*")
_FAULTS: Final = {
    "formula": ("The cell holds a formula.", "Paste the value in its place."),
    "error-cell": (
        "The cell holds an error of the spreadsheet, such as #N/A.",
        "Correct it, or write a declared mark.",
    ),
    "scaled-number": ("The cell shows another number than it holds.", "Format it as a plain number."),
    "percent-sign": (
        "The cell shows a percentage, and holds a hundredth of it.",
        "Declare `percent-sign: allowed`, or format it as a plain number.",
    ),
}
_MIXED: Final = {
    "date-among-texts": (
        "The cell holds a date, and most of its column does not.",
        "A spreadsheet may have changed a range such as 10-14: format the column as text and write it again.",
    ),
    "number-as-text": (
        "The cell holds a number stored as text, in a column of numbers.",
        "Turn the texts of the column into numbers, or declare `text-numbers: allowed`.",
    ),
}


@dataclass(frozen=True)
class SheetCell:
    """A cell as a person reads it, and what a person cannot see of it."""

    text: str
    kind: Kind = "text"
    fault: Fault | None = None


EMPTY_CELL: Final = SheetCell("")


class TooLarge(Exception):
    """A sheet that is larger than any table; its row is where reading stopped."""

    def __init__(self, row: int) -> None:
        """Keep the row."""
        super().__init__(f"at row {row}")
        self.row = row


class SheetRows:
    """Collects the rows of a sheet, then gives the grid that they make, or every fault of them."""

    def __init__(self, form: Form, file: str) -> None:
        """Start with no rows."""
        self._form = form
        self._file = file
        self._rows: list[list[str]] = []
        self._cells = 0
        self._issues: list[Issue] = []
        self._told: Counter[str] = Counter()
        self._kinds: dict[int, Counter[str]] = {}
        self._suspects: dict[tuple[int, str], list[int]] = {}

    @property
    def height(self) -> int:
        """The rows so far."""
        return len(self._rows)

    @property
    def width(self) -> int:
        """The cells of the widest row so far, without empty ones at its end."""
        return max(map(len, self._rows), default=0)

    @property
    def texts(self) -> Sequence[Sequence[str]]:
        """The texts of the rows so far, each without empty ones at its end."""
        return self._rows

    def add(self, cells: Sequence[SheetCell]) -> None:
        """Add the next row. Raises `TooLarge`."""
        row = len(self._rows) + 1
        texts = [cell.text for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        self._rows.append(texts)
        self._cells += len(texts)
        if len(texts) > MOST_COLUMNS or row > MOST_ROWS or self._cells > MOST_CELLS:
            raise TooLarge(row)
        for column, cell in enumerate(cells):
            if cell.text or cell.fault:
                self._note(cell, row, column)

    def skip(self, count: int) -> None:
        """Add empty rows, which a sheet may have many of after its table. No sheet has more than `MOST_ROWS`."""
        self._rows += [[]] * min(count, MOST_ROWS - len(self._rows))

    def strip(self) -> None:
        """Forget empty rows at the end."""
        while self._rows and not self._rows[-1]:
            self._rows.pop()

    def _note(self, cell: SheetCell, row: int, column: int) -> None:
        if cell.fault:
            self._tell(cell.fault, row, column, _FAULTS[cell.fault])
        if len(cell.text) > LONGEST_CELL:
            self._issues.append(explain_long_cell(row, self._file, name_column(column)))
        if row > 1 and not cell.fault:
            self._kinds.setdefault(column, Counter())[cell.kind] += 1
            if cell.kind == "date":
                self._suspects.setdefault((column, "date-among-texts"), []).append(row)
            elif cell.kind == "text" and _NUMBER.fullmatch(cell.text) and cell.text not in self._form.marks:
                self._suspects.setdefault((column, "number-as-text"), []).append(row)

    def _tell(self, rule: str, row: int, column: int, words: tuple[str, str]) -> None:
        self._told[rule] += 1
        if self._told[rule] <= MOST:
            message, hint = words
            self._issues.append(Issue(rule, message, self._file, row, name_column(column), hint=hint))

    def finish(self, hidden: Iterable[Issue] = ()) -> tuple[Grid | None, list[Issue]]:
        """The grid; or every fault, those that were found elsewhere in the sheet (`hidden`) among them."""
        self.strip()
        self._tell_mixed()
        more = [count_more(rule, count - MOST, file=self._file) for rule, count in self._told.items()]
        faults = [*hidden, *self._issues, *(issue for issues in more for issue in issues)]
        return (None, faults) if faults else self._make_grid()

    def _tell_mixed(self) -> None:
        """Cells of another kind than most of their column: dates among texts, numbers as texts among numbers."""
        for (column, rule), rows in self._suspects.items():
            kinds = self._kinds[column]
            dates = rule == "date-among-texts" and kinds["date"] * 2 <= kinds.total()
            texts = rule == "number-as-text" and kinds["number"] > 0 and not self._form.text_numbers
            for row in rows if dates or texts else ():
                self._tell(rule, row, column, _MIXED[rule])

    def _make_grid(self) -> tuple[Grid | None, list[Issue]]:
        names = self._rows[0] if self._rows else []
        names = [*names, *[""] * (len(self._form.columns) - len(names))]
        if faults := check_header(names, self._file, self._form.columns):
            return None, faults
        width = len(names)
        if wide := [number for number, row in enumerate(self._rows, start=1) if len(row) > width]:
            return None, _explain_wide(wide, width, self._file)
        filled = [row + [""] * (width - len(row)) for row in self._rows[1:]]
        table = pd.DataFrame(filled, columns=list(self._form.columns) or names, dtype="str")
        return finish_grid(Grid(table, range(2, len(self._rows) + 1)), self._form, self._file)


def _explain_wide(rows: list[int], width: int, file: str) -> list[Issue]:
    message, hint = f"The row has cells past the {width} columns of the header.", "Name the column, or empty the cells."
    issues = [Issue("ragged-row", message, file, row, hint=hint) for row in rows[:MOST]]
    return [*issues, *count_more("ragged-row", len(rows) - MOST, file=file)]


def name_column(index: int) -> str:
    """The letters of a column of a sheet, the first being 0: `A`, `Z`, `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def make_number(value: float, *, percent: bool = False) -> str:
    """The text of a number of a cell, without the noise of its binary form; as a percentage, times a hundred."""
    number = Decimal(format(value, ".15g"))
    return f"{write_plain(number.scaleb(2))}%" if percent else write_plain(number)


def make_date(value: datetime) -> str:
    """The text of a day, with its time if it has one."""
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def check_sheet(name: str, sheets: Iterable[str], *, visible: bool, file: str, hint: str) -> list[Issue]:
    """Whether the declared sheet is there, and can be seen."""
    if name not in set(sheets):
        message = "The workbook has no sheet of the declared name."
        return [Issue("unknown-sheet", message, file, hint=hint or "Declare a sheet that the workbook has.")]
    if not visible:
        message = "The sheet is hidden, so nobody may have looked at it."
        return [Issue("hidden-sheet", message, file, hint="Unhide it, or declare another sheet.")]
    return []


def explain_too_large(fault: TooLarge, file: str) -> Issue:
    """The issue of a sheet that is too large."""
    message = f"The sheet has more than {MOST_COLUMNS:,} columns, {MOST_ROWS:,} rows or {MOST_CELLS:,} cells."
    return Issue("too-large", message, file, fault.row, hint="Remove what is not part of the table.")


def explain_merged(found: Sequence[tuple[int, str]], file: str) -> list[Issue]:
    """The issues of merged cells, each given by its first row and its name."""
    issues = [
        Issue("merged-cells", f"The cells {cells} are merged.", file, row, hint="Unmerge the cells, and fill each.")
        for row, cells in found[:MOST]
    ]
    return [*issues, *count_more("merged-cells", len(found) - MOST, file=file)]


def explain_hidden(rows: Sequence[int], columns: Sequence[int], file: str) -> list[Issue]:
    """The issues of rows and columns inside the table that nobody sees."""
    hint = "Unhide it (or end the filter) and look at it, or delete it."
    issues = [Issue("hidden-row", "The row is hidden.", file, row, hint=hint) for row in rows[:MOST]]
    issues += count_more("hidden-row", len(rows) - MOST, file=file)
    names = [name_column(column) for column in columns[:MOST]]
    return [*issues, *(Issue("hidden-column", "The column is hidden.", file, None, name, hint=hint) for name in names)]
