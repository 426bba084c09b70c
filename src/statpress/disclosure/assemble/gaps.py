"""Cells that a crossed table leaves out: nothing prints them, yet they are a part of their row and of their column.

So they join sums that share no printed cell, and whoever reckons with them learns more than from each sum alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from statpress.cube import ALL
from statpress.disclosure.assemble.draft import Draft
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity

_CROSSED = 2
_TIMES = 4
"""Tables of which so much less is printed than is left out are not filled in: nothing would be certain of the cells."""


def find_gaps(draft: Draft, part: Part, names: Iterable[Quantity]) -> Iterator[tuple[Quantity, tuple[Quantity, ...]]]:
    """The totals and parts of the sums that a cell is in which none of `names` is, in tables crossed by two or more."""
    told = {name for name in names if not name.is_share}
    tried: set[tuple[Quantity, tuple[str, ...]]] = set()
    for name in sorted(told):
        dimensions = tuple(dimension for dimension, _ in name.codes)
        place = (name._replace(codes=()), dimensions)
        if len(dimensions) >= _CROSSED and part.rules.adds_up.issuperset(dimensions) and place not in tried:
            tried.add(place)
            yield from (one for one in _fill_in(part, *place, told) if _may_be(draft, *one))


def _fill_in(
    part: Part, whole: Quantity, dimensions: Sequence[str], told: set[Quantity]
) -> Iterator[tuple[Quantity, tuple[Quantity, ...]]]:
    codes = [[ALL, *part.rules.dimensions[dimension].categories] for dimension in dimensions]
    cells = [_name(whole, dimensions, choice) for choice in product(*codes)]
    if len(cells) > _TIMES * sum(cell in told for cell in cells):
        return
    for dimension in dimensions:
        categories = part.rules.dimensions[dimension].categories
        for cell in cells:
            own = dict(cell.codes).get(dimension, ALL)
            below = [code for code, category in categories.items() if category.parent == own]
            parts = tuple(cell.along(dimension, code) for code in below)
            if parts and not told.issuperset((cell, *parts)):
                yield cell, parts


def _name(whole: Quantity, dimensions: Sequence[str], codes: Iterable[str]) -> Quantity:
    pairs = zip(dimensions, codes, strict=True)
    return whole._replace(codes=tuple(pair for pair in pairs if pair[1] != ALL))


def _may_be(draft: Draft, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether what is known of the parts is no more than what is known of the total."""
    known = [draft.of(name) for name in parts if draft.is_told(name)]
    most = draft.of(total).guess if draft.is_told(total) else None
    if most is None:
        return True
    slack = draft.of(total).slack + sum(part.slack for part in known)
    return sum(part.guess or 0.0 for part in known) <= most + slack
