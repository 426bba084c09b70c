"""The pattern for a problem: what to withhold, with as much effort as asked for."""

from __future__ import annotations

from typing import Literal

import numpy as np

from statpress.disclosure.optimise.asks import Witnesses
from statpress.disclosure.optimise.audit import find_unmet, look
from statpress.disclosure.optimise.clean import clean, mend
from statpress.disclosure.optimise.exact import Budget, search
from statpress.disclosure.optimise.part import find_wholes
from statpress.disclosure.optimise.quick import choose_partners, find_hopeless
from statpress.disclosure.optimise.repair import repair
from statpress.disclosure.optimise.settle import Settled, carry, settle
from statpress.disclosure.optimise.shrink import shrink
from statpress.disclosure.problem import Pattern, Problem
from statpress.linear.system import Bools

Effort = Literal["quick", "good", "exact"]
EFFORTS: tuple[Effort, ...] = ("quick", "good", "exact")
BUDGETS = {
    "good": Budget(within=0.03, rounds=60, nodes=2_000, steps=6),
    "exact": Budget(within=0.0, rounds=1_000, nodes=1_000_000, steps=0),
}


def find_pattern(problem: Problem, effort: Effort = "good", former: Bools | None = None) -> Pattern:
    """What to withhold so that every need is met, at little cost (`quick`), nearly (`good`) or proved (`exact`) least.

    A `former` pattern (k,), which was good but for a few needs, is mended where that is possible and the least is not
    to be proved.

    Needs that nothing can meet, not even a pattern that withholds everything that may be, fall back to not being
    determined, or are told in `unmet`. Parts that have nothing to do with each other are searched one by one; in those
    that are large no optimum is sought whatever the effort.
    """
    settled = settle(problem)
    withheld, bound = settled.problem.required.copy(), 0.0
    fell_back, unmet = list[int](), list[int]()
    for part in find_wholes(settled.problem):
        found = _find(part.problem, effort, None if former is None else former[part.items])
        withheld[part.items] = found.withheld
        bound += found.bound
        fell_back += part.needs[list(found.fell_back)].tolist()
        unmet += part.needs[list(found.unmet)].tolist()
    return Pattern(withheld, tuple(sorted(fell_back)), tuple(sorted(unmet)), settled.uncovered, bound)


def _find(problem: Problem, effort: Effort, former: Bools | None) -> Pattern:
    """The pattern of a part."""
    settled = _ask_what_is_possible(Settled(problem))
    if effort == "quick" or problem.is_large:
        settled, withheld = _protect_quickly(settled)
        return settled.pattern(_show_again(settled.problem, withheld, effort))
    mended = _mend(settled.problem, former) if former is not None and effort != "exact" else None
    if mended is not None:
        return settled.pattern(mended)
    if not (np.isfinite(problem.cost) & ~settled.problem.required).any():
        return settled.pattern(settled.problem.required)
    found = search(settled.problem, BUDGETS[effort])
    if found.withheld is not None:
        return settled.pattern(found.withheld, found.bound)
    settled, withheld = _protect_quickly(settled)
    return settled.pattern(shrink(settled.problem, clean(settled.problem, withheld, rounds=5)), found.bound)


def _show_again(problem: Problem, withheld: Bools, effort: Effort) -> Bools:
    """(k,), a safe pattern without what it withholds in vain; in large tables only as far as the effort goes."""
    if not problem.is_large:
        return shrink(problem, withheld)
    return withheld if effort == "quick" else clean(problem, withheld, rounds=1)


def _mend(problem: Problem, former: Bools) -> Bools | None:
    """(k,), what a former pattern becomes when all that is asked is met; None where that is not found nearby."""
    return mend(problem, choose_partners(problem, problem.required | (former & np.isfinite(problem.cost))))


def _ask_what_is_possible(settled: Settled) -> Settled:
    """Give what is impossible even when everything is withheld that may be."""
    seen = Witnesses(settled.problem)
    while impossible := _find_impossible(settled.problem, seen):
        settled = settled.give(impossible)
        seen = carry(seen, settled.problem)
    return settled


def _find_impossible(problem: Problem, seen: Witnesses) -> list[int]:
    """The places of needs that no pattern meets; in large parts of those that a single equation always gives away."""
    return find_hopeless(problem) if problem.is_large else find_unmet(problem, problem.everything, seen).tolist()


def _protect_quickly(settled: Settled) -> tuple[Settled, Bools]:
    """Partners, then repair of what an audit leaves in doubt.

    What is seen to be impossible gives. Where a round changes nothing, everything is withheld that may be, which meets
    what is possible.
    """
    withheld = choose_partners(settled.problem, settled.problem.required)
    seen = look(settled.problem, withheld)
    while not seen.met().all():
        before = ~seen.met()
        repaired = repair(settled.problem, withheld, seen)
        in_vain = np.array_equal(repaired.withheld, withheld) and np.array_equal(~seen.met(), before)
        if in_vain and not repaired.hopeless:
            return settled, settled.problem.everything
        withheld, settled = repaired.withheld, settled.give(repaired.hopeless)
        seen = carry(seen, settled.problem)
    return settled, withheld
