"""The attack: everything printed becomes facts, and every sensitive quantity is pushed as far as they let it go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from statpress.audit.compile.collect import collect_facts
from statpress.audit.facts import Fact, Facts, Range, gather_facts
from statpress.audit.printed import PrintedTable, Quantity, Standard
from statpress.audit.ranges import Aim, Explored, Reach, explore
from statpress.audit.refute import drop_refuted
from statpress.audit.settle import Part, Settled, drop_refuted_together, settle
from statpress.audit.shifts import Change
from statpress.audit.targets import Target, Wanted, find_targets, is_safe
from statpress.linear.system import Form

FindingKind = Literal["determined", "narrowed", "unproved"]
_EXACT = 400
"""Components of more quantities are explored only until each form is known to be safe."""


@dataclass(frozen=True)
class Witness:
    """A whole alternative table: what changes in one component of the starting table."""

    part: int
    change: Change


@dataclass(frozen=True)
class Outcome:
    """A target with what a reader can know of it, and the two tables that show that she cannot know more."""

    target: Target
    low: float
    high: float
    seen_low: float
    seen_high: float
    low_at: tuple[int, ...]
    high_at: tuple[int, ...]
    """Places of witnesses, one a component that the target is about."""

    @property
    def is_safe(self) -> bool:
        """Whether whole tables show that a reader knows too little."""
        return is_safe(self.target, self.seen_low, self.seen_high)


@dataclass(frozen=True)
class Finding:
    """Something that a reader can work out. `low` and `high` are what she gets to know: never print them.

    `insider` is the cell that she alone is in, and `known` what she has besides the facts of the report.
    """

    kind: FindingKind
    outcome: Outcome
    insider: Quantity | None = None
    known: Mapping[Quantity, int] = field(default_factory=dict, repr=False)

    @property
    def target(self) -> Target:
        """What can be worked out."""
        return self.outcome.target


@dataclass(frozen=True)
class Report:
    """An attack with all that is needed to prove its outcome."""

    tables: tuple[PrintedTable, ...]
    settled: Settled
    refused: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]
    witnesses: tuple[Witness, ...]
    findings: tuple[Finding, ...]
    salt: str = ""

    @property
    def facts(self) -> Facts:
        """What the attacker knows."""
        return self.settled.facts


def attack(  # noqa: PLR0913 - each is a fact of its own that most callers leave out
    tables: Sequence[PrintedTable],
    *,
    sensitive: Mapping[Quantity, Standard] | None = None,
    standard: Standard | None = None,
    known: Mapping[Quantity, Range] | None = None,
    start: Mapping[Quantity, int] | None = None,
    truth: Mapping[Quantity, int] | None = None,
    insider: Quantity | None = None,
    salt: str = "",
) -> Report:
    """Everything that a reader can work out of `tables`, all of which are public together.

    `sensitive` names the counts that are sensitive for themselves with what each must meet; without it every withheld
    count must meet `standard`, or what its table promises, as far as can be told from outside. `known` are values that
    are public elsewhere.
    `truth` are true counts: guesses that they refute mislead readers, and are left out. `start` is a table that may
    agree with everything, such as the true one: the search for others starts there, and learns nothing from it.
    `insider` is a withheld cell that counts one person, who knows it. `salt` is for the certificate.
    Method: Fischetti and Salazar (2001), the attacker's problems.
    """
    if standard is not None:
        tables = [replace(table, rules=replace(table.rules, standard=standard)) for table in tables]
    stated = [Fact(((name, 1),), low, high, "known") for name, (low, high) in sorted((known or {}).items())]
    stated += [Fact(((insider, 1),), 1, 1, "known")] if insider is not None else []
    known_of = drop_refuted(collect_facts(tables), truth or {})
    facts, refused = gather_facts([*drop_refuted_together(known_of, truth or {}), *stated])
    settled = settle(facts, start or truth)
    wanted = Wanted(sensitive, tuple(table.rules.standard for table in tables) or ("symbol",))
    targets = find_targets(tables, settled.facts, wanted)
    targets = tuple(target for target in targets if insider is None or target.terms != ((insider, 1),))
    outcomes, witnesses = _pursue(settled, targets)
    findings = tuple(finding for outcome in outcomes if (finding := _judge(outcome, insider)) is not None)
    return Report(tuple(tables), settled, tuple(refused), outcomes, witnesses, findings, salt)


def _judge(outcome: Outcome, insider: Quantity | None) -> Finding | None:
    if outcome.is_safe:
        return None
    if is_safe(outcome.target, outcome.low, outcome.high):
        return Finding("unproved", outcome, insider)
    return Finding("determined" if outcome.low == outcome.high else "narrowed", outcome, insider)


@dataclass(frozen=True)
class _Piece:
    """The part of a target that lies in one component."""

    target: int
    form: Form


def _pursue(settled: Settled, targets: Sequence[Target]) -> tuple[tuple[Outcome, ...], tuple[Witness, ...]]:
    constants, pieces = _cut(settled, targets)
    witnesses: list[Witness] = []
    found: dict[int, list[tuple[Reach, int]]] = {}
    alone = _single(pieces)
    for number, own in sorted(pieces.items()):
        explored = _explore(settled.parts[number], own, targets, constants, alone)
        for piece, reach in zip(own, explored.reaches, strict=True):
            found.setdefault(piece.target, []).append((reach, len(witnesses)))
        witnesses += [Witness(number, change) for change in explored.changes]
    outcomes = (_outcome(target, constants[place], found.get(place, [])) for place, target in enumerate(targets))
    return tuple(outcomes), tuple(witnesses)


def _single(pieces: Mapping[int, Sequence[_Piece]]) -> set[int]:
    counts: dict[int, int] = {}
    for own in pieces.values():
        for piece in own:
            counts[piece.target] = counts.get(piece.target, 0) + 1
    return {place for place, count in counts.items() if count == 1}


def _cut(settled: Settled, targets: Sequence[Target]) -> tuple[list[float], dict[int, list[_Piece]]]:
    """What the fixed quantities make of each target, and the rest of it by component."""
    facts, system = settled.facts, settled.facts.system
    part_of = np.full(system.size, -1)
    local = np.zeros(system.size, dtype=int)
    for number, part in enumerate(settled.parts):
        part_of[part.component.columns] = number
        local[part.component.columns] = np.arange(len(part.component.columns))
    constants: list[float] = []
    pieces: dict[int, list[_Piece]] = {}
    for place, target in enumerate(targets):
        own: dict[int, dict[int, int]] = {}
        constant = 0.0
        for name, number in target.terms:
            column = facts.columns[name]
            if part_of[column] < 0:
                constant += number * system.low[column]
            else:
                own.setdefault(int(part_of[column]), {})[int(local[column])] = number
        constants.append(constant)
        for part_number, terms in own.items():
            pieces.setdefault(part_number, []).append(_Piece(place, Form.of(terms)))
    return constants, pieces


def _explore(
    part: Part, pieces: Sequence[_Piece], targets: Sequence[Target], constants: Sequence[float], alone: set[int]
) -> Explored:
    is_exact = part.component.system.size <= _EXACT
    aims = [_aim(piece, targets[piece.target], constants[piece.target]) for piece in pieces]
    exact = [piece.target not in alone or (is_exact and targets[piece.target].is_cell) for piece in pieces]
    asked = [replace(aim, enough=None) if whole else aim for aim, whole in zip(aims, exact, strict=True)]
    return explore(part.component.system, asked, part.start)


def _aim(piece: _Piece, target: Target, constant: float) -> Aim:
    """How far a form must be moved to be safe: over the band, or out of it where nobody says that it is small."""
    first, last = target.band
    low: float | None = first - constant
    high: float | None = (last if target.is_small else last + 1) - constant
    if target.standard != "symbol" or target.kind in ("money", "share") or (target.must_differ and not target.is_small):
        low = high = None
    return Aim(piece.form, low, high, lambda least, most: is_safe(target, least + constant, most + constant))


def _outcome(target: Target, constant: float, reaches: Sequence[tuple[Reach, int]]) -> Outcome:
    return Outcome(
        target,
        constant + sum(reach.low for reach, _ in reaches),
        constant + sum(reach.high for reach, _ in reaches),
        constant + sum(reach.seen_low for reach, _ in reaches),
        constant + sum(reach.seen_high for reach, _ in reaches),
        tuple(first + reach.low_at for reach, first in reaches),
        tuple(first + reach.high_at for reach, first in reaches),
    )
