"""All facts of all tables: each kind in turn, for what is in place and for every earlier release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from statpress.audit.compile.cells import compile_cells
from statpress.audit.compile.places import compile_areas, compile_periods
from statpress.audit.compile.ratios import compile_ratios
from statpress.audit.compile.sums import compile_sums
from statpress.audit.facts import Fact, Range, gather_facts
from statpress.audit.printed import PrintedTable, Quantity


def collect_facts(tables: Sequence[PrintedTable]) -> list[Fact]:
    """The facts of all tables, those in place together and each earlier release for itself."""
    facts: list[Fact] = []
    for pool in _pools(tables):
        facts += _compile(pool)
    return facts


def _pools(tables: Iterable[PrintedTable]) -> list[list[PrintedTable]]:
    """Tables that are public together: those in place, then each earlier release."""
    found: dict[str, list[PrintedTable]] = {}
    for table in sorted(tables, key=lambda table: (table.release, table.name, table.version)):
        found.setdefault(table.release, []).append(table)
    return list(found.values())


def _compile(pool: Sequence[PrintedTable]) -> Iterator[Fact]:
    alone = [fact for table in pool for make in (compile_cells, compile_ratios) for fact in make(table)]
    names = _names_of(pool, alone)
    known, _ = gather_facts([fact for fact in alone if fact.size == 1])
    ranges: Mapping[Quantity, Range] = {
        name: (low, high) for name, low, high in zip(known.names, known.low, known.high, strict=True)
    }
    yield from alone
    sums = list(compile_sums(pool, names, ranges))
    yield from sums
    yield from compile_areas(pool, names, ranges)
    yield from compile_periods(names, ranges)


def _names_of(pool: Iterable[PrintedTable], facts: Iterable[Fact]) -> list[Quantity]:
    """Every quantity that is printed, withheld or behind a ratio. What is not available is no part of a sum."""
    named = {name for fact in facts for name, _ in fact.terms}
    withheld = {
        name
        for table in pool
        for name, cell in table.quantities()
        if cell.value is None and cell.status == "c" and table.measures[name.measure].kind in ("count", "money")
    }
    return sorted(named | withheld)
