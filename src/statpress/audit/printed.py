"""What is printed, as plain values: all that an attacker has.

A table is one release of one package, or a table made elsewhere. Nothing here knows a withheld number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal, NamedTuple, get_args

from statpress.cube import ALL

Standard = Literal["not_determined", "zero_aware", "symbol"]
STANDARDS: Final[tuple[Standard, ...]] = get_args(Standard)
"""What readers may not learn of a withheld count, from the least that is promised to the most"""

Key = tuple[str, ...]
"""Measure, area, period, then a category a dimension of the table."""

FRACTIONS = ("percentage", "rate", "mean", "ratio")


class Quantity(NamedTuple):
    """The name of a number that is true whether or not anybody prints it.

    `groups` are the dimensions in which it is broken down, sorted, each with its category; what is about everybody has
    none. So a margin that two tables share has one name. `part` is `numerator`, `denominator` or `share` for what
    stands behind a ratio that names no measure for it; `release` names the earlier release that is meant.
    """

    measure: str
    area: str = ""
    period: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    part: str = ""
    release: str = ""


QuantityName = Quantity


@dataclass(frozen=True)
class Cell:
    """What one cell prints: a value, or None and the status that says why; `least` and `most` are what a mark says."""

    value: Decimal | None
    status: str = ""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Rounding:
    """How counts are rounded: `conventional` (to the nearest) or `controlled` (up or down, less than one base).

    `small` counts are `rounded` like all others, or `withheld`.
    """

    base: int
    method: str = "conventional"
    small: str = "rounded"


@dataclass(frozen=True)
class Rules:
    """What the policy says aloud: the band of counts that are withheld, and what goes with it."""

    low: int = 1
    high: int = 5
    zeros_shown: bool = True
    complements: bool = True
    smallest_denominator: int = 1
    rounding: Rounding | None = None
    standard: Standard = "symbol"

    @property
    def band(self) -> tuple[int, int]:
        """The first and the last count that is small."""
        return (max(self.low, 1) if self.zeros_shown else 0), self.high


@dataclass(frozen=True)
class Dimension:
    """A way in which figures are broken down. `parents` leads from each category up to `all`; several for one
    dimension are alternative hierarchies."""

    name: str
    hierarchies: tuple[Mapping[str, str], ...]
    adds_up: bool


@dataclass(frozen=True)
class Measure:
    """What a measure is made of. `change_of` names the measure whose change since the period before this one is."""

    kind: str = "count"
    decimals: int = 0
    numerator: str = ""
    denominator: str = ""
    denominator_at: str = "same"
    base: int | None = None
    denominator_at_least: int | None = None
    unprotected: bool = False
    change_of: str = ""

    @property
    def per(self) -> int:
        """What a fraction counts per."""
        return self.base or (100 if self.kind == "percentage" else 1)


@dataclass(frozen=True)
class Labels:
    """Codes in words, for sentences; a code without words stands for itself."""

    measures: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class PrintedTable:
    """One release of one package. `is_current` is false for a release that a later one has replaced."""

    name: str
    dimensions: tuple[Dimension, ...]
    measures: Mapping[str, Measure]
    cells: Mapping[Key, Cell]
    rules: Rules = Rules()
    version: str = ""
    is_current: bool = True
    area_parents: Mapping[str, str] = field(default_factory=dict)
    labels: Labels = Labels()

    @property
    def release(self) -> str:
        """How quantities name this release: empty for the one in place."""
        return "" if self.is_current else f"{self.name} {self.version}"

    def quantity(self, key: Key) -> Quantity:
        """The name of the quantity that a cell is about."""
        groups = sorted(
            (dimension.name, code) for dimension, code in zip(self.dimensions, key[3:], strict=True) if code != ALL
        )
        return Quantity(key[0], key[1], key[2], tuple(groups), release=self.release)

    def quantities(self) -> Iterator[tuple[Quantity, Cell]]:
        """Every printed cell by the name of its quantity, in the order of the names."""
        return iter(self._by_name)

    def cell_of(self, name: Quantity) -> Cell:
        """The cell that is about a quantity, or about a part of what is behind it."""
        return self._cells[name._replace(part="")]

    @cached_property
    def _cells(self) -> Mapping[Quantity, Cell]:
        return dict(self._by_name)

    @cached_property
    def _by_name(self) -> tuple[tuple[Quantity, Cell], ...]:
        named = ((self.quantity(key), cell) for key, cell in self.cells.items())
        return tuple(sorted(named, key=lambda pair: pair[0]))
