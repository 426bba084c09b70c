"""The page about the site and its data: how much there is, and what became of every row of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statpress.language.speak import say
from statpress.packages.package import Package
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.others import add_totals
from statpress.site.pages.page import Page


def plan_about(kit: Kit) -> Page:
    """The page without its body, which tells of all pages and so is made last."""
    title = say("About this site")
    sections = list_sections(counts=say("What there is"), totals=say("What became of the source rows"))
    return Page("about/", title, f"{title}: {kit.name}.", "", sections, kind="about")


def render_about(kit: Kit, page: Page, packages: Sequence[Package], pages: Sequence[Page], charts: int) -> Page:
    """The page with its body. `pages` are all pages of the site, itself among them, which show so many `charts`."""
    ours = [package for package in packages if package.words]
    return render_page(kit, page, totals=add_totals(ours), counts=list(_count(packages, pages, charts)))


def _count(packages: Sequence[Package], pages: Sequence[Page], charts: int) -> Iterator[tuple[str, int]]:
    """How many there are of everything, each with its name. Figures are counted, and never added."""
    kinds = [page.kind for page in pages]
    extents = [extent for package in packages if package.cube for extent in package.cube.extents.values()]
    figures, shown = sum(extent.figures for extent in extents), sum(extent.shown for extent in extents)
    withheld = sum(extent.withheld for extent in extents)
    yield say("Pages"), len(pages)
    yield say("Charts"), charts
    yield say("Data packages"), len(packages)
    yield say("Indicators"), kinds.count("indicator")
    yield say("Reports"), kinds.count("report")
    yield say("Figures in the data packages"), figures
    yield say("Figures that are shown"), shown
    yield say("Figures that are withheld to protect people"), withheld
    yield say("Figures that are not there for another reason"), figures - shown - withheld
