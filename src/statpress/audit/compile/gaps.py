"""Cells that a crossed table leaves out: nobody prints them, yet they are there, and add up along each dimension.

That no boy of one age is printed does not keep a reader from reckoning with them: they are a part of the boys, and a
part of that age, and no less than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from statpress.audit.compile.sums import Breakdown, equals, find_breakdowns
from statpress.audit.facts import Fact
from statpress.audit.printed import PrintedTable, Quantity
from statpress.cube import ALL

_CROSSED = 2
_TIMES = 4
"""Tables of which so much less is printed than is left out are not filled in: nothing would be certain of the cells."""

Breakdowns = Mapping[tuple[str, str], Breakdown]


def compile_gaps(tables: Sequence[PrintedTable], names: Iterable[Quantity]) -> Iterator[Fact]:
    """The sums that cells are in which nobody prints, `names` being all that others speak of."""
    breakdowns = find_breakdowns(tables)
    told = set(names)
    tried: set[tuple[Quantity, tuple[str, ...]]] = set()
    for name in sorted(told):
        dimensions = tuple(dimension for dimension, _ in name.groups)
        place = (name._replace(groups=()), dimensions)
        if len(dimensions) >= _CROSSED and place not in tried:
            tried.add(place)
            yield from _fill_in(*place, told, breakdowns)


def _fill_in(whole: Quantity, dimensions: Sequence[str], told: set[Quantity], breakdowns: Breakdowns) -> Iterator[Fact]:
    """The sums of one table, crossed by some dimensions, that a cell is in which is not told."""
    along = [breakdowns.get((whole.measure, dimension)) for dimension in dimensions]
    ways = [way for way in along if way is not None and way.adds_up]
    if len(ways) < len(dimensions):
        return
    codes = [sorted({code for parents in way.hierarchies for code in parents}) for way in ways]
    cells = [_name(whole, dimensions, choice) for choice in product(*([ALL, *own] for own in codes))]
    if len(cells) > _TIMES * sum(cell in told for cell in cells):
        return
    for place, way in enumerate(ways):
        others = product(*([ALL, *own] if at != place else [ALL] for at, own in enumerate(codes)))
        for other in others:
            for parents in way.hierarchies:
                yield from _along(whole, dimensions, (place, other), parents, told)


def _along(
    whole: Quantity,
    dimensions: Sequence[str],
    at: tuple[int, tuple[str, ...]],
    parents: Mapping[str, str],
    told: set[Quantity],
) -> Iterator[Fact]:
    place, other = at
    for total in sorted(set(parents.values())):
        codes = [total, *(code for code, parent in parents.items() if parent == total)]
        top, *parts = (_name(whole, dimensions, (*other[:place], code, *other[place + 1 :])) for code in codes)
        if not told.issuperset((top, *parts)):
            yield equals(top, parts, "sum", dimensions[place])


def _name(whole: Quantity, dimensions: Sequence[str], codes: Iterable[str]) -> Quantity:
    pairs = zip(dimensions, codes, strict=True)
    return whole._replace(groups=tuple((dimension, code) for dimension, code in pairs if code != ALL))
