"""Primary protection: cells that may not be shown for themselves.

Rules as printed by the bodies that use them: a threshold for counts and complements (DfE, Children in need statistics),
a smallest denominator for percentages and rates (ONS births and deaths), see docs/explanation/disclosure.md.
"""

from __future__ import annotations

import math

from statpress.disclosure.cells import Cells, Key, Rules, of_measure, whole

RATIOS = ("percentage", "rate")
FRACTIONS = ("percentage", "rate", "mean", "ratio")


def protect_primary(cells: Cells, rules: Rules) -> dict[Key, str]:
    """The cells to withhold for themselves, each with the name of the rule."""
    found: dict[Key, str] = {}
    for key, value in cells.values.items():
        rule = _rule(key, value, cells, rules) if value is not None else None
        if rule:
            found[key] = rule
    return found | _small_complements(cells, rules, found)


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


def _rule(key: Key, value: float, cells: Cells, rules: Rules) -> str | None:
    measure = rules.measures[key[0]]
    if measure.unprotected:
        return None
    if measure.kind == "count":
        return "small-count" if rules.is_small(value, value) else None
    if measure.kind in FRACTIONS:
        return _ratio_rule(key, value, cells, rules)
    return None


def _ratio_rule(key: Key, value: float, cells: Cells, rules: Rules) -> str | None:
    denominator = denominator_of(key, rules)
    exact = cells.number(denominator) if denominator is not None else None
    least = exact if exact is not None else rules.measures[key[0]].denominator_at_least
    if least is not None and least < rules.policy.ratios.smallest_denominator:
        return "small-denominator"
    if rules.measures[key[0]].kind not in RATIOS:
        return None
    if least is None:
        return "unknown-denominator"
    return _implied_rule(key, value, least, rules, exact=exact is not None)


def _implied_rule(key: Key, value: float, denominator: float, rules: Rules, *, exact: bool) -> str | None:
    """Withhold a ratio whose rounding leaves room for a small count on either side of it.

    The counts that agree with a value of d decimals lie within half a unit of its last place, times the denominator.
    Where only the least denominator is known, the least count is known too, and the largest is not.
    """
    measure = rules.measures[key[0]]
    per = float(measure.base or 100)
    half = 0.5 * 10.0**-measure.decimals
    low = math.ceil((value - half) / per * denominator - 1e-9)
    high = math.floor((value + half) / per * denominator + 1e-9)
    if rules.is_small(max(low, 0), high if exact else math.inf):
        return "small-numerator"
    if measure.kind != "percentage" or not rules.policy.withhold.complements:
        return None
    rest = math.ceil((per - value - half) / per * denominator - 1e-9)
    most = math.floor((per - value + half) / per * denominator + 1e-9)
    return "small-complement" if rules.is_small(max(rest, 0), most if exact else math.inf) else None


def _small_complements(cells: Cells, rules: Rules, found: dict[Key, str]) -> dict[Key, str]:
    """52 of 57 tells 5: the numerator is withheld where its denominator less itself is small."""
    if not rules.policy.withhold.complements:
        return {}
    pairs = {
        (measure.numerator, name)
        for name, measure in rules.measures.items()
        if measure.kind == "percentage" and measure.numerator in rules.measures
    }
    complements: dict[Key, str] = {}
    for key, value in cells.values.items():
        for ratio in (ratio for numerator, ratio in pairs if numerator == key[0]):
            total = _total_of(of_measure(key, ratio), cells, rules)
            if (
                value is not None
                and total is not None
                and key not in found
                and rules.is_small(total - value, total - value)
            ):
                complements[key] = "small-complement"
    return complements


def _total_of(ratio: Key, cells: Cells, rules: Rules) -> float | None:
    denominator = denominator_of(ratio, rules)
    return cells.number(denominator) if denominator is not None and denominator != numerator_of(ratio, rules) else None
