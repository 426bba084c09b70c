"""Which needs a pattern meets, by the reader's linear programme in each part of the table that hangs together.

Every solution is a whole alternative table: it shows at once how far all forms can go (pooled witnesses), so that few
programmes are solved.
"""

from __future__ import annotations

import numpy as np

from statpress.disclosure.optimise.asks import Witnesses
from statpress.disclosure.optimise.attacker import Onlooker
from statpress.disclosure.optimise.part import find_parts
from statpress.disclosure.optimise.sweep import sweep
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools, Ints


def find_unmet(problem: Problem, withheld: Bools, seen: Witnesses) -> Ints:
    """The places of the needs that `withheld` (k,) does not meet, in order; `seen` comes to see how others are met."""
    for part in find_parts(problem, withheld):
        if not seen.met()[part.needs].all():
            own = seen.part(part)
            _insist(part.problem, withheld[part.items], own)
            seen.adopt(part.needs, own)
    return np.flatnonzero(~seen.met())


def look(problem: Problem, withheld: Bools) -> Witnesses:
    """What a short look shows to be possible when `withheld` (k,) are: most, and perhaps not all."""
    seen = Witnesses(problem)
    for part in find_parts(problem, withheld):
        own = seen.part(part)
        sweep(Onlooker(part.problem, withheld[part.items], own.asks.furthest), own)
        seen.adopt(part.needs, own)
    return seen


def _insist(problem: Problem, withheld: Bools, seen: Witnesses) -> None:
    """Many needs at once, then one programme for each direction of each need that is left."""
    sweep(Onlooker(problem, withheld, seen.asks.furthest), seen)
    onlooker = Onlooker(problem, withheld, seen.asks.widest)
    for place in np.flatnonzero(~seen.met()).tolist():
        for sign in seen.wants(place):
            if sign in seen.wants(place):
                seen.note(onlooker.reach(problem.needs[place], sign))
