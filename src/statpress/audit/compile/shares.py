"""Percentages of one whole that are printed without any count: together they are 100, so one that is withheld follows.

The unit of a share is half of its last decimal, so that what rounding leaves is a whole number of units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from statpress.audit.compile.sums import find_breakdowns, without
from statpress.audit.facts import Fact
from statpress.audit.printed import Cell, Measure, PrintedTable, Quantity
from statpress.cube import ALL
from statpress.status import WITHHELD


def compile_shares(tables: Sequence[PrintedTable]) -> Iterator[Fact]:
    """The shares of tables that are public together: what each shows, and that those of one whole make 100."""
    measures = {name: measure for table in tables for name, measure in table.measures.items() if is_share(measure)}
    figures = {name: cell for table in tables for name, cell in table.quantities() if name.measure in measures}
    printed = {name.measure for table in tables for name, _ in table.quantities()}
    breakdowns = find_breakdowns(tables)
    for (name, dimension), breakdown in sorted(breakdowns.items()):
        if name in measures and breakdown.adds_up and measures[name].numerator not in printed:
            own = {quantity: cell for quantity, cell in figures.items() if quantity.measure == name}
            for parents in breakdown.hierarchies:
                tops = {code for code, parent in parents.items() if parent == ALL}
                yield from _make_hundred(own, dimension, tops, measures[name])


def is_share(measure: Measure) -> bool:
    """Whether the parts of a percentage can be shares of one whole: of the same people, or of nobody knows whom."""
    same = bool(measure.denominator) and measure.denominator == measure.numerator
    return measure.kind == "percentage" and (same or not measure.denominator) and not measure.change_of


def units_of(measure: Measure) -> int:
    """How many units make 100 %: two for each step of the last decimal."""
    return 2 * int(Decimal(100).scaleb(measure.decimals))


def _make_hundred(
    figures: Mapping[Quantity, Cell], dimension: str, tops: Iterable[str], measure: Measure
) -> Iterator[Fact]:
    """One sum for each whole whose own percentage is not printed, and whose shares can be all of it."""
    for parts in _by_whole(figures, dimension, set(tops)):
        hidden = [name for name in parts if figures[name].status == WITHHELD]
        shown = [name for name in parts if figures[name].value is not None]
        whole, least = units_of(measure), sum(_shown_units(figures[name], measure) - 1 for name in shown)
        if hidden and len(hidden) + len(shown) == len(parts) > 1 and least <= whole:
            shares = [name._replace(part="share") for name in parts]
            for name in shown:
                middle = _shown_units(figures[name], measure)
                yield Fact(((name._replace(part="share"), 1),), max(0, middle - 1), middle + 1, "printed")
            for name in hidden:
                yield Fact(((name._replace(part="share"), 1),), 0, whole, "rule", name.measure)
            yield Fact(tuple((share, 1) for share in sorted(shares)), whole, whole, "share", measure_of(parts), True)


def measure_of(parts: Sequence[Quantity]) -> str:
    """The measure that parts have in common."""
    return parts[0].measure


def _by_whole(figures: Mapping[Quantity, Cell], dimension: str, tops: set[str]) -> Iterator[list[Quantity]]:
    found: dict[Quantity, list[Quantity]] = {}
    for name in sorted(figures):
        if dict(name.groups).get(dimension) in tops:
            found.setdefault(without(name, dimension), []).append(name)
    return (parts for whole, parts in found.items() if whole not in figures)


def _shown_units(cell: Cell, measure: Measure) -> int:
    return int((cell.value or 0) * units_of(measure) / 100)
