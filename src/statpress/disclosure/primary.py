"""Primary protection: cells that may not be shown for themselves.

Rules as printed by the bodies that use them: a threshold for counts and complements (DfE, Children in need statistics),
a smallest numerator and denominator for percentages and rates (ONS births and deaths), group disclosure and
concentration rules for magnitudes (ESSnet Handbook on SDC, 2nd edition, chapters 5 and 4).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from statpress.cube import ALL, SMALL_KINDS
from statpress.disclosure.cells import FIRST_DIMENSION, Cells, Key, Rules, of_measure, with_part
from statpress.disclosure.changes import compared
from statpress.disclosure.contributors import find_concentrated
from statpress.disclosure.groups import find_groups
from statpress.disclosure.ratios import FRACTIONS, RATIOS, can_be_made, denominator_of, implied_counts, numerator_of


def protect_primary(cells: Cells, rules: Rules) -> dict[Key, str]:
    """The cells to withhold for themselves, each with the name of the rule; the first rule that names it."""
    found: dict[Key, str] = {}
    for key, value in cells.values.items():
        rule = _rule(key, value, cells, rules) if value is not None and not rules.measures[key[0]].unprotected else None
        if rule:
            found[key] = rule
    for more in (_small_complements(cells, rules), find_groups(cells, rules), find_concentrated(cells, rules)):
        found = more | found
    return found


def _rule(key: Key, value: float, cells: Cells, rules: Rules) -> str | None:
    kind = rules.measures[key[0]].kind
    if rules.measures[key[0]].change_of:
        return "unknown-change" if rules.policy.rounding or compared(key, cells, rules) is None else None
    if kind in SMALL_KINDS:
        whole = math.ceil(value)  # half a worker is a person
        return "small-count" if rules.policy.withholds_small and rules.is_small(whole, whole) else None
    if kind not in FRACTIONS:
        return None
    if rules.policy.rounding:
        return None if can_be_made(key, cells, rules) else "not-rounded"
    return _ratio_rule(key, value, cells, rules)


def _ratio_rule(key: Key, value: float, cells: Cells, rules: Rules) -> str | None:
    denominator = denominator_of(key, rules)
    exact = cells.number(denominator) if denominator is not None else None
    least = exact if exact is not None else rules.measures[key[0]].denominator_at_least
    if least is not None and least < rules.policy.ratios.smallest_denominator:
        return "small-denominator"
    kind = rules.measures[key[0]].kind
    if least is None:
        return "unknown-denominator" if kind in RATIOS else None
    if kind == "mean":
        return None
    if kind in RATIOS and _least_count(key, value, least, cells, rules) < rules.policy.ratios.smallest_numerator:
        return "small-numerator"
    rule = _implied_rule(key, value, least, rules, exact=exact is not None)
    return rule or (_part_rule(key, value, exact, cells, rules) if exact is not None else None)


def _least_count(key: Key, value: float, denominator: float, cells: Cells, rules: Rules) -> float:
    """What a ratio counts; the least that it may, where the package does not give it."""
    numerator = numerator_of(key, rules)
    count = cells.number(numerator) if numerator is not None else None
    return count if count is not None else implied_counts(value, denominator, rules.measures[key[0]])[0]


def _part_rule(key: Key, value: float, denominator: float, cells: Cells, rules: Rules) -> str | None:
    """35 of all 71 are 35 of the 37 girls too: a share of one whole also tells what is left of a printed part of it."""
    measure = rules.measures[key[0]]
    part = of_measure(key, measure.denominator or "")
    number = cells.number(part)
    if part == denominator_of(key, rules) or number is None or measure.denominator == measure.numerator:
        return None
    if measure.kind != "percentage" or not rules.policy.withhold.complements:
        return None
    low, high = implied_counts(value, denominator, measure)
    return "small-complement" if rules.is_small(max(number - high, 0), number - low) else None


def _implied_rule(key: Key, value: float, denominator: float, rules: Rules, *, exact: bool) -> str | None:
    """Withhold a ratio whose rounding leaves room for a small count on either side of it.

    The counts that agree with a value of d decimals lie within half a unit of its last place, times the denominator.
    Where only the least denominator is known, the least count is known too, and the largest is not.
    """
    measure = rules.measures[key[0]]
    low, high = implied_counts(value, denominator, measure)
    if rules.is_small(max(low, 0), high if exact else math.inf):
        return "small-numerator"
    if measure.kind != "percentage" or not rules.policy.withhold.complements:
        return None
    rest, most = implied_counts(100.0 - value, denominator, measure)
    return "small-complement" if rules.is_small(max(rest, 0), most if exact else math.inf) else None


def _small_complements(cells: Cells, rules: Rules) -> dict[Key, str]:
    """52 of 57 tells 5: a count is withheld where a printed whole less itself is small."""
    if not (rules.policy.withhold.complements and rules.policy.withholds_small):
        return {}
    ratios = _ratios_by_numerator(rules)
    return {
        key: "small-complement"
        for key, value in cells.values.items()
        if value is not None and rules.measures[key[0]].kind == "count" and not rules.measures[key[0]].unprotected
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
    wholes |= {of_measure(key, whole[0]) for whole in wholes if whole is not None}
    for position, (name, dimension) in enumerate(rules.dimensions.items(), start=FIRST_DIMENSION):
        code = key[position]
        while name not in rules.adds_up and code != ALL:
            code = dimension.categories[code].parent
            wholes.add(with_part(key, position, code))
    for cell in wholes - {key, None}:
        total = cells.number(cell) if cell is not None else None
        if total is not None:
            yield total
