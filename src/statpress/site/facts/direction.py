"""Which way a figure went since the one before it: in words, with a sign, and better or worse where it can be said.

What cannot be said has its reason, so that a tally over many figures leaves none out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from statpress.language.speak import count_of, later, say, say_as
from statpress.packages.descriptor import Measure
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_number
from statpress.site.facts.phrases import join_words, write_period_inside
from statpress.site.facts.sentences import crosses_break, find_earlier
from statpress.status import WITHHELD, speak_statuses

Way = Literal["better", "worse", "same", "moved", "alone", "withheld", "empty", "apart", "grouped"]

TALLIES: Final[dict[Way, str]] = {
    "better": later("improved"),
    "same": later("stayed the same"),
    "worse": later("declined"),
    "moved": later("changed, where neither way is better"),
    "alone": later("no earlier figure"),
    "apart": later("not comparable with the figure before"),
    "withheld": later("withheld to protect people"),
    "empty": later("not available"),
    "grouped": later("given by group only"),
}
"""What is counted over many figures, in this order. Every figure is in one of them."""


@dataclass(frozen=True)
class Direction:
    """Where a figure went. `sign` is 1, 0 or -1; `words` say it, or why it cannot be said; `amount` has a sign."""

    way: Way
    sign: int
    words: str
    amount: str = ""
    since: str = ""


@dataclass(frozen=True)
class Tally:
    """How many figures went one way."""

    way: Way
    number: int
    words: str


def describe_direction(figure: Figure, figures: Sequence[Figure], measure: Measure) -> Direction:
    """The direction of a figure among the figures of its indicator that are broken down in the same way."""
    if figure.value is None:
        way: Way = "withheld" if figure.status == WITHHELD else "empty"
        return Direction(way, 0, speak_statuses()[figure.status].title)
    earlier = find_earlier(figure, figures)
    if earlier is None:
        return Direction("alone", 0, say("No earlier figure"))
    since = write_period_inside(earlier.period)
    if earlier.value is None:
        why = speak_statuses()[earlier.status].title.lower()
        return Direction("apart", 0, say("The figure before is %(why)s", why=why), since=since)
    if crosses_break(earlier, figure, figures):
        return Direction("apart", 0, say("Break in the series"), since=since)
    return _compare(figure.value - earlier.value, measure, since)


def describe_grouped() -> Direction:
    """The direction of a figure that is given by group only."""
    return Direction("grouped", 0, say("Given by group only"))


def count_ways(ways: Iterable[Way]) -> list[Tally]:
    """How many went each way, in the order of `TALLIES`. Better and worse are told even where there are none."""
    numbers = Counter(ways)
    told = [way for way in TALLIES if numbers[way] or (numbers and way in ("better", "worse"))]
    return [Tally(way, numbers[way], say(TALLIES[way])) for way in told]


def write_tally(tallies: Sequence[Tally]) -> str:
    """The tally as a sentence: `Of 42 measures, 12 improved, 9 declined and 21 are withheld to protect people.`"""
    total = sum(tally.number for tally in tallies)
    parts = join_words([f"{t.number} {t.words}" for t in tallies])
    return count_of(total, "Of %(number)s measure: %(parts)s.", "Of %(number)s measures: %(parts)s.", parts=parts)


def _compare(change: Decimal, measure: Measure, since: str) -> Direction:
    if change == 0:
        return Direction("same", 0, say("No change"), "0", since)
    sign = 1 if change > 0 else -1
    amount = f"{'+' if sign > 0 else '−'}{_amount(abs(change), measure)}"
    if measure.polarity == "none":
        words = say_as("a change", "Up") if sign > 0 else say_as("a change", "Down")
        return Direction("moved", sign, words, amount, since)
    if (sign > 0) == (measure.polarity == "high"):
        return Direction("better", sign, say("Up, better") if sign > 0 else say("Down, better"), amount, since)
    return Direction("worse", sign, say("Up, worse") if sign > 0 else say("Down, worse"), amount, since)


def _amount(size: Decimal, measure: Measure) -> str:
    number = write_number(size, measure.decimals)
    if measure.kind == "money":
        return f"£{number}"
    return say("%(size)s percentage points", size=number) if measure.kind == "percentage" else number
