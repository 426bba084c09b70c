"""Protect and attack in turn, until nothing that would be published tells what is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from statpress.declare.nouns import Declarations
from statpress.disclosure.assemble.public import NO_LESSONS
from statpress.packages.earlier import Published
from statpress.publish.context import Context
from statpress.publish.gate import Files, Gate, attack_release
from statpress.publish.prepare import Figures, Prepared, prepare_packages
from statpress.publish.release import render_release
from statpress.workers import ALONE, Share

_ROUNDS = 40
"""How often protection may try again with what the attacker told."""
_PATIENCE = 6
"""How often before counts fall back that she can only narrow."""


@dataclass(frozen=True)
class Tried:
    """The last try: packages, what an attacker makes of them, and their files by package name."""

    prepared: tuple[Prepared, ...]
    gate: Gate
    drafts: Mapping[str, Files]


def make_safe(
    declared: Declarations,
    figures: Figures,
    context: Context,
    published: Mapping[str, Published | None],
    share: Share = ALONE,
) -> Tried:
    """Protect and attack in turn: each way to work a number out is cut, until the attacker finds none or nothing helps.

    Counts that she can narrow, and no more, fall back to not being determined where other patterns do not help.
    Cutting planes, with the attacker as the oracle (Fischetti and Salazar 2001).
    """
    lessons = NO_LESSONS
    for number in range(_ROUNDS):
        prepared = prepare_packages(declared, figures, context.public, lessons)
        drafts: dict[str, Files] = {
            one.publication.name: render_release(one.publication, published[one.publication.name], keep=False)
            for one in prepared
        }
        gate = attack_release(prepared, drafts, context, share)
        learnt = replace(gate.lessons, narrowed=frozenset())
        if number >= _PATIENCE or not learnt.teach(lessons):
            learnt = gate.lessons
        if not learnt.teach(lessons):
            break
        lessons = lessons.more(learnt)
    return Tried(prepared, gate, drafts)
