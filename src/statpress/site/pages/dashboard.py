"""The page of each dashboard, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from statpress.language.speak import say
from statpress.packages.package import Area, Package
from statpress.site.facts.conflicts import number_conflicts
from statpress.site.facts.dashboard import WAYS, DashboardFacts, describe_dashboard, list_statuses
from statpress.site.facts.dashboard_sheet import describe_dashboard_sheet
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import area_path
from statpress.site.facts.tallied import TallyTable, describe_tallies, write_differences, write_tally_sentence
from statpress.site.files.text import write_sheet_csv
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Asset, Page, Section

FOLDER = "dashboards"


@dataclass(frozen=True)
class DashboardPage:
    """A dashboard with its tallies, its address, and the sentence that says what the tallies come to."""

    facts: DashboardFacts
    tallies: tuple[TallyTable, ...]
    sentence: str

    @property
    def package(self) -> Package:
        """The package that it is of."""
        return self.facts.package

    @property
    def area(self) -> Area:
        """The area that it is about."""
        return self.facts.area

    @property
    def title(self) -> str:
        """Its title, that of the package."""
        return self.package.title

    @property
    def path(self) -> str:
        """Its address."""
        return f"{FOLDER}/{self.package.id}/"


def list_dashboards(packages: Sequence[Package], indicators: Mapping[str, Sequence[Indicator]]) -> list[DashboardPage]:
    """The dashboards that packages declare. `indicators` are those of each package by its name."""
    found = []
    for package in packages:
        own = indicators[package.id]
        facts = describe_dashboard(package, own)
        if facts:
            tallies = describe_tallies(facts, own)
            found.append(DashboardPage(facts, tallies, write_tally_sentence(facts, tallies)))
    return found


def render_dashboards(kit: Kit, dashboards: Sequence[DashboardPage]) -> list[Page]:
    """The page of each dashboard, and one that lists them; nothing without any."""
    if not dashboards:
        return []
    words = say("Measures by theme, each with its figure, direction and rating.")
    listed = Page(f"{FOLDER}/", say("Dashboards"), words, "", kind="dashboards")
    return [render_page(kit, listed), *(_render(kit, dashboard) for dashboard in dashboards)]


def _render(kit: Kit, dashboard: DashboardPage) -> Page:
    facts = dashboard.facts
    themes = [theme for theme in facts.themes if theme.rows]
    table = Asset(f"{dashboard.path}dashboard.csv", write_sheet_csv(describe_dashboard_sheet(facts)))
    told = [(row, words) for row in facts.rows for words in row.differs]
    neither = WAYS["neither"]
    page = Page(
        path=dashboard.path,
        title=dashboard.title,
        description=dashboard.sentence,
        body="",
        sections=(
            *list_sections(
                tallies=say("Tallies") if dashboard.tallies else "", differences=say("Where the rules differ")
            ),
            *(Section(theme.id, theme.title or say("Measures")) for theme in themes),
            *list_sections(caveats=say("Before you use this") if facts.caveats else "", rules=say("The rules")),
        ),
        kind="dashboard",
        assets=(table,),
    )
    return render_page(
        kit,
        page,
        dashboard=dashboard,
        facts=facts,
        themes=themes,
        told=told,
        table=table.path,
        bytes=len(table.read()),
        caveats=facts.caveats,
        conflicts=number_conflicts(row.indicator.conflicts for row in facts.rows),
        tallied=list(write_differences(dashboard.tallies)),
        untold=[row for row in facts.rows if row.way is None],
        neither=say(neither),
        statuses=list_statuses(facts),
        area_path=area_path,
    )
