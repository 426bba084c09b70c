"""The latest updates: every release of every package by its date, with what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from statpress.language.speak import say
from statpress.packages.package import Package
from statpress.site.facts.phrases import write_month
from statpress.site.pages.downloads import zip_path
from statpress.site.pages.kit import Kit, render_page
from statpress.site.pages.page import Page, Section
from statpress.site.pages.quality import write_changes

UPDATES: Final = "updates/"


@dataclass(frozen=True)
class Update:
    """One release. `archive` is the address of its zip; `changes` are sentences; the latest has its words."""

    package: Package
    version: str
    date: str
    archive: str
    notes: str
    changes: tuple[str, ...]
    latest: bool


def render_updates(kit: Kit, packages: Sequence[Package]) -> Page:
    """The page of all releases, newest first, by month."""
    found = sorted(
        (u for p in packages for u in _list(p)), key=lambda u: (u.date, u.latest, u.package.id), reverse=True
    )
    months = [(_name(month), month, list(group)) for month, group in groupby(found, key=lambda u: u.date[:7])]
    sections = tuple(Section(f"month-{month or 'none'}", name) for name, month, _ in months)
    page = Page(
        UPDATES, say("Latest updates"), say("What was published, when, and what changed."), "", sections, kind="updates"
    )
    return render_page(kit, page, months=months)


def _list(package: Package) -> Iterator[Update]:
    words = package.words
    notes = words.release.notes if words else ""
    changes = tuple(write_changes(words.release.changes)) if words and words.release.changes else ()
    yield Update(package, package.version, package.released, zip_path(package), notes, changes, latest=True)
    for release in words.releases if words else ():
        if release.version in package.earlier:
            yield Update(
                package, release.version, release.date, zip_path(package, release.version), "", (), latest=False
            )


def _name(month: str) -> str:
    return write_month(month) if month else say("Date not stated")
