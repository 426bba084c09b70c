"""Everything by which readers find their way: areas, comparisons, search, A to Z and updates."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.site.facts.catalogue import Catalogue
from statpress.site.facts.entries import Finding, describe_findings
from statpress.site.facts.glance import Glance, describe_glance
from statpress.site.facts.places import Place
from statpress.site.facts.words import pick_words
from statpress.site.pages.areas import render_area, render_areas
from statpress.site.pages.compare import Compared, render_compare
from statpress.site.pages.kit import Kit
from statpress.site.pages.measures import Across
from statpress.site.pages.page import Asset, Page
from statpress.site.pages.search import render_letters, render_search, write_index
from statpress.site.pages.updates import render_updates

_WORDS = (
    "protect",
    "about",
    "accessibility",
    "areas",
    "compare",
    "updates",
    "report",
    "reports",
    "reference",
    "references",
    "dashboard",
    "dashboards",
)
"""The kinds of pages of one of a kind that can be searched for."""


def render_finding(kit: Kit, catalogue: Catalogue, measures: Sequence[Across], versus: Sequence[Page]) -> list[Page]:
    """The pages of areas, comparisons and updates, and the page of search.

    `measures` are what is said of each measure, and `versus` the pages that compare areas on one.
    """
    places = catalogue.places
    glances = [_describe_glance(place, measures, catalogue) for place in places.by_code.values()]
    compared = [Compared(one.shared, one.topic, one.compared) for one in measures if one.compared]
    return [
        render_areas(kit, glances, places),
        *(render_area(kit, glance, places) for glance in glances),
        render_compare(kit, compared, glances, places),
        *versus,
        render_search(kit),
        render_updates(kit, catalogue.packages),
    ]


def _describe_glance(place: Place, measures: Sequence[Across], catalogue: Catalogue) -> Glance:
    code = place.area.code
    return describe_glance(place, [one.rows[code] for one in measures if code in one.rows], catalogue)


def render_index(
    kit: Kit, catalogue: Catalogue, pages: Sequence[Page], words: Sequence[Finding]
) -> tuple[list[Page], Asset]:
    """The A to Z and the index of search. They know the `pages` that are there, and those that are `words` alone."""
    listed = [page for page in pages if page.kind in _WORDS]
    own = [Finding("Page", page.title, page.path, "", words=pick_words(page.description)) for page in listed]
    findings = describe_findings(catalogue, [*own, *words])
    return render_letters(kit, findings), write_index(findings)
