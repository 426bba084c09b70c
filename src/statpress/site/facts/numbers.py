"""Numbers as people read them: thousands apart, a true minus, the decimals of the measure, its unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from statpress.language.speak import count_of, later, say, spoken
from statpress.packages.descriptor import Measure


def write_number(value: Decimal | int, decimals: int = 0) -> str:
    """`1,349`, `6.4`, `−2.0`."""
    return spoken().write_number(f"{value:,.{decimals}f}")


def write_value(value: Decimal, measure: Measure) -> str:
    """The value as a table or a label shows it: `449`, `6.4%`, `£1,200`."""
    number = write_number(value, measure.decimals)
    if measure.kind == "percentage":
        return f"{number}%"
    if measure.kind == "money":
        return f"−£{number[1:]}" if number.startswith("−") else f"£{number}"
    return number


def describe_unit(measure: Measure) -> str:
    """What the numbers count, for a caption or an axis: `children`, `per 10,000 children`, `%`."""
    if measure.kind == "percentage":
        return measure.unit or "%"
    if measure.kind == "rate" and measure.base and "per" not in measure.unit.split():
        return say("%(unit)s per %(base)s", unit=measure.unit, base=write_number(measure.base)).strip()
    return measure.unit


def write_with_unit(value: Decimal, measure: Measure) -> str:
    """The value with its unit, for a sentence: `449 children`, `6.4%`, `30.5 per 10,000 children`."""
    shown = write_value(value, measure)
    if measure.kind in ("percentage", "money") or (measure.kind == "count" and value == 1):
        return shown
    return f"{shown} {describe_unit(measure)}".strip()


def write_rule(value: Any) -> str:
    """One number or word of a disclosure policy, or several: `6`, `yes`, `1 to 5`, `base 5, method controlled`."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list):
        return _write_range([write_rule(part) for part in value])
    if isinstance(value, dict):
        return ", ".join(f"{write_name(str(name))} {write_rule(part)}" for name, part in value.items())
    return write_name(str(value))


def _write_range(parts: Sequence[str]) -> str:
    first, *others = parts or [""]
    for other in others:
        first = say("%(start)s to %(end)s", start=first, end=other)
    return first


def write_name(name: str) -> str:
    """A name of a declaration in words: `smallest_denominator` as `smallest denominator`."""
    words = name.replace("_", " ")
    return say(words) if words else ""


def write_size(size: int) -> str:
    """A file size: `812 bytes`, `3 kB`, `1.2 MB`."""
    if size < 1000:
        return count_of(size, "%(number)s bytes", "%(number)s bytes")
    if size < 1_000_000:
        return say("%(size)s kB", size=f"{size / 1000:.0f}")
    return say("%(size)s MB", size=spoken().write_number(f"{size / 1_000_000:.1f}"))


_NAMES: Final = (
    later("withheld counts"),
    later("zeros"),
    later("shown"),
    later("withheld"),
    later("complements"),
    later("groups"),
    later("smallest denominator"),
    later("standard"),
    later("symbol"),
    later("rounding"),
    later("base"),
    later("method"),
    later("controlled"),
    later("conventional"),
    later("words only"),
    later("duplicate"),
    later("uncertain"),
    later("not a statistic"),
)
"""What rules of protection and ledgers name. Other names stay as they are declared."""
