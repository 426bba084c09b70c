"""Facts that contradict each other: find which, drop the weakest, and say so. Real tables are never quite right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from statpress.audit.facts import Fact, Facts, broken_rows, gather_facts
from statpress.audit.printed import Quantity
from statpress.audit.starts import find_start, is_point
from statpress.linear.components import Component, split
from statpress.linear.solver import NoSolution, Solver
from statpress.linear.system import Floats, Form, System
from statpress.linear.whole import least_whole

_TRUST = {"link": 2.0, "area": 2.0, "period": 2.0, "ratio": 4.0, "share": 4.0, "change": 4.0}
"""How dear it is to drop a fact of a kind; what is declared to add up is dearest, what is assumed is cheapest."""
_DECLARED = 10.0
_MARK = 1.0
_GUESS = 0.01


@dataclass(frozen=True)
class Part:
    """A component of the facts with a whole-number table (n,) that agrees with all of it."""

    component: Component
    start: Floats


@dataclass(frozen=True)
class Settled:
    """Facts without contradictions, their components, and the facts that had to go."""

    facts: Facts
    parts: tuple[Part, ...]
    dropped: tuple[Fact, ...]
    unmarked: tuple[int, ...]
    """Columns whose mark promises more than the figures allow."""


def settle(facts: Facts, start: Mapping[Quantity, int] | None = None, *, guesses_first: bool = False) -> Settled:
    """Drop as few facts as it takes for the rest to agree; guesses before all others, if `guesses_first`.

    `start` is a table that may agree with all of them, such as the true one, from which to look for others.
    """
    broken = broken_rows(facts)
    dropped = [facts.rows[row] for row in broken]
    unmarked: list[int] = []
    facts = facts.without(broken)
    while True:
        parts, rows, marks = _try(facts, start or {}, guesses_first)
        if not rows and not marks:
            return Settled(facts, tuple(parts), tuple(dropped), tuple(sorted(unmarked)))
        dropped += [facts.rows[row] for row in rows]
        unmarked += marks
        facts = facts.without(rows, marks)


def drop_refuted_together(facts: Iterable[Fact], truth: Mapping[Quantity, int]) -> list[Fact]:
    """The facts without the fewest guesses that they must lose to agree with the true counts of what is in place.

    That nothing withheld was revised between two releases is such a guess: no printed figure refutes it of one
    count, and their total does of several.
    """
    facts = list(facts)
    if not truth:
        return facts
    fixed = (Fact(((name, 1),), value, value, "printed") for name, value in truth.items())
    known, _ = gather_facts([*fixed, *facts])
    settled = settle(known, guesses_first=True)
    wrong = [fact for fact in settled.dropped if fact.assumed]
    now = settled.facts
    for guess in list(wrong):
        again = replace(now, rows=(*now.rows, guess))
        if _agrees(again, guess):
            now = again
            wrong.remove(guess)
    return [fact for fact in facts if fact not in wrong]


def _agrees(facts: Facts, row: Fact) -> bool:
    """Whether some table agrees with the facts that a row of theirs is linked to."""
    columns = [facts.columns[name] for name, _ in row.terms]
    if facts.rows.index(row) in broken_rows(facts):
        return False
    for component in split(facts.system):
        if np.isin(columns, component.columns).any():
            try:
                find_start(component.system)
            except NoSolution:
                return False
    return True


def _try(facts: Facts, start: Mapping[Quantity, int], guesses_first: bool) -> tuple[list[Part], list[int], list[int]]:
    """The components with a table each, and the rows and marks to drop from those that have none."""
    parts: list[Part] = []
    rows: list[int] = []
    marks: list[int] = []
    for component in split(facts.system):
        try:
            given = [start.get(facts.names[column]) for column in component.columns]
            parts.append(Part(component, _start(component.system, given)))
        except NoSolution:
            more_rows, more_marks = _weakest(facts, component, guesses_first)
            rows += more_rows
            marks += more_marks
    return parts, rows, marks


def _start(system: System, given: Sequence[int | None]) -> Floats:
    """A table of a component, with as much in it as is given, if any of those is."""
    theirs = np.array([np.nan if value is None else value for value in given], dtype=float)
    is_given = np.isfinite(theirs)
    if is_given.all() and is_point(system, theirs):
        return theirs
    if is_given.any() and len(system.row_low):
        low, high = np.where(is_given, theirs, system.low), np.where(is_given, theirs, system.high)
        if ((low >= system.low) & (high <= system.high)).all():
            with suppress(NoSolution):
                return find_start(system.bounded(low, high))
    if len(system.row_low):
        return find_start(system)
    at = np.where(np.isfinite(system.low), system.low, system.high)
    return np.where(np.isfinite(at), at, 0.0)


def _weakest(facts: Facts, component: Component, guesses_first: bool) -> tuple[list[int], list[int]]:
    """The rows and marks whose slack costs least when every one of them may give way.

    Slack may be a fraction first; where only whole numbers contradict, it is whole.
    """
    columns = [int(column) for column in component.columns]
    marked = [place for place, column in enumerate(columns) if column in facts.marks]
    elastic, costs = _elastic(component.system, marked, _prices(facts, component, len(marked), guesses_first))
    size, count = component.system.size, len(component.rows)
    try:
        point = Solver(elastic).least(costs).point
        slack = point[size:]
        if not (slack > 1e-6).any():
            raise NoSolution("only whole numbers contradict")
    except NoSolution:
        found = least_whole(elastic, costs).point
        slack = found[size:] if found is not None else np.ones(2 * count + len(marked))
    used = slack > 1e-6
    rows = np.flatnonzero(used[:count] | used[count : 2 * count])
    marks = np.flatnonzero(used[2 * count :])
    return [int(component.rows[row]) for row in rows], [columns[marked[mark]] for mark in marks]


def _prices(facts: Facts, component: Component, marks: int, guesses_first: bool) -> list[float]:
    rows = [_price(facts.rows[int(row)], guesses_first) for row in component.rows]
    return [*rows, *rows, *([_MARK] * marks)]


def _price(fact: Fact, guesses_first: bool) -> float:
    if guesses_first and fact.assumed:
        return _GUESS
    largest = max(abs(number) for _, number in fact.terms)
    trust = 1.5 if fact.assumed and fact.kind not in _TRUST else _TRUST.get(fact.kind, _DECLARED)
    return trust / largest


def _elastic(system: System, marked: Sequence[int], prices: Sequence[float]) -> tuple[System, Form]:
    """The system with a slack up and a slack down for each row, and one for each marked column; and their cost."""
    count, size = len(system.row_low), system.size
    one = sparse.identity(count, format="csr")
    promise = sparse.csr_array((np.ones(len(marked)), (range(len(marked)), marked)), shape=(len(marked), size))
    matrix = (
        sparse.block_array(
            [
                [system.matrix, one, -one, None],
                [promise, None, None, sparse.identity(len(marked), format="csr")] if marked else [None] * 4,
            ][: 1 + bool(marked)],
            format="csr",
        )
        if marked
        else sparse.hstack([system.matrix, one, -one], format="csr")
    )
    low, slacks = system.low.copy(), 2 * count + len(marked)
    low[list(marked)] = 0.0
    bounds = np.concatenate([low, np.zeros(slacks)]), np.concatenate([system.high, np.full(slacks, np.inf)])
    rows = np.append(system.row_low, system.low[list(marked)]), np.append(system.row_high, np.full(len(marked), np.inf))
    costs = Form(tuple(range(size, size + slacks)), tuple(max(1, round(1000 * price)) for price in prices))
    return System(sparse.csr_array(matrix), *rows, *bounds), costs
