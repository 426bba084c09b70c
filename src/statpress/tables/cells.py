"""What the cells of a column of figures hold: a number, a declared mark, or neither, which is a fault."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from statpress.issue import Issue
from statpress.tables.numbers import MOST_DIGITS, Notation, notation_of
from statpress.tables.numerals import tells_number
from statpress.tables.place import Place, explain_rows, take_rows
from statpress.tables.seems import propose
from statpress.tables.texts import map_texts, map_to_texts, show_text


@dataclass(frozen=True)
class Cells:
    """Cells as they were read, row by row."""

    numbers: pd.Series
    """Decimals; `None` where there is no number."""
    statuses: pd.Series
    """The status of a mark; an empty text where there is no mark."""

    @property
    def are_numbers(self) -> pd.Series:
        """Which cells hold a number."""
        return self.numbers.notna()

    @property
    def are_faulty(self) -> pd.Series:
        """Which cells hold neither a number nor a mark."""
        return ~self.are_numbers & (self.statuses == "")


def read_cells(texts: pd.Series, notation: Notation) -> Cells:
    """Read a column of figures. A text that is a mark is a mark, even if it could be a number."""

    def read(text: str) -> Decimal | None:
        return None if notation.status_of(text) else notation.read_number(text)

    return Cells(map_texts(texts, read), map_to_texts(texts, lambda text: notation.status_of(text) or ""))


def check_cells(table: pd.DataFrame, cells: Cells, column: str, place: Place) -> list[Issue]:
    """An issue for every cell that is empty, and for every cell that cannot be read."""
    notation = notation_of(place.table)

    def explain(row: pd.Series) -> tuple[str, str]:
        return _explain_unread(row[column], notation)

    texts = table[column]
    empty = take_rows(table, cells.are_faulty & (texts == ""))
    unread = take_rows(table, cells.are_faulty & (texts != ""))
    return [
        *explain_rows("empty-value", empty, column, lambda _: _EMPTY, file=place.file),
        *explain_rows("not-a-number", unread, column, explain, file=place.file),
    ]


_EMPTY = ("The value is empty.", "Fill it, or declare under `marks` what '' means.")


def _explain_unread(text: str, notation: Notation) -> tuple[str, str]:
    """Never shows a text with a digit or numeral: it may be a number that must not be seen."""
    shown = "" if tells_number(text) else f" {show_text(text)}"
    general = f"Write a number of at most {MOST_DIGITS} digits, or declare under `marks` what the text means."
    hint = propose(text, notation) or general
    return f"The cell holds a text{shown} that is neither a number nor a declared mark.", hint
