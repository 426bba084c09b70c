"""What adds up to what: the equations that let a reader work out a cell from its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from statpress.cube import ALL
from statpress.disclosure.cells import AREA_AT, FIRST_DIMENSION, Cells, Key, Rules, with_part


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`. Where `total` is None everybody knows the sum: the parts are shares of 100 %."""

    total: Key | None
    parts: tuple[Key, ...]
    rest_is_small: bool = False
    """Whether parts that the source does not print make up a small count, which a reader could work out."""


def find_equations(cells: Cells, rules: Rules) -> list[Equation]:
    """Every equation of the cube: along dimensions declared to add up, and along areas wherever the numbers do add up.

    A part that the cube does not have counts as zero, since a source may leave zeros out.
    """
    found: dict[Equation, None] = {}
    for position, name in enumerate(rules.dimensions):
        if name in rules.adds_up:
            children = _children({code: c.parent for code, c in rules.dimensions[name].categories.items()})
            for equation in _along(cells, rules, FIRST_DIMENSION + position, children):
                found[equation] = None
    areas = _children({code: area.parent for code, area in rules.areas.items() if area.parent})
    for equation in _along(cells, rules, AREA_AT, areas):
        if equation.total is not None and _holds(equation, cells):
            found[equation] = None
    return list(found)


def _children(parents: Mapping[str, str | None]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(code)
    return children


def _along(cells: Cells, rules: Rules, column: int, children: Mapping[str, list[str]]) -> Iterator[Equation]:
    """The equations along one column of the key, one for each set of parts that the cube has."""
    seen: set[Key] = set()
    parent_of = {child: parent for parent, codes in children.items() for child in codes}
    for key in cells.values:
        parent = parent_of.get(key[column])
        if parent is None or not _is_additive(key, column, rules):
            continue
        total = with_part(key, column, parent)
        if total not in seen:
            seen.add(total)
            parts = tuple(part for code in children[parent] if (part := with_part(key, column, code)) in cells.values)
            yield from _equation(total, parts, column, cells, rules)


def _equation(total: Key, parts: tuple[Key, ...], column: int, cells: Cells, rules: Rules) -> Iterator[Equation]:
    if total in cells.values:
        yield Equation(total, parts, _rest_is_small(total, parts, cells, rules))
    elif rules.measures[total[0]].kind == "percentage" and total[column] == ALL:
        yield Equation(None, parts)


def _rest_is_small(total: Key, parts: tuple[Key, ...], cells: Cells, rules: Rules) -> bool:
    numbers = [cells.number(key) for key in (total, *parts)]
    if rules.measures[total[0]].kind != "count" or None in numbers:
        return False
    known = [number for number in numbers if number is not None]
    rest = known[0] - sum(known[1:])
    return rest > 0 and rules.is_small(rest, rest)


def _is_additive(key: Key, column: int, rules: Rules) -> bool:
    """Counts and sums of money add up; percentages do where they are shares of one whole."""
    measure = rules.measures[key[0]]
    if measure.kind in ("count", "money"):
        return True
    is_share = measure.denominator is None or measure.denominator_at == "total"
    return measure.kind == "percentage" and is_share and column >= FIRST_DIMENSION


def _holds(equation: Equation, cells: Cells) -> bool:
    """Whether two or more parts do make the total, or could, since the source withholds one of them."""
    total = cells.number(equation.total) if equation.total is not None else None
    numbers = [cells.number(part) for part in equation.parts if part not in cells.hidden]
    if len(equation.parts) < 2 or total is None or None in numbers:
        return False
    known = sum(number for number in numbers if number is not None)
    return known <= total if len(numbers) < len(equation.parts) else abs(known - total) < 0.5
