"""What adds up: the categories of a dimension make their whole, along every hierarchy; of several answers, none does.

Margins that nothing prints are quantities as well: they join tables that are broken down in different ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from statpress.audit.facts import Fact, Range
from statpress.audit.printed import Dimension, PrintedTable, Quantity
from statpress.cube import ALL

Ranges = Mapping[Quantity, Range]
Slice = dict[str, Quantity]
"""Quantities that differ in one dimension only, by category."""


@dataclass(frozen=True)
class Breakdown:
    """How one measure is broken down by one dimension in all tables together."""

    dimension: str
    hierarchies: tuple[Mapping[str, str], ...]
    adds_up: bool


def compile_sums(tables: Sequence[PrintedTable], names: Iterable[Quantity], ranges: Ranges) -> Iterator[Fact]:
    """The facts of all dimensions, for the quantities `names` of tables that are public together."""
    breakdowns = find_breakdowns(tables)
    printed = set(names)
    everything = _with_margins(printed, breakdowns)
    for (measure, dimension), breakdown in sorted(breakdowns.items()):
        own = everything.get(measure, ())
        for part in _slices(own, dimension):
            for parents in breakdown.hierarchies:
                yield from _facts_along(part, parents, breakdown, printed, ranges)


def find_breakdowns(tables: Iterable[PrintedTable]) -> dict[tuple[str, str], Breakdown]:
    """Measure and dimension to how they are broken down. What one table says does not add up, does not."""
    found: dict[tuple[str, str], Breakdown] = {}
    for table in tables:
        for place, dimension in enumerate(table.dimensions, start=3):
            for measure in sorted({key[0] for key in table.cells if key[place] != ALL}):
                for name in _with_parts(measure, table):
                    found[name, dimension.name] = _merge(found.get((name, dimension.name)), dimension)
    return found


def without(name: Quantity, dimension: str) -> Quantity:
    """The quantity of all categories of a dimension together."""
    return name._replace(groups=tuple(pair for pair in name.groups if pair[0] != dimension))


def _with_parts(measure: str, table: PrintedTable) -> set[str]:
    """A measure, and those that it is a ratio of."""
    made = table.measures[measure]
    return {measure, *(name for name in (made.numerator, made.denominator) if name)}


def _merge(known: Breakdown | None, dimension: Dimension) -> Breakdown:
    if known is None:
        return Breakdown(dimension.name, dimension.hierarchies, dimension.adds_up)
    more = tuple(parents for parents in dimension.hierarchies if parents not in known.hierarchies)
    return Breakdown(known.dimension, known.hierarchies + more, known.adds_up and dimension.adds_up)


def _with_margins(printed: set[Quantity], breakdowns: Mapping[tuple[str, str], Breakdown]) -> dict[str, list[Quantity]]:
    """All quantities by measure: those given, and everything that they are part of."""
    found = set(printed)
    waiting = list(printed)
    while waiting:
        name = waiting.pop()
        for dimension, code in name.groups:
            breakdown = breakdowns.get((name.measure, dimension))
            if breakdown is not None and breakdown.adds_up:
                fresh = [above for above in _above(name, dimension, code, breakdown) if above not in found]
                found.update(fresh)
                waiting += fresh
    by_measure: dict[str, list[Quantity]] = {}
    for name in sorted(found):
        by_measure.setdefault(name.measure, []).append(name)
    return by_measure


def _above(name: Quantity, dimension: str, code: str, breakdown: Breakdown) -> Iterator[Quantity]:
    for parents in breakdown.hierarchies:
        if (parent := parents.get(code)) is not None:
            groups = tuple((d, parent if d == dimension else c) for d, c in name.groups)
            yield name._replace(groups=groups) if parent != ALL else without(name, dimension)


def _slices(names: Iterable[Quantity], dimension: str) -> Iterator[Slice]:
    found: dict[Quantity, Slice] = {}
    for name in names:
        code = next((code for other, code in name.groups if other == dimension), ALL)
        found.setdefault(without(name, dimension) if code != ALL else name, {})[code] = name
    return (part for part in found.values() if len(part) > 1)


def _facts_along(
    part: Slice, parents: Mapping[str, str], breakdown: Breakdown, printed: set[Quantity], ranges: Ranges
) -> Iterator[Fact]:
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent, []).append(code)
    for code, codes in sorted(children.items()):
        parts = [part[child] for child in codes if child in part]
        if code in part and parts:
            is_complete = len(parts) == len(codes)
            if not breakdown.adds_up:
                yield from (at_most(part[code], [one], "part", breakdown.dimension) for one in parts)
            elif not is_complete and (
                len(parts) == 1 or part[code] not in printed or leaves_rest(part[code], parts, ranges)
            ):
                yield at_most(part[code], parts, "sum", breakdown.dimension)
            else:
                yield equals(part[code], parts, "sum", breakdown.dimension, assumed=not is_complete)


def equals(whole: Quantity, parts: Iterable[Quantity], kind: str, about: str, *, assumed: bool = False) -> Fact:
    """The parts make the whole."""
    return Fact(((whole, 1), *((part, -1) for part in sorted(parts))), 0, 0, kind, about, assumed)


def at_most(whole: Quantity, parts: Iterable[Quantity], kind: str, about: str, *, assumed: bool = False) -> Fact:
    """The parts together are no more than the whole."""
    return Fact(((whole, 1), *((part, -1) for part in sorted(parts))), 0, None, kind, about, assumed)


def leaves_rest(whole: Quantity, parts: Iterable[Quantity], ranges: Ranges) -> bool:
    """Whether the parts are surely less than the whole, so that there are others that nobody prints."""
    least = ranges.get(whole, (0, None))[0] or 0
    most = [ranges.get(part, (0, None))[1] for part in parts]
    return None not in most and sum(high for high in most if high is not None) < least
