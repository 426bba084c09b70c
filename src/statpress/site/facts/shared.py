"""A measure over all packages that publish it, so that areas of several packages stand beside one another.

Packages share a measure when they define it in the same words. Measures that only have the same name are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from statpress.cube import NOT_STATED
from statpress.packages.descriptor import Measure
from statpress.packages.package import Area, Package
from statpress.site.facts.indicator import Figure, Indicator, Shape

Time = tuple[str, str]
"""A time that figures share: its code, and the package where only that knows when it was."""


@dataclass(frozen=True)
class Holding:
    """One figure, and the indicator whose page tells of it."""

    figure: Figure
    indicator: Indicator

    @property
    def time(self) -> Time:
        """The time of the figure."""
        period = self.figure.period
        return (period.code, self.indicator.package.id if period.kind == NOT_STATED else "")


@dataclass(frozen=True)
class SharedMeasure:
    """One measure with the indicators of all packages that publish it. `id` is its part of an address."""

    id: str
    indicators: tuple[Indicator, ...]

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.indicators[0].measure

    @property
    def statutory(self) -> str:
        """What the law or the national return says that it counts, or nothing."""
        return next((i.entry.statutory for i in self.indicators if i.entry.statutory), "")

    @property
    def path(self) -> str:
        """The address of the page that compares its areas."""
        return f"compare/{self.id}/"

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """Every way in which the figures are broken down, the simplest first."""
        return tuple(sorted({s for i in self.indicators for s in i.shapes}, key=lambda shape: (len(shape), shape)))

    @cached_property
    def wholes(self) -> dict[Time, dict[str, Holding]]:
        """The figures that are not broken down, by time and area."""
        return self._gather(figure_holding for figure_holding in self._holdings() if not figure_holding.figure.groups)

    @cached_property
    def peers(self) -> dict[tuple[Time, str], list[Figure]]:
        """The figures that are not broken down, by time and kind of area."""
        found: dict[tuple[Time, str], list[Figure]] = {}
        for time, areas in self.wholes.items():
            for holding in areas.values():
                found.setdefault((time, holding.figure.area.kind), []).append(holding.figure)
        return found

    def groups(self, shape: Shape) -> dict[tuple[str, ...], dict[Time, dict[str, Holding]]]:
        """The figures of one shape by the labels of their groups, then by time and area."""
        found: dict[tuple[str, ...], list[Holding]] = {}
        for holding in self._holdings():
            if holding.figure.shape == shape:
                labels = tuple(code.label for code in holding.figure.groups.values())
                found.setdefault(labels, []).append(holding)
        return {labels: self._gather(holdings) for labels, holdings in found.items()}

    def _holdings(self) -> Iterable[Holding]:
        return (Holding(figure, indicator) for indicator in self.indicators for figure in indicator.figures)

    def _gather(self, holdings: Iterable[Holding]) -> dict[Time, dict[str, Holding]]:
        found: dict[Time, dict[str, Holding]] = {}
        for holding in holdings:
            areas = found.setdefault(holding.time, {})
            code = holding.figure.area.code
            if code not in areas or _trust(holding) > _trust(areas[code]):
                areas[code] = holding
        return found


@dataclass(frozen=True)
class Shelves:
    """All shared measures of a site, and the one that each indicator belongs to."""

    measures: tuple[SharedMeasure, ...]
    of: dict[str, SharedMeasure]


def share_measures(indicators: Sequence[Indicator]) -> Shelves:
    """The measures of all indicators, each once."""
    found: dict[tuple[object, ...], list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(_definition(indicator.measure), []).append(indicator)
    ids = [key[0] for key in found]
    shared = [
        SharedMeasure(m.id if ids.count(m.id) == 1 else f"{m.id}--{group[0].package.id}", tuple(group))
        for group in found.values()
        for m in (group[0].measure,)
    ]
    return Shelves(tuple(shared), {indicator.path: one for one in shared for indicator in one.indicators})


def pick_holding(times: dict[Time, dict[str, Holding]], area: Area) -> Holding | None:
    """The latest figure of an area."""
    own = [areas[area.code] for areas in times.values() if area.code in areas]
    return max(own, key=lambda holding: (holding.figure.period.end, holding.figure.period.start), default=None)


def _definition(measure: Measure) -> tuple[object, ...]:
    m = measure
    return (m.id, m.title, m.definition, m.unit, m.kind, m.decimals, m.polarity, m.base)


def _trust(holding: Holding) -> tuple[bool, str, str]:
    """Of two packages that tell of one area, the one that is about it is believed, then the newer one."""
    package: Package = holding.indicator.package
    about = bool(package.words and package.words.area == holding.figure.area.code)
    return (about, package.released, package.id)
