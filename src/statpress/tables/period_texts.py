"""Read periods as sources write them, by the declared kinds only; two readings are one too many."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final, get_args

from statpress.declare.steps import PeriodKind
from statpress.interval import Interval, read_code
from statpress.tables.periods import kind_of, write_code

_MONTHS: Final = [name.lower() for name in calendar.month_name[1:]]
_MONTH: Final = {name[:length]: number for number, name in enumerate(_MONTHS, start=1) for length in (3, len(name))}
_YEAR: Final = r"([12][0-9]{3})"
_SPLIT_YEAR: Final = re.compile(rf"{_YEAR}[/–-]([0-9]{{2}}|[12][0-9]{{3}})")
_ONE_YEAR: Final = re.compile(_YEAR)
_QUARTER: Final = re.compile(rf"{_YEAR} ?Q([1-4])|Q([1-4]) {_YEAR}")
_MONTH_IN_WORDS: Final = re.compile(rf"([A-Za-z]+) {_YEAR}")
_MONTH_IN_DIGITS: Final = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2])")
_DAY_IN_WORDS: Final = re.compile(rf"([0-9]{{1,2}}) ([A-Za-z]+) {_YEAR}")
_DAY_IN_DIGITS: Final = re.compile(rf"([0-9]{{1,2}})/([0-9]{{1,2}})/{_YEAR}")
_ISO_DAY: Final = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})")


DAY_NUMBER: Final = re.compile("[2-6][0-9]{4}")
"""The days since 1899-12-30 by which spreadsheets hold a date between 1954 and 2091."""


def read_period(text: str, kinds: Iterable[PeriodKind]) -> set[str]:
    """The codes that `text` can stand for if it is of one of the kinds: none, one, or several where it is ambiguous."""
    return {code for kind in kinds for code in _codes(text, kind)}


def kinds_that_read(text: str) -> list[str]:
    """Every kind of period that would read `text`, for hints."""
    return [kind for kind in get_args(PeriodKind) if read_period(text, [kind])]


def _codes(text: str, kind: PeriodKind) -> set[str]:
    readings = [_READERS[kind](text), _read_range(text), read_code(text)]
    codes = {write_code(interval) for interval in readings if interval is not None}
    return {code for code in codes if kind_of(code) == kind}


def _years(first: int, last: int, month: int = 1) -> Interval | None:
    """From the first day of a month of one year to the day before that day after the last of the years."""
    if last < first or last + 1 > date.max.year:
        return None
    return Interval(date(first, month, 1), date(last + 1, month, 1) - timedelta(days=1))


def _split_year(text: str) -> int | None:
    """The first year of `2018/19`, `2018-19` or `2018/2019`; none where the second year does not follow it."""
    match = _SPLIT_YEAR.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), match[2]
    return first if str(first + 1)[-len(second) :] == second else None


def _read_financial_year(text: str) -> Interval | None:
    first = _split_year(text)
    return None if first is None else _years(first, first, month=4)


def _read_academic_year(text: str) -> Interval | None:
    first = _split_year(text)
    return None if first is None else _years(first, first, month=9)


def _read_calendar_year(text: str) -> Interval | None:
    match = _ONE_YEAR.fullmatch(text)
    return _years(int(match[1]), int(match[1])) if match else None


def _read_quarter(text: str) -> Interval | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    year, quarter = (match[1], match[2]) if match[1] else (match[4], match[3])
    return read_code(f"{year}-{int(quarter) * 3 - 2:02}-01/P3M")


def _read_month(text: str) -> Interval | None:
    if match := _MONTH_IN_DIGITS.fullmatch(text):
        return read_code(f"{text}-01/P1M")
    match = _MONTH_IN_WORDS.fullmatch(text)
    month = _MONTH.get(match[1].lower()) if match else None
    return read_code(f"{match[2]}-{month:02}-01/P1M") if match and month else None


def _read_snapshot(text: str) -> Interval | None:
    day = _read_day(text)
    return Interval(day, day) if day else None


def _read_day(text: str) -> date | None:
    """`31 March 2019`, `24/07/2019` (the day first) or `2019-03-31`."""
    if match := _DAY_IN_WORDS.fullmatch(text):
        return _date(match[3], _MONTH.get(match[2].lower(), 0), match[1])
    if match := _DAY_IN_DIGITS.fullmatch(text):
        return _date(match[3], match[2], match[1])
    match = _ISO_DAY.fullmatch(text)
    return _date(match[1], match[2], match[3]) if match else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_range(text: str) -> Interval | None:
    """`1 April 2018 to 31 March 2019`, which may be of any kind."""
    first, _, last = text.partition(" to ")
    start, end = _read_day(first), _read_day(last)
    return Interval(start, end) if start and end and start < end else None


def _read_span(text: str) -> Interval | None:
    """`2011 to 2019` in calendar years, `2012/13 to 2017/18` in financial years."""
    first, _, last = text.partition(" to ")
    if _ONE_YEAR.fullmatch(first) and _ONE_YEAR.fullmatch(last):
        return _years(int(first), int(last))
    start, end = _split_year(first), _split_year(last)
    return None if start is None or end is None else _years(start, end, month=4)


_READERS: Final[dict[PeriodKind, Callable[[str], Interval | None]]] = {
    "financial-year": _read_financial_year,
    "academic-year": _read_academic_year,
    "calendar-year": _read_calendar_year,
    "quarter": _read_quarter,
    "month": _read_month,
    "snapshot": _read_snapshot,
    "span": _read_span,
}
