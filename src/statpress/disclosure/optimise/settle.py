"""What can be promised at all: needs that no pattern meets fall back to less, or are given up and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from statpress.disclosure.optimise.asks import Witnesses
from statpress.disclosure.problem import Need, Pattern, Problem
from statpress.disclosure.standards import fall_back
from statpress.linear.system import Bools


@dataclass(frozen=True)
class Settled:
    """A problem with the needs that are still asked for, and the places of those that had to give.

    A need that was given up stays in its place and asks for nothing.
    """

    problem: Problem
    fell_back: frozenset[int] = frozenset()
    unmet: frozenset[int] = frozenset()
    uncovered: tuple[int, ...] = ()

    def give(self, hopeless: Iterable[int]) -> Settled:
        """Ask less for needs that cannot be met: that their form is not determined, and at last nothing."""
        places = frozenset(hopeless)
        unmet = self.unmet | {place for place in places if place in self.fell_back or _asks_least(self, place)}
        fell_back = (self.fell_back | places) - unmet
        needs = [
            replace(_least(self, place), width=0.0)
            if place in unmet
            else _least(self, place)
            if place in places
            else need
            for place, need in enumerate(self.problem.needs)
        ]
        return replace(self, problem=self.problem.with_needs(tuple(needs)), fell_back=fell_back, unmet=unmet)

    def pattern(self, withheld: Bools, bound: float = 0.0) -> Pattern:
        """The pattern that withholds these."""
        return Pattern(withheld, tuple(sorted(self.fell_back)), tuple(sorted(self.unmet)), self.uncovered, bound)


def settle(problem: Problem) -> Settled:
    """A problem with all that follows from what is required, without the rules that no pattern keeps."""
    kept = [cover.is_kept(problem.everything) for cover in problem.covers]
    return Settled(
        replace(
            problem,
            required=problem.closed(problem.required),
            covers=tuple(cover for cover, keep in zip(problem.covers, kept, strict=True) if keep),
        ),
        uncovered=tuple(place for place, keep in enumerate(kept) if not keep),
    )


def carry(seen: Witnesses, problem: Problem) -> Witnesses:
    """The same alternative tables, seen by needs that ask for less of the same forms."""
    carried = Witnesses(problem)
    carried.up, carried.down = seen.up, seen.down
    return carried


def _least(settled: Settled, place: int) -> Need:
    need = settled.problem.needs[place]
    return fall_back(need, need.form.value(settled.problem.truth))


def _asks_least(settled: Settled, place: int) -> bool:
    return _least(settled, place) == settled.problem.needs[place]
