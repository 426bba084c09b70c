"""Reference pages, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.language.speak import say
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.reference import FOLDER, Reference
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page
from statpress.site.reports.read import Report


def render_references(kit: Kit, references: Sequence[Reference], indicators: Sequence[Indicator]) -> list[Page]:
    """The page of each reference, and one that lists them; nothing without any."""
    if not references:
        return []
    listed = Page(
        f"{FOLDER}/", say("Reference"), say("Tools, lists and methods that figures rest on."), "", kind="references"
    )
    return [render_page(kit, listed, references=references), *(_render(kit, r, indicators) for r in references)]


def _render(kit: Kit, reference: Reference, indicators: Sequence[Indicator]) -> Page:
    explained = [indicator for indicator in indicators if indicator.measure.id in reference.measures]
    page = Page(
        path=reference.path,
        title=reference.title,
        description=reference.description,
        body="",
        sections=list_sections(figures=say("Figures that it explains") if explained else ""),
        kind="reference",
    )
    return render_page(kit, page, reference=reference, explained=explained)


def list_pages_about(
    references: Sequence[Reference], reports: Sequence[Report], indicator: Indicator
) -> list[Reference | Report]:
    """The pages that explain an indicator, and the reports that draw from it."""
    explaining = [reference for reference in references if indicator.measure.id in reference.measures]
    return [*explaining, *(r for r in reports if any(used.path == indicator.path for used in r.drawing.used))]
