"""A table to protect, as numbers: what is true, what a reader knows of each quantity, and what withholding costs.

Everything that is printed is an item: a count, a percentage, a rate. An item shows one quantity or several (a
percentage shows both sides of what its rounding allows). While the item is shown, a reader knows that its quantities
lie in their `shown` range, which is one number for an exact count; once it is withheld, she knows the `hidden` range,
which is what the mark and common sense say. Quantities that nothing prints have the item -1 and are always in their
hidden range.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from statpress.linear.system import Bools, Floats, Form, Ints, System

NO_ITEM = -1
LARGE = 6_000
"""Tables of more quantities that hang together are large: what helps a need is sought near it first."""


@dataclass(frozen=True)
class Need:
    """What must stay possible: a reader's range of `form` reaches down to `low`, up to `high`, and is `width` wide.

    All three count whole numbers: a form that is 3, with `low` 3, `high` 3 and `width` 1, is not determined when it may
    also be 2 or 4. `item` is the withheld item that the need protects, or -1. `given` fixes quantities that somebody
    knows: an insider.
    """

    form: Form
    low: float
    high: float
    item: int = NO_ITEM
    given: tuple[tuple[int, float], ...] = ()
    width: float = 0.0


@dataclass(frozen=True)
class Cover:
    """What the withheld among `items` must weigh together: `least`, in the `weights` of the items.

    Says what a rule asks of a pattern itself: the parts withheld from one shown total must not make a small count.
    """

    items: tuple[int, ...]
    weights: tuple[float, ...]
    least: float

    def is_kept(self, withheld: Bools) -> bool:
        """Whether what is withheld (k,) weighs enough."""
        return bool(np.dot(withheld[list(self.items)], self.weights) >= self.least)


@dataclass(frozen=True)
class Problem:
    """`matrix @ truth == right` for n quantities and k items; see the module for the ranges."""

    matrix: Any  # scipy csr_array (m, n) of whole numbers
    right: Floats
    """(m,)"""
    truth: Floats
    """(n,), whole numbers"""
    shown_low: Floats
    shown_high: Floats
    hidden_low: Floats
    hidden_high: Floats
    item: Ints
    """(n,), the item that shows each quantity, or -1"""
    cost: Floats
    """(k,), what withholding each item costs; infinite where it may not be withheld"""
    required: Bools
    """(k,), the items that are withheld for themselves"""
    implied: tuple[tuple[int, int], ...] = ()
    """Pairs of items: withholding the first withholds the second, such as a count and a percentage made from it"""
    needs: tuple[Need, ...] = ()
    covers: tuple[Cover, ...] = ()

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.cost)

    @property
    def is_large(self) -> bool:
        """Whether the programme of all quantities takes too long to be asked about every need."""
        return len(self.truth) > LARGE

    @property
    def everything(self) -> Bools:
        """(k,), all that may be withheld; what it does not protect nothing protects."""
        return np.asarray(self.required | np.isfinite(self.cost))

    def hidden(self, withheld: Bools) -> Bools:
        """(n,), whether each quantity is in its hidden range when `withheld` (k,) are."""
        padded = np.append(withheld, True)
        return np.asarray(padded[self.item])

    def known(self, withheld: Bools) -> System:
        """What a reader knows when `withheld` (k,) are."""
        hidden = self.hidden(withheld)
        low = np.where(hidden, self.hidden_low, self.shown_low)
        high = np.where(hidden, self.hidden_high, self.shown_high)
        return System(self.matrix, self.right, self.right, low, high)

    def closed(self, withheld: Bools) -> Bools:
        """(k,), `withheld` with all that follows from it."""
        now = withheld.copy()
        first, second = np.array(self.implied, dtype=np.int64).reshape(-1, 2).T
        while np.any(now[first] & ~now[second]):
            np.logical_or.at(now, second, now[first])
        return now

    def with_needs(self, needs: tuple[Need, ...]) -> Problem:
        """The same table with other needs."""
        return replace(self, needs=needs)


@dataclass(frozen=True)
class Pattern:
    """What is withheld: `withheld` (k,).

    Needs are told by their places in `Problem.needs`: those in `fell_back` reach no further than that their form is not
    determined, because no pattern reaches more; those in `unmet` no pattern can protect at all, so that nothing may be
    published. `bound` is proved: no safe pattern costs less (0 where nobody looked).
    """

    withheld: Bools
    fell_back: tuple[int, ...] = ()
    unmet: tuple[int, ...] = ()
    uncovered: tuple[int, ...] = ()
    """The places in `Problem.covers` of the rules that no pattern keeps; nothing may be published either"""
    bound: float = 0.0
