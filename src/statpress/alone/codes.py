"""Check the codes in a column: none is blank, hard to tell from another, or run by a spreadsheet."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from statpress.issue import Issue
from statpress.tables.place import explain_rows
from statpress.tables.texts import has_odd_space, is_formula, map_texts

_EMPTY: Final = ("The code is empty.", "Fill it.")
_SPACE: Final = ("The code has spaces around it, or a character like a space.", "Remove them.")
_FORMULA: Final = ("A spreadsheet would run this code as a formula.", "Start it with a letter or digit.")
_DIGITS: Final = re.compile(r"([0-9]+)")


def check_codes(table: pd.DataFrame, column: str, file: str) -> list[Issue]:
    """Every fault of the codes in a column of texts (with `source_row`)."""
    empty = table[table[column] == ""]
    space = table[map_texts(table[column], has_odd_space).astype(bool)]
    formula = table[map_texts(table[column], is_formula).astype(bool)]
    return [
        *explain_rows("empty-code", empty, column, lambda _: _EMPTY, file=file),
        *explain_rows("space-in-code", space, column, lambda _: _SPACE, file=file),
        *explain_rows("formula", formula, column, lambda _: _FORMULA, file=file),
    ]


def sort_key(code: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sorts codes as people do: `5-9` before `10-14`."""
    return tuple(_part_key(part) for part in _DIGITS.split(code) if part), code


def _part_key(part: str) -> tuple[int, int, str]:
    number = part.lstrip("0")
    return (0, len(number), number) if _DIGITS.fullmatch(part) else (1, 0, part)
