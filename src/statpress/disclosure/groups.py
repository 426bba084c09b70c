"""Group disclosure: where everyone of a group is in one category, each of them is known to be.

ESSnet Handbook on Statistical Disclosure Control, 2nd edition, 5.2. It names the category that everyone is in, those
beside it that nobody is in (which tell the same), and 100 % or 0 % of a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from statpress.cube import ALL
from statpress.disclosure.cells import FIRST_DIMENSION, Cells, Key, Rules, of_measure, with_part
from statpress.disclosure.ratios import denominator_of

RULE = "whole-group"


def find_groups(cells: Cells, rules: Rules) -> dict[Key, str]:
    """The cells that tell that everyone of a group is in one category, where the policy withholds them."""
    if rules.policy.withhold.groups == "shown":
        return {}
    found = {*_shares(cells, rules), *_of_other_measures(cells, rules), *_in_categories(cells, rules)}
    return {key: RULE for key in cells.values if key in found and not rules.measures[key[0]].unprotected}


def _shares(cells: Cells, rules: Rules) -> Iterator[Key]:
    """100 %; and 0 %, unless it is the share of one category among others."""
    for key, value in cells.values.items():
        measure = rules.measures[key[0]]
        if (
            measure.kind == "percentage"
            and not measure.change_of
            and (value == 100 or (value == 0 and not _is_one_of_several(key, rules)))
        ):
            yield key


def _is_one_of_several(key: Key, rules: Rules) -> bool:
    measure = rules.measures[key[0]]
    return measure.numerator == measure.denominator and measure.denominator_at == "total"


def _of_other_measures(cells: Cells, rules: Rules) -> Iterator[Key]:
    """All 57 of 57 children with a dentist, or none of them."""
    for name, measure in rules.measures.items():
        if measure.kind == "percentage" and measure.numerator in rules.measures and measure.numerator is not None:
            for key in [key for key in cells.values if key[0] == measure.numerator]:
                ratio = of_measure(key, name)
                whole = denominator_of(ratio, rules)
                number = cells.number(whole) if whole is not None and whole != key else None
                telling = {number} if _is_one_of_several(ratio, rules) else {number, 0.0}
                if number and cells.number(key) in telling:
                    yield key


def _in_categories(cells: Cells, rules: Rules) -> Iterator[Key]:
    """A part that is its whole, and, along a dimension that adds up, the zeros beside it."""
    for key, value in cells.values.items():
        if value and rules.measures[key[0]].kind == "count":
            for position, name in enumerate(rules.dimensions, start=FIRST_DIMENSION):
                if _is_whole(key, position, name, cells, rules):
                    yield key
                    if name in rules.adds_up:
                        yield from _zeros_beside(key, position, name, cells, rules)


def _is_whole(key: Key, position: int, name: str, cells: Cells, rules: Rules) -> bool:
    code = key[position]
    while code != ALL:
        code = rules.dimensions[name].categories[code].parent
        if cells.number(with_part(key, position, code)) == cells.number(key):
            return True
    return False


def _zeros_beside(key: Key, position: int, name: str, cells: Cells, rules: Rules) -> Iterator[Key]:
    categories = rules.dimensions[name].categories
    for code, category in categories.items():
        if category.parent == categories[key[position]].parent and cells.number(with_part(key, position, code)) == 0:
            yield with_part(key, position, code)
