"""Everything by which readers find their way: areas, comparisons, search, A to Z, updates, and old addresses."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import describe_places
from statpress.site.facts.shared import share_measures
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.areas import describe_glances, render_area, render_areas
from statpress.site.pages.compare import describe_all_versus, render_compare, render_versus
from statpress.site.pages.kit import Kit
from statpress.site.pages.page import Page


def render_finding(
    kit: Kit, packages: Sequence[Package], indicators: Sequence[Indicator], topics: Sequence[TopicPart]
) -> list[Page]:
    """The pages of areas and comparisons."""
    places, shelves = describe_places(packages), share_measures(indicators)
    glances = describe_glances(places, topics, shelves)
    compared = describe_all_versus(shelves, topics, places)
    return [
        render_areas(kit, glances, places),
        *(render_area(kit, glance, places) for glance in glances),
        render_compare(kit, compared, glances, places),
        *(render_versus(kit, versus) for versus in compared),
    ]
