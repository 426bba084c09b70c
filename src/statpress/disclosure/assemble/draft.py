"""A problem that is being written down: quantities, items and facts as they are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statpress.disclosure.assemble.part import INFINITE
from statpress.disclosure.assemble.quantity import Quantity


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

    @property
    def is_public(self) -> bool:
        """Whether its value is known whatever is withheld."""
        return self.hidden[0] == self.hidden[1]

    @property
    def is_mark(self) -> bool:
        """Whether the source prints a mark in its place, so that nobody knows its value."""
        return self.item >= 0 and self.shown == self.hidden and self.guess is None


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
    rests: dict[int, Quantity] = field(default_factory=dict)
    """Columns of what nothing prints: what the parts leave of this whole"""
    complements: dict[int, Quantity] = field(default_factory=dict)
    """Columns of what nothing prints: what this part leaves of a whole"""

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

    def is_told(self, quantity: Quantity) -> bool:
        """Whether figures tell the quantity, or told it before one was withheld."""
        if quantity not in self.columns:
            return False
        return self.of(quantity).guess is not None or self.of(quantity).item >= 0
