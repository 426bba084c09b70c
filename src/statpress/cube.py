"""The words of the cube: column names that every room of the engine agrees on."""

from __future__ import annotations

from typing import Final

MEASURE: Final = "measure"
AREA: Final = "area"
PERIOD: Final = "period"
VALUE: Final = "value"
STATUS: Final = "status"
NOTE: Final = "note"
ALL: Final = "all"
"""The code of a dimension for a figure that is not broken down by it."""
NOT_STATED: Final = "not-stated"
"""The period of a figure whose source gives none."""

PERIOD_KINDS: Final = (
    "financial-year",
    "academic-year",
    "calendar-year",
    "quarter",
    "month",
    "snapshot",
    "span",
    NOT_STATED,
)

ADDITIVE: Final = ("count", "amount", "money")
"""Kinds of measures whose figures are parts and wholes of each other."""
SMALL_KINDS: Final = ("count", "amount")
"""Kinds of measures whose small figures point at somebody: people, and people counted in parts (full-time workers)."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a text starts that a spreadsheet would run as a formula."""

FIXED: Final = (MEASURE, AREA, PERIOD)
TAIL: Final = (VALUE, STATUS, NOTE)
MEANS: Final = "means"
"""Of a figure that its source withholds: the counts that the source's mark may stand for, such as `0..6`, or nothing.

It is for protection, and never published."""

PRINTED: Final = "printed_decimals"
"""Of a figure as its source prints it: the digits after the point; -1 where a step made it, or it has no number.

It is for checks, and never published."""


def key_columns(dimensions: tuple[str, ...]) -> list[str]:
    """The primary key of the observations: measure, area, period, then each dimension."""
    return [*FIXED, *dimensions]
