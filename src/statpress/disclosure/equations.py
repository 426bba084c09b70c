"""What adds up to what: the equations that let a reader work out a cell from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from statpress.cube import ALL
from statpress.disclosure.cells import AREA_AT, FIRST_DIMENSION, Cells, Key, Rules, of_measure, with_part
from statpress.disclosure.ratios import RATIOS, denominator_of, numerator_of
from statpress.disclosure.times import find_times


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`. Where `total` is None everybody knows the sum: the parts are shares of 100 %."""

    total: Key | None
    parts: tuple[Key, ...]
    rest_is_small: bool = False
    """Whether parts that the source does not print make up a small count, which a reader could work out."""
    is_count: bool = False
    """Whether all are counts of one measure, so that what is withheld of them has a sum."""


def find_equations(cells: Cells, rules: Rules) -> list[Equation]:
    """Every equation of the cube: along dimensions declared to add up, and where areas or periods do add up.

    A part that the cube does not have counts as zero, since a source may leave zeros out. Percentages and rates of one
    numerator are equations as well: with the denominators that are printed or known, they tell counts.
    """
    found: dict[Equation, None] = {}
    for position, name in enumerate(rules.dimensions):
        if name in rules.adds_up:
            parents = {code: category.parent for code, category in rules.dimensions[name].categories.items()}
            found |= dict.fromkeys(_along(cells, rules, FIRST_DIMENSION + position, parents))
    parents = {code: area.parent for code, area in rules.areas.items() if area.parent}
    areas = (equation for equation in _along(cells, rules, AREA_AT, parents) if _holds(equation, cells, rules))
    times = (_equation(total, parts, cells, rules) for total, parts in find_times(cells, rules))
    return list(found | dict.fromkeys(areas) | dict.fromkeys(time for time in times if _holds(time, cells, rules)))


def _along(cells: Cells, rules: Rules, column: int, parents: Mapping[str, str]) -> Iterator[Equation]:
    """The equations along one column of the key: each cell is a part of the nearest whole that is printed."""
    forms = _Forms(cells, rules)
    sums: dict[Key, list[Key]] = {}
    for key in cells.values:
        if key[column] in parents and cells.says(key):
            for quantity in _quantities(key, rules):
                if forms.find(quantity) == key:
                    sums.setdefault(_whole_of(quantity, column, parents, forms), []).append(key)
    for total, parts in sums.items():
        if (printed := forms.find(total)) is not None:
            yield _equation(printed, tuple(parts), cells, rules)
        elif total[column] == ALL and _make_a_hundred(parts, cells, rules):
            yield Equation(None, tuple(parts))


class _Forms:
    """How a quantity is printed: as itself, or as a percentage or rate that counts it."""

    def __init__(self, cells: Cells, rules: Rules) -> None:
        self._cells = cells
        self._ratios: dict[str, list[str]] = {}
        for name, measure in rules.measures.items():
            if measure.kind in RATIOS and measure.numerator is not None:
                self._ratios.setdefault(measure.numerator, []).append(name)

    def find(self, quantity: Key) -> Key | None:
        """The cell that prints the quantity, if any does."""
        forms = (of_measure(quantity, measure) for measure in (quantity[0], *self._ratios.get(quantity[0], ())))
        return next((form for form in forms if self._cells.says(form)), None)


def _quantities(key: Key, rules: Rules) -> Iterator[Key]:
    """What adds up of a cell: the count or money itself, a share of one whole, and the count behind a ratio."""
    numerator = numerator_of(key, rules)
    is_ratio = rules.measures[key[0]].kind in RATIOS
    if rules.measures[key[0]].kind in ("count", "money") or (is_ratio and (numerator is None or _is_share(key, rules))):
        yield key
    if is_ratio and numerator is not None:
        yield numerator


def _is_share(key: Key, rules: Rules) -> bool:
    measure = rules.measures[key[0]]
    return measure.denominator_at == "total" or (measure.kind == "percentage" and measure.denominator is None)


def _make_a_hundred(parts: list[Key], cells: Cells, rules: Rules) -> bool:
    """Whether shares are all the shares of one whole, as far as their rounding tells; or could be."""
    measure = rules.measures[parts[0][0]]
    numbers = [cells.number(part) for part in parts]
    if measure.kind != "percentage" or not _is_share(parts[0], rules) or len({part[0] for part in parts}) > 1:
        return False
    rest = 100.0 - sum(number for number in numbers if number is not None)
    return None in numbers or rest <= 0.5 * 10.0**-measure.decimals * len(parts) + 1e-9


def _whole_of(quantity: Key, column: int, parents: Mapping[str, str], forms: _Forms) -> Key:
    """The nearest quantity above that is printed, or else the highest."""
    code: str | None = parents[quantity[column]]
    above = quantity
    while code is not None:
        above = with_part(quantity, column, code)
        if forms.find(above) is not None:
            break
        code = parents.get(code)
    return above


def _equation(total: Key, parts: tuple[Key, ...], cells: Cells, rules: Rules) -> Equation:
    is_count = rules.measures[total[0]].kind == "count" and all(part[0] == total[0] for part in parts)
    rest = _rest(total, parts, cells) if is_count else None
    return Equation(total, parts, rest is not None and rest > 0 and rules.is_small(rest, rest), is_count)


def _rest(total: Key, parts: tuple[Key, ...], cells: Cells) -> float | None:
    """What the parts leave of the total; None where the source withholds one of them."""
    whole, numbers = cells.number(total), [cells.number(part) for part in parts]
    if whole is None or None in numbers:
        return None
    return whole - sum(number for number in numbers if number is not None)


def _holds(equation: Equation, cells: Cells, rules: Rules) -> bool:
    """Whether the parts do make the total, all but a small count; or could, since the source withholds one of them.

    Ratios are judged by what they are out of.
    """
    total, parts = equation.total, equation.parts
    ratio = next((key[0] for key in (total, *parts) if key is not None and rules.measures[key[0]].kind in RATIOS), None)
    if total is not None and ratio is not None:
        total, *wholes = (denominator_of(of_measure(key, ratio), rules) for key in (total, *parts))
        parts = tuple(whole for whole in wholes if whole is not None)
    number = cells.number(total) if total is not None else None
    if total is None or number is None or not parts:
        return False
    rest = _rest(total, parts, cells)
    if rest is None:
        return len(parts) > 1 and sum(cells.number(part) or 0.0 for part in parts) <= number
    return equation.rest_is_small or abs(rest) < 0.5
