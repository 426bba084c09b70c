"""All downloads of a site, made before its pages, so that pages can say how large each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.pages.downloads import (
    Download,
    IndicatorFiles,
    list_release,
    make_everything,
    make_indicator_files,
    make_package_files,
)
from statpress.site.pages.page import Asset
from statpress.site.pages.releases import list_releases


@dataclass(frozen=True)
class Shelf:
    """The downloads of each indicator by address, of each package by name, of everything, and all files of these."""

    indicators: dict[str, IndicatorFiles]
    packages: dict[str, tuple[Download, ...]]
    everything: Download
    assets: tuple[Asset, ...]


def make_shelf(packages: Sequence[Package], indicators: Sequence[Indicator], cache: Path) -> Shelf:
    """The downloads of all packages. Raises BadSource when an earlier release cannot be opened."""
    of_package = {package.id: [i for i in indicators if i.package is package] for package in packages}
    files = {indicator.path: make_indicator_files(indicator, cache) for indicator in indicators}
    downloads = {p.id: make_package_files(p, of_package[p.id], cache) for p in packages}
    latest = {package.id: list_release(package, downloads[package.id]) for package in packages}
    everything = make_everything([(package, latest[package.id]) for package in packages], cache)
    releases = [a for p in packages for a in list_releases(p, of_package[p.id], latest[p.id], cache)]
    single = [download.asset for found in files.values() for download in (*found.views, *found.whole)]
    return Shelf(files, downloads, everything, (*releases, *single, everything.asset))
