"""What single cells say: exact and rounded values, and what a mark promises."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from statpress.audit.facts import Fact, Range
from statpress.audit.printed import Cell, Measure, PrintedTable, Quantity, Rounding
from statpress.cube import ADDITIVE
from statpress.status import WITHHELD

CLOSE_TO_ZERO = "low"


def compile_cells(table: PrintedTable) -> Iterator[Fact]:
    """The facts of each count, amount and sum of money: value, rounding, mark."""
    for name, cell in table.quantities():
        measure = table.measures[name.measure]
        if measure.kind in ADDITIVE and not measure.change_of:
            yield from _cell_facts(table, name, cell, measure)


def scale_of(measure: Measure) -> int:
    """How many units of its quantity make one: counts are whole; others are told in tenths of their last decimal."""
    return 1 if measure.kind == "count" else 10 ** (measure.decimals + 1)


def _cell_facts(table: PrintedTable, name: Quantity, cell: Cell, measure: Measure) -> Iterator[Fact]:
    if cell.value is not None:
        low, high = printed_range(cell.value, measure, table.rules.rounding)
        yield Fact(((name, 1),), low, high, "printed")
    elif cell.least is not None or cell.most is not None:
        yield Fact(((name, 1),), cell.least, cell.most, "printed", cell.status)
    elif cell.status == CLOSE_TO_ZERO:
        yield Fact(((name, 1),), 1, _below_rounding(table.rules.rounding, measure), "printed", cell.status)
    elif cell.status == WITHHELD:
        least = 1 if measure.kind == "count" and table.rules.zeros_shown else 0
        yield Fact(((name, 1),), least, None, "mark", cell.status)


def printed_range(value: Decimal, measure: Measure, rounding: Rounding | None) -> Range:
    """The true values, in units of the quantity, that a printed one may stand for (both ends included).

    Conventional rounding moves a count by half a base at most (halves go up), controlled rounding by less than a base;
    a zero without a mark is a true zero in both (see the package format). Money is within half a unit of its last
    decimal.
    """
    if measure.kind != "count":
        middle = value * scale_of(measure)
        return int((middle - 5).to_integral_value(ROUND_CEILING)), int((middle + 5).to_integral_value(ROUND_FLOOR))
    if rounding is None or value == 0:
        return _whole(value)
    down, up = _room(rounding)
    return max(0, int(value) - down), int(value) + up


def _room(rounding: Rounding) -> tuple[int, int]:
    """How far below and above a rounded count the true one may be. Halves go up, so that 15 may be rounded to 20."""
    if rounding.method == "controlled":
        return rounding.base - 1, rounding.base - 1
    return rounding.base // 2, (rounding.base - 1) // 2


def _whole(value: Decimal) -> Range:
    """A count with a fraction is no count: it lies between the whole numbers beside it."""
    return int(value.to_integral_value(ROUND_FLOOR)), int(value.to_integral_value(ROUND_CEILING))


def _below_rounding(rounding: Rounding | None, measure: Measure) -> int | None:
    if measure.kind != "count":
        return 5
    if rounding is None:
        return None
    return _room(rounding)[1]
