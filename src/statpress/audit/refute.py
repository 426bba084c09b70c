"""Guesses of a reader that those who hold the true figures know to be wrong: they mislead, and so tell nothing.

That the printed parts make the whole is such a guess where a category, an area or a period is not printed, that a mark
hides no zero where a zero had to go for another reason, and that what is withheld now is what was printed before, where
it was revised. Whoever believes one works out a wrong number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from statpress.audit.facts import Fact
from statpress.audit.printed import Quantity

_SUMS = ("sum", "area", "period")
_GUESSES = (*_SUMS, "link")


def drop_refuted(facts: Iterable[Fact], truth: Mapping[Quantity, int]) -> Iterator[Fact]:
    """The facts without those guesses that `truth` refutes; of a sum it stays that parts are no more than a whole.

    A guess about a quantity that `truth` does not know is kept: it may be right.
    """
    for fact in facts:
        value = _value(fact, truth) if fact.kind == "mark" or (fact.assumed and fact.kind in _GUESSES) else None
        if value is None or _allows(fact, value):
            yield fact
        elif value > 0 and fact.kind in _SUMS:
            yield replace(fact, high=None)


def _value(fact: Fact, truth: Mapping[Quantity, int]) -> int | None:
    known = [(truth.get(name), number) for name, number in fact.terms]
    values = [value * number for value, number in known if value is not None]
    return sum(values) if len(values) == len(known) else None


def _allows(fact: Fact, value: int) -> bool:
    return (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high)
