"""The true figures of a made-up place: whole numbers in the smallest cells, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

Codes = tuple[str, ...]
"""Area, period, then a category a dimension."""
Cell = tuple[str, Codes]
"""A measure with its codes."""
ALL = "all"


@dataclass(frozen=True)
class Axis:
    """One way in which figures are broken down. `parents` leads from each code to the one above it; tops have none."""

    name: str
    parents: Mapping[str, str | None]
    adds_up: bool = True
    unseen: frozenset[str] = frozenset()
    """Codes that exist and that nobody prints"""

    @property
    def leaves(self) -> list[str]:
        """The codes that nothing lies below."""
        return [code for code in self.parents if code not in self.parents.values()]

    @property
    def inner(self) -> list[str]:
        """The codes of smallest cells: each one where several may apply."""
        return self.leaves if self.adds_up else list(self.parents)

    def within(self, code: str) -> list[str]:
        """A code with all codes below it."""
        return [code, *(low for one, above in self.parents.items() if above == code for low in self.within(one))]

    def made_of(self, code: str) -> list[str]:
        """The inner codes that a code is the sum of."""
        return [one for one in self.within(code) if one in self.inner] if self.adds_up else [code]


@dataclass(frozen=True)
class Measure:
    """A measure as it is declared. `of` are numerator and denominator; `change_of` what it is the change of."""

    name: str
    kind: str = "count"
    decimals: int = 0
    of: tuple[str, str] = ("", "")
    total: bool = False
    base: int = 100
    at_least: int | None = None
    unprotected: bool = False
    change_of: str = ""


@dataclass(frozen=True)
class World:
    """Axes (area, period, dimensions) and the smallest cells of each count."""

    axes: tuple[Axis, ...]
    counts: Mapping[str, Mapping[Codes, int]]
    parts: tuple[tuple[str, str], ...] = ()
    """Measures that are part of others, cell by cell: (part, whole)"""

    def made_of(self, codes: Codes) -> Iterator[Codes]:
        """The smallest cells that a cell is the sum of."""
        return product(*(axis.made_of(code) for axis, code in zip(self.axes, codes, strict=True)))

    def within(self, codes: Codes) -> Iterator[Codes]:
        """A cell with all cells that are part of it."""
        return product(*(axis.within(code) for axis, code in zip(self.axes, codes, strict=True)))

    def around(self, codes: Codes) -> Iterator[Codes]:
        """A cell with all cells that it is part of."""
        return product(*(list(_up(axis, code)) for axis, code in zip(self.axes, codes, strict=True)))

    def count(self, measure: str, codes: Codes) -> int:
        """The true count of any cell."""
        return sum(self.counts[measure][one] for one in self.made_of(codes))

    def cells(self) -> Iterator[Codes]:
        """Every cell that may be printed."""
        return product(*([code for code in axis.parents if code not in axis.unseen] for axis in self.axes))

    def revised(self, changes: Iterable[tuple[Cell, int]]) -> World:
        """The same place with some of the smallest cells counted anew."""
        counts = {name: dict(own) for name, own in self.counts.items()}
        for (measure, codes), value in changes:
            counts[measure][codes] = value
        return replace(self, counts=counts)


def whole_of(codes: Codes) -> Codes:
    """The cell of all categories together."""
    return (*codes[:2], *(ALL for _ in codes[2:]))


def _up(axis: Axis, code: str) -> Iterator[str]:
    above: str | None = code
    while above is not None:
        yield above
        above = axis.parents[above]
