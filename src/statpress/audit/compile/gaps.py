"""Cells that a crossed table leaves out: nobody prints them, yet they are there, and add up along each of its ways.

That no boy of one age is printed does not keep a reader from reckoning with them: they are a part of the boys, and a
part of that age, and no less than none. So are the boys of one ward part of the ward, and of the boys of the city.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from statpress.audit.compile.parts import find_parts
from statpress.audit.compile.places import find_area_families, find_period_families
from statpress.audit.compile.sums import Breakdown, find_breakdowns
from statpress.audit.printed import PrintedTable, Quantity
from statpress.cube import ALL

_CROSSED = 2
_TIMES = 4
"""Tables of which so much less is printed than is left out are not filled in: nothing would be certain of the cells."""

Breakdowns = Mapping[tuple[str, str], Breakdown]
Codes = Sequence[Sequence[str]]
"""The codes of each dimension of a table, the whole first."""


def find_gaps(tables: Sequence[PrintedTable], names: Iterable[Quantity], *, in_releases: bool = False) -> set[Quantity]:
    """The cells that tables crossed by two or more ways leave out. `names` is all that figures speak of.

    Ways are dimensions, areas within one, and periods within one. A count that is part of another is crossed as that.
    Several releases (`in_releases`) are one more way: what one leaves of a whole is a part of that in the next as well.
    """
    told = set(names)
    breakdowns = find_breakdowns(tables)
    gaps: set[Quantity] = set()
    for cells in _tables(tables, told, breakdowns, _CROSSED - in_releases):
        missing = cells - told
        if len(cells) <= _TIMES * (len(cells) - len(missing)):
            gaps |= missing
    return gaps


def _tables(
    tables: Sequence[PrintedTable], told: set[Quantity], breakdowns: Breakdowns, enough: int
) -> Iterator[set[Quantity]]:
    """The cells of each table that the names are part of, told or not, where it has dimensions `enough` or places."""
    by_shape: dict[tuple[Quantity, tuple[str, ...]], set[tuple[str, str]]] = {}
    for name in told:
        shape = name._replace(area="", period="", groups=()), tuple(dimension for dimension, _ in name.groups)
        by_shape.setdefault(shape, set()).add((name.area, name.period))
    pairs = find_parts(tables)
    parts = {numerator for numerator, _ in pairs}
    for numerator, denominator in pairs:
        for (whole, dimensions), places in list(by_shape.items()):
            if whole.measure == denominator:
                by_shape.setdefault((whole._replace(measure=numerator), dimensions), set()).update(places)
    areas = find_area_families(tables, {name.area for name in told})
    periods = find_period_families({name.period for name in told})
    for (whole, dimensions), places in sorted(by_shape.items(), key=lambda one: one[0]):
        codes = _codes(whole.measure, dimensions, breakdowns, told)
        if codes is not None:
            own = [[place] for place in sorted(places)] if len(dimensions) + (whole.measure in parts) >= enough else []
            for block in (*own, *_blocks(places, areas, periods, len(dimensions))):
                yield set(_cells(whole, dimensions, codes, block))


def _codes(measure: str, dimensions: Sequence[str], breakdowns: Breakdowns, told: set[Quantity]) -> Codes | None:
    """The codes of each dimension, those that are told where it does not add up; None where nobody knows."""
    ways = [breakdowns.get((measure, dimension)) for dimension in dimensions]
    found = [way for way in ways if way is not None]
    if len(found) < len(dimensions):
        return None
    return [[ALL, *_codes_of(way, measure, told)] for way in found]


def _codes_of(way: Breakdown, measure: str, told: set[Quantity]) -> list[str]:
    if way.adds_up:
        return sorted({code for parents in way.hierarchies for code in parents})
    groups = (pair for name in told if name.measure == measure for pair in name.groups)
    return sorted({code for dimension, code in groups if dimension == way.dimension})


def _blocks(
    places: set[tuple[str, str]], areas: Sequence[Sequence[str]], periods: Sequence[Sequence[str]], crossed: int
) -> Iterator[list[tuple[str, str]]]:
    """Areas and periods that make a table with the dimensions: a family of one, or of both."""
    own_areas, own_periods = {area for area, _ in places}, {period for _, period in places}
    families = [family for family in areas if not own_areas.isdisjoint(family)]
    series = [family for family in periods if not own_periods.isdisjoint(family)]
    if crossed >= 1:
        yield from ([(area, period) for area in family] for family in families for period in sorted(own_periods))
        yield from ([(area, period) for period in family] for family in series for area in sorted(own_areas))
    else:
        yield from (list(product(family, times)) for family in families for times in series)


def _cells(
    whole: Quantity, dimensions: Sequence[str], codes: Codes, block: Iterable[tuple[str, str]]
) -> Iterator[Quantity]:
    for (area, period), choice in product(list(block), list(product(*codes))):
        groups = tuple((one, code) for one, code in zip(dimensions, choice, strict=True) if code != ALL)
        yield whole._replace(area=area, period=period, groups=groups)
