"""ISO 8601 intervals of whole days, as codes of periods write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
_DURATION: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/P([1-9][0-9]{0,2})([DMY])")
_DATES: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Interval:
    """From one day to another, both included."""

    start: date
    end: date


def read_code(code: str) -> Interval | None:
    """The interval of an ISO 8601 code of any of the forms above; none if it is not one."""
    try:
        if match := _DURATION.fullmatch(code):
            return _interval_of(date.fromisoformat(match[1]), int(match[2]), match[3])
        if match := _DATES.fullmatch(code):
            start, end = date.fromisoformat(match[1]), date.fromisoformat(match[2])
            return Interval(start, end) if start <= end else None
    except (ValueError, OverflowError):
        return None
    return None


def _interval_of(start: date, number: int, unit: str) -> Interval:
    if unit == "D":
        return Interval(start, start + (number - 1) * DAY)
    return Interval(start, add_months(start, number * (12 if unit == "Y" else 1)) - DAY)


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; the last day where the month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
