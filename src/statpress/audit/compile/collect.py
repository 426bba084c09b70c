"""All facts of all tables: each kind in turn, for what is in place and for every earlier release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from statpress.audit.compile.cells import compile_cells
from statpress.audit.compile.changes import compile_changes
from statpress.audit.compile.gaps import find_gaps
from statpress.audit.compile.parts import compile_parts
from statpress.audit.compile.places import compile_areas, compile_periods
from statpress.audit.compile.ratios import compile_ratios
from statpress.audit.compile.releases import Pool, compile_links
from statpress.audit.compile.rests import compile_rests
from statpress.audit.compile.shares import compile_shares
from statpress.audit.compile.sums import compile_sums
from statpress.audit.facts import Fact, Range, gather_facts
from statpress.audit.printed import PrintedTable, Quantity
from statpress.cube import ADDITIVE


def collect_facts(tables: Sequence[PrintedTable]) -> list[Fact]:
    """The facts of all tables, those in place together and each earlier release for itself."""
    facts: list[Fact] = []
    pools: list[Pool] = []
    together = _pools(tables)
    for one in together:
        more, pool = _compile(one, in_releases=len(together) > 1)
        facts += more
        pools.append(pool)
    return [*facts, *compile_links(pools)]


def _pools(tables: Iterable[PrintedTable]) -> list[list[PrintedTable]]:
    """Tables that are public together: those in place, then each earlier release."""
    found: dict[str, list[PrintedTable]] = {}
    for table in sorted(tables, key=lambda table: (table.release, table.name, table.version)):
        found.setdefault(table.release, []).append(table)
    return list(found.values())


def _compile(tables: Sequence[PrintedTable], *, in_releases: bool) -> tuple[list[Fact], Pool]:
    makers = (compile_cells, compile_ratios, compile_changes)
    alone = [fact for table in tables for make in makers for fact in make(table)]
    names = _names_of(tables, alone)
    ranges = _ranges(fact for fact in alone if fact.kind == "printed")
    sums = list(compile_sums(tables, names, ranges))
    named = sorted({*names, *(name for fact in sums for name, _ in fact.terms)})
    facts = [
        *alone,
        *sums,
        *compile_areas(tables, named, ranges),
        *compile_periods(named, ranges),
        *_about_gaps(tables, named, ranges, in_releases=in_releases),
        *compile_shares(tables),
    ]
    facts += compile_rests(facts)
    everything = frozenset(name for fact in facts for name, _ in fact.terms) | frozenset(names)
    return facts, Pool(tables, everything, ranges)


def _about_gaps(
    tables: Sequence[PrintedTable],
    named: Sequence[Quantity],
    ranges: Mapping[Quantity, Range],
    *,
    in_releases: bool,
) -> Iterator[Fact]:
    """The sums that cells are in which nobody prints."""
    gaps = find_gaps(tables, named, in_releases=in_releases)
    everything = sorted({*named, *gaps})
    yield from compile_parts(tables, everything)
    for facts in (
        compile_sums(tables, everything, ranges),
        compile_areas(tables, everything, ranges),
        compile_periods(everything, ranges),
    ):
        yield from (fact for fact in facts if not gaps.isdisjoint(name for name, _ in fact.terms))


def _ranges(printed: Iterable[Fact]) -> Mapping[Quantity, Range]:
    known, _ = gather_facts(list(printed))
    return {name: (low, high) for name, low, high in zip(known.names, known.low, known.high, strict=True)}


def _names_of(pool: Iterable[PrintedTable], facts: Iterable[Fact]) -> list[Quantity]:
    """Every quantity that is printed, withheld or behind a ratio. What is not available is no part of a sum."""
    named = {name for fact in facts for name, _ in fact.terms}
    withheld = {
        name
        for table in pool
        for name, cell in table.quantities()
        if cell.value is None and cell.status == "c" and table.measures[name.measure].kind in ADDITIVE
    }
    return sorted(named | withheld)
