"""The pages of places: a list of all areas by kind, and one page an area with every indicator as a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statpress.language.speak import count_of, say
from statpress.site.facts.conflicts import number_conflicts
from statpress.site.facts.direction import write_tally
from statpress.site.facts.glance import Glance
from statpress.site.facts.phrases import write_place
from statpress.site.facts.places import Place, Places, area_path, describe_kind, describe_kinds
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page, Section
from statpress.status import speak_statuses

AREAS = "areas/"


@dataclass(frozen=True)
class Listed:
    """A place as the list of areas shows it."""

    place: Place
    measures: int


def render_areas(kit: Kit, glances: Sequence[Glance], places: Places) -> Page:
    """The list of all areas by kind, with their codes."""
    count = {glance.place.area.code: sum(1 for _ in glance.rows) for glance in glances}
    kinds = [
        (kind or "area", describe_kinds(kind), [Listed(place, count[place.area.code]) for place in found])
        for kind, found in places.kinds.items()
    ]
    sections = tuple(Section(f"kind-{kind}", title) for kind, title, _ in kinds)
    page = Page(
        AREAS,
        say("Areas"),
        say("Every area that this site has figures for, by kind, with its code."),
        "",
        sections,
        kind="areas",
    )
    return render_page(kit, page, kinds=kinds)


def render_area(kit: Kit, glance: Glance, places: Places) -> Page:
    """The page of one area."""
    place = glance.place
    rows = list(glance.rows)
    conflicts = number_conflicts(row.indicator.conflicts for row in rows)
    page = Page(
        path=place.path,
        title=place.area.name,
        description=_describe(glance),
        body="",
        sections=(
            *(Section(f"topic-{part.topic.id}", part.topic.title) for part in glance.parts),
            *list_sections(
                conflicts=say("Where sources contradict themselves") if conflicts else "",
                parts=say("Areas inside") if place.parts else "",
            ),
        ),
        kind="area",
    )
    return render_page(
        kit,
        page,
        place=place,
        sort=describe_kind(place.area.kind),
        above=[places.by_code[area.code] for area in reversed(place.above)],
        parts=[places.by_code[area.code] for area in place.parts],
        neighbours=[other for other in places.by_code.values() if other.of and other.of.code == place.area.code],
        path_of=area_path,
        council=places.by_code[place.of.code] if place.of else None,
        glance=glance,
        total=count_of(len(rows), "Of %(number)s measure:", "Of %(number)s measures:"),
        conflicts=conflicts,
        statuses=[status for code, status in speak_statuses().items() if any(code in row.statuses for row in rows)],
        rules=sorted({row.indicator.entry.rating.title for row in rows if row.indicator.entry.rating}),
    )


def _describe(glance: Glance) -> str:
    name = write_place(glance.place.area.name)
    if not glance.tallies:
        return say("%(area)s: what it lies in, and the areas inside it.", area=glance.place.area.name)
    return say("Figures for %(area)s at a glance. %(tally)s", area=name, tally=write_tally(glance.tallies))
