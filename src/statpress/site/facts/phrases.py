"""Small pieces that sentences are made of, in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from statpress.language.speak import (
    ENGLISH,
    Language,
    later,
    say,
    say_as,
    spoken,
    starts_with_vowel,
)
from statpress.packages.package import Period

READ_WITH_CARE: Final = {
    "u": later("This figure rests on few people, so treat it with care."),
    "p": later("This figure is provisional and may still change."),
    "r": later("This figure has been revised since it was first published."),
    "e": later("This figure is an estimate."),
    "f": later("This figure is a forecast."),
    "b": later("This figure is not comparable with those before it."),
}
"""What the status of a number asks of its reader."""
_WITH_THE = ("United ", "Isle of ", "London Borough", "Royal Borough", "City of ")
_MONTHS: Final = re.compile(rf"\b({'|'.join(ENGLISH.months)})\b(?= \d{{4}}\b)")
_MONTH: Final = re.compile(rf"({'|'.join(ENGLISH.months)}) \d{{4}}")


def join_words(parts: Sequence[str], last: str = "") -> str:
    """`a`, `a and b`, `a, b and c`. With `last`, that word stands in the place of `and`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last or _write_and(parts[-1])} {parts[-1]}"


def _write_and(following: str) -> str:
    if starts_with_vowel(following):
        return say_as("before a vowel", "and")
    return say_as("before a consonant", "and")


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence. A first word such as `EHC` or `16-year-olds` stays as it is."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text as it stands at the start of a sentence."""
    return text[:1].upper() + text[1:]


def write_place(name: str) -> str:
    """The name of a place inside a sentence: `Kesteven`, `the United Kingdom`."""
    return say("the %(place)s", place=name) if name.startswith(_WITH_THE) else name


def write_without_by(title: str) -> str:
    """A title without what it is broken down by, for a caption that says so itself: `Pupils, by age` as `Pupils`."""
    return title.split(", by ", maxsplit=1)[0]


def write_when(period: Period) -> str:
    """When, inside a sentence: `on 31 March 2019`, `in 2018/19`, `between 2012/13 and 2017/18`."""
    if period.kind == "not-stated":
        return say("(the source gives no date)")
    if period.kind == "snapshot" and not _has_no_day(period.label):
        return say("on %(time)s", time=write_label(period.label))
    start, apart, end = period.label.partition(" to ")
    if period.kind == "span" and apart:
        return say("between %(start)s and %(end)s", start=write_label(start), end=write_label(end))
    if _MONTH.fullmatch(period.label):
        return say_as("a month", "in %(time)s", time=write_label(period.label))
    label = lower_first(period.label) if period.label.startswith("The ") else period.label
    return say("in %(time)s", time=write_label(label))


def write_period(period: Period) -> str:
    """When, standing alone: `31 March 2019`, `2018/19`."""
    return say("Date not stated") if period.kind == "not-stated" else write_label(period.label)


def write_period_inside(period: Period) -> str:
    """When, after a comma: `31 March 2019`, `2018/19`, `date not stated`."""
    return lower_first(write_period(period)) if period.kind == "not-stated" else write_label(period.label)


def write_label(label: str) -> str:
    """What a package calls a time, with the months of the language that is spoken."""
    return label if spoken() is ENGLISH else _translate_label(label, spoken())


@lru_cache(maxsize=4096)
def _translate_label(label: str, language: Language) -> str:
    told = _MONTHS.sub(lambda month: language.months[ENGLISH.months.index(month[0])], label)
    start, apart, end = told.partition(" to ")
    return language.say("%(start)s to %(end)s", start=start, end=end) if apart else told


def write_span(start: str, end: str) -> str:
    """From one to another: `8.5% to 12.5%`."""
    return say("%(start)s to %(end)s", start=start, end=end)


def write_band(low: float, high: float, title: str) -> str:
    """A band of a score: `14 to 16: Borderline`."""
    return f"{write_span(f'{low:g}', f'{high:g}')}: {title}"


def write_date(iso: str) -> str:
    """`2019-12-01` as `1 December 2019`; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return say("%(day)s %(month)s %(year)s", day=day.day, month=spoken().months[day.month - 1], year=day.year)


def write_month(iso: str) -> str:
    """`2019-12` as `December 2019`."""
    try:
        day = date.fromisoformat(f"{iso}-01")
    except ValueError:
        return iso
    return say("%(month)s %(year)s", month=spoken().months[day.month - 1], year=day.year)


def write_lines(lines: str | list[str]) -> str:
    """The lines of a source: `line 62`, `lines 60-102 and 188`."""
    parts = [lines] if isinstance(lines, str) else lines
    one = len(parts) == 1 and parts[0].isdigit()
    places = join_words(parts)
    return say("line %(places)s", places=places) if one else say("lines %(places)s", places=places)


def write_place_in_order(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    end = "th" if number % 100 in (11, 12, 13) else last
    told = spoken().write_number(f"{number:,}")
    return {
        "st": lambda: say("%(number)sst", number=told),
        "nd": lambda: say("%(number)snd", number=told),
        "rd": lambda: say("%(number)srd", number=told),
        "th": lambda: say("%(number)sth", number=told),
    }[end]()


def _has_no_day(label: str) -> bool:
    return not label[:1].isdigit() or len(label.split()) < 3
