"""The static JSON API: lists of packages, indicators and areas, each package, and each indicator with its figures.

`assets/openapi.yml` describes every file of it. Addresses in its answers are seen from the home page of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import yaml

from statpress.packages.package import Area, Package
from statpress.site.facts.indicator import Indicator
from statpress.site.files.columns import write_json
from statpress.site.pages.downloads import SUMS, Download, api_path, file_path
from statpress.site.pages.page import Asset


def write_api(
    name: str, packages: Sequence[Package], indicators: Sequence[Indicator], everything: Download
) -> list[Asset]:
    """Every file of the API but those of packages and indicators."""
    return [
        _asset("openapi.json", read_openapi(name)),
        _asset("index.json", _describe_site(name, packages, indicators, everything)),
        _asset("packages.json", {"packages": [_list_package(package) for package in packages]}),
        _asset("indicators.json", {"indicators": [_list_indicator(indicator) for indicator in indicators]}),
        _asset("areas.json", {"areas": list(_list_areas(packages))}),
    ]


def write_package(package: Package, indicators: Sequence[Indicator], downloads: Sequence[Download]) -> Asset:
    """The file of the API on one package with its indicators."""
    return _asset(f"packages/{package.id}.json", _describe_package(package, indicators, downloads))


def read_openapi(name: str) -> dict[str, Any]:
    """The description of the API, after OpenAPI 3.1."""
    text = files("statpress.site").joinpath("assets/openapi.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(text, loader)  # noqa: S506 - a safe one, in C where it is there
    return {**content, "info": {**content["info"], "title": name}}


def _asset(path: str, content: dict[str, Any]) -> Asset:
    return Asset(api_path(path), write_json(content))


def _describe_site(
    name: str, packages: Sequence[Package], indicators: Sequence[Indicator], everything: Download
) -> dict[str, Any]:
    return {
        "name": name,
        "updated": max((package.released for package in packages), default=""),
        "packages": len(packages),
        "indicators": len(indicators),
        "everything": _describe_download(everything),
        "links": [api_path(f"{part}.json") for part in ("packages", "indicators", "areas", "openapi")],
    }


def _list_package(package: Package) -> dict[str, Any]:
    return {
        "package": package.id,
        "title": package.title,
        "version": package.version,
        "released": package.released,
        "address": api_path(f"packages/{package.id}.json"),
    }


def _list_indicator(indicator: Indicator) -> dict[str, Any]:
    measure = indicator.measure
    return {
        "package": indicator.package.id,
        "measure": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "kind": measure.kind,
        "figures": indicator.extent.figures,
        "address": api_path(f"indicators/{indicator.package.id}/{measure.id}.json"),
        "page": indicator.path,
    }


def _list_areas(packages: Sequence[Package]) -> Iterator[dict[str, Any]]:
    """Each area once, with the packages that know it. Where packages name one code differently, both are told."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for package in packages:
        for area in package.cube.areas.values() if package.cube else ():
            found.setdefault((area.code, area.name, area.kind, area.parent), []).append(package.id)
    for key, names in sorted(found.items()):
        yield _describe_area(Area(*key)) | {"packages": names}


def _describe_area(area: Area) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "kind": area.kind, "parent": area.parent}


def _describe_package(
    package: Package, indicators: Sequence[Indicator], downloads: Sequence[Download]
) -> dict[str, Any]:
    return {
        **_list_package(package),
        "description": package.descriptor.description,
        "page": f"data/{package.id}/",
        "licences": [licence.name or licence.title or licence.path for licence in package.descriptor.licenses],
        "sources": [source.title for source in package.descriptor.sources if source.title],
        "indicators": [_list_indicator(indicator) for indicator in indicators],
        **_describe_lists(package),
        "downloads": [_describe_download(download) for download in downloads],
        "checksums": file_path(package, SUMS),
    }


def _describe_lists(package: Package) -> dict[str, Any]:
    cube = package.cube
    if cube is None:
        return {"areas": [], "periods": [], "dimensions": [], "statuses": []}
    return {
        "areas": [_describe_area(area) for area in cube.areas.values()],
        "periods": [
            {"code": p.code, "label": p.label, "kind": p.kind, "start": p.start or None, "end": p.end or None}
            for p in cube.periods.values()
        ],
        "dimensions": [
            {
                "id": dimension.id,
                "title": dimension.title,
                "codes": [{"code": code.code, "label": code.label} for code in dimension.codes.values()],
            }
            for dimension in cube.dimensions
        ],
        "statuses": [
            {"code": s.code, "mark": s.mark, "title": s.title, "meaning": s.meaning} for s in cube.statuses.values()
        ],
    }


def _describe_download(download: Download) -> dict[str, Any]:
    return {
        "format": download.format,
        "address": download.path,
        "bytes": download.bytes,
        "sha256": download.sha256,
    }
