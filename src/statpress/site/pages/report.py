"""The page of a report, and the list of all reports."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.language.speak import say
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page
from statpress.site.reports.read import FOLDER, Report


def render_reports(kit: Kit, reports: Sequence[Report]) -> list[Page]:
    """The page of each report, and one that lists them; nothing without reports."""
    return [_render_list(kit, reports), *(_render_report(kit, report) for report in reports)] if reports else []


def _render_list(kit: Kit, reports: Sequence[Report]) -> Page:
    page = Page(
        f"{FOLDER}/", say("Reports"), say("What each published report found, with its figures."), "", kind="reports"
    )
    return render_page(kit, page, reports=reports)


def _render_report(kit: Kit, report: Report) -> Page:
    drawing = report.drawing
    page = Page(
        path=report.path,
        title=report.title,
        description=report.description,
        body="",
        sections=list_sections(
            notes=say("Notes") if drawing.notes else "",
            document=say("The document"),
            indicators=say("Its indicators and data"),
        ),
        kind="report",
        markdown=drawing.markdown,
        fill=drawing.fill,
    )
    own = [(package, [i for i in report.indicators if i.package is package]) for package in report.packages]
    withheld = sum(package.words.disclosure.withheld for package, _ in own if package.words)
    return render_page(
        kit,
        page,
        report=report,
        notes=drawing.notes,
        statuses=drawing.statuses,
        packages=own,
        withheld=withheld,
    )
