"""Everything that is made of one package alone: its pages, downloads, charts, and its file of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.topics import TopicPart
from statpress.site.files.kept import noting
from statpress.site.pages.api import write_package
from statpress.site.pages.data import render_package
from statpress.site.pages.downloads import (
    Member,
    list_members,
    list_release,
    make_indicator_files,
    make_package_files,
)
from statpress.site.pages.indicator import render_indicator
from statpress.site.pages.kit import Kit
from statpress.site.pages.page import Asset, Page
from statpress.site.pages.quality import quality_path, render_quality
from statpress.site.pages.releases import list_releases


@dataclass(frozen=True)
class Products:
    """The pages and files of one package, what the zip of everything has of it, and how many charts its pages show."""

    package: str
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    members: tuple[Member, ...]
    charts: int
    entries: tuple[str, ...] = ()
    """The names of what the stores keep for it."""


def make_products(kit: Kit, package: Package, indicators: Sequence[Indicator], topic: TopicPart | None) -> Products:
    """What is made of a package. Raises BadSource when an earlier release cannot be opened."""
    with noting() as used:
        products = _make(kit, package, indicators, topic)
    return replace(products, entries=tuple(sorted(used)))


def _make(kit: Kit, package: Package, indicators: Sequence[Indicator], topic: TopicPart | None) -> Products:
    downloads = make_package_files(package, indicators, kit.files)
    latest = [kit.put(asset) for asset in list_release(package, downloads)]
    files = {indicator.path: make_indicator_files(indicator, kit.files) for indicator in indicators}
    own = [render_indicator(kit, i, topic, files[i.path], downloads[0]) for i in indicators if topic]
    checked = [render_quality(kit, package)] if quality_path(package) else []
    pages = [*own, render_package(kit, package, list(indicators), downloads), *checked]
    assets = [
        *list_releases(package, downloads, kit.files),
        *(download.asset for found in files.values() for download in (*found.views, *found.whole)),
        *(asset for page in pages for asset in page.assets),
        write_package(package, indicators, downloads),
    ]
    return Products(
        package.id,
        tuple(replace(page, assets=()) for page in pages),
        tuple({asset.path: asset for asset in (*latest, *(kit.put(asset) for asset in assets))}.values()),
        list_members(package, latest),
        count_charts(pages),
    )


def count_charts(pages: Sequence[Page]) -> int:
    """How many charts pages show."""
    return sum(page.body.count('class="sp-svg"') for page in pages)
