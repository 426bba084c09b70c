"""The places of a site: each area once over all packages, what it lies in, what lies in it, and what it is set beside.

Each council is set beside its own neighbours, so a group of neighbours belongs to the council of the packages that have
it. A group that packages about several councils have belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from statpress.packages.package import Area, Package

NEIGHBOURS: Final = "neighbour-group"
"""The kind of an area that stands for a group of councils which one council is compared with."""
_KINDS: Final = ("country", "region", "county", "council", "local-authority", "district", "locality", "ward")
"""Kinds from wide to narrow; others come after them, and groups of neighbours last."""


@dataclass(frozen=True)
class Place:
    """One area of the site, with the packages that know it. `of` is the council whose neighbours it stands for."""

    area: Area
    packages: tuple[Package, ...]
    above: tuple[Area, ...]
    parts: tuple[Area, ...]
    of: Area | None
    members: tuple[Area, ...] = ()
    """The areas that a group of neighbours is the average of, where that is known."""

    @property
    def path(self) -> str:
        """The address of its page."""
        return area_path(self.area)

    @property
    def step(self) -> tuple[str, str]:
        """Its address and name, for the way to a page."""
        return (self.path, self.area.name)

    @property
    def own(self) -> tuple[Package, ...]:
        """The packages that are about it."""
        return tuple(p for p in self.packages if p.words and p.words.area == self.area.code)


@dataclass(frozen=True)
class Places:
    """All places of a site by code, from wide to narrow."""

    by_code: dict[str, Place]

    @cached_property
    def kinds(self) -> dict[str, list[Place]]:
        """The places of each kind, in order."""
        found: dict[str, list[Place]] = {}
        for place in self.by_code.values():
            found.setdefault(place.area.kind, []).append(place)
        return found

    def beside(self, area: Area) -> list[Area]:
        """What an area is compared with: its own neighbours, then whatever it lies in, the nearest first."""
        return [*self._neighbours.get(area.code, ()), *self.by_code[area.code].above]

    @cached_property
    def _neighbours(self) -> dict[str, list[Area]]:
        found: dict[str, list[Area]] = {}
        for place in self.by_code.values():
            if place.of:
                found.setdefault(place.of.code, []).append(place.area)
        return found


def area_path(area: Area) -> str:
    """The address of the page of an area."""
    return f"areas/{re.sub(r'[^A-Za-z0-9._-]+', '-', area.code).strip('.-') or 'area'}/"


def describe_kind(kind: str) -> str:
    """A kind of area as a heading: `Local authority`, `Area`."""
    words = kind.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}" or "Area"


def describe_kinds(kind: str) -> str:
    """A kind of area in the plural: `Local authorities`, `Areas`."""
    words = describe_kind(kind)
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words if words.endswith("s") else f"{words}s"


def describe_places(packages: Sequence[Package]) -> Places:
    """Every area that a package knows. Where packages tell of one differently, the package about it is believed."""
    areas: dict[str, Area] = {}
    know: dict[str, list[Package]] = {}
    for package in packages:
        for area in package.cube.areas.values() if package.cube else ():
            know.setdefault(area.code, []).append(package)
            if area.code not in areas or (package.words and package.words.area == area.code):
                areas[area.code] = area
    ordered = sorted(areas.values(), key=_order)
    return Places({area.code: _place(area, areas, ordered, know[area.code]) for area in ordered})


def _place(area: Area, areas: dict[str, Area], ordered: list[Area], packages: list[Package]) -> Place:
    parts = tuple(part for part in ordered if part.parent == area.code and part.code != area.code)
    council, members = _council(area, areas, packages), _members(area, areas, packages)
    return Place(area, tuple(packages), _above(area, areas), parts, council, members)


def _above(area: Area, areas: dict[str, Area]) -> tuple[Area, ...]:
    """What an area lies in, the nearest first. A circle of parents ends where it began."""
    found: list[Area] = []
    while area.parent in areas and areas[area.parent] not in found and len(found) < len(areas):
        area = areas[area.parent]
        found.append(area)
    return tuple(found)


def _council(area: Area, areas: dict[str, Area], packages: list[Package]) -> Area | None:
    if area.kind != NEIGHBOURS:
        return None
    about = {package.words.area for package in packages if package.words} & set(areas)
    return areas[about.pop()] if len(about) == 1 else None


def _members(area: Area, areas: dict[str, Area], packages: list[Package]) -> tuple[Area, ...]:
    groups = [group for package in packages if package.words for group in package.words.groups]
    codes = next((group.members for group in groups if group.area == area.code), [])
    return tuple(areas[code] for code in codes if code in areas)


def _order(area: Area) -> tuple[int, str, str]:
    rank = _KINDS.index(area.kind) if area.kind in _KINDS else len(_KINDS) + (area.kind == NEIGHBOURS)
    return (rank, area.name, area.code)
