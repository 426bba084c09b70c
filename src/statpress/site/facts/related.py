"""Which other indicators a reader may want: the same measure elsewhere, what it is made of, and what is alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from statpress.site.facts.indicator import Indicator
from statpress.site.facts.words import pick_words


def find_related(indicator: Indicator, others: Sequence[Indicator], most: int) -> list[Indicator]:
    """At most `most` of the others, the nearest first."""
    candidates = [other for other in others if other.path != indicator.path]
    return sorted(candidates, key=lambda other: _nearness(indicator, other), reverse=True)[:most]


def _nearness(one: Indicator, other: Indicator) -> tuple[bool, bool, float, bool]:
    same_package = one.package is other.package
    own, theirs = _words(one.measure.title), _words(other.measure.title)
    alike = len(own & theirs) / (len(own | theirs) or 1)
    return (one.measure.id == other.measure.id, same_package and _linked(one, other), round(alike, 1), same_package)


def _linked(one: Indicator, other: Indicator) -> bool:
    """Whether one is made from the other."""
    return other.measure.id in _made_of(one) or one.measure.id in _made_of(other)


def _made_of(indicator: Indicator) -> set[str]:
    measure = indicator.measure
    return {measure.numerator, measure.denominator, measure.change_of} - {""}


@lru_cache(maxsize=8192)
def _words(title: str) -> frozenset[str]:
    return frozenset(pick_words(title))
