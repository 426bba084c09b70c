"""The boundaries of areas that a package carries, laid flat for a map."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from typing import Any

from statpress.packages.package import Package

Ring = tuple[tuple[float, float], ...]
Shape = tuple[tuple[Ring, ...], ...]
"""Polygons, each with its outer ring and its holes, on a plane where one unit is a degree of latitude."""


def read_shapes(package: Package) -> dict[str, Shape]:
    """The boundary of each area by its code, from the resource `boundaries`; nothing where it cannot be understood."""
    file = next(
        (
            r.files[0].file
            for r in package.resources
            if r.name == "boundaries" and r.entry.format == "geojson" and r.files
        ),
        None,
    )
    return _read(file.read_bytes()) if file else {}


@lru_cache(maxsize=8)
def _read(content: bytes) -> dict[str, Shape]:
    try:
        found = {f["properties"]["area"]: _list_polygons(f["geometry"]) for f in json.loads(content)["features"]}
        middle = [lat for polygons in found.values() for rings in polygons for ring in rings for _, lat in ring]
        narrow = math.cos(math.radians(sum(middle) / len(middle)))
    except (ValueError, KeyError, TypeError, ZeroDivisionError):
        return {}
    return {
        str(code): tuple(tuple(tuple((x * narrow, y) for x, y in ring) for ring in rings) for rings in polygons)
        for code, polygons in found.items()
    }


def _list_polygons(geometry: dict[str, Any]) -> list[list[list[tuple[float, float]]]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[[(float(x), float(y)) for x, y, *_ in ring] for ring in rings] for rings in parts]
