"""Everything that is made of one package alone: its pages, downloads, charts, and its files of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.api import write_package
from statpress.site.pages.data import render_package
from statpress.site.pages.downloads import (
    Download,
    list_members,
    list_release,
    make_archive,
    make_indicator_files,
    make_package_files,
)
from statpress.site.pages.entries import keep_entries
from statpress.site.pages.indicator import render_indicator
from statpress.site.pages.kit import Kit
from statpress.site.pages.page import Asset, Page
from statpress.site.pages.quality import quality_path, render_quality
from statpress.site.pages.releases import list_releases
from statpress.site.pages.units import Products, Unit


@dataclass(frozen=True)
class Part:
    """A package with its indicators and its topic, which packages of other software have not."""

    package: Package
    indicators: tuple[Indicator, ...]
    topic: TopicPart | None
    made_of: str
    """The sum of everything that it is made of."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its units, in the order of their pages."""
        return (*(indicator.path for indicator in self.indicators), f"data/{self.package.id}/")


def list_units(kit: Kit, part: Part) -> Iterator[Unit]:
    """The units of a package: itself, and each of its indicators."""
    *paths, own = part.names
    archive = cache(partial(make_archive, part.package, kit.files))
    yield Unit(own, part.made_of, partial(_make_package, kit, part), part.indicators)
    for path, indicator in zip(paths, part.indicators, strict=True):
        yield Unit(path, part.made_of, partial(_make_indicator, kit, part, indicator, archive), (indicator,))


def count_charts(pages: Iterable[Page]) -> int:
    """How many charts pages show."""
    return sum(page.body.count('class="sp-svg"') for page in pages)


def _make_package(kit: Kit, part: Part) -> Products:
    """The package as a whole. Raises BadSource when an earlier release cannot be opened."""
    package, indicators = part.package, part.indicators
    keep_entries(kit, indicators, part.made_of)
    downloads = make_package_files(package, indicators, kit.files)
    latest = [kit.put(asset) for asset in list_release(package, downloads)]
    checked = [render_quality(kit, package)] if quality_path(package) else []
    pages = [render_package(kit, package, list(indicators), downloads), *checked]
    assets = [*list_releases(package, downloads, kit.files), write_package(package, indicators, downloads)]
    return replace(_gather(kit, pages, assets, latest), members=list_members(package, latest))


def _make_indicator(kit: Kit, part: Part, indicator: Indicator, archive: Callable[[], Download]) -> Products:
    assert part.topic is not None  # noqa: S101 - a package with indicators names its topic
    files = make_indicator_files(indicator, kit.files)
    page = render_indicator(kit, indicator, part.topic, files, archive())
    return _gather(kit, [page], [download.asset for download in (*files.views, *files.whole)])


def _gather(kit: Kit, pages: Sequence[Page], assets: Iterable[Asset], latest: Sequence[Asset] = ()) -> Products:
    """Pages, and each of their files put where it goes."""
    beside = (asset for page in pages for asset in page.assets)
    put = {asset.path: asset for asset in (*latest, *(kit.put(asset) for asset in (*assets, *beside)))}
    return Products(tuple(replace(page, assets=()) for page in pages), tuple(put.values()), (), count_charts(pages))
