"""Insiders: whoever is alone in a withheld cell knows it, and must not learn the cells beside it.

The only child of one age knows that the count is 1; then 6 withheld in two cells tells the other. After the ESSnet
Handbook on SDC, 2nd edition, 4.2 (singletons).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from statpress.audit.attack import Finding, FindingKind, Outcome, Report
from statpress.audit.facts import Fact, Facts
from statpress.audit.printed import Quantity
from statpress.audit.ranges import Aim, Reach, explore
from statpress.audit.settle import Part, Settled
from statpress.audit.starts import find_start
from statpress.audit.targets import Target, is_safe
from statpress.linear.components import split
from statpress.linear.solver import NoSolution
from statpress.linear.system import Bools, Floats, Form, Ints, System, make_matrix

_NOTED = 1 - 1e-6
_WHOLES = ("sum", "area", "period", "part")
_UNPRINTED = ("behind", "numerator", "complement", "rest")
"""Targets that are one group of people, which no cell holds"""


def attack_as_insiders(
    report: Report, alone: Iterable[Quantity], sensitive: Collection[Quantity], truth: Mapping[Quantity, int]
) -> tuple[Finding, ...]:
    """What each of the people who are `alone` in a withheld cell can work out that nobody outside can.

    Neither one of the `sensitive` cells may be determined for her, nor a small count that no cell holds. What is
    withheld to protect others may: it is no secret of anybody. `truth` are true counts, which tell what each of them
    knows of herself. The tables of the report serve as witnesses.
    """
    columns = report.facts.columns
    of_part = {
        int(column): number for number, part in enumerate(report.settled.parts) for column in part.component.columns
    }
    insiders: dict[int, list[Quantity]] = {}
    for name in sorted(alone):
        if name in columns and columns[name] in of_part:
            insiders.setdefault(of_part[columns[name]], []).append(name)
    families = _by_member(report.facts)
    return tuple(
        finding
        for number, names in sorted(insiders.items())
        for room in [_room(report, number, sensitive)]
        for name in names
        for known in [known_to(name, families, truth)]
        for finding in _attack_as(name, known, _own_groups(known, families), room)
    )


def seen_by(finding: Finding, report: Report) -> Settled:
    """The facts of a report as whoever works a finding out has them; for an insider, without tables."""
    if not finding.known:
        return report.settled
    columns = report.facts.columns
    facts = report.facts.fixed({name: value for name, value in finding.known.items() if name in columns})
    return replace(report.settled, facts=facts, parts=tuple(Part(one, np.zeros(0)) for one in split(facts.system)))


Families = Mapping[Quantity, Sequence[Sequence[Quantity]]]
"""The sums that a quantity is in, each with the whole first"""


def known_to(name: Quantity, families: Families, truth: Mapping[Quantity, int]) -> dict[Quantity, int]:
    """What the only person in a cell knows of herself: the groups that she alone makes, and which parts she is in."""
    known, waiting = {name: 1}, [name]
    while waiting:
        member = waiting.pop()
        for whole, *parts in families.get(member, ()):
            fresh = _own_parts(parts, truth) if whole == member else _own_whole(whole, known[member], truth)
            fresh = {one: value for one, value in fresh.items() if one not in known}
            known |= fresh
            waiting += fresh
    return known


def _own_parts(parts: Iterable[Quantity], truth: Mapping[Quantity, int]) -> dict[Quantity, int]:
    return {part: truth[part] for part in parts if truth.get(part) in (0, 1)}


def _own_whole(whole: Quantity, member: int, truth: Mapping[Quantity, int]) -> dict[Quantity, int]:
    return {whole: 1} if member == 1 and truth.get(whole) == 1 else {}


def _own_groups(known: Iterable[Quantity], families: Families) -> set[Quantity]:
    """What is about nobody but herself: what she knows, and all parts of it, whose figures the source may withhold."""
    found, waiting = set(known), list(known)
    while waiting:
        name = waiting.pop()
        parts = (part for whole, *own in families.get(name, ()) if whole == name for part in own)
        fresh = [part for part in parts if part not in found]
        found.update(fresh)
        waiting += fresh
    return found


def _by_member(facts: Facts) -> Families:
    found: dict[Quantity, list[list[Quantity]]] = {}
    for row in facts.rows:
        if row.kind in _WHOLES:
            names = [name for name, _ in row.terms]
            for name in names:
                found.setdefault(name, []).append(names)
    return found


@dataclass(frozen=True)
class _Room:
    """One component with the cells in it that somebody may want to know, and the tables that are known of it."""

    part: Part
    columns: Mapping[Quantity, int]
    targets: tuple[Target, ...]
    rows: Mapping[Quantity, Sequence[Fact]]
    """Sums by their whole"""
    forms: Any
    """(t, n) sparse: the targets"""
    moves: Any
    """(n, w) sparse: what each known table changes of the start"""


def _room(report: Report, number: int, sensitive: Collection[Quantity]) -> _Room:
    part = report.settled.parts[number]
    columns = {report.facts.names[int(column)]: place for place, column in enumerate(part.component.columns)}
    targets = tuple(
        replace(outcome.target, standard="not_determined")
        for outcome in report.outcomes
        if outcome.is_safe and _is_of_others(outcome.target, sensitive)
        if all(name in columns for name, _ in outcome.target.terms)
    )
    forms = make_matrix(({columns[name]: number for name, number in one.terms} for one in targets), len(columns))
    changes = [witness.change for witness in report.witnesses if witness.part == number]
    moves = make_matrix(
        (dict(zip(one.columns.tolist(), one.amounts.tolist(), strict=True)) for one in changes), len(columns)
    )
    rows: dict[Quantity, list[Fact]] = {}
    for row in (report.facts.rows[int(place)] for place in part.component.rows):
        if row.low == row.high == 0:
            rows.setdefault(row.terms[0][0], []).append(row)
    return _Room(part, columns, targets, rows, forms, moves.T.tocsr())


def _is_of_others(target: Target, sensitive: Collection[Quantity]) -> bool:
    return target.name in sensitive if target.is_cell else target.kind in _UNPRINTED


def _attack_as(name: Quantity, known: Mapping[Quantity, int], hers: Set[Quantity], room: _Room) -> Iterator[Finding]:
    """The cells of others that have one value left for whoever knows `known`. `hers` are about nobody but herself."""
    own = {room.columns[one]: value for one, value in known.items() if one in room.columns}
    places = np.array(list(own), dtype=np.int64)
    doubtful = [
        place for place in np.flatnonzero(~_is_seen(own, places, room)) if not _is_hers(room.targets[place], hers, room)
    ]
    if not doubtful:
        return
    system = _fixed(room.part.component.system, own)
    start = _start(system, own, room)
    if start is None:
        return
    targets = [room.targets[place] for place in doubtful]
    aims = [Aim(_form(target, room), None, None, partial(is_safe, target)) for target in targets]
    for target, reach in zip(targets, explore(system, aims, start).reaches, strict=True):
        if not is_safe(target, reach.seen_low, reach.seen_high):
            yield _finding(target, reach, name, known)


def _is_hers(target: Target, hers: Set[Quantity], room: _Room) -> bool:
    """Whether a target is about nobody but her: cells of her own, or all of a sum but those of others.

    What a release before said of her is no news of anybody else.
    """
    names = {name for name, _ in target.terms}
    sums = (row for row in room.rows.get(target.name, ()) if {*row.terms} >= {*target.terms})
    others = [{name for name, _ in row.terms} - names for row in sums]
    return any({name._replace(release="") for name in one} <= hers for one in (names, *others))


def _is_seen(own: Mapping[int, int], places: Ints, room: _Room) -> Bools:
    """(t,), whether a table that is known agrees with what an insider knows and has another value of each target."""
    if not _agrees(room.part.start, own):
        return np.zeros(len(room.targets), dtype=bool)
    stays = abs(room.moves[places]).sum(axis=0) == 0
    return np.asarray((abs(room.forms @ room.moves) >= _NOTED) @ stays.astype(float) > 0)


def _agrees(point: Floats, own: Mapping[int, int]) -> bool:
    return all(abs(point[place] - value) < 1 - _NOTED for place, value in own.items())


def _fixed(system: System, own: Mapping[int, int]) -> System:
    low, high = system.low.copy(), system.high.copy()
    for place, value in own.items():
        low[place] = high[place] = value
    return system.bounded(low, high)


def _start(system: System, own: Mapping[int, int], room: _Room) -> Floats | None:
    """A table for an insider; None where what is printed contradicts her, so that she works out nothing true."""
    if _agrees(room.part.start, own):
        return room.part.start
    try:
        return find_start(system)
    except NoSolution:
        return None


def _form(target: Target, room: _Room) -> Form:
    return Form.of({room.columns[name]: number for name, number in target.terms})


def _finding(target: Target, reach: Reach, insider: Quantity, known: Mapping[Quantity, int]) -> Finding:
    outcome = Outcome(target, reach.low, reach.high, reach.seen_low, reach.seen_high, (), ())
    kind: FindingKind = "unproved" if is_safe(target, reach.low, reach.high) else "determined"
    return Finding(kind, outcome, insider, known)
