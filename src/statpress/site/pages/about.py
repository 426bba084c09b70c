"""The page about the site and its data: how much there is, and what became of every row of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statpress.packages.package import Package
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.others import add_totals
from statpress.site.pages.page import Page
from statpress.status import WITHHELD


def plan_about(kit: Kit) -> Page:
    """The page without its body, which tells of all pages and so is made last."""
    title = "About this site"
    sections = list_sections(counts="What there is", totals="What became of the source rows")
    return Page("about/", title, f"{title}: {kit.name}.", "", sections, kind="about")


def render_about(kit: Kit, page: Page, packages: Sequence[Package], pages: Sequence[Page], charts: int) -> Page:
    """The page with its body. `pages` are all pages of the site, itself among them, with so many charts."""
    ours = [package for package in packages if package.words]
    return render_page(kit, page, totals=add_totals(ours), counts=list(_count(packages, pages, charts)))


def _count(packages: Sequence[Package], pages: Sequence[Page], charts: int) -> Iterator[tuple[str, int]]:
    """How many there are of everything, each with its name. Figures are counted, and never added."""
    kinds = [page.kind for page in pages]
    rows = [row for package in packages if package.cube for row in package.cube.observations]
    withheld = sum(row.status == WITHHELD for row in rows)
    shown = sum(row.value is not None for row in rows)
    yield "Pages", len(pages)
    yield "Charts", charts
    yield "Data packages", len(packages)
    yield "Indicators", kinds.count("indicator")
    yield "Reports", kinds.count("report")
    yield "Figures in the data packages", len(rows)
    yield "Figures that are shown", shown
    yield "Figures that are withheld to protect people", withheld
    yield "Figures that are not there for another reason", len(rows) - shown - withheld
