"""The smallest and the largest that a sum of counts can be, for who knows facts: whole numbers, with scipy's milp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from benchmarks.attack.facts import NEVER, Fact, Form, Variable

LARGEST = 10**6
INFEASIBLE = 2
"""What milp says where no table agrees."""


class Contradiction(Exception):
    """No counts agree with what is known: a fault of this program, or of a package."""


class Undecided(Exception):
    """The solver did not finish."""


@dataclass
class Reader:
    """Somebody who knows facts. Every table found for her is kept: it may answer the next question."""

    facts: Sequence[Fact]
    truth: Mapping[Variable, int]
    tables: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The facts as a matrix; the truth must agree with them."""
        self.places = {variable: place for place, variable in enumerate(sorted(self.truth))}
        rows = [fact for fact in self.facts if list(fact.form.values()) != [1]]
        self.low, self.high = np.zeros(len(self.places)), np.full(len(self.places), float(LARGEST))
        for fact in self.facts:
            if list(fact.form.values()) == [1]:
                (variable,) = fact.form
                place = self.places[variable]
                self.low[place] = max(self.low[place], fact.low)
                self.high[place] = min(self.high[place], fact.high)
        entries = [
            (row, self.places[one], factor) for row, fact in enumerate(rows) for one, factor in fact.form.items()
        ]
        row, column, factor = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = csr_matrix((factor, (row, column)), shape=(len(rows), len(self.places)), dtype=float)
        self.least = np.array([fact.low if fact.low > -NEVER else -np.inf for fact in rows])
        self.most = np.array([fact.high if fact.high < NEVER else np.inf for fact in rows])
        start = np.array([self.truth[variable] for variable in self.places], dtype=float)
        if not self.agrees(start):
            raise Contradiction
        self.tables.append(start)

    def agrees(self, table: np.ndarray) -> bool:
        """Whether whole counts agree with everything known, reckoned exactly."""
        sums = self.matrix @ table
        inside = (table >= self.low).all() and (table <= self.high).all()
        return bool(inside and (sums >= self.least).all() and (sums <= self.most).all())

    def knowing(self, known: Mapping[Variable, int]) -> Reader:
        """The same reader with some counts that she knows besides."""
        other = Reader(self.facts, self.truth)
        for variable, value in known.items():
            other.low[self.places[variable]] = other.high[self.places[variable]] = value
        places = np.array([self.places[one] for one in known], dtype=int)
        values = np.array(list(known.values()), dtype=float)
        other.tables = [table for table in self.tables if (table[places] == values).all()]
        return other

    def range_of(self, form: Form, enough: tuple[int, int]) -> tuple[int, int]:
        """What a form can be, looked for no further than `enough`."""
        vector = np.zeros(len(self.places))
        for variable, factor in form.items():
            vector[self.places[variable]] = factor
        seen = [round(float(vector @ table)) for table in self.tables]
        low, high = min(seen), max(seen)
        if low > enough[0]:
            low = self._push(vector, low, enough[0], -1)
        if high < enough[1]:
            high = self._push(vector, high, enough[1], 1)
        return low, high

    def differs(self, form: Form, truth: int) -> bool:
        """Whether a form can be anything else than it is."""
        low, high = self.range_of(form, (truth, truth + 1))
        if high > truth or low < truth:
            return True
        low, _ = self.range_of(form, (truth - 1, truth))
        return low < truth

    def _push(self, vector: np.ndarray, value: int, until: int, side: int) -> int:
        """How far a form can be pushed from a value that it can have.

        An end counts when no table is found beyond it: HiGHS has named ends that were none.
        """
        while value != until:
            further = self._beyond(vector, value + side, until, side)
            if further is None:
                return value
            value = further
        return value

    def _beyond(self, vector: np.ndarray, first: int, until: int, side: int) -> int | None:
        """What a form is in a table where it lies between two values, as far as the solver gets; None if in none."""
        limits = [LinearConstraint(vector[None, :], min(first, until), max(first, until))]
        if self.matrix.shape[0]:
            limits.append(LinearConstraint(self.matrix, self.least, self.most))
        found = milp(
            -side * vector,
            integrality=np.ones(len(vector)),
            bounds=Bounds(self.low, self.high),
            constraints=limits,
            options={"mip_rel_gap": 0.0, "time_limit": 20.0},
        )
        if found.status == INFEASIBLE:
            return None
        if found.x is None or not self.agrees(np.round(found.x)):
            raise Undecided
        self.tables.append(np.round(found.x))
        return round(float(vector @ self.tables[-1]))
