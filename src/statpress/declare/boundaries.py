"""The boundaries of areas, for maps: `pipelines/boundaries.geojson`, as RFC 7946 says, in degrees.

Each feature has the code of an area of areas.yml as its property `area`, and a polygon or several.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Iterator
from typing import Any, Final

from statpress.issue import Issue
from statpress.paths import Project

FILE: Final = "boundaries.geojson"
_DIGITS: Final = 5
"""Decimals of a degree that are kept: about a metre."""
_HINT: Final = "Write a FeatureCollection of polygons in degrees, each with the code of an area as its property `area`."
_DEEP: Final = {"Polygon": 1, "MultiPolygon": 2}

Boundary = dict[str, Any]
"""A GeoJSON geometry: `Polygon` or `MultiPolygon`."""


def read_boundaries(project: Project, areas: Container[str]) -> tuple[dict[str, Boundary], list[Issue]]:
    """The boundary of each area that has one, and what is wrong with the file. Nothing where there is no file."""
    path = project.pipelines / FILE
    if not path.is_file() or path.is_symlink():
        return {}, []
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        found = [(feature["properties"]["area"], _round(feature["geometry"])) for feature in features]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, [_issue("This is no collection of polygons with the codes of areas.")]
    return dict(found), list(_check_codes([code for code, _ in found], areas))


def _check_codes(codes: list[Any], areas: Container[str]) -> Iterator[Issue]:
    for number, code in enumerate(codes):
        if not isinstance(code, str) or code not in areas:
            yield _issue(f"Feature {number + 1} has no code of an area of areas.yml.")
        elif code in codes[:number]:
            yield _issue(f"The area {code} has two boundaries.")


def _round(geometry: Any) -> Boundary:
    kind = geometry["type"]
    return {"type": kind, "coordinates": _round_parts(geometry["coordinates"], _DEEP[kind])}


def _round_parts(parts: Any, deep: int) -> list[Any]:
    if not isinstance(parts, list) or not parts:
        raise ValueError("no polygon")
    if deep:
        return [_round_parts(part, deep - 1) for part in parts]
    return [[_round_number(number) for number in point[:2]] for point in parts]


def _round_number(number: Any) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError("no number")
    return round(float(number), _DIGITS)


def _issue(message: str) -> Issue:
    return Issue("bad-boundaries", message, f"pipelines/{FILE}", hint=_HINT)
