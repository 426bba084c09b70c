"""Clean-up to the last: a pattern of which no figure can be shown again.

One partner after the other is shown, the dearest first, and stays shown where every need is still met. That is asked
only of needs for which no alternative table is known that leaves the figure as it is: first of those beside it, which
fail soonest, then of many at once, then of each that is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from statpress.disclosure.optimise.asks import NEARLY, Witnesses
from statpress.disclosure.optimise.attacker import Onlooker
from statpress.disclosure.optimise.clean import find_loose
from statpress.disclosure.optimise.part import find_parts
from statpress.disclosure.optimise.sweep import sweep
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools, Floats, Ints

WORK = 500_000
"""How many quantities the programmes of one part of a table have together at most; what is not tried stays withheld."""


def shrink(problem: Problem, withheld: Bools) -> Bools:
    """(k,), `withheld`, which is safe, without the exact figures that it withholds in vain, as far as `WORK` allows."""
    now = withheld.copy()
    loose = [item for item in find_loose(problem, withheld) if _is_exact(problem, item)]
    for part in find_parts(problem, withheld):
        places = {item: place for place, item in enumerate(part.items.tolist())}
        trial = _Trial(part.problem, withheld[part.items])
        for item in (item for item in loose if item in places):
            now[item] = not trial.show(int(np.flatnonzero(part.problem.item == places[item])[0]))
    return now


def _is_exact(problem: Problem, item: int) -> bool:
    """Whether an item shows one number."""
    own = np.flatnonzero(problem.item == item)
    return len(own) == 1 and bool(problem.shown_low[own[0]] == problem.shown_high[own[0]])


class _Trial:
    """A part of a table with the alternative tables that are known of it, and what is shown again on trial."""

    def __init__(self, problem: Problem, withheld: Bools) -> None:
        self._needs, self._seen = problem.needs, Witnesses(problem)
        self._onlooker = Onlooker(problem, withheld, self._seen.asks.widest)
        self._columns = abs(problem.matrix).tocsc()
        self._rows_of_needs = (abs(self._seen.asks.forms) @ self._columns.T).tocsr()
        self._moves: list[Floats] = []
        self._left = WORK // max(len(problem.truth), 1)

    def show(self, quantity: int) -> bool:
        """Show a quantity, and leave it so if every need is still met. Says whether."""
        self._onlooker.still(quantity)
        if is_met := self._is_met_without(quantity):
            self._moves = self._moves_without(quantity)
        else:
            self._onlooker.free(quantity)
        return is_met

    def _moves_without(self, quantity: int) -> list[Floats]:
        return [move for move in self._moves if abs(move[quantity]) < NEARLY]

    def _is_met_without(self, quantity: int) -> bool:
        self._seen.forget()
        for move in self._moves_without(quantity):
            self._seen.note(move)
        if not self._meet(np.flatnonzero(~self._seen.met() & self._beside(quantity))):
            return False
        if not self._seen.met().all():
            self._note(sweep(self._onlooker, self._seen))
        return self._meet(np.flatnonzero(~self._seen.met()))

    def _beside(self, quantity: int) -> Bools:
        """(p,), whether each need shares an equation with a quantity."""
        return np.asarray((self._rows_of_needs @ self._columns[:, [quantity]]).toarray()[:, 0] > 0)

    def _meet(self, needs: Ints) -> bool:
        """Whether each of these needs can be met. The first that cannot ends it."""
        for place in needs.tolist():
            for sign in self._seen.wants(place):
                if sign in self._seen.wants(place) and self._left > 0:
                    move = self._onlooker.reach(self._needs[place], sign)
                    self._seen.note(move)
                    self._note([move])
            if not self._seen.is_met(place):
                return False
        return True

    def _note(self, moves: Sequence[Floats]) -> None:
        """Keep what programmes found."""
        self._moves += moves
        self._left -= len(moves)
