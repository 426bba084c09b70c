"""How much a reader may learn of a withheld count: the standards that a policy may ask for.

- `not_determined`: every count that is withheld for itself may be more than one number, for a reader who knows that
  counts are not negative.
- `zero_aware`: the same for a reader who also knows what the mark says: where zeros are shown, it hides no 0.
- `symbol`: zero aware, and the reader learns no more than the mark says: her range covers the whole band.

After Fischetti and Salazar, Management Science 47(7), 2001 (upper, lower and sliding protection levels).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from statpress.disclosure.problem import Need
from statpress.linear.system import Form

Standard = Literal["not_determined", "zero_aware", "symbol"]
STANDARDS: tuple[Standard, ...] = ("not_determined", "zero_aware", "symbol")


@dataclass(frozen=True)
class Promise:
    """A standard with the band of counts that are withheld for themselves, and whether zeros are among them."""

    standard: Standard
    most: int
    """the largest count that is withheld for itself"""
    zeros_withheld: bool = False

    @property
    def least(self) -> int:
        """The smallest count that is withheld for itself."""
        return 0 if self.zeros_withheld else 1

    @property
    def reader_knows_least(self) -> int:
        """The smallest number that a reader takes any withheld cell to be."""
        return 0 if self.standard == "not_determined" else self.least

    def is_small(self, count: float) -> bool:
        """Whether a count is withheld for itself."""
        return self.least <= count <= self.most


def make_need(promise: Promise, form: Form, value: float, item: int) -> Need:
    """What a promise asks for a form of this true value, which the item shows."""
    if promise.standard == "symbol" and promise.is_small(value):
        return Need(form, promise.least, promise.most, item)
    return Need(form, value, value, item, width=1.0)


def fall_back(need: Need, value: float) -> Need:
    """The least that may be asked for a form of this true value: that it is not determined."""
    return replace(need, low=value, high=value, width=1.0)
