"""Primary protection: cells that may not be shown for themselves.

Rules as printed by the bodies that use them: a threshold for counts and complements (DfE, Children in need statistics),
a smallest denominator for percentages and rates (ONS births and deaths), see docs/explanation/disclosure.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from statpress.cube import ALL
from statpress.disclosure.cells import FIRST_DIMENSION, Cells, Key, Rules, of_measure, whole, with_part

RATIOS = ("percentage", "rate")
FRACTIONS = ("percentage", "rate", "mean", "ratio")
PER = {"percentage": 100, "ratio": 1}
"""What a fraction counts per, where its measure does not say."""


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
    kind = rules.measures[key[0]].kind
    if least is None:
        return "unknown-denominator" if kind in RATIOS else None
    return None if kind == "mean" else _implied_rule(key, value, least, rules, exact=exact is not None)


def _implied_rule(key: Key, value: float, denominator: float, rules: Rules, *, exact: bool) -> str | None:
    """Withhold a ratio whose rounding leaves room for a small count on either side of it.

    The counts that agree with a value of d decimals lie within half a unit of its last place, times the denominator.
    Where only the least denominator is known, the least count is known too, and the largest is not.
    """
    measure = rules.measures[key[0]]
    per = float(measure.base or PER[measure.kind])
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
    """52 of 57 tells 5: a count is withheld where a printed whole less itself is small."""
    if not rules.policy.withhold.complements:
        return {}
    ratios = _ratios_by_numerator(rules)
    return {
        key: "small-complement"
        for key, value in cells.values.items()
        if value is not None and key not in found and rules.measures[key[0]].kind == "count"
        for total in _wholes_of(key, ratios.get(key[0], []), cells, rules)
        if rules.is_small(total - value, total - value)
    }


def _ratios_by_numerator(rules: Rules) -> dict[str, list[str]]:
    ratios: dict[str, list[str]] = {}
    for name, measure in rules.measures.items():
        if measure.kind == "percentage" and measure.numerator is not None:
            ratios.setdefault(measure.numerator, []).append(name)
    return ratios


def _wholes_of(key: Key, ratios: Iterable[str], cells: Cells, rules: Rules) -> Iterator[float]:
    """The printed wholes that a count is part of: denominators of its ratios, and all above where several may apply."""
    wholes = {denominator_of(of_measure(key, ratio), rules) for ratio in ratios}
    for position, (name, dimension) in enumerate(rules.dimensions.items(), start=FIRST_DIMENSION):
        code = key[position]
        while name not in rules.adds_up and code != ALL:
            code = dimension.categories[code].parent
            wholes.add(with_part(key, position, code))
    for cell in wholes - {key, None}:
        total = cells.number(cell) if cell is not None else None
        if total is not None:
            yield total
