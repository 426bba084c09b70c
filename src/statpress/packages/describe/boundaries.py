"""The boundaries of the areas of a package, as a GeoJSON file beside its tables."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from statpress.packages.describe.publication import Publication

PATH: Final = "data/boundaries.geojson"
FEWEST: Final = 3
"""Fewer areas than these make no map."""


def render_boundaries(publication: Publication) -> bytes | None:
    """The boundaries of the areas that have figures; None where too few have one."""
    known = publication.declared.boundaries
    codes = sorted(set(publication.observations["area"]) & known.keys())
    if len(codes) < FEWEST:
        return None
    features = [{"type": "Feature", "properties": {"area": code}, "geometry": known[code]} for code in codes]
    return (json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n").encode()


def describe_boundaries(data: bytes) -> dict[str, Any]:
    """The boundaries as a resource of the descriptor."""
    return {
        "name": "boundaries",
        "path": PATH,
        "title": "Boundaries",
        "description": "The boundaries of areas, with the code of each as its property `area`.",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
