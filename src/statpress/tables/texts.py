"""How texts of a source appear in messages. Texts that may be figures are never shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from statpress.cube import FORMULA

LONGEST: Final = 60
"""Characters of a source text that a message shows."""
_DIGIT: Final = re.compile(r"\d")
_PLAIN_NUMBER: Final = re.compile(r"[-+<>~]?[\d.,' ]*\d[%*]?")
_YEAR: Final = re.compile("(19|20)[0-9]{2}")
_ODD_SPACE: Final = re.compile(r"^\s|\s$|[^\S ]|[\u200b\u200c\u200d\u2060\ufeff]")


def show_text(text: str) -> str:
    """A label or code of a source, safe to print: shortened, and with its invisible characters escaped."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return "`" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short) + "`"


def show_without_figures(text: str) -> str:
    """A text that may be a figure: shown only when it has no digit at all."""
    return f"a text with digits ({len(text)} characters)" if _DIGIT.search(text) else show_text(text)


def show_period(text: str) -> str:
    """A text that should be a period: a plain number is only shown where it can be a year."""
    return show_text(text) if _YEAR.fullmatch(text) else show_label(text)


def show_label(text: str) -> str:
    """A text that should be a label: not shown when it is a plain number, which may be a figure in the wrong column."""
    return "that is a plain number" if _PLAIN_NUMBER.fullmatch(text) else show_text(text)


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
