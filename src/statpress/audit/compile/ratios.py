"""What percentages, rates and means say of the two numbers behind them, printed or not.

A value P of d decimals, per so many, leaves `(P - h) D <= per * N <= (P + h) D` with `h = 0.5 * 10**-d`, which is
linear in numerator N and denominator D (ESSnet Handbook on SDC, 2nd edition, 5.9, on ratios in linked tables).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from statpress.audit.compile.cells import CLOSE_TO_ZERO, scale_of
from statpress.audit.facts import Fact
from statpress.audit.printed import FRACTIONS, Cell, Measure, PrintedTable, Quantity
from statpress.cube import ADDITIVE
from statpress.status import WITHHELD

Figures = Mapping[Quantity, Cell]


def compile_ratios(table: PrintedTable) -> Iterator[Fact]:
    """The facts of every ratio of a table."""
    figures = dict(table.quantities())
    for measure_name, measure in sorted(table.measures.items()):
        if measure.kind in FRACTIONS and not measure.change_of:
            cells = [(name, cell) for name, cell in figures.items() if name.measure == measure_name]
            if not _is_made_from_rounded(cells, figures, table):
                for name, cell in cells:
                    yield from _ratio_facts(name, cell, table)


def numerator_of(ratio: Quantity, table: PrintedTable) -> Quantity:
    """The quantity that a ratio counts: of its own measure, or the nameless one behind it."""
    measure = table.measures[ratio.measure]
    if measure.numerator:
        return ratio._replace(measure=measure.numerator)
    return ratio._replace(part="numerator")


def denominator_of(ratio: Quantity, table: PrintedTable) -> Quantity:
    """The quantity that a ratio is out of: of its own measure, or the nameless one behind it."""
    measure = table.measures[ratio.measure]
    is_share = measure.denominator_at == "total" or (measure.denominator and measure.denominator == measure.numerator)
    groups = () if is_share else ratio.groups
    if measure.denominator:
        return ratio._replace(measure=measure.denominator, groups=groups)
    return ratio._replace(part="denominator", groups=groups)


def ratio_rows(
    value: Decimal, measure: Measure, numerator: Quantity, denominator: Quantity, scales: tuple[int, int] = (1, 1)
) -> Iterator[tuple[tuple[tuple[Quantity, int], ...], int]]:
    """The two rows (terms, least value) of a printed ratio; `scales` are the units of numerator and denominator."""
    decimals = max(measure.decimals, -int(value.as_tuple().exponent))
    twice = int(value.scaleb(decimals) * 2)
    one = 2 * measure.per * 10**decimals * scales[1]
    for side in (-1, 1):
        other = (twice + side) * scales[0]
        shared = math.gcd(one, other)
        if other > 0:
            yield ((numerator, -side * one // shared), (denominator, side * other // shared)), 0


def _ratio_facts(name: Quantity, cell: Cell, table: PrintedTable) -> Iterator[Fact]:
    measure = table.measures[name.measure]
    numerator, denominator = numerator_of(name, table), denominator_of(name, table)
    if numerator == denominator:
        return
    if cell.value is None and cell.status != CLOSE_TO_ZERO:
        yield from _of_withheld(cell, measure, numerator, denominator)
        return
    least = max(measure.denominator_at_least or 1, 1 if measure.unprotected else table.rules.smallest_denominator)
    yield Fact(((denominator, 1),), least, None, "rule", name.measure)
    if measure.kind == "percentage" and measure.numerator and measure.denominator:
        yield Fact(((denominator, 1), (numerator, -1)), 0, None, "part", name.measure)
    if cell.value is None or cell.value == 0:
        yield from _close_to_zero(cell, measure, numerator, denominator)
    else:
        scales = _scale(numerator, table), _scale(denominator, table)
        for terms, low in ratio_rows(cell.value, measure, numerator, denominator, scales):
            yield Fact(terms, low, None, "ratio", name.measure)


def _of_withheld(cell: Cell, measure: Measure, numerator: Quantity, denominator: Quantity) -> Iterator[Fact]:
    """There is a count behind a withheld ratio, which is part of what it is out of: that much everybody knows."""
    if cell.status == WITHHELD:
        yield Fact(((numerator, 1),), 0, None, "rule", numerator.measure)
        if measure.kind == "percentage" and measure.numerator and measure.denominator:
            yield Fact(((denominator, 1), (numerator, -1)), 0, None, "part", numerator.measure)


def _close_to_zero(cell: Cell, measure: Measure, numerator: Quantity, denominator: Quantity) -> Iterator[Fact]:
    """A zero without a mark is a true zero; `low` is more than zero, and less than rounding shows."""
    if cell.value == 0:
        yield Fact(((numerator, 1),), 0, 0, "ratio", numerator.measure)
        return
    yield Fact(((numerator, 1),), 1, None, "ratio", numerator.measure)
    for terms, low in ratio_rows(Decimal(0), measure, numerator, denominator):
        yield Fact(terms, low, None, "ratio", numerator.measure)


def _scale(name: Quantity, table: PrintedTable) -> int:
    measure = table.measures.get(name.measure)
    return scale_of(measure) if measure is not None and measure.kind in ADDITIVE else 1


def _is_made_from_rounded(cells: list[tuple[Quantity, Cell]], figures: Figures, table: PrintedTable) -> bool:
    """Whether every shown ratio of a measure is that of its rounded parts, and so tells nothing more."""
    if table.rules.rounding is None:
        return False
    shown = [(name, cell.value) for name, cell in cells if cell.value is not None]
    return bool(shown) and all(_agrees(name, value, figures, table) for name, value in shown)


def _agrees(name: Quantity, value: Decimal, figures: Figures, table: PrintedTable) -> bool:
    parts = [figures.get(numerator_of(name, table)), figures.get(denominator_of(name, table))]
    top, below = (part.value if part is not None else None for part in parts)
    if top is None or below is None:
        return False
    measure = table.measures[name.measure]
    half = Decimal(5).scaleb(-1 - max(measure.decimals, -int(value.as_tuple().exponent)))
    return abs(top * measure.per - value * below) <= half * below
