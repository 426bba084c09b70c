"""What is printed, as linear statements about the smallest cells: `low <= sum of factor times count <= high`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd

from benchmarks.attack.files import before
from benchmarks.attack.printed import Figure, Printed
from benchmarks.attack.world import Cell, Codes, Measure, World, whole_of

Variable = tuple[int, str, Codes]
"""The release that it is true of, the measure, and the smallest cell"""
Form = Mapping[Variable, int]
NEVER = 10**9


@dataclass(frozen=True)
class Fact:
    """A statement about counts."""

    form: Form
    low: int
    high: int


def count_of(release: int, cell: Cell, world: World, times: int = 1) -> dict[Variable, int]:
    """A cell as the smallest ones that it is made of."""
    return {(release, cell[0], codes): times for codes in world.made_of(cell[1])}


def plus(*forms: Form) -> dict[Variable, int]:
    """The sum of forms."""
    found: dict[Variable, int] = {}
    for form in forms:
        for variable, factor in form.items():
            found[variable] = found.get(variable, 0) + factor
    return {variable: factor for variable, factor in found.items() if factor}


def facts_of(tables: Sequence[tuple[int, Printed]], world: World) -> Iterator[Fact]:
    """Everything that tables say, each true of a release."""
    marked = {cell for release, table in tables if release == 0 for cell, one in table.figures.items() if one.status}
    for release, table in tables:
        for cell, figure in table.figures.items():
            measure = table.measures[cell[0]]
            if measure.kind == "count":
                stays = release > 0 and cell in marked
                yield from _of_count(count_of(release, cell, world), cell, figure, table, stays=stays)
            elif measure.change_of:
                yield from _of_change(release, cell, figure, table, world)
            elif measure.of[0] and measure.of[1]:
                yield from _of_ratio(release, cell, figure, table, world)
    releases = sorted({release for release, _ in tables})
    yield from _of_parts(releases, world)


def _of_count(own: Form, cell: Cell, figure: Figure, table: Printed, *, stays: bool) -> Iterator[Fact]:
    """A mark is no zero where zeros are shown, but what was withheld stays so (`stays`), whatever it becomes."""
    if figure.value is not None:
        low, high = _rounded(cell[0], int(figure.value), table)
        yield Fact(own, low, high)
    elif figure.status == "low":
        yield Fact(own, 1, _room(table)[1])
    elif figure.status == "c":
        yield Fact(own, 1 if table.zeros_shown and not stays else 0, NEVER)


def _rounded(measure: str, value: int, table: Printed) -> tuple[int, int]:
    """The counts that a printed one stands for. What is shown is not small, for then it would be withheld."""
    if "rounding" not in table.rules or value == 0 or measure == "people":
        return value, value
    least = table.band[1] + 1 if table.withholds_small else 1
    down, up = _room(table)
    return max(value - down, least), value + up


def _room(table: Printed) -> tuple[int, int]:
    """How far below and above a rounded count the true one may be; halves go up."""
    base = table.rules["rounding"]["base"]
    return (base - 1, base - 1) if table.rules["rounding"]["method"] == "controlled" else (base // 2, (base - 1) // 2)


def _of_ratio(release: int, cell: Cell, figure: Figure, table: Printed, world: World) -> Iterator[Fact]:
    measure = table.measures[cell[0]]
    is_share = measure.total or measure.of[0] == measure.of[1]
    top = (measure.of[0], cell[1])
    below = (measure.of[1], whole_of(cell[1]) if is_share else cell[1])
    if figure.value is None and figure.status != "low":
        return
    if "rounding" in table.rules and _is_of_rounded(measure, top, below, figure, table):
        return
    if below[0] != "people":
        yield Fact(count_of(release, below, world), _least_below(table), NEVER)
    if figure.status == "low":
        yield Fact(count_of(release, top, world), 1, NEVER)
    if figure.value == 0:
        yield Fact(count_of(release, top, world), 0, 0)
    elif figure.value is not None or "rounding" not in table.rules:
        yield from _within(figure.value or Decimal(0), measure, top, below, (release, world))


def _least_below(table: Printed) -> int:
    """What a ratio is out of at least; where figures are rounded, the rounded one is."""
    least = int(table.rules.get("smallest_denominator", 1))
    return max(least - _room(table)[0], 1) if "rounding" in table.rules else least


def _is_of_rounded(measure: Measure, top: Cell, below: Cell, figure: Figure, table: Printed) -> bool:
    """Whether a percentage is that of the rounded figures beside it, and says no more than they do."""
    over, under = table.figures.get(top), table.figures.get(below)
    if over is None or under is None or over.value is None or not under.value or figure.value is None:
        return False
    half = Decimal("0.5").scaleb(-measure.decimals)
    return abs(over.value * measure.base / under.value - figure.value) <= half


def _within(value: Decimal, measure: Measure, top: Cell, below: Cell, about: tuple[int, World]) -> Iterator[Fact]:
    """Within half a unit of the last decimal, both ends included: twice and 10**decimals make the factors whole."""
    unit = 2 * 10**measure.decimals
    release, world = about
    for side in (1, -1):
        end = int(value * unit) + side
        shared = gcd(measure.base * unit, end)
        over = count_of(release, top, world, side * measure.base * unit // shared)
        yield Fact(plus(over, count_of(release, below, world, -side * end // shared)), -NEVER, 0)


def _of_change(release: int, cell: Cell, figure: Figure, table: Printed, world: World) -> Iterator[Fact]:
    measure = table.measures[cell[0]]
    earlier = before(cell[1], {codes[1] for _, codes in table.figures})
    if figure.value is not None and earlier is not None:
        now, then = (measure.change_of, cell[1]), (measure.change_of, earlier)
        yield from _within(figure.value + 100, measure, now, then, (release, world))


def _of_parts(releases: Iterable[int], world: World) -> Iterator[Fact]:
    """What counts can only be a part of others: by their meaning, and where several answers are possible."""
    for release in releases:
        for part, whole in world.parts:
            for codes in world.counts[part]:
                yield Fact({(release, whole, codes): 1, (release, part, codes): -1}, 0, NEVER)
        for place, axis in enumerate(world.axes):
            if not axis.adds_up:
                for name, own in world.counts.items():
                    for codes in own:
                        parent = axis.parents[codes[place]]
                        if parent is not None:
                            above = (*codes[:place], parent, *codes[place + 1 :])
                            yield Fact({(release, name, above): 1, (release, name, codes): -1}, 0, NEVER)
