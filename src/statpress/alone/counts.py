"""Read the numbers of a table: counts, which are whole and not negative, and weights."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import pandas as pd

from statpress.alone.request import Request, Source
from statpress.issue import Issue
from statpress.tables.numbers import MOST_DIGITS, Notation
from statpress.tables.place import explain_rows
from statpress.tables.texts import map_texts, show_text

LARGEST: Final = 10_000_000_000
"""The largest count that a table may hold; more people than there are."""
_NOTATION: Final = Notation(thousands=None, marks={})
_PLAIN: Final = "Write a number without separators for thousands. A table that has marks already cannot be protected."
_EMPTY: Final = ("The cell is empty.", "Fill it; write 0 where nobody is counted.")
_NEGATIVE: Final = ("A count cannot be less than zero.", "Correct the count.")
_NOT_WHOLE: Final = ("A count must be a whole number.", "Correct the count, or name the column that counts.")
_TOO_LARGE: Final = (f"The count is larger than {LARGEST:,}.", "Correct the count.")
_NO_WEIGHT: Final = ("A weight must be more than zero.", "Give what may never be withheld with --never.")


def read_counts(source: Source, request: Request) -> tuple[pd.Series, list[Issue]]:
    """The counts as Decimals, `None` where the text is no number; and every fault of them."""
    table, column, file = source.table, request.count, source.file
    numbers, issues = _read_numbers(source, column)
    broken = _find(numbers, lambda number: number != number.to_integral_value())
    negative = _find(numbers, lambda number: number < 0)
    large = _find(numbers, lambda number: number > LARGEST)
    return numbers, [
        *issues,
        *explain_rows("not-whole", table[broken], column, lambda _: _NOT_WHOLE, file=file),
        *explain_rows("negative", table[negative], column, lambda _: _NEGATIVE, file=file),
        *explain_rows("too-large", table[large], column, lambda _: _TOO_LARGE, file=file),
    ]


def read_weights(source: Source, column: str) -> tuple[pd.Series, list[Issue]]:
    """The weights as Decimals, `None` where the text is no number; and every fault of them."""
    numbers, issues = _read_numbers(source, column)
    none = source.table[_find(numbers, lambda number: number <= 0)]
    return numbers, [*issues, *explain_rows("no-weight", none, column, lambda _: _NO_WEIGHT, file=source.file)]


def _read_numbers(source: Source, column: str) -> tuple[pd.Series, list[Issue]]:
    texts = source.table[column]
    numbers = map_texts(texts, _NOTATION.read_number)
    empty = source.table[texts == ""]
    unread = source.table[numbers.isna() & (texts != "")]
    return numbers, [
        *explain_rows("empty-value", empty, column, lambda _: _EMPTY, file=source.file),
        *explain_rows("not-a-number", unread, column, lambda row: _explain_unread(row[column]), file=source.file),
    ]


def _explain_unread(text: str) -> tuple[str, str]:
    """Never shows a text with a digit: it may be a number that must not be seen."""
    shown = "" if any(character.isdigit() for character in text) else f" {show_text(text)}"
    return f"The cell holds a text{shown} that is not a number of at most {MOST_DIGITS} digits.", _PLAIN


def _find(numbers: pd.Series, breaks: Callable[[Decimal], bool]) -> pd.Series:
    """Which numbers break a rule."""
    return numbers.map(lambda number: number is not None and breaks(number)).astype(bool)
