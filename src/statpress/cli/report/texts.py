"""Texts that are safe to show: no control characters, and no figure of a source.

A cell of a source may hold a number that is withheld, or words that tell it. So digits are masked in all cells but
those that can only be codes or periods.
"""

from __future__ import annotations

import re
from typing import Final

from statpress.tables.numerals import NUMERALS

MASK: Final = "#"
_CODE: Final = re.compile(r"[A-Z][0-9]{8}")
"""Codes of the Government Statistical Service."""
_PERIOD: Final = re.compile(
    r"((19|20)\d\d[-/](19|20)?\d\d)|((19|20)\d\d-\d\d-\d\d(/(P1[YMD]|P3M|\d{4}-\d\d-\d\d))?)|(\d\d/\d\d/(19|20)\d\d)"
)
_YEAR: Final = re.compile(r"(19|20)\d\d")
_TIMES: Final = ("year", "period", "date", "time", "time_period", "academic_year", "financial_year", "calendar_year")
_NUMBER: Final = re.compile(rf"{MASK}([{MASK},.' ]*{MASK})?")
_BARE: Final = re.compile(r"(?<![\w.:/-])[<>~]?\d[\d,.]*(?![\w/:-])")


def show_plain(text: str) -> str:
    """A text without characters that a terminal would obey or that nobody could see."""
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    shown = letter.isprintable() or letter in "\n\t"
    return letter if shown else letter.encode("unicode_escape", "backslashreplace").decode()


def mask_cell(text: str, column: str = "") -> str:
    """A cell of a source without figures. Codes of areas and periods stay; all else loses digits and numerals."""
    cell = text.strip()
    if _CODE.fullmatch(cell) or _PERIOD.fullmatch(cell):
        return show_plain(text)
    if column.strip().lower().replace(" ", "_") in _TIMES and _YEAR.fullmatch(cell):
        return text
    return show_plain(mask_all(text))


def mask_all(text: str) -> str:
    """A text without any digit (of any script) or numeral in words. How long a number is does not show either."""
    digits = "".join(MASK if letter.isnumeric() else letter for letter in text)
    return NUMERALS.sub(MASK, _NUMBER.sub(MASK, digits))


def mask_bare(text: str) -> str:
    """A line of a declaration without numbers that stand alone: those of steps may be figures."""
    return show_plain(_BARE.sub(MASK, text))


def shorten(text: str, width: int) -> str:
    """A text of at most `width` characters."""
    return text if len(text) <= width else text[: width - 1] + "…"
