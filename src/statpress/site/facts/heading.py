"""Where a figure is heading, as a sign and in words, and which way is good. Never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from statpress.language.speak import later, say
from statpress.packages.descriptor import Measure
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_number, write_value
from statpress.site.facts.phrases import write_when
from statpress.site.facts.sentences import crosses_break, find_earlier

POLARITY: Final = {
    "high": later("Higher is better."),
    "low": later("Lower is better."),
    "none": later("Neither higher nor lower is better in itself."),
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
        return Heading("=", say("The same as %(then)s", then=then), "")
    size, verdict = write_size_of(change, measure), judge(change, measure)
    if change > 0:
        return Heading("▲", say("Up %(size)s from %(then)s", size=size, then=then), verdict)
    return Heading("▼", say("Down %(size)s from %(then)s", size=size, then=then), verdict)


def judge(difference: Decimal, measure: Measure) -> str:
    """`better` or `worse` for a difference that is not zero; nothing where the measure has no polarity."""
    if measure.polarity == "none" or difference == 0:
        return ""
    return say("better") if (difference > 0) == (measure.polarity == "high") else say("worse")


def write_size_of(difference: Decimal, measure: Measure) -> str:
    """How large a difference is, without its sign: `15`, `2.5 percentage points`, `£1,200`."""
    size = write_number(abs(difference), measure.decimals)
    if measure.kind == "percentage":
        return (
            say("%(size)s percentage point", size=size) if size == "1" else say("%(size)s percentage points", size=size)
        )
    return f"£{size}" if measure.kind == "money" else size
