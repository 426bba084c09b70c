"""Conventional rounding: each count to the nearest multiple of a base. Totals need not add up any more."""

from __future__ import annotations

import math


def round_to(value: float, base: int) -> float:
    """The nearest multiple of `base` to a value that is not negative; halves go up."""
    return base * math.floor(value / base + 0.5)
