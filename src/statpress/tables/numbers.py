"""Numbers as sources write them, read strictly; and what stands in a cell that has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from typing import Final

import pandas as pd

from statpress.declare.pipeline import Table
from statpress.status import MAY_BE_EMPTY, NOT_AVAILABLE, WITHHELD

MOST_DIGITS: Final = 15
"""Digits of the longest number that a file can hold without a change."""
_EXACT: Final = Context(prec=60)
"""Holds every number that `_pattern` lets pass. The usual 28 digits would round 29 nines to one digit."""
_MADE: Final = {WITHHELD: "\0c", NOT_AVAILABLE: "\0x"}
"""Marks of cells that steps made and that have no number. No source can hold them, since it can hold no NUL."""


@dataclass(frozen=True)
class Notation:
    """How one table writes numbers, and which marks stand where there is none."""

    thousands: str | None
    marks: Mapping[str, str]
    decimal: str = "."
    percent: bool = False
    """Whether a number may end with a percent sign."""

    def read_number(self, text: str) -> Decimal | None:
        """The number that a text is, exactly; none if it is not one, or is too long to be held exactly."""
        match = _pattern(self.thousands, self.decimal).fullmatch(self._without_sign(text))
        if match is None:
            return None
        whole = match[2].replace(self.thousands, "") if self.thousands else match[2]
        number = Decimal(f"{match[1]}{whole}.{match[3] or '0'}")
        return number if _count_digits(number) <= MOST_DIGITS else None

    def _without_sign(self, text: str) -> str:
        return text.removesuffix("%").rstrip(" \u00a0\u202f") if self.percent and text.endswith("%") else text

    def count_printed(self, text: str) -> int:
        """The digits after the point as the text has them, with zeros at the end: `21.0` has one, `21` none."""
        points = ".,".replace(self.thousands or "", "")
        found = re.search(rf"[{re.escape(points)}]([0-9]+)[^0-9]*$", text)
        return len(found[1]) if found else 0

    def write_number(self, number: Decimal) -> str:
        """The text of a number that a step made, as `read_number` reads it."""
        text = write_plain(Context(prec=MOST_DIGITS).plus(number))
        return text.replace(".", self.decimal)

    def status_of(self, text: str) -> str | None:
        """The status of a mark; none if the text is no mark."""
        return self.marks.get(text)

    def put_marks(self, texts: pd.Series, without: pd.Series, withheld: pd.Series) -> pd.Series:
        """Texts that a step made, with a mark where a part of them is withheld, or is without a number."""
        marked = texts.mask(without, self._mark_for(NOT_AVAILABLE))
        return marked.mask(withheld, self._mark_for(WITHHELD)).astype("str")

    def _mark_for(self, status: str) -> str:
        return next(text for text, meaning in self.marks.items() if meaning == status)


def notation_of(table: Table) -> Notation:
    """How a declared table writes its numbers."""
    marks: dict[str, str] = {text: mark.status for text, mark in table.marks.items() if mark.status in MAY_BE_EMPTY}
    marks |= {text: status for status, text in _MADE.items()}
    return Notation(table.thousands, marks, table.decimal_sign, table.percent_sign == "allowed")


def write_plain(number: Decimal) -> str:
    """A number without exponent, without zeros that say nothing, and without a negative zero."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def count_decimals(number: Decimal) -> int:
    """Digits after the point, without zeros at the end."""
    return len(write_plain(number).partition(".")[2])


def _count_digits(number: Decimal) -> int:
    """Digits that matter."""
    return len(_EXACT.normalize(number).as_tuple().digits)


@cache
def _pattern(thousands: str | None, decimal: str) -> re.Pattern[str]:
    """Sign, whole part and decimals."""
    group = rf"[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|" if thousands else ""
    return re.compile(rf"(-?)({group}[0-9]{{1,30}})(?:{re.escape(decimal)}([0-9]{{1,30}}))?")
