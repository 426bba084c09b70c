"""Where a figure is heading, as a sign and in words, and which way is good. Never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from statpress.packages.descriptor import Measure
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_number, write_value
from statpress.site.facts.phrases import write_when
from statpress.site.facts.sentences import crosses_break, find_earlier

POLARITY: Final = {
    "high": "Higher is better.",
    "low": "Lower is better.",
    "none": "Neither higher nor lower is better in itself.",
}
"""What a measure says of which way is good."""


@dataclass(frozen=True)
class Heading:
    """How a figure changed: its sign (`▲`, `▼` or `=`), the change in words, and `better`, `worse` or nothing."""

    sign: str
    words: str
    verdict: str


def describe_heading(figure: Figure, figures: Sequence[Figure], measure: Measure) -> Heading | None:
    """The change since the earlier figure of the same kind; None where none can be claimed."""
    earlier = find_earlier(figure, figures)
    if earlier is None or earlier.value is None or figure.value is None or crosses_break(earlier, figure, figures):
        return None
    change = figure.value - earlier.value
    then = f"{write_value(earlier.value, measure)} {write_when(earlier.period)}"
    if change == 0:
        return Heading("=", f"The same as {then}", "")
    way = "Up" if change > 0 else "Down"
    return Heading(
        "▲" if change > 0 else "▼", f"{way} {write_size_of(change, measure)} from {then}", judge(change, measure)
    )


def judge(difference: Decimal, measure: Measure) -> str:
    """`better` or `worse` for a difference that is not zero; nothing where the measure has no polarity."""
    if measure.polarity == "none" or difference == 0:
        return ""
    return "better" if (difference > 0) == (measure.polarity == "high") else "worse"


def write_size_of(difference: Decimal, measure: Measure) -> str:
    """How large a difference is, without its sign: `15`, `2.5 percentage points`, `£1,200`."""
    size = write_number(abs(difference), measure.decimals)
    if measure.kind == "percentage":
        return f"{size} percentage {'point' if size == '1' else 'points'}"
    return f"£{size}" if measure.kind == "money" else size
