"""An indicator: one measure of one package with its figures, and the choice of the figures that lead its page.

Nothing here computes a figure. Everything is chosen from what the package shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from statpress.cube import ALL
from statpress.packages.descriptor import Measure, MeasureEntry, Source
from statpress.packages.package import Area, Code, Cube, Dimension, Extent, Observation, Package, Period

Shape = tuple[str, ...]
"""The dimensions by which a figure is broken down, in the order of the package."""
Key = tuple[str, str, tuple[str, ...]]
"""What a figure is about: the codes of its area, its period and its groups."""
Limits = tuple[Decimal | None, Decimal | None]
"""The ends of a confidence interval."""


@dataclass(frozen=True)
class Figure:
    """One figure with what it is about. `groups` has a code for each dimension by which it is broken down."""

    area: Area
    period: Period
    groups: dict[str, Code]
    value: Decimal | None
    status: str
    note: str
    low: Decimal | None = None
    """The lower end of its confidence interval, where the package has one."""
    high: Decimal | None = None
    """The upper end."""

    @property
    def shape(self) -> Shape:
        """The dimensions by which it is broken down."""
        return tuple(self.groups)


@dataclass(frozen=True)
class Indicator:
    """One measure of one package, with its figures in the order of the code lists, which are read when asked for."""

    package: Package
    measure: Measure
    dimensions: dict[str, Dimension]
    sources: tuple[Source, ...]
    caveats: tuple[str, ...]
    alt: str = ""
    """Words of the publisher for the first chart, or nothing."""
    entry: MeasureEntry = field(default_factory=lambda: MeasureEntry(id=""))
    """What the descriptor says of the measure."""
    conflicts: tuple[str, ...] = ()
    """Those of the caveats that say how the source contradicts itself."""
    ends: tuple[Indicator, ...] = ()
    """The measures that hold the ends of its confidence intervals, which have no page of their own."""

    @property
    def family(self) -> tuple[Indicator, ...]:
        """It, and the ends of its intervals."""
        return (self, *self.ends)

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"indicators/{self.package.id}/{self.measure.id}/"

    @property
    def extent(self) -> Extent:
        """How many figures it has."""
        return _cube_of(self.package).extents[self.measure.id]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures."""
        cube, limits = _cube_of(self.package), _read_limits(self.package, self.entry)
        order = {code: number for number, code in enumerate(cube.areas)}
        figures = (_figure(cube, row, limits.get(_key(row), (None, None))) for row in cube.by_measure[self.measure.id])
        return tuple(sorted(figures, key=lambda figure: _order(cube, order, figure)))

    @cached_property
    def focus(self) -> Area | None:
        """The area that the package is about, or the only one that there are figures of."""
        words = self.package.words
        return _focus(_cube_of(self.package), words.area if words else "", self.figures)

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """Every way in which its figures are broken down, the simplest first."""
        return tuple(sorted({figure.shape for figure in self.figures}, key=lambda shape: (len(shape), shape)))

    @cached_property
    def headline(self) -> Figure | None:
        """The figure for the whole of the area that the package is about, at the latest time."""
        return max(self.whole(self.focus), key=_time, default=None) if self.focus else None

    def whole(self, area: Area | None) -> list[Figure]:
        """The figures of an area that are not broken down."""
        return [figure for figure in self.figures if not figure.groups and figure.area == area]

    def of_shape(self, shape: Shape) -> list[Figure]:
        """The figures broken down in one way."""
        return [figure for figure in self.figures if figure.shape == shape]


def describe_indicators(package: Package) -> tuple[Indicator, ...]:
    """Every measure of a package that has figures, in the order in which the package lists them.

    The ends of confidence intervals are told with the measure that they are of.
    """
    if package.cube is None or package.words is None:
        return ()
    entries = {entry.id: entry for entry in package.words.measures}
    ids = [*entries, *(measure for measure in package.cube.measures if measure not in entries)]
    known = package.cube.extents
    found = {m: _describe(package, entries.get(m, MeasureEntry(id=m))) for m in ids if m in known}
    ends = {name: [end for end in _list_ends(one.entry) if end in found] for name, one in found.items()}
    inner = {end for own in ends.values() for end in own}
    return tuple(
        replace(one, ends=tuple(found[end] for end in ends[name])) for name, one in found.items() if name not in inner
    )


def latest(figures: list[Figure]) -> list[Figure]:
    """The figures of the latest time among them."""
    last = max((_time(figure) for figure in figures), default=None)
    return [figure for figure in figures if _time(figure) == last]


def _time(figure: Figure) -> tuple[str, str, str]:
    return (figure.period.end, figure.period.start, figure.period.code)


def _cube_of(package: Package) -> Cube:
    assert package.cube is not None  # noqa: S101 - an indicator comes from a cube
    return package.cube


def _describe(package: Package, entry: MeasureEntry) -> Indicator:
    cube, words = _cube_of(package), package.words
    assert words is not None  # noqa: S101 - the caller has looked
    known = {caveat.id: caveat for caveat in words.caveats}
    caveats = [known[name] for name in entry.caveats]
    sources = package.descriptor.sources
    return Indicator(
        package=package,
        measure=cube.measures[entry.id],
        dimensions={dimension.id: dimension for dimension in cube.dimensions},
        sources=tuple(sources[number] for number in entry.sources if 0 <= number < len(sources)),
        caveats=tuple(caveat.text for caveat in caveats),
        conflicts=tuple(caveat.text for caveat in caveats if caveat.conflict),
        alt=entry.alt,
        entry=entry,
    )


def _list_ends(entry: MeasureEntry) -> tuple[str, ...]:
    return (entry.interval.lower, entry.interval.upper) if entry.interval else ()


def _read_limits(package: Package, entry: MeasureEntry) -> dict[Key, Limits]:
    """The ends of the confidence intervals by what they are about, where both are shown."""
    if entry.interval is None:
        return {}
    rows = _cube_of(package).by_measure
    lower = {_key(row): row.value for row in rows.get(entry.interval.lower, [])}
    upper = {_key(row): row.value for row in rows.get(entry.interval.upper, [])}
    return {key: (lower[key], upper[key]) for key in lower.keys() & upper.keys()}


def _key(row: Observation) -> Key:
    return (row.area, row.period, row.codes)


def _figure(cube: Cube, row: Observation, limits: Limits) -> Figure:
    groups = {
        dimension.id: dimension.codes[code]
        for dimension, code in zip(cube.dimensions, row.codes, strict=True)
        if code != ALL
    }
    low, high = limits if row.value is not None and None not in limits else (None, None)
    return Figure(cube.areas[row.area], cube.periods[row.period], groups, row.value, row.status, row.note, low, high)


def _order(cube: Cube, areas: dict[str, int], figure: Figure) -> tuple[object, ...]:
    groups = [(figure.groups[d.id].order if d.id in figure.groups else -1) for d in cube.dimensions]
    return (_time(figure), groups, areas[figure.area.code])


def _focus(cube: Cube, code: str, figures: tuple[Figure, ...]) -> Area | None:
    areas = {figure.area.code for figure in figures}
    if code in areas:
        return cube.areas[code]
    return cube.areas[areas.pop()] if len(areas) == 1 else None
