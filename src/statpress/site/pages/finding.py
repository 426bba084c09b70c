"""Everything by which readers find their way: areas, comparisons, search, A to Z and updates."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.site.facts.catalogue import Catalogue
from statpress.site.facts.entries import Finding, describe_findings
from statpress.site.facts.words import pick_words
from statpress.site.pages.areas import describe_glances, render_area, render_areas
from statpress.site.pages.compare import describe_all_versus, render_compare, render_versus
from statpress.site.pages.dashboard import DashboardPage
from statpress.site.pages.kit import Kit
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


def render_finding(kit: Kit, catalogue: Catalogue, dashboards: Sequence[DashboardPage] = ()) -> list[Page]:
    """The pages of areas, comparisons and updates, and the page of search."""
    places = catalogue.places
    glances = describe_glances(catalogue)
    compared = describe_all_versus(catalogue)
    return [
        render_areas(kit, glances, places),
        *(render_area(kit, glance, places) for glance in glances),
        render_compare(kit, compared, glances, places),
        *(render_versus(kit, versus, dashboards) for versus in compared),
        render_search(kit),
        render_updates(kit, catalogue.packages),
    ]


def render_index(
    kit: Kit, catalogue: Catalogue, pages: Sequence[Page], words: Sequence[Finding]
) -> tuple[list[Page], Asset]:
    """The A to Z and the index of search. They know the `pages` that are there, and those that are `words` alone."""
    listed = [page for page in pages if page.kind in _WORDS]
    own = [Finding("Page", page.title, page.path, "", words=pick_words(page.description)) for page in listed]
    findings = describe_findings(catalogue, [*own, *words])
    return render_letters(kit, findings), write_index(findings)
