"""Many needs at once: a few linear programmes towards all unmet needs together spare most programmes for one need."""

from __future__ import annotations

import numpy as np

from statpress.disclosure.optimise.asks import NEARLY, Witnesses
from statpress.disclosure.optimise.attacker import Attacker, Onlooker
from statpress.linear.system import Floats, Ints

PATIENCE = 2
"""How many programmes in a row may show nothing new."""


def sweep(attacker: Attacker | Onlooker, seen: Witnesses) -> list[Floats]:
    """Go in summed directions of the unmet needs, weighed and turned by chance with a fixed seed, while that helps.

    Returns the deviations (n,) that were seen.
    """
    chance = np.random.default_rng(0)
    unmet = np.flatnonzero(~seen.met())
    idle, moves = 0, []
    while len(unmet) and idle < PATIENCE:
        signs = _signs(attacker, seen, unmet, chance)
        moves.append(attacker.towards(seen.asks.forms[unmet].T @ (signs * (1 + chance.random(len(unmet))))))
        seen.note(moves[-1])
        before, unmet = len(unmet), np.flatnonzero(~seen.met())
        idle = idle + 1 if len(unmet) == before else 0
    return moves


def _signs(attacker: Attacker | Onlooker, seen: Witnesses, unmet: Ints, chance: np.random.Generator) -> Floats:
    """Up (1) or down (-1) for each unmet need: where it still has to go and can."""
    up, down = attacker.room(seen.asks.forms[unmet])
    asks = seen.asks
    only_up = (down < 1 - NEARLY) | ((seen.down[unmet] >= asks.down[unmet]) & (asks.either[unmet] == 0))
    only_down = (up < 1 - NEARLY) | ((seen.up[unmet] >= asks.up[unmet]) & (asks.either[unmet] == 0))
    either = chance.choice([-1.0, 1.0], len(unmet))
    return np.asarray(np.where(only_up == only_down, either, np.where(only_up, 1.0, -1.0)))
