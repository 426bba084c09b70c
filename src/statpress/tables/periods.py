"""Periods as ISO 8601 intervals: one code for each stretch of days, its kind, its label, its place in time.

A code and its two dates stand for each other, so that the same period can never have two codes: the shortest of
`2019-03-31/P1D`, `2019-01-01/P1M`, `2019-01-01/P3M`, `2018-04-01/P1Y`, `2011-01-01/P9Y`, or else the two dates.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd

from statpress.cube import NOT_STATED
from statpress.interval import DAY, Interval, add_months, read_code

YEAR_STARTS: Final = {(1, 1): "calendar-year", (4, 1): "financial-year", (9, 1): "academic-year"}
"""Month and day on which each kind of year starts."""
COLUMNS: Final = ("period", "label", "kind", "start", "end")


def write_code(interval: Interval) -> str:
    """The one code of an interval."""
    start, end = interval.start, interval.end
    if start == end:
        return f"{start}/P1D"
    if years := _whole_years(interval):
        return f"{start}/P{years}Y"
    for months in (1, 3):
        if start.day == 1 and (start.month - 1) % months == 0 and add_months(start, months) == end + DAY:
            return f"{start}/P{months}M"
    return f"{start}/{end}"


def _whole_years(interval: Interval) -> int:
    start, after = interval.start, interval.end + DAY
    whole = (start.month, start.day) == (after.month, after.day) != (2, 29)
    return after.year - start.year if whole else 0


def kind_of(code: str) -> str:
    """The kind of period that a code stands for."""
    if code == NOT_STATED:
        return NOT_STATED
    if code.endswith("/P1D"):
        return "snapshot"
    if code.endswith("/P1M"):
        return "month"
    if code.endswith("/P3M"):
        return "quarter"
    return YEAR_STARTS.get(_month_day(code), "span") if code.endswith("/P1Y") else "span"


def _month_day(code: str) -> tuple[int, int]:
    return int(code[5:7]), int(code[8:10])


def describe_periods(codes: Iterable[str]) -> pd.DataFrame:
    """One row a code, as in `periods.csv`: code, label, kind, start and end; sorted by start, then end."""
    different = sorted(set(codes))
    years = {_month_day(code) for code in different if code.endswith("Y")}
    mixed = {(4, 1), (9, 1)} <= years
    rows = [(code, _label(code, mixed=mixed), kind_of(code), *_dates(code)) for code in sorted(different, key=_dates)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _dates(code: str) -> tuple[str, str]:
    interval = read_code(code)
    return (interval.start.isoformat(), interval.end.isoformat()) if interval else ("", "")


def _label(code: str, *, mixed: bool) -> str:
    """What readers see. `mixed` says that financial and school years stand side by side and must differ."""
    interval = read_code(code)
    if interval is None:
        return "Not stated"
    if code.endswith("Y") and _month_day(code) in YEAR_STARTS:
        return _label_years(interval) + (_suffix(code) if mixed else "")
    start = interval.start
    if code.endswith("/P1D"):
        return label_day(start)
    if code.endswith("/P1M"):
        return f"{calendar.month_name[start.month]} {start.year}"
    if code.endswith("/P3M"):
        return _label_months(interval)
    return f"{label_day(start)} to {label_day(interval.end)}"


def _label_months(interval: Interval) -> str:
    """The months by name, since sources number quarters from January or from April: `April to June 2019`."""
    start, end = interval.start, interval.end
    year = "" if start.year == end.year else f" {start.year}"
    return f"{calendar.month_name[start.month]}{year} to {calendar.month_name[end.month]} {end.year}"


def label_day(day: date) -> str:
    """A day in words: `31 March 2019`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _label_years(interval: Interval) -> str:
    first = _label_year(interval.start)
    last = _label_year(interval.start.replace(year=interval.start.year + _whole_years(interval) - 1))
    return first if first == last else f"{first} to {last}"


def _label_year(start: date) -> str:
    return str(start.year) if start.month == 1 else f"{start.year}/{(start.year + 1) % 100:02}"


def _suffix(code: str) -> str:
    word = {(4, 1): "financial year", (9, 1): "school year"}.get(_month_day(code), "")
    plural = "" if code.endswith("/P1Y") else "s"
    return f" ({word}{plural})" if word else ""
