"""What can be promised at all: needs that no pattern meets fall back to less, or are given up and told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from statpress.disclosure.optimise.audit import find_unmet
from statpress.disclosure.problem import Pattern, Problem
from statpress.disclosure.standards import fall_back
from statpress.linear.system import Bools


@dataclass(frozen=True)
class Settled:
    """A problem of which every need can be met, and the places of the needs that had to give."""

    problem: Problem
    fell_back: tuple[int, ...]
    unmet: tuple[int, ...]
    uncovered: tuple[int, ...]

    def pattern(self, withheld: Bools, bound: float) -> Pattern:
        """The pattern that withholds these."""
        return Pattern(withheld, self.fell_back, self.unmet, self.uncovered, bound)


def settle(problem: Problem) -> Settled:
    """Ask of a problem what is possible when everything is withheld that may be."""
    everything = problem.required | np.isfinite(problem.cost)
    impossible = set(find_unmet(problem, everything).tolist())
    weaker = problem.with_needs(
        tuple(
            fall_back(need, need.form.value(problem.truth)) if place in impossible else need
            for place, need in enumerate(problem.needs)
        )
    )
    unmet = set(find_unmet(weaker, everything).tolist()) if impossible else set()
    needs = tuple(need for place, need in enumerate(weaker.needs) if place not in unmet)
    uncovered = {
        place
        for place, cover in enumerate(problem.covers)
        if np.dot(everything[list(cover.items)], cover.weights) < cover.least
    }
    covers = tuple(cover for place, cover in enumerate(problem.covers) if place not in uncovered)
    return Settled(
        replace(weaker, needs=needs, covers=covers),
        tuple(sorted(impossible - unmet)),
        tuple(sorted(unmet)),
        tuple(sorted(uncovered)),
    )
