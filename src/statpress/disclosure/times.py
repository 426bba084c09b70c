"""Periods that are parts of longer ones: the quarters of a year, the years of a decade."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from statpress.disclosure.cells import PERIOD_AT, Cells, Key, Rules, with_part
from statpress.interval import Interval, read_code


def find_times(cells: Cells, rules: Rules) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Each count or sum of money with those of shorter periods within its own, of one length and without overlap.

    Whether they add up is for the numbers to say: incidents of two quarters do, children often do not.
    """
    shorter = _shorter({key[PERIOD_AT] for key in cells.values})
    for key in cells.values:
        if rules.measures[key[0]].kind in ("count", "money") and cells.says(key):
            for codes in shorter.get(key[PERIOD_AT], ()):
                parts = tuple(part for code in codes if cells.says(part := with_part(key, PERIOD_AT, code)))
                if len(parts) > 1:
                    yield key, parts


def _shorter(codes: set[str]) -> dict[str, list[list[str]]]:
    """For each period the series of shorter ones within it. A single day is a snapshot, and part of nothing."""
    read = {code: interval for code in codes if (interval := read_code(code)) and interval.start != interval.end}
    found: dict[str, list[list[str]]] = {}
    for whole, interval in read.items():
        inside = sorted((_length(code), code) for code, other in read.items() if _within(other, interval))
        for _, series in groupby(inside, key=lambda pair: pair[0]):
            parts = [code for _, code in series]
            if all(read[one].end < read[other].start for one, other in pairwise(parts)):
                found.setdefault(whole, []).append(parts)
    return found


def _length(code: str) -> str:
    """`P3M` of `2019-01-01/P3M`; nothing for one from a date to another."""
    duration = code.rpartition("/")[2]
    return duration if duration.startswith("P") else ""


def _within(part: Interval, whole: Interval) -> bool:
    return part != whole and whole.start <= part.start and part.end <= whole.end
