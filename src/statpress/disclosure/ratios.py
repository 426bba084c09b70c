"""Percentages, rates, means and ratios: the cells that they are made of, and the counts that they may stand for."""

from __future__ import annotations

import math

from statpress.declare.catalogues import Measure
from statpress.disclosure.cells import Cells, Key, Rules, of_measure, whole

RATIOS = ("percentage", "rate")
FRACTIONS = ("percentage", "rate", "mean", "ratio")
PER = {"percentage": 100, "ratio": 1, "mean": 1}
"""What a fraction counts per, where its measure does not say."""


def denominator_of(key: Key, rules: Rules) -> Key | None:
    """The cell that a percentage, rate or mean is out of, or None where the package has no such measure."""
    measure = rules.measures[key[0]]
    if measure.denominator is None or measure.denominator not in rules.measures:
        return None
    other = of_measure(key, measure.denominator)
    return whole(other) if measure.denominator_at == "total" else other


def numerator_of(key: Key, rules: Rules) -> Key | None:
    """The cell that a percentage or rate counts, or None where the package has no such measure."""
    numerator = rules.measures[key[0]].numerator
    return of_measure(key, numerator) if numerator in rules.measures and numerator is not None else None


def can_be_made(key: Key, cells: Cells, rules: Rules) -> bool:
    """Whether a ratio can be made again from its parts, since the package gives both of them, shown or withheld."""
    return cells.says(numerator_of(key, rules)) and cells.says(denominator_of(key, rules))


def implied_counts(value: float, denominator: float, measure: Measure) -> tuple[int, int]:
    """The least and the largest count that the value may stand for."""
    per = float(measure.base or PER[measure.kind])
    half = 0.5 * 10.0**-measure.decimals
    low = math.ceil((value - half) / per * denominator - 1e-9)
    return low, math.floor((value + half) / per * denominator + 1e-9)
