"""Periods as days, from their ISO 8601 codes, to see which overlap and which leave days out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

_LENGTH: Final = re.compile(r"P([0-9]{1,3})([YMWD])")


@dataclass(frozen=True, order=True)
class Interval:
    """Days from `start` to before `end`. `form` is how the code says how long it is: `P1Y`, or a date."""

    start: date
    end: date
    form: str

    @property
    def is_day(self) -> bool:
        """Whether it is a single day, such as that of a snapshot."""
        return self.end - self.start == timedelta(days=1)


def read_interval(code: str) -> Interval | None:
    """The days of a code such as `2018-04-01/P1Y`, `2019-03-31/P1D` or `2015-12-31/2019-06-30`; None for others."""
    first, _, last = code.partition("/")
    try:
        start = date.fromisoformat(first)
        length = _LENGTH.fullmatch(last)
        if length is None:
            return Interval(start, date.fromisoformat(last) + timedelta(days=1), "dates")
        return Interval(start, _after(start, int(length[1]), length[2]), last)
    except ValueError:
        return None


def find_overlaps(codes: Iterable[str]) -> set[str]:
    """The codes of periods that begin before one of the same form that began earlier has ended."""
    return {code for before, code in _neighbours(codes) if _days(code).start < _days(before).end}


def find_jumps(codes: Iterable[str]) -> set[str]:
    """The codes of periods that do not begin when the one of the same form before them ends.

    Single days are as far from each other as the nearest two of them.
    """
    pairs = _neighbours(codes)
    steps = [_months(before, code) for before, code in pairs if _days(code).is_day]
    found = {code for before, code in pairs if not _days(code).is_day and _days(code).start > _days(before).end}
    return found | {
        code for before, code in pairs if _days(code).is_day and _months(before, code) > min(steps, default=0)
    }


def _neighbours(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each period with the one of its form that comes after it."""
    forms: dict[str, list[str]] = {}
    for code in sorted(code for code in set(codes) if read_interval(code) is not None):
        forms.setdefault(_days(code).form, []).append(code)
    ordered = [sorted(group, key=_days) for group in forms.values()]
    return [pair for group in ordered for pair in pairwise(group)]


def _days(code: str) -> Interval:
    found = read_interval(code)
    if found is None:
        raise ValueError("not a period of days")
    return found


def _months(before: str, code: str) -> int:
    one, other = _days(before).start, _days(code).start
    return (other.year - one.year) * 12 + other.month - one.month


def _after(start: date, count: int, unit: str) -> date:
    if unit in "WD":
        return start + timedelta(days=count * (7 if unit == "W" else 1))
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "Y" else 1)
    return start.replace(year=months // 12, month=months % 12 + 1)
