"""Areas and periods that make up larger ones.

Packages do not say whether they do: a region may hold areas that are not printed, and a child may be counted in two
quarters. So the figures speak: a sum is taken to hold until some of the figures speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from statpress.audit.compile.overlaps import Sum, find_overlaps
from statpress.audit.compile.sums import Ranges, at_most, equals, leaves_rest
from statpress.audit.facts import Fact
from statpress.audit.printed import PrintedTable, Quantity
from statpress.interval import DAY, Interval, read_code


def compile_areas(tables: Sequence[PrintedTable], names: Iterable[Quantity], ranges: Ranges) -> Iterator[Fact]:
    """Areas make the area that they lie in."""
    parents = {code: parent for table in tables for code, parent in table.area_parents.items() if parent}
    known = set(names)
    found: dict[Quantity, list[Quantity]] = {}
    for name in sorted(known):
        above = parents.get(name.area)
        while above is not None and name._replace(area=above) not in known:
            above = parents.get(above)
        if above is not None:
            found.setdefault(name._replace(area=above), []).append(name)
    sums = [(whole, tuple(parts), len(parts) > 1) for whole, parts in sorted(found.items())]
    yield from _believed(sums, ranges, "area")


def compile_periods(names: Iterable[Quantity], ranges: Ranges) -> Iterator[Fact]:
    """Shorter periods of one length make the longer one that they fill."""
    known = set(names)
    shorter = _shorter({name.period for name in known})
    sums: list[Sum] = []
    for name in sorted(known):
        for codes, fills in shorter.get(name.period, ()):
            parts = tuple(part for code in codes if (part := name._replace(period=code)) in known)
            if len(parts) > 1:
                sums.append((name, parts, fills and len(parts) == len(codes)))
    told = {one[:2] for one in sums}
    sums += [one for one in find_overlaps(known) if one[:2] not in told]
    yield from _believed(sums, ranges, "period")


def find_area_families(tables: Iterable[PrintedTable], areas: set[str]) -> list[list[str]]:
    """Each of the areas that others of them lie in, with those next below it."""
    parents = {code: parent for table in tables for code, parent in table.area_parents.items() if parent}
    found: dict[str, list[str]] = {}
    for area in sorted(areas):
        above = parents.get(area)
        while above is not None and above not in areas:
            above = parents.get(above)
        if above is not None:
            found.setdefault(above, [above]).append(area)
    return [family for _, family in sorted(found.items()) if len(family) > _COUPLE]


def find_period_families(periods: set[str]) -> list[list[str]]:
    """Each of the periods that a series of others fills, with that series."""
    shorter = _shorter(periods)
    return [[whole, *codes] for whole in sorted(shorter) for codes, fills in shorter[whole] if fills]


_COUPLE = 2


def _believed(sums: list[Sum], ranges: Ranges, kind: str) -> Iterator[Fact]:
    """The sums as facts, but for those of measures whose printed parts exceed a printed whole."""
    doubled = {whole.measure for whole, parts, _ in sums if _exceeds(whole, parts, ranges)}
    partial = {_shape(whole, parts, kind) for whole, parts, _ in sums if leaves_rest(whole, parts, ranges)}
    for whole, parts, fills in sums:
        if whole.measure not in doubled:
            is_whole = fills and _shape(whole, parts, kind) not in partial
            make = equals if is_whole else at_most
            yield make(whole, parts, kind, "", assumed=True)


def _shape(whole: Quantity, parts: Iterable[Quantity], kind: str) -> tuple[object, ...]:
    codes = [part.area if kind == "area" else part.period for part in parts]
    return whole.measure, whole.area if kind == "area" else whole.period, tuple(codes)


def _exceeds(whole: Quantity, parts: Iterable[Quantity], ranges: Ranges) -> bool:
    most = ranges.get(whole, (0, None))[1]
    return most is not None and sum(ranges.get(part, (0, None))[0] or 0 for part in parts) > most


def _shorter(codes: set[str]) -> Mapping[str, list[tuple[list[str], bool]]]:
    """For each period the series of shorter ones in it, and whether they fill it. A day is a snapshot, and no part."""
    read = {code: one for code in codes if (one := read_code(code)) is not None and one.start != one.end}
    found: dict[str, list[tuple[list[str], bool]]] = {}
    for whole, outer in read.items():
        inside = sorted((_days(one), one.start, code) for code, one in read.items() if _within(one, outer))
        for _, series in groupby(inside, key=lambda entry: entry[0]):
            parts = [code for _, _, code in series]
            if all(read[one].end < read[other].start for one, other in pairwise(parts)):
                found.setdefault(whole, []).append((parts, _fill([read[part] for part in parts], outer)))
    return found


def _days(one: Interval) -> int:
    """The length in months, as near as it matters, so that quarters of 90 and 92 days are of one kind."""
    return round(((one.end - one.start).days + 1) / 30.44)


def _within(part: Interval, whole: Interval) -> bool:
    return part != whole and whole.start <= part.start and part.end <= whole.end


def _fill(parts: Sequence[Interval], whole: Interval) -> bool:
    joined = all(one.end + DAY == other.start for one, other in pairwise(parts))
    return joined and parts[0].start == whole.start and parts[-1].end == whole.end
