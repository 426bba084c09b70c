"""What areas or periods leave of the one that they lie in: a part counts no more of that than its whole does.

A region prints 131 of all and 15 of the girls, and its one town 129 of all: of what is elsewhere, the girls are no more
than the 2. Nobody prints an elsewhere, yet everybody can reckon with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from statpress.audit.facts import Fact
from statpress.audit.printed import Quantity

_LEAVE = ("area", "period")


def compile_rests(facts: Iterable[Fact]) -> Iterator[Fact]:
    """For each part of a whole of which areas or periods leave something: what they leave of both."""
    facts = list(facts)
    left: dict[Quantity, list[Fact]] = {}
    for fact in facts:
        if fact.kind in _LEAVE and (fact.low, fact.high) == (0, None):
            left.setdefault(fact.terms[0][0], []).append(fact)
    pairs = {(fact.terms[0][0], fact.terms[1][0]) for fact in facts if fact.kind == "part" and len(fact.terms) == 2}
    for whole, part in sorted(pairs):
        wholes = {frozenset(fact.terms): fact for fact in left.get(whole, ())}
        for rest in left.get(part, ()):
            same = wholes.get(frozenset(_moved(rest, whole)))
            if same is not None:
                yield Fact(
                    (*same.terms, *((name, -number) for name, number in rest.terms)), 0, None, "rest", same.about, True
                )


def _moved(rest: Fact, whole: Quantity) -> Iterator[tuple[Quantity, int]]:
    """The terms of what is left of a part, as they are of its whole."""
    for name, number in rest.terms:
        yield whole._replace(area=name.area, period=name.period), number
