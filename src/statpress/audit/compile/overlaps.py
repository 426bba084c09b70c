"""Periods that overlap without one lying in the other: calendar and financial years, totals of three years that roll.

What nothing prints of the time that they share is a part of each, so that together they tell what neither tells alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise

from statpress.audit.printed import Quantity
from statpress.interval import DAY, Interval, read_code

Sum = tuple[Quantity, tuple[Quantity, ...], bool]
"""A whole, its parts, and whether the parts can be all of it."""


def find_overlaps(names: Iterable[Quantity]) -> Iterator[Sum]:
    """Each period of a figure as the stretches of time that it is made of, where those that overlap share one
    that nothing prints."""
    found: dict[Quantity, dict[Interval, str]] = {}
    for name in sorted(names):
        one = read_code(name.period)
        if one is not None and one.start != one.end:
            found.setdefault(name._replace(period=""), {}).setdefault(one, name.period)
    stretches: dict[tuple[Interval, ...], Mapping[Interval, Sequence[Interval]]] = {}
    for figure, codes in found.items():
        for whole, parts in stretches.setdefault(tuple(codes), _cut(list(codes))).items():
            names_of = [figure._replace(period=codes.get(part, f"{part.start}/{part.end}")) for part in parts]
            yield figure._replace(period=codes[whole]), tuple(names_of), True


def _cut(periods: Sequence[Interval]) -> dict[Interval, Sequence[Interval]]:
    """Each period that is cut, with its stretches; none where no two share time that none of the periods is."""
    stretches = _stretches(periods)
    shared = [
        part
        for one, other in combinations(periods, 2)
        if _cross(one, other)
        for part in stretches
        if part not in periods and _within(part, one) and _within(part, other)
    ]
    if not shared:
        return {}
    cut = {one: [part for part in stretches if _within(part, one)] for one in periods}
    return {one: parts for one, parts in cut.items() if len(parts) > 1}


def _stretches(periods: Iterable[Interval]) -> list[Interval]:
    """The time between one first or last day of a period and the next."""
    starts: set[date] = {day for one in periods for day in (one.start, one.end + DAY)}
    return [Interval(one, other - DAY) for one, other in pairwise(sorted(starts))]


def _cross(one: Interval, other: Interval) -> bool:
    first, last = max(one.start, other.start), min(one.end, other.end)
    return first <= last and not _within(one, other) and not _within(other, one)


def _within(part: Interval, whole: Interval) -> bool:
    return whole.start <= part.start and part.end <= whole.end
