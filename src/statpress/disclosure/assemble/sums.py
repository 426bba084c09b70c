"""What adds up to what: along dimensions that are declared to add up, and where areas or periods do add up.

A group that nothing prints is a quantity like any other: its parts make it, and it is part of what is above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statpress.declare.catalogues import Dimension
from statpress.disclosure.assemble.draft import Draft, Variable
from statpress.disclosure.assemble.gaps import find_gaps
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity
from statpress.disclosure.assemble.ratios import halves, per
from statpress.disclosure.times import find_series


@dataclass(frozen=True)
class Sum:
    """`parts` that may make up `total`; `complete` says that nothing is known to be missing among them."""

    total: Quantity
    parts: tuple[Quantity, ...]
    complete: bool


def write_sums(draft: Draft, part: Part) -> None:
    """Write down every sum of a part, with what the parts leave of the whole where they leave something."""
    names = [name for name in sorted(draft.columns) if _belongs(name, part)]
    for found in _order(_along_dimensions(names, part)):
        _write(draft, part, found)
    told = [
        name
        for name in sorted(draft.columns)
        if not name.is_share and (draft.is_told(name) or name in draft.wholes) and _belongs(name, part)
    ]
    for found in (*_along_areas(told, part), *_along_times(told)):
        if _wholes_agree(draft, found):
            _write(draft, part, found)
    for total, parts in list(find_gaps(draft, part, told)):
        draft.fact({draft.column(total): -1} | {draft.column(name): 1 for name in parts})


def _belongs(name: Quantity, part: Part) -> bool:
    return part.rules.measure(name.measure) is not None and all(code[0] in part.rules.dimensions for code in name.codes)


def _along_dimensions(names: Iterable[Quantity], part: Part) -> Iterator[Sum]:
    """The sums of the given quantities and of all groups above them."""
    parts: dict[tuple[str, Quantity], list[Quantity]] = {}
    waiting, seen = list(names), set(names)
    while waiting:
        name = waiting.pop()
        for dimension, code in name.codes:
            if dimension in part.rules.adds_up:
                total = name.along(dimension, part.rules.dimensions[dimension].categories[code].parent)
                parts.setdefault((dimension, total), []).append(name)
                if total not in seen:
                    seen.add(total)
                    waiting.append(total)
    for (dimension, total), found in parts.items():
        yield Sum(total, tuple(sorted(found)), _is_complete(part.rules.dimensions[dimension], dimension, found))


def _is_complete(dimension: Dimension, name: str, parts: list[Quantity]) -> bool:
    codes = {dict(part.codes)[name] for part in parts}
    parents = {dimension.categories[code].parent for code in codes}
    return codes == {code for code, category in dimension.categories.items() if category.parent in parents}


def _order(sums: Iterable[Sum]) -> list[Sum]:
    """Groups before the groups that they are part of, so that the value of each is known in time."""
    found = sorted(sums, key=lambda one: (one.total, one.parts))
    made_of: dict[Quantity, list[Quantity]] = {}
    for one in found:
        made_of.setdefault(one.total, []).extend(one.parts)
    heights: dict[Quantity, int] = {}

    def height(name: Quantity) -> int:
        if name not in heights:
            heights[name] = 1 + max((height(part) for part in made_of.get(name, ())), default=0)
        return heights[name]

    return sorted(found, key=lambda one: height(one.total))


def _along_areas(names: list[Quantity], part: Part) -> Iterator[Sum]:
    """Each area as a part of the nearest one above it that figures tell."""
    parents = {code: area.parent for code, area in part.rules.areas.items() if area.parent}
    known, parts = set(names), dict[Quantity, list[Quantity]]()
    for name in names:
        code = parents.get(name.area)
        while code is not None and name._replace(area=code) not in known:
            code = parents.get(code)
        if code is not None:
            parts.setdefault(name._replace(area=code), []).append(name)
    for total, found in parts.items():
        yield Sum(total, tuple(found), complete=False)


def _along_times(names: list[Quantity]) -> Iterator[Sum]:
    """Each period with the shorter ones of one length within it."""
    shorter, known = find_series({name.period for name in names}), set(names)
    for name in names:
        for codes in shorter.get(name.period, ()):
            parts = tuple(part for code in codes if (part := name._replace(period=code)) in known)
            if len(parts) > 1:
                yield Sum(name, parts, complete=False)


def _wholes_agree(draft: Draft, one: Sum) -> bool:
    """Counts behind ratios add up where what they are out of does."""
    wholes = [draft.wholes.get(name) for name in (one.total, *one.parts)]
    if all(draft.of(name).slack == 0 for name in (one.total, *one.parts)):
        return True
    guesses = [draft.of(whole).guess if whole is not None else None for whole in wholes]
    known = [guess for guess in guesses if guess is not None]
    return len(known) == len(guesses) and known[0] == sum(known[1:])


def _write(draft: Draft, part: Part, one: Sum) -> None:
    if one.total.is_share and not one.total.codes and not draft.is_told(one.total):
        _make_whole(draft, part, one.total)
    total, parts = draft.of(one.total), [draft.of(name) for name in one.parts]
    if _contradicts(total, parts):
        return
    row = {draft.column(one.total): -1} | {draft.column(name): 1 for name in one.parts}
    rest = _rest(total, parts, one)
    if rest is not None:
        column = draft.add(rest)
        draft.rests[column] = one.total
        row[column] = 1
    elif total.guess is None and total.item < 0:
        total.guess, total.slack = _total(parts)
    draft.fact(row)


def _contradicts(total: Variable, parts: list[Variable]) -> bool:
    """Whether the parts are more than the whole, so that the source does not mean them to add up."""
    known, slack = _known(parts)
    return total.guess is not None and known > total.guess + total.slack + slack


def _rest(total: Variable, parts: list[Variable], one: Sum) -> Variable | None:
    """What the parts leave of the whole. A reader who does not know takes them for all there is of a printed whole."""
    if total.guess is None:
        return None if one.complete or total.item >= 0 else Variable()
    known, slack = _known(parts)
    left, slack = total.guess - known, total.slack + slack
    if left <= slack or any(part.guess is None for part in parts):
        return None
    return Variable(guess=left, slack=slack)


def _total(parts: list[Variable]) -> tuple[float | None, float]:
    known, slack = _known(parts)
    return (None, 0.0) if any(part.guess is None for part in parts) else (known, slack)


def _known(parts: list[Variable]) -> tuple[float, float]:
    """The sum of what is known of the parts, and how far it may be off."""
    known = sum(part.guess for part in parts if part.guess is not None)
    return known, sum(part.slack for part in parts)


def _make_whole(draft: Draft, part: Part, name: Quantity) -> None:
    """All shares of one whole are 100 % of it, whether or not that is printed."""
    whole = float(halves(name.measure, part.rules) * per(name.measure, part.rules))
    variable = draft.of(name)
    variable.guess, variable.shown, variable.hidden = whole, (whole, whole), (whole, whole)
