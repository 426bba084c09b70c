"""How texts of a source appear in messages. Texts that may be figures are never shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from statpress.cube import FORMULA
from statpress.tables.numerals import tells_number

LONGEST: Final = 60
"""Characters of a source text that a message shows."""
_CODE: Final = re.compile(r"[A-Za-z]+[-_]?\d+[A-Za-z]?|\d{1,3}([-\u2013]\d{1,3}|\+)")
"""Codes of letters and digits, and groups of ages such as 10-15 or 85+."""
_MARK: Final = re.compile(r"\[[^]]*\]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_YEAR: Final = re.compile("(19|20)[0-9]{2}")
_PERIOD: Final = re.compile(r"(\d{1,2}[-/.])?(\d{1,2}|(19|20)\d\d)[-/.](\d{1,2}|(19|20)\d\d)|(19|20)\d\d-\d\d-\d\d.*")
"""Dates and spans of years, as sources write them."""
_ODD_SPACE: Final = re.compile(r"^\s|\s$|[^\S ]|[\u200b\u200c\u200d\u2060\ufeff]")


def show_text(text: str) -> str:
    """A label or code of a source, safe to print: shortened, and with its invisible characters escaped."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return "`" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short) + "`"


def show_without_figures(text: str) -> str:
    """A text that may be a figure: shown only when it has no digit or numeral at all. How long it is shows nowhere."""
    return "a text with a number" if tells_number(text) else show_text(text)


def show_period(text: str) -> str:
    """A text that should be a period: a plain number is only shown where it can be a year."""
    return show_text(text) if _is_time(text) else show_label(text)


def _is_time(text: str) -> bool:
    return bool(_YEAR.fullmatch(text) or _PERIOD.fullmatch(text))


def show_label(text: str) -> str:
    """A text that should be a label: not shown when it is a plain number, which may be a figure in the wrong column."""
    return "that is a plain number" if is_like_figure(text) else show_text(text)


def is_like_figure(text: str) -> bool:
    """Whether a text may be a figure in the wrong place: digits with signs and marks about them, and no word."""
    bare = _MARK.sub("", text).strip()
    is_known = _CODE.fullmatch(bare) is not None or _WORD.search(bare) is not None
    return any(letter.isnumeric() for letter in bare) and not is_known


def leave_out_figures(names: Iterable[str]) -> list[str]:
    """Names of columns that can be shown: a table without a header has figures for names. Years are names."""
    return [name for name in names if _is_time(name) or not is_like_figure(name)]


def has_odd_space(text: str) -> bool:
    """Whether a text starts or ends with a space, or holds a space that only looks like one."""
    return _ODD_SPACE.search(text) is not None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a text as a formula. A plain number, even a negative one, is none."""
    return text.startswith(FORMULA) and not re.fullmatch(r"-?[0-9.]+", text)


def map_texts(texts: pd.Series, change: Callable[[str], Any]) -> pd.Series:
    """`change` applied once to each different text; the results as objects in the place of the texts."""
    codes, different = pd.factorize(texts)
    results = np.empty(len(different), dtype=object)
    for index, text in enumerate(different):
        results[index] = change(text)
    return pd.Series(results[codes] if len(different) else np.empty(0, dtype=object), index=texts.index, dtype=object)


def map_to_texts(texts: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """`change` applied once to each different text; the results as texts."""
    codes, different = pd.factorize(texts)
    results = pd.Series([change(text) for text in different], dtype="str")
    return results.take(codes).set_axis(texts.index)
