"""What a printed change since the period before says of the two figures that it compares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from statpress.audit.compile.ratios import ratio_rows
from statpress.audit.facts import Fact
from statpress.audit.printed import Cell, PrintedTable, Quantity
from statpress.interval import read_code


def compile_changes(table: PrintedTable) -> Iterator[Fact]:
    """The facts of every shown change: a difference of counts, or a percentage of the earlier one."""
    figures = dict(table.quantities())
    for name, cell in figures.items():
        measure = table.measures[name.measure]
        if measure.change_of and cell.value is not None:
            now = name._replace(measure=measure.change_of)
            before = _before(now, table)
            if before is not None:
                yield from _change(name, cell, now, before, table)


def _change(name: Quantity, cell: Cell, now: Quantity, before: Quantity, table: PrintedTable) -> Iterator[Fact]:
    measure, value = table.measures[name.measure], cell.value or Decimal(0)
    if measure.kind == "percentage":
        for terms, low in ratio_rows(value + 100, measure, now, before):
            yield Fact(terms, low, None, "change", name.measure)
        return
    yield Fact(((now, 1), (before, -1)), int(value), int(value), "change", name.measure)


def _before(now: Quantity, table: PrintedTable) -> Quantity | None:
    """The same figure of the latest period of the same length that begins earlier, printed or withheld.

    Only periods in which the table has the measure count: another may have years that begin in another month.
    """
    own = read_code(now.period)
    if own is None:
        return None
    starts: dict[date, str] = {}
    for key in (key for key in table.cells if key[0] == now.measure):
        other = read_code(key[2])
        if other is not None and other.start < own.start and _length(key[2]) == _length(now.period):
            starts[other.start] = key[2]
    return now._replace(period=starts[max(starts)]) if starts else None


def _length(code: str) -> str:
    return code.rpartition("/")[2]
