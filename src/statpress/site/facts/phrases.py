"""Small pieces of English that sentences are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from statpress.packages.package import Period

READ_WITH_CARE: Final = {
    "u": "This figure rests on few people, so treat it with care.",
    "p": "This figure is provisional and may still change.",
    "r": "This figure has been revised since it was first published.",
    "e": "This figure is an estimate.",
    "f": "This figure is a forecast.",
    "b": "This figure is not comparable with those before it.",
}
"""What the status of a number asks of its reader."""
_WITH_THE = ("United ", "Isle of ", "London Borough", "Royal Borough", "City of ")


def join_words(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence. A first word such as `EHC` or `16-year-olds` stays as it is."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text as it stands at the start of a sentence."""
    return text[:1].upper() + text[1:]


def write_place(name: str) -> str:
    """The name of a place inside a sentence: `Kesteven`, `the United Kingdom`."""
    return f"the {name}" if name.startswith(_WITH_THE) else name


def write_without_by(title: str) -> str:
    """A title without what it is broken down by, for a caption that says so itself: `Pupils, by age` as `Pupils`."""
    return title.split(", by ", maxsplit=1)[0]


def write_when(period: Period) -> str:
    """When, inside a sentence: `on 31 March 2019`, `in 2018/19`, `between 2012/13 and 2017/18`."""
    if period.kind == "not-stated":
        return "(the source gives no date)"
    if period.kind == "snapshot":
        return f"{'in' if _has_no_day(period.label) else 'on'} {period.label}"
    start, apart, end = period.label.partition(" to ")
    if period.kind == "span" and apart:
        return f"between {start} and {end}"
    return f"in {lower_first(period.label)}" if period.label.startswith("The ") else f"in {period.label}"


def write_period(period: Period) -> str:
    """When, standing alone: `31 March 2019`, `2018/19`."""
    return "Date not stated" if period.kind == "not-stated" else period.label


def write_period_inside(period: Period) -> str:
    """When, after a comma: `31 March 2019`, `2018/19`, `date not stated`."""
    return lower_first(write_period(period)) if period.kind == "not-stated" else period.label


def write_date(iso: str) -> str:
    """`2019-12-01` as `1 December 2019`; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"


def write_lines(lines: str | list[str]) -> str:
    """The lines of a source: `line 62`, `lines 60-102 and 188`."""
    parts = [lines] if isinstance(lines, str) else lines
    one = len(parts) == 1 and parts[0].isdigit()
    return f"{'line' if one else 'lines'} {join_words(parts)}"


def count_of(number: int, one: str, many: str) -> str:
    """`1 page`, `12 pages`, `no pages`."""
    return f"{number:,} {one if number == 1 else many}" if number else f"no {many}"


def write_place_in_order(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{'th' if number % 100 in (11, 12, 13) else last}"


def _has_no_day(label: str) -> bool:
    return not label[:1].isdigit() or len(label.split()) < 3
