"""All that a site has, in one place: packages, indicators, topics, areas, and measures over all packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import Places, describe_places
from statpress.site.facts.shared import SharedMeasure, Shelves, share_measures
from statpress.site.facts.topics import TopicPart


@dataclass(frozen=True)
class Catalogue:
    """What there is to find on a site."""

    packages: tuple[Package, ...]
    indicators: tuple[Indicator, ...]
    topics: tuple[TopicPart, ...]
    places: Places
    shelves: Shelves

    @cached_property
    def positions(self) -> dict[str, tuple[int, int]]:
        """Where each indicator, by its address, stands: the number of its topic, and its own in the topic."""
        return {
            indicator.path: (number, place)
            for number, topic in enumerate(self.topics)
            for place, indicator in enumerate(topic.indicators)
        }

    @cached_property
    def homes(self) -> list[tuple[SharedMeasure, TopicPart]]:
        """Every shared measure with the topic that has it first, in the order of topics."""
        found: dict[str, tuple[SharedMeasure, TopicPart]] = {}
        for topic in self.topics:
            for shared in (self.shelves.of[indicator.path] for indicator in topic.indicators):
                found.setdefault(shared.id, (shared, topic))
        return list(found.values())


def describe_catalogue(
    packages: Sequence[Package], indicators: Sequence[Indicator], topics: Sequence[TopicPart]
) -> Catalogue:
    """The catalogue of a site."""
    return Catalogue(
        tuple(packages), tuple(indicators), tuple(topics), describe_places(packages), share_measures(indicators)
    )
