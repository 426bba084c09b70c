"""One pipeline's cells, with what is already decided about them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from statpress.disclosure.cells import Cells, Key, Rules

INFINITE = float("inf")


@dataclass(frozen=True)
class Part:
    """The cells of one pipeline, its rules, and the cells withheld for themselves with the name of the rule."""

    cells: Cells
    rules: Rules
    reasons: Mapping[Key, str]
    weights: Mapping[Key, float] = field(default_factory=dict)
    """What withholding a cell costs, where the policy counts weights."""
    never: Set[Key] = frozenset()
    """Headlines: cells that may not be withheld."""

    @property
    def least(self) -> int:
        """The least count that a reader takes a withheld one to be."""
        return 0 if self.rules.mark_may_hide_zero else self.rules.small[0]

    def price(self, key: Key, people: float) -> float:
        """What withholding a cell costs that counts about so many people, as the policy reckons."""
        if key in self.never:
            return INFINITE
        kind = self.rules.policy.protection.cost
        return {"value": max(people, 1.0), "cells": 1.0, "weights": self.weights.get(key, 1.0)}[kind]
