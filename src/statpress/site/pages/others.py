"""The pages that gather: home, topics, the list of data, how people are protected, about, accessibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from statpress.language.speak import say
from statpress.packages.package import Package
from statpress.site.facts.conflicts import number_conflicts
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.downloads import Download, zip_path
from statpress.site.pages.entries import Entry, find_statuses
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page
from statpress.site.reports.read import Report

MOST_FIGURES = 3


@dataclass(frozen=True)
class TopicEntry:
    """A topic as the home page shows it, with its live figures."""

    topic: TopicPart
    entries: list[Entry]


@dataclass(frozen=True)
class Totals:
    """The ledgers of all packages, added up."""

    source_rows: int
    published: int
    withheld_rows: int
    left_out: dict[str, int]
    observations: int
    withheld: int


@dataclass(frozen=True)
class Contents:
    """What the site has: all packages, topics and reports, each in order, and the entries of packages by name."""

    packages: Sequence[Package]
    topics: Sequence[TopicPart]
    reports: Sequence[Report]
    entries: Mapping[str, Sequence[Entry]]


def render_home(kit: Kit, contents: Contents, title: str, everything: Download) -> Page:
    """The home page."""
    packages, topics, reports = contents.packages, contents.topics, contents.reports
    page = Page(
        path="",
        title=title or kit.name,
        description=say("%(site)s: figures by topic, with charts, tables and downloads.", site=kit.name),
        body="",
        sections=list_sections(
            topics=say("Topics") if topics else "",
            reports=say("Reports") if reports else "",
            updates=say("Latest updates"),
            everything=say("Download everything"),
        ),
        kind="home",
    )
    newest = sorted(packages, key=lambda package: (package.released, package.id), reverse=True)
    live = [TopicEntry(topic, _live_entries(topic, contents.entries)) for topic in topics]
    entries = [entry for item in live for entry in item.entries]
    return render_page(
        kit,
        page,
        topics=live,
        statuses=find_statuses(entries),
        conflicts=number_conflicts(entry.conflicts for entry in entries),
        packages=packages,
        newest=newest[:6],
        everything=everything,
        reports=reports,
    )


def render_topic(kit: Kit, topic: TopicPart, entries: Sequence[Entry]) -> Page:
    """The page of one topic."""
    page = Page(
        path=topic.path,
        title=topic.title,
        description=topic.description or say("%(topic)s: what we have figures on.", topic=topic.title),
        body="",
        sections=list_sections(
            figures=say("Figures") if topic.indicators else "", data=say("Data") if topic.packages else ""
        ),
        kind="topic",
    )
    return render_page(
        kit,
        page,
        topic=topic,
        entries=entries,
        statuses=find_statuses(entries),
        conflicts=number_conflicts(entry.conflicts for entry in entries),
        zips=_zips(topic.packages),
    )


def render_topics(kit: Kit, topics: Sequence[TopicPart]) -> Page:
    """The list of topics."""
    page = Page("topics/", say("Topics"), say("Every topic of this site."), "", kind="topics")
    return render_page(kit, page, topics=topics)


def render_data(kit: Kit, packages: Sequence[Package], everything: Download) -> Page:
    """The list of data packages."""
    page = Page("data/", say("Data"), say("Every data package of this site, with downloads."), "", kind="data")
    return render_page(kit, page, packages=packages, zips=_zips(packages), everything=everything)


def render_words(kit: Kit, packages: Sequence[Package], kind: str, title: str) -> Page:
    """A page that is mostly words, with totals over all packages below them: `protect`, `accessibility`."""
    paths = {"protect": "how-we-protect-people/", "accessibility": "accessibility/"}
    sections = {"protect": {"totals": say("What is withheld now")}}
    page = Page(paths[kind], title, f"{title}: {kit.name}.", "", list_sections(**sections.get(kind, {})), kind=kind)
    ours = [package for package in packages if package.words]
    return render_page(kit, page, packages=ours, totals=add_totals(ours))


def add_totals(packages: Sequence[Package]) -> Totals:
    """The totals that packages publish, added up. They count rows and values; no figure is ever added."""
    words = [package.words for package in packages if package.words]
    left_out: dict[str, int] = {}
    for part in words:
        for reason, count in part.ledger.left_out.items():
            left_out[reason] = left_out.get(reason, 0) + count
    return Totals(
        source_rows=sum(part.ledger.source_rows for part in words),
        published=sum(part.ledger.published for part in words),
        withheld_rows=sum(part.ledger.withheld for part in words),
        left_out=left_out,
        observations=sum(part.disclosure.observations for part in words),
        withheld=sum(part.disclosure.withheld for part in words),
    )


def _live_entries(topic: TopicPart, entries: Mapping[str, Sequence[Entry]]) -> list[Entry]:
    """A few figures that are shown: the first of each package, then the second of each, and so on."""
    turns = [[entry for entry in entries[package.id] if entry.shown] for package in topic.packages]
    return [entry for turn in zip_longest(*turns) for entry in turn if entry is not None][:MOST_FIGURES]


def _zips(packages: Sequence[Package]) -> dict[str, str]:
    return {package.id: zip_path(package) for package in packages}
