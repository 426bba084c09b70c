"""A problem that is being written down: quantities, items and facts as they are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from statpress.disclosure.assemble.quantity import Quantity

INFINITE = float("inf")


@dataclass
class Variable:
    """One column: what is known of it while it is shown and once it is withheld. The guess is its true value, if known.

    `slack` says how far the guess may be off, because the source rounds.
    """

    shown: tuple[float, float] = (0.0, INFINITE)
    hidden: tuple[float, float] = (0.0, INFINITE)
    guess: float | None = None
    slack: float = 0.0
    item: int = -1


@dataclass
class Draft:
    """Columns, rows (their sum is `right`) and items; each quantity has one column, each printed thing one item."""

    variables: list[Variable] = field(default_factory=list)
    columns: dict[Quantity, int] = field(default_factory=dict)
    rows: dict[tuple[tuple[int, int], ...], float] = field(default_factory=dict)
    cost: list[float] = field(default_factory=list)
    required: list[bool] = field(default_factory=list)
    implied: set[tuple[int, int]] = field(default_factory=set)
    wholes: dict[Quantity, Quantity] = field(default_factory=dict)
    """What the count behind a ratio is out of"""
    rests: dict[int, str] = field(default_factory=dict)
    """Columns of what nothing prints, with their measure: what parts leave of a whole, and what a part leaves of it"""

    def column(self, quantity: Quantity) -> int:
        """The column of a quantity, which is made if nothing has spoken of it yet."""
        if quantity not in self.columns:
            self.columns[quantity] = self.add(Variable())
        return self.columns[quantity]

    def add(self, variable: Variable) -> int:
        """A new column."""
        self.variables.append(variable)
        return len(self.variables) - 1

    def of(self, quantity: Quantity) -> Variable:
        """What is known of a quantity."""
        return self.variables[self.column(quantity)]

    def item(self, cost: float) -> int:
        """A new item."""
        self.cost.append(cost)
        self.required.append(False)
        return len(self.cost) - 1

    def fact(self, row: Mapping[int, int], right: float = 0.0) -> None:
        """Columns times coefficients make `right`."""
        self.rows[tuple(sorted(row.items()))] = right

    def is_printed(self, quantity: Quantity) -> bool:
        """Whether an item shows the quantity as it is, or everybody knows it."""
        return quantity in self.columns and self.of(quantity).guess is not None or self._has_item(quantity)

    def _has_item(self, quantity: Quantity) -> bool:
        return quantity in self.columns and self.of(quantity).item >= 0

    def array(self, name: str, place: int) -> np.ndarray:
        """The lower (0) or upper (1) ends of the `shown` or `hidden` ranges."""
        return np.array([getattr(variable, name)[place] for variable in self.variables], dtype=float)
