"""The pages that set areas beside one another: one page a measure, and a page on which readers choose.

What a reader chooses is put together in the browser, from these pages and those of areas, so that it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from statpress.language.speak import count_of, say
from statpress.site.facts.conflicts import number_conflicts
from statpress.site.facts.glance import Glance
from statpress.site.facts.numbers import describe_unit
from statpress.site.facts.phrases import lower_first, write_period, write_period_inside
from statpress.site.facts.places import Place, Places, describe_kinds
from statpress.site.facts.shared import SharedMeasure
from statpress.site.facts.standing import SIZES, write_first
from statpress.site.facts.table import find_statuses
from statpress.site.facts.topics import TopicPart
from statpress.site.facts.versus import VersusTable, describe_versus
from statpress.site.pages.dashboard import DashboardPage
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page, Section

COMPARE = "compare/"


@dataclass(frozen=True)
class Versus:
    """One measure and the topic that it belongs to, with all places, and the dashboards that may print it."""

    shared: SharedMeasure
    topic: TopicPart
    places: Places
    dashboards: Sequence[DashboardPage]
    made_of: str
    """The sum of everything that is said of it."""

    @cached_property
    def tables(self) -> tuple[VersusTable, ...]:
        """The tables that compare its areas; none where it has figures of one area alone."""
        return describe_versus(self.shared, self.places)


@dataclass(frozen=True)
class Compared:
    """A measure of which so many `areas` are compared, as the list of such measures has it."""

    shared: SharedMeasure
    topic: TopicPart
    areas: int


def render_versus(kit: Kit, versus: Versus) -> Page:
    """The page that compares all areas on one measure, with the quartiles that dashboards print of it."""
    shared = versus.shared
    own = {indicator.path for indicator in shared.indicators}
    rows = [(dashboard, row) for dashboard in versus.dashboards for row in dashboard.facts.rows]
    quartiles = [(dashboard, row) for dashboard, row in rows if row.quartile_words and row.indicator.path in own]
    page = Page(
        path=shared.path,
        title=say("Compare areas: %(measure)s", measure=lower_first(shared.measure.title)),
        description=say(
            "%(measure)s: every area beside the others, with rank and what is missing.", measure=shared.measure.title
        ),
        body="",
        sections=(
            *(Section(f"versus-{n}", _title(table)) for n, table in enumerate(versus.tables, start=1)),
            *list_sections(quartiles=say("Quartiles as printed") if quartiles else ""),
        ),
        kind="versus",
    )
    figures = [row.holding.figure for table in versus.tables for row in table.rows]
    return render_page(
        kit,
        page,
        versus=versus,
        quartiles=quartiles,
        when=write_period_inside,
        titles=[_title(table) for table in versus.tables],
        sizes=shared.measure.kind in SIZES,
        unit=describe_unit(shared.measure),
        narrowest=versus.tables[0].rows[0].area.kind,
        first=write_first(shared.measure),
        statuses=find_statuses(figures),
        conflicts=number_conflicts(row.holding.indicator.conflicts for table in versus.tables for row in table.rows),
    )


def render_compare(kit: Kit, compared: Sequence[Compared], glances: Sequence[Glance], places: Places) -> Page:
    """The page on which readers choose what to compare; without a script, the list of pages that compare."""
    by_topic: dict[str, list[Compared]] = {}
    for one in compared:
        by_topic.setdefault(one.topic.id, []).append(one)
    filled = {glance.place.area.code for glance in glances if glance.parts}
    kinds = [(describe_kinds(kind), _filled(found, filled)) for kind, found in places.kinds.items()]
    title, words = say("Compare"), say("Set areas side by side, on all measures or on those that you choose.")
    page = Page(COMPARE, title, words, "", (Section("measures", say("Measures with several areas")),), kind="compare")
    return render_page(
        kit,
        page,
        kinds=[(kind, found) for kind, found in kinds if found],
        topics=[(group[0].topic, group) for group in by_topic.values()],
        areas=_count_areas,
    )


def _filled(places: Sequence[Place], filled: set[str]) -> list[Place]:
    return [place for place in places if place.area.code in filled]


def _count_areas(compared: Compared) -> str:
    return count_of(compared.areas, "%(number)s area", "%(number)s areas")


def _title(table: VersusTable) -> str:
    apart = say("Each at its own time") if table.alone else say("Other times")
    when = write_period(table.period) if table.period else apart
    return f"{table.title}, {lower_first(when)}" if table.title else when
