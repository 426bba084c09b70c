"""Why a range is no wider: whole-number multipliers of the facts whose sum bounds a form, checked without tolerance.

The duals of the attacker's linear programme are such multipliers (Fischetti and Salazar 2001). Whatever they are, the
bound that they prove is worked out again in exact arithmetic, so that a slip of the solver can prove nothing wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from statpress.audit.facts import Facts
from statpress.audit.settle import Settled
from statpress.audit.targets import Target
from statpress.linear.solver import Solver
from statpress.linear.system import Form

_FINE = (1, 10, 1000, 10**5, 10**7, 10**9)
"""Denominators to try, so that multipliers are as simple as can be."""


@dataclass(frozen=True)
class Proof:
    """`scale` times the form is the sum of `rows` (row to multiplier) and `columns` (column to multiplier).

    With the bounds of those rows and columns it follows that the form is at least, or at most, `bound`.
    """

    scale: int
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    bound: Fraction


def prove(settled: Settled, target: Target, *, most: bool) -> Proof | None:
    """The simplest multipliers found for one side of a target; None where its linear programme has no bound there."""
    duals = _duals(settled, target, most=most)
    form = {settled.facts.columns[name]: number for name, number in target.terms}
    best: Proof | None = None
    for fine in _FINE:
        exact = {row: number for row, dual in duals.items() if (number := Fraction(dual).limit_denominator(fine))}
        proof = _proof(settled.facts, form, exact, most=most)
        if proof is not None and (best is None or (proof.bound < best.bound if most else proof.bound > best.bound)):
            best = proof
    return best


def _duals(settled: Settled, target: Target, *, most: bool) -> dict[int, float]:
    """Row of the facts to its dual, from the components that the target is about."""
    facts = settled.facts
    wanted = {facts.columns[name]: number for name, number in target.terms}
    found: dict[int, float] = {}
    for part in settled.parts:
        own = {place: wanted[int(c)] for place, c in enumerate(part.component.columns) if int(c) in wanted}
        if own and len(part.component.rows):
            solver = Solver(part.component.system)
            optimum = solver.most(Form.of(own)) if most else solver.least(Form.of(own))
            used = np.flatnonzero(abs(optimum.duals) > 1e-9)
            found |= {int(part.component.rows[row]): float(optimum.duals[row]) for row in used}
    return found


def _proof(facts: Facts, form: Mapping[int, int], rows: Mapping[int, Fraction], *, most: bool) -> Proof | None:
    rest: dict[int, Fraction] = {column: Fraction(number) for column, number in form.items()}
    bound = Fraction(0)
    for row, number in rows.items():
        fact = facts.rows[row]
        end = fact.high if (number > 0) == most else fact.low
        if end is None:
            return None
        bound += number * end
        for name, coefficient in fact.terms:
            column = facts.columns[name]
            rest[column] = rest.get(column, Fraction(0)) - number * coefficient
    rest = {column: number for column, number in rest.items() if number}
    for column, number in rest.items():
        end = facts.high[column] if (number > 0) == most else facts.low[column]
        if end is None:
            return None
        bound += number * end
    return _in_whole_numbers(rows, rest, bound)


def _in_whole_numbers(rows: Mapping[int, Fraction], rest: Mapping[int, Fraction], bound: Fraction) -> Proof:
    scale = math.lcm(1, *_denominators((*rows.values(), *rest.values())))
    return Proof(
        scale,
        {row: int(number * scale) for row, number in sorted(rows.items())},
        {column: int(number * scale) for column, number in sorted(rest.items())},
        bound,
    )


def _denominators(numbers: Iterable[Fraction]) -> Iterable[int]:
    return (number.denominator for number in numbers)
