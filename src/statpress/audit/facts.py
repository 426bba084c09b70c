"""Facts: linear statements about quantities, in whole numbers, each with what it is; and all of them as one system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from statpress.audit.printed import Quantity
from statpress.linear.system import System, make_system

Range = tuple[int | None, int | None]
"""The least and the largest value; None where there is no bound."""
Terms = tuple[tuple[Quantity, int], ...]


@dataclass(frozen=True)
class Fact:
    """`low <= sum of coefficient * quantity <= high`.

    `kind` says where it comes from (`printed`, `mark`, `known`, `sum`, `part`, `area`, `period`, `ratio`, `share`,
    `change`, `link`) and `about` names the rest of it, such as the dimension. An `assumed` fact is a reader's good
    guess: it is dropped without a word where the figures speak against it.
    """

    terms: Terms
    low: int | None
    high: int | None
    kind: str
    about: str = ""
    assumed: bool = False

    @property
    def size(self) -> int:
        """How many quantities it is about."""
        return len(self.terms)


@dataclass(frozen=True)
class Facts:
    """All facts: quantities by column with their bounds, and rows of two quantities or more.

    `marks` are the columns with the least value that a mark promises, which `low` includes.
    """

    names: tuple[Quantity, ...]
    low: tuple[int | None, ...]
    high: tuple[int | None, ...]
    rows: tuple[Fact, ...]
    marks: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Mapping[Quantity, int]:
        """The column of each quantity."""
        return {name: column for column, name in enumerate(self.names)}

    @cached_property
    def system(self) -> System:
        """The facts as numbers."""
        return make_system(
            (
                ({self.columns[name]: number for name, number in row.terms}, _down(row.low), _up(row.high))
                for row in self.rows
            ),
            map(_down, self.low),
            map(_up, self.high),
        )

    def range_of(self, name: Quantity) -> Range:
        """The bounds of one quantity; none where nothing is said of it."""
        column = self.columns.get(name)
        return (0, None) if column is None else (self.low[column], self.high[column])

    def is_fixed(self, name: Quantity) -> bool:
        """Whether the bounds of a quantity leave one value."""
        low, high = self.range_of(name)
        return low is not None and low == high

    def without(self, rows: Iterable[int], marks: Iterable[int] = ()) -> Facts:
        """The facts without some rows, and without what the marks of some columns say."""
        dropped, unmarked = set(rows), set(marks)
        low = tuple(0 if column in unmarked else least for column, least in enumerate(self.low))
        kept = tuple(row for place, row in enumerate(self.rows) if place not in dropped)
        return replace(self, low=low, rows=kept, marks={c: v for c, v in self.marks.items() if c not in unmarked})

    def fixed(self, values: Mapping[Quantity, int]) -> Facts:
        """The facts of somebody who knows some quantities."""
        low, high = list(self.low), list(self.high)
        for name, value in values.items():
            low[self.columns[name]] = high[self.columns[name]] = value
        return replace(self, low=tuple(low), high=tuple(high))


def gather_facts(facts: Sequence[Fact]) -> tuple[Facts, list[Fact]]:
    """All facts as one system, and those about one quantity that contradict others about it, which are left out.

    Counts are never negative. What marks say gives way to what is printed.
    """
    bounds = [fact for fact in facts if fact.size == 1]
    rows = sorted({fact for fact in facts if fact.size > 1}, key=_order)
    names = tuple(sorted({name for fact in facts for name, _ in fact.terms}))
    columns = {name: column for column, name in enumerate(names)}
    low: list[int | None] = [0] * len(names)
    high: list[int | None] = [None] * len(names)
    marks: dict[int, int] = {}
    refused: list[Fact] = []
    for fact in sorted(bounds, key=lambda fact: (fact.kind == "mark", fact.kind != "printed", _order(fact))):
        column = columns[fact.terms[0][0]]
        least, most = _narrow((low[column], high[column]), (fact.low, fact.high))
        if least is not None and most is not None and least > most:
            refused.append(fact)
            continue
        if fact.kind == "mark" and fact.low is not None and fact.low > (low[column] or 0):
            marks[column] = fact.low
        low[column], high[column] = least, most
    return Facts(names, tuple(low), tuple(high), tuple(rows), marks), refused


def broken_rows(facts: Facts) -> list[int]:
    """The rows of which every quantity is fixed, and whose sum is none that they allow."""
    system = facts.system
    fixed = system.low == system.high
    at = np.where(fixed, system.low, 0.0)
    is_open = system.matrix @ (~fixed).astype(float) != 0
    if len(facts.rows):
        is_open = abs(system.matrix) @ (~fixed).astype(float) != 0
    value = system.matrix @ at
    wrong = ~is_open & ((value < system.row_low - 1e-6) | (value > system.row_high + 1e-6))
    return [int(row) for row in np.flatnonzero(wrong)]


def _narrow(one: Range, other: Range) -> Range:
    lows = [low for low in (one[0], other[0]) if low is not None]
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(lows, default=None), min(highs, default=None)


def _order(fact: Fact) -> tuple[object, ...]:
    return fact.terms, fact.kind, fact.about, _down(fact.low), _up(fact.high)


def _down(value: int | None) -> float:
    return -np.inf if value is None else value


def _up(value: int | None) -> float:
    return np.inf if value is None else value
