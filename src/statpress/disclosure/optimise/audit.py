"""Which needs a pattern meets, by the reader's linear programme in each part of the table that hangs together.

Every solution is a whole alternative table: it shows at once how far all forms can go (pooled witnesses), so that few
programmes are solved.
"""

from __future__ import annotations

import numpy as np

from statpress.disclosure.optimise.asks import Witnesses, read_asks
from statpress.disclosure.optimise.attacker import Attacker
from statpress.disclosure.optimise.part import find_parts
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools, Ints


def find_unmet(problem: Problem, withheld: Bools) -> Ints:
    """The places of the needs that `withheld` (k,) does not meet, in order."""
    asks = read_asks(problem)
    met = asks.met(np.zeros(len(asks.up)), np.zeros(len(asks.up)))
    for part in find_parts(problem, withheld):
        own = part.problem
        met[part.needs] = meet(own, withheld[part.items])
    return np.flatnonzero(~met)


def meet(problem: Problem, withheld: Bools) -> Bools:
    """(p,), whether each need is met by `withheld` (k,)."""
    seen = Witnesses(problem)
    attacker = Attacker(problem)
    for furthest in (seen.asks.furthest, np.inf):
        attacker.see(withheld.astype(float), furthest)
        for place in np.flatnonzero(~seen.met()).tolist():
            for sign in (1, -1):
                if not seen.is_met(place):
                    seen.note(attacker.reach(problem.needs[place], sign).move)
    return seen.met()
