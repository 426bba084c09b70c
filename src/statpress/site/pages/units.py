"""A site is made unit by unit: what is as the last build made it is taken as it lies there, all else is made anew.

Units know nothing of one another, so that they can be made on all cores at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from statpress.site.facts.indicator import Indicator
from statpress.site.files.kept import noting
from statpress.site.pages.downloads import Member
from statpress.site.pages.forked import map_forked
from statpress.site.pages.page import Asset, Page


@dataclass(frozen=True)
class Products:
    """What is made of a unit: pages, files, what the zip of everything has of it, and how many charts pages show."""

    pages: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    members: tuple[Member, ...] = ()
    charts: int = 0
    entries: tuple[str, ...] = ()
    """The names of what the stores keep for it."""


@dataclass(frozen=True)
class Unit:
    """A part of the site by its name, with the sum of everything that it is made of, and how it is made.

    It is made from the figures of `indicators`.
    """

    name: str
    made_of: str
    make: Callable[[], Products]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Made:
    """A unit with its products. Those that are `kept` lie in the site from the last build."""

    unit: Unit
    products: Products
    kept: bool


Find = Callable[[Unit], Products | None]
"""What the last build made of a unit, if that can be used."""


def find_nothing(unit: Unit) -> None:
    """Nothing is known of a last build."""


def make_units(units: Sequence[Unit], find: Find, on_done: Callable[[int, int], None]) -> dict[str, Made]:
    """Each unit made, by its name. `on_done` is told how many are done, and how many there are."""
    kept = {unit.name: Made(unit, found, kept=True) for unit in units if (found := find(unit))}
    anew = [unit for unit in units if unit.name not in kept]
    _read_figures(anew)
    made = map_forked(_make, anew, lambda done: on_done(len(kept) + done, len(units)))
    return kept | {unit.name: Made(unit, products, kept=False) for unit, products in zip(anew, made, strict=True)}


def _read_figures(units: Sequence[Unit]) -> None:
    """Read all figures that are needed, before there are copies of this process that would each read them."""
    for unit in units:
        for indicator in unit.indicators:
            _ = indicator.figures


def _make(unit: Unit) -> Products:
    with noting() as used:
        products = unit.make()
    return replace(products, entries=tuple(sorted(used)))
