"""What a rule came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from statpress.checks.consistency.facts import Floats, Ints

EPSILON: Final = 1e-9
"""Differences this small, for each 1 of the larger number, come from how computers hold fractions."""


@dataclass(frozen=True)
class Outcome:
    """What a claim came to. `broken` has the positions of each fault: first the figure that it is told of.

    `compared` counts what it found to compare, with figures that have no number now and may have one later.
    """

    broken: list[tuple[int, ...]]
    compared: int
    several: list[int] = field(default_factory=list)
    """Figures for which the rule finds more than one to compare with."""


def all_several(*found: Ints) -> list[int]:
    """Positions for which some part of a rule finds more than one figure."""
    return sorted({int(position) for part in found for position in part})


def apart(low: Floats, high: Floats, other_low: Floats, other_high: Floats) -> Floats:
    """How far two ranges are from each other; 0 or less where they touch, but for the dust of computing."""
    with np.errstate(invalid="ignore"):
        gap = np.maximum(low - other_high, other_low - high)
        size = np.maximum.reduce([np.abs(_finite(part)) for part in (low, high, other_low, other_high)])
    return np.where(np.isnan(gap), -1.0, gap - EPSILON * np.maximum(size, 1.0))


def _finite(part: Floats) -> Floats:
    return np.where(np.isfinite(part), part, 0.0)
