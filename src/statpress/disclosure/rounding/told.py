"""What a rounded count tells its readers: the counts that round to it."""

from __future__ import annotations

import math

from statpress.declare.policy import Rounding


def told_by(rounded: float, true: float, rounding: Rounding, *, shown_from: int = 1) -> tuple[float, float]:
    """The least and the largest count that a rounded one may stand for.

    A zero is exact, and what rounds to zero without being zero has a mark of its own, so both are told apart. Every
    other count that is shown is `shown_from` or more.
    """
    if true == 0:
        return 0.0, 0.0
    if rounding.method == "controlled":
        low, high = rounded - rounding.base + 1, rounded + rounding.base - 1
    else:
        low, high = math.ceil(rounded - rounding.base / 2), math.ceil(rounded + rounding.base / 2) - 1
    return min(float(max(low, shown_from, 1)), true), max(float(high), true)
