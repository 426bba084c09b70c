"""Where a figure stands among others of the same kind and time: rank, quarter, and the band of a declared rule.

Only shown figures count. How many peers have none is always said. Nothing is good or bad without a polarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from statpress.language.speak import later, say
from statpress.packages.descriptor import Measure
from statpress.packages.rating import Rating
from statpress.site.facts.indicator import Figure

Tone = Literal["good", "middling", "poor", ""]
FEWEST_RANKED: Final = 3
FEWEST_QUARTERED: Final = 8
"""Fewer shown figures than these have no rank, and no quarters."""
_ENDS: Final = (
    later("Highest quarter"),
    later("Second highest quarter"),
    later("Second lowest quarter"),
    later("Lowest quarter"),
)
_JUDGED: Final = (
    later("Best quarter"),
    later("Second best quarter"),
    later("Second worst quarter"),
    later("Worst quarter"),
)
SIZES: Final = ("count", "money", "amount")
"""Kinds of measures that grow with the area, so that areas are set side by side and no more."""


@dataclass(frozen=True)
class Standing:
    """The place of a figure among `of` shown figures, `missing` peers having none. `quarter` counts from 1, or is 0."""

    rank: int
    of: int
    missing: int
    quarter: int
    ties: int

    def words(self) -> str:
        """`3 of 10`, `2 of 9, shared`."""
        if self.ties > 1:
            return say("%(rank)s of %(of)s, shared", rank=self.rank, of=self.of)
        return say("%(rank)s of %(of)s", rank=self.rank, of=self.of)


def describe_standing(figure: Figure, peers: Sequence[Figure], measure: Measure) -> Standing | None:
    """The standing of a figure among its peers; None where it is not shown or they are too few.

    It stands in the place of the figure that another package has for its area.
    Numbers of people have none, since areas differ in size. The first is the best where the measure has a polarity,
    otherwise the highest.
    """
    peers = peers if figure in peers else [*(peer for peer in peers if peer.area != figure.area), figure]
    shown = [peer.value for peer in peers if peer.value is not None]
    if figure.value is None or len(shown) < FEWEST_RANKED or measure.kind in SIZES:
        return None
    higher, of = sum(value > figure.value for value in shown), len(shown)
    ties = sum(value == figure.value for value in shown)
    low = measure.polarity == "low"
    from_top = higher * 4 // of
    quarter = (4 - from_top if low else from_top + 1) if of >= FEWEST_QUARTERED else 0
    return Standing((of - higher - ties if low else higher) + 1, of, len(peers) - of, quarter, ties)


def write_first(measure: Measure) -> str:
    """What the first rank means: `1 is the lowest, which is better`."""
    if measure.polarity == "none":
        return say("1 is the highest")
    if measure.polarity == "high":
        return say("1 is the highest, which is better")
    return say("1 is the lowest, which is better")


def write_quarter(standing: Standing, measure: Measure) -> str:
    """The quarter in words: `Best quarter`, `Second highest quarter`; nothing where there are too few figures."""
    if not standing.quarter:
        return ""
    if measure.polarity == "none":
        return say(_ENDS[standing.quarter - 1])
    return say(_JUDGED[standing.quarter - 1])


def tone_of_quarter(standing: Standing, measure: Measure) -> Tone:
    """Whether the quarter is good; never without a polarity."""
    if measure.polarity == "none" or not standing.quarter:
        return ""
    return ("good", "middling", "middling", "poor")[standing.quarter - 1]


def find_band(value: Decimal, rating: Rating) -> tuple[str, Tone]:
    """The name of the first band that a value is in, and its tone; empty where it is in none."""
    for number, band in enumerate(rating.bands):
        if band.holds(value):
            last = len(rating.bands) - 1
            return band.name, "good" if number == 0 else "poor" if number == last else "middling"
    return "", ""
