"""Earlier releases that can still be downloaded: what did not change between two releases is the same number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from statpress.audit.compile.ratios import denominator_of, numerator_of
from statpress.audit.facts import Fact, Range
from statpress.audit.printed import PrintedTable, Quantity


@dataclass(frozen=True)
class Pool:
    """Tables that are public together, the quantities that they speak of, and what they print of each."""

    tables: Sequence[PrintedTable]
    names: frozenset[Quantity]
    ranges: Mapping[Quantity, Range]


def compile_links(pools: Sequence[Pool]) -> Iterator[Fact]:
    """Each quantity of an earlier release equals that of the next release that has it, unless both print it otherwise.

    A percentage that changed tells that a number behind it did, so that those are not linked either.
    """
    by_release = {pool.tables[0].release: pool for pool in pools}
    for pool in pools:
        if not pool.tables[0].is_current:
            later = [by_release[release] for release in _later(pool.tables[0], pools)]
            moved = [_moved(pool, other) for other in later]
            for name in sorted(pool.names):
                yield from _link(name, pool, later, moved)


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in the order of their numbers: 2019.10 is after 2019.9."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in version.split("."))


def _later(table: PrintedTable, pools: Iterable[Pool]) -> list[str]:
    """The releases of the same package after this one, the next first, and at last what is in place."""
    others = [other for pool in pools for other in pool.tables if other.name == table.name]
    now = version_order(table.version)
    after = [other for other in others if not other.is_current and version_order(other.version) > now]
    ordered = [other.release for other in sorted(after, key=lambda other: version_order(other.version))]
    return ordered + ([""] if any(other.is_current for other in others) else [])


def _link(name: Quantity, pool: Pool, later: Sequence[Pool], moved: Sequence[set[Quantity]]) -> Iterator[Fact]:
    for other, changed in zip(later, moved, strict=True):
        again = name._replace(release=other.tables[0].release)
        if again in other.names:
            if name not in changed and _meet(pool.ranges.get(name, (0, None)), other.ranges.get(again, (0, None))):
                yield Fact(((again, 1), (name, -1)), 0, 0, "link", name.release, assumed=True)
            return


def _meet(one: Range, other: Range) -> bool:
    return all(low is None or high is None or low <= high for low, high in ((one[0], other[1]), (other[0], one[1])))


def _moved(pool: Pool, other: Pool) -> set[Quantity]:
    """The quantities behind ratios that the two releases print differently, as far as no count tells which moved."""
    found: set[Quantity] = set()
    release = other.tables[0].release
    shown = {name: cell.value for table in other.tables for name, cell in table.quantities()}
    for table in pool.tables:
        for name, cell in table.quantities():
            again = shown.get(name._replace(release=release))
            if cell.value is not None and again is not None and _differ(cell.value, again):
                for part in (numerator_of(name, table), denominator_of(name, table)):
                    if part not in pool.ranges or part._replace(release=release) not in other.ranges:
                        found.add(part)
    return found


def _differ(one: Decimal, other: Decimal) -> bool:
    """Whether two printed values cannot be of one number, at the coarser of their decimals."""
    places = max(int(one.as_tuple().exponent), int(other.as_tuple().exponent))
    return abs(one - other) > Decimal(1).scaleb(places)
