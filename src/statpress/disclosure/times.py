"""Periods that are parts of longer ones: the quarters of a year, the years of a decade."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

from statpress.interval import Interval, read_code


def find_series(codes: Iterable[str]) -> dict[str, list[list[str]]]:
    """For each period the series of shorter ones within it, each of one length and without overlap.

    Whether figures of them add up is for the figures to say: incidents of two quarters do, children often do not. A
    single day is a snapshot, and part of nothing.
    """
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
