"""Numbers as people read them: thousands apart, a true minus, the decimals of the measure, its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from statpress.packages.descriptor import Measure


def write_number(value: Decimal | int, decimals: int = 0) -> str:
    """`1,349`, `6.4`, `−2.0`."""
    return f"{value:,.{decimals}f}".replace("-", "−")


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
        return f"{measure.unit} per {write_number(measure.base)}".strip()
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
        return "yes" if value else "no"
    if isinstance(value, list):
        return " to ".join(write_rule(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{str(name).replace('_', ' ')} {write_rule(part)}" for name, part in value.items())
    return str(value).replace("_", " ")


def write_size(size: int) -> str:
    """A file size: `812 bytes`, `3 kB`, `1.2 MB`."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"
