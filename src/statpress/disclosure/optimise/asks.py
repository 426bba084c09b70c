"""What the needs of a problem ask for, as deviations from the truth: how far up and down each form must go."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np

from statpress.disclosure.optimise.part import Part
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools, Floats, Ints, make_matrix

NEARLY = 1e-6
"""How much short of a whole number still counts as that number."""


@dataclass(frozen=True)
class Asks:
    """For each of p needs: the form must go `up` and `down` at least, and `either` more in the two together."""

    forms: Any
    """(p, n) sparse"""
    up: Floats
    down: Floats
    either: Floats

    @property
    def furthest(self) -> float:
        """The longest way that any need may ask for in one direction."""
        return float(np.max(np.maximum(self.up, self.down) + self.either, initial=1.0))

    @property
    def widest(self) -> float:
        """How far other quantities are let go for that; bounded, so that every linear programme has an end."""
        return 1000 * self.furthest

    def met(self, up: Floats, down: Floats) -> Bools:
        """(p,), whether going that far `up` and `down` (p,) is enough, in whole numbers."""
        up, down = np.floor(up + NEARLY) - self.up, np.floor(down + NEARLY) - self.down
        return np.asarray((up >= 0) & (down >= 0) & (up + down >= self.either))

    def is_met(self, place: int, up: float, down: float) -> bool:
        """The same for one need."""
        more, less = floor(up + NEARLY) - self.up[place], floor(down + NEARLY) - self.down[place]
        return bool(more >= 0 and less >= 0 and more + less >= self.either[place])


def read_asks(problem: Problem) -> Asks:
    """What the needs of a problem ask for."""
    forms = make_matrix(
        (dict(zip(need.form.columns, need.form.coefficients, strict=True)) for need in problem.needs),
        len(problem.truth),
    )
    value = forms @ problem.truth
    low = np.array([need.low for need in problem.needs])
    high = np.array([need.high for need in problem.needs])
    width = np.array([need.width for need in problem.needs])
    up, down = np.maximum(high - value, 0.0), np.maximum(value - low, 0.0)
    return Asks(forms, up, down, np.maximum(width - up - down, 0.0))


class Witnesses:
    """What has been seen to be possible: how far `up` and `down` (p,) each form went in some alternative table."""

    def __init__(self, problem: Problem) -> None:
        """Only the truth has been seen."""
        self.asks = read_asks(problem)
        self.up = np.zeros(len(problem.needs))
        self.down = np.zeros(len(problem.needs))
        pairs = [(place, column) for place, need in enumerate(problem.needs) for column, _ in need.given]
        self._given = np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def note(self, move: Floats) -> None:
        """See a deviation (n,); insiders see through one that moves what they know."""
        far = self.asks.forms @ move
        known = self._given[np.abs(move[self._given[:, 1]]) > NEARLY, 0]
        far[known] = 0.0
        self.up = np.maximum(self.up, far)
        self.down = np.maximum(self.down, -far)

    def forget(self) -> None:
        """Only the truth has been seen, again."""
        self.up, self.down = np.zeros(len(self.up)), np.zeros(len(self.down))

    def part(self, part: Part) -> Witnesses:
        """What was seen of the needs of a part."""
        own = Witnesses(part.problem)
        own.up, own.down = self.up[part.needs], self.down[part.needs]
        return own

    def adopt(self, needs: Ints, part: Witnesses) -> None:
        """See what was seen of these needs (q,) in a part of the table."""
        self.up[needs] = np.maximum(self.up[needs], part.up)
        self.down[needs] = np.maximum(self.down[needs], part.down)

    def met(self) -> Bools:
        """(p,), whether each need is met."""
        return self.asks.met(self.up, self.down)

    def wants(self, place: int) -> list[int]:
        """In which directions a need may still ask for more: up (1), down (-1)."""
        if self.is_met(place):
            return []
        asks = self.asks
        ways = ((1, self.up[place] < asks.up[place] - NEARLY), (-1, self.down[place] < asks.down[place] - NEARLY))
        return [sign for sign, short in ways if short or asks.either[place] > 0]

    def is_met(self, place: int) -> bool:
        """Whether one need is met."""
        return self.asks.is_met(place, self.up[place], self.down[place])
