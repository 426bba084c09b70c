"""Protect and attack in turn, until nothing that would be published tells what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from statpress.declare.nouns import Declarations
from statpress.disclosure.assemble.public import NO_LESSONS, Lessons
from statpress.disclosure.assemble.quantity import Quantity
from statpress.packages.earlier import Published
from statpress.publish.context import Context
from statpress.publish.gate import Files, Gate, attack_release
from statpress.publish.prepare import Figures, Prepared, prepare_packages
from statpress.publish.release import render_release
from statpress.workers import ALONE, Share

_ROUNDS = 40
"""How often protection may try again with what the attacker told."""
_PATIENCE = 6
"""How often before it is asked of counts that she can only narrow whether any pattern keeps her from it."""


@dataclass(frozen=True)
class Tried:
    """A try: packages, what an attacker makes of them, and their files by package name."""

    prepared: tuple[Prepared, ...]
    gate: Gate
    drafts: Mapping[str, Files]


_Attempt = Callable[[Lessons], Tried]


def make_safe(
    declared: Declarations,
    figures: Figures,
    context: Context,
    published: Mapping[str, Published | None],
    share: Share = ALONE,
) -> Tried:
    """Protect and attack in turn: each way to work a number out is cut, until the attacker finds none or nothing helps.

    Cutting planes, with the attacker as the oracle (Fischetti and Salazar 2001). Counts that she can narrow, and no
    more, fall back to not being determined where it does not help to withhold everything that may be.
    """

    def attempt(lessons: Lessons) -> Tried:
        prepared = prepare_packages(declared, figures, context.public, lessons)
        drafts: dict[str, Files] = {
            one.publication.name: render_release(one.publication, published[one.publication.name], keep=False)
            for one in prepared
        }
        return Tried(prepared, attack_release(prepared, drafts, context, share), drafts)

    return improve(attempt)


def improve(attempt: _Attempt) -> Tried:
    """The last of the attempts, each of which has learnt from those before."""
    lessons, possible = NO_LESSONS, frozenset[Quantity]()
    for number in range(_ROUNDS):
        tried = attempt(lessons)
        learnt = replace(tried.gate.lessons, narrowed=frozenset())
        if number >= _PATIENCE or not learnt.teach(lessons):
            asked = tried.gate.lessons.narrowed - possible
            hopeless = _find_hopeless(attempt, lessons, tried, asked) if asked else asked
            possible, learnt = possible | (asked - hopeless), replace(learnt, narrowed=hopeless)
        if not learnt.teach(lessons):
            break
        lessons = lessons.more(learnt)
    return _withhold_more(attempt, lessons, tried) if tried.gate.lessons.narrowed & possible else tried


def _find_hopeless(
    attempt: _Attempt, lessons: Lessons, tried: Tried, asked: frozenset[Quantity]
) -> frozenset[Quantity]:
    """Those of the narrowed counts that are narrowed although everything beside them is withheld that may be."""
    return asked & attempt(_with(lessons, tried.gate.beside)).gate.lessons.narrowed


def _withhold_more(attempt: _Attempt, lessons: Lessons, tried: Tried) -> Tried:
    """The last resort: as few of the least figures as are enough beside narrowed counts, found by halving.

    Where something else follows although everything is withheld, the counts fall back.
    """
    beside = tried.gate.beside
    few, many, best = 0, len(beside), attempt(_with(lessons, beside))
    if not best.gate.is_passed:
        return attempt(lessons.more(tried.gate.lessons))
    while many - few > 1:
        middle = (few + many) // 2
        trial = attempt(_with(lessons, beside[:middle]))
        few, many, best = (few, middle, trial) if trial.gate.is_passed else (middle, many, best)
    return best


def _with(lessons: Lessons, besides: Collection[Quantity]) -> Lessons:
    return replace(lessons, besides=frozenset(besides))
