"""What adds up to what: the equations that let a reader work out a cell from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from statpress.cube import ALL
from statpress.disclosure.cells import AREA_AT, FIRST_DIMENSION, Cells, Key, Rules, of_measure, with_part
from statpress.disclosure.primary import RATIOS, denominator_of, numerator_of
from statpress.disclosure.times import find_times


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`. Where `total` is None everybody knows the sum: the parts are shares of 100 %."""

    total: Key | None
    parts: tuple[Key, ...]
    rest_is_small: bool = False
    """Whether parts that the source does not print make up a small count, which a reader could work out."""


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
    sums: dict[Key, list[Key]] = {}
    for key in cells.values:
        if key[column] in parents and cells.says(key) and _adds(key, cells, rules):
            sums.setdefault(_whole_of(key, column, parents, cells, rules), []).append(key)
    for total, parts in sums.items():
        if (printed := _printed(total, cells, rules)) is not None:
            yield _equation(printed, tuple(parts), cells, rules)
        elif total[column] == ALL and _is_share(total, rules):
            yield Equation(None, tuple(parts))


def _adds(key: Key, cells: Cells, rules: Rules) -> bool:
    """Counts and money add up, and so do shares of one whole. Other ratios add up by the counts that they stand for."""
    kind = rules.measures[key[0]].kind
    if kind not in RATIOS:
        return kind in ("count", "money")
    return _is_share(key, rules) or not cells.says(numerator_of(key, rules))


def _is_share(key: Key, rules: Rules) -> bool:
    measure = rules.measures[key[0]]
    return measure.kind == "percentage" and (measure.denominator is None or measure.denominator_at == "total")


def _whole_of(key: Key, column: int, parents: Mapping[str, str], cells: Cells, rules: Rules) -> Key:
    """The nearest cell above that the cube prints, or else the highest."""
    code: str | None = parents[key[column]]
    above = key
    while code is not None:
        above = with_part(key, column, code)
        if _printed(above, cells, rules) is not None:
            break
        code = parents.get(code)
    return above


def _printed(key: Key, cells: Cells, rules: Rules) -> Key | None:
    """The cell, or the count that it is made from, whichever is printed."""
    if cells.says(key):
        return key
    numerator = numerator_of(key, rules)
    return numerator if cells.says(numerator) else None


def _equation(total: Key, parts: tuple[Key, ...], cells: Cells, rules: Rules) -> Equation:
    return Equation(total, parts, _rest_is_small(total, parts, cells, rules))


def _rest_is_small(total: Key, parts: tuple[Key, ...], cells: Cells, rules: Rules) -> bool:
    rest = _rest(total, parts, cells)
    return rest is not None and rules.measures[parts[0][0]].kind == "count" and rest > 0 and rules.is_small(rest, rest)


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
    if total is not None and rules.measures[parts[0][0]].kind in RATIOS:
        total, *parts_or_none = (denominator_of(of_measure(key, parts[0][0]), rules) for key in (total, *parts))
        parts = tuple(part for part in parts_or_none if part is not None)
    number = cells.number(total) if total is not None else None
    if total is None or number is None or not parts:
        return False
    rest = _rest(total, parts, cells)
    if rest is None:
        return len(parts) > 1 and sum(cells.number(part) or 0.0 for part in parts) <= number
    return equation.rest_is_small or abs(rest) < 0.5
