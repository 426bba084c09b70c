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


def drop_refuted(facts: Iterable[Fact], truth: Mapping[Quantity, int]) -> Iterator[Fact]:
    """The facts without those guesses that `truth` refutes; of a sum it stays that parts are no more than a whole.

    A guess about a quantity that neither `truth` knows nor anything prints is kept: it may be right. Whether a count of
    an earlier release was revised is seen only where it is printed.
    """
    facts = list(facts)
    printed = {fact.terms[0][0]: fact.low for fact in facts if fact.kind == "printed" and fact.low == fact.high}
    then = {name: value for name, value in printed.items() if name.release and value is not None}
    for fact in facts:
        value = _value(fact, truth, then)
        if value is None or _allows(fact, value):
            yield fact
        elif value > 0 and fact.kind in _SUMS:
            yield replace(fact, high=None)


def _value(fact: Fact, truth: Mapping[Quantity, int], then: Mapping[Quantity, int]) -> int | None:
    """What a guess would make of the true figures; None for what is no guess, or may be right."""
    is_guess = fact.assumed and fact.kind in _SUMS
    if fact.kind == "mark" and not fact.terms[0][0].release:
        return truth.get(fact.terms[0][0])
    if not is_guess and fact.kind != "link":
        return None
    known = {name: _count(name, truth, then, is_sum=is_guess) for name, _ in fact.terms}
    values = [count * number for name, number in fact.terms if (count := known[name]) is not None]
    return sum(values) if len(values) == len(fact.terms) else None


def _count(name: Quantity, truth: Mapping[Quantity, int], then: Mapping[Quantity, int], *, is_sum: bool) -> int | None:
    """The true count. Of an earlier release it is what that prints; for sums what is still true if none was revised."""
    now = truth.get(name._replace(release=""))
    if not name.release or (is_sum and name not in then):
        return now
    return then.get(name) if not is_sum or then.get(name) == now else None


def _allows(fact: Fact, value: int) -> bool:
    return (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high)
