"""All that a site has, in one place: packages, indicators, topics, areas, and measures over all packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import Places, describe_places
from statpress.site.facts.shared import Shelves, share_measures
from statpress.site.facts.topics import TopicPart


@dataclass(frozen=True)
class Catalogue:
    """What there is to find on a site."""

    packages: tuple[Package, ...]
    indicators: tuple[Indicator, ...]
    topics: tuple[TopicPart, ...]
    places: Places
    shelves: Shelves


def describe_catalogue(
    packages: Sequence[Package], indicators: Sequence[Indicator], topics: Sequence[TopicPart]
) -> Catalogue:
    """The catalogue of a site."""
    return Catalogue(
        tuple(packages), tuple(indicators), tuple(topics), describe_places(packages), share_measures(indicators)
    )
