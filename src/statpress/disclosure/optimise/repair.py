"""Repair: where a need is not met, buy the cheapest deviation that meets it, and withhold what that touches.

The deviation is sought among few quantities around the need first, since the programme of a large table is slow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from statpress.disclosure.optimise.around import Map, Ring
from statpress.disclosure.optimise.asks import NEARLY, Witnesses
from statpress.disclosure.optimise.audit import find_unmet
from statpress.disclosure.optimise.market import Market
from statpress.disclosure.optimise.part import take_part
from statpress.disclosure.problem import Problem
from statpress.linear.system import Bools, Floats, Ints

TINY = 1e-3
"""The price of moving what is withheld anyway, so that deviations stay small."""


@dataclass(frozen=True)
class Repaired:
    """What is withheld now (k,), and the places of the needs that no pattern meets."""

    withheld: Bools
    hopeless: tuple[int, ...]


def repair(problem: Problem, withheld: Bools, seen: Witnesses) -> Repaired:
    """`withheld` with what unmet needs ask for, one need after the other; `seen` comes to see how each is met."""
    places = Map(problem)
    now, hopeless = withheld.copy(), []
    for place in np.flatnonzero(~seen.met()).tolist():
        if not seen.is_met(place) and _is_hopeless(problem, places, seen, place, now):
            hopeless.append(place)
    return Repaired(now, tuple(hopeless))


def _is_hopeless(problem: Problem, places: Map, seen: Witnesses, place: int, now: Bools) -> bool:
    """Whether no pattern meets a need. If some does, `now` withholds what a deviation that does so touches.

    A deviation among few quantities is one in the whole table; what few equations forbid is forbidden in it. So from
    near to far the one or the other is found, mostly long before the whole table is searched.
    """
    columns = problem.needs[place].form.columns
    if _meet(problem, places.corners(columns, _prices(problem, now)), seen, place, now):
        return False
    rings = list(places.rings(columns, at_once=not problem.is_large))
    if any(_meet(problem, ring.quantities, seen, place, now) for ring in rings):
        return False
    return any(_is_forbidden(problem, ring, place) for ring in rings)


def _meet(problem: Problem, quantities: Ints, seen: Witnesses, place: int, now: Bools) -> bool:
    """Whether these quantities have deviations that meet a need; if so `now` withholds what they touch."""
    price = _prices(problem, now)
    part = take_part(problem, now, quantities, np.array([place]))
    moves = _buy(Market(part.problem, price[quantities]), seen, place)
    for small in moves or ():
        move = np.zeros(len(problem.truth))
        move[quantities] = small
        seen.note(move)
        now |= problem.closed(_touched(problem, move))
    return moves is not None


def _is_forbidden(problem: Problem, ring: Ring, place: int) -> bool:
    """Whether the equations of a ring alone keep a need from being met, though everything be withheld that may."""
    few = replace(problem, matrix=problem.matrix.tocsr()[ring.rows], right=problem.right[ring.rows])
    part = take_part(few, problem.everything, ring.quantities, np.array([place])).problem
    return len(find_unmet(part, part.everything, Witnesses(part))) > 0


def _prices(problem: Problem, now: Bools) -> Floats:
    """(n,), what it costs to move each quantity further than it is shown."""
    price = np.append(np.where(now, TINY, problem.cost + TINY), TINY)
    return np.asarray(price[problem.item])


def _buy(market: Market, seen: Witnesses, place: int) -> list[Floats] | None:
    """The deviations that meet a need: up and down as far as it asks, and the rest of the way where that is cheaper."""
    up, down, either = (float(asked[place]) for asked in (seen.asks.up, seen.asks.down, seen.asks.either))
    bids = [market.buy(far) for far in (up, -down) if far]
    if either:
        rest = [market.buy(far) for far in (up + either, -down - either)]
        bids.append(min((bid for bid in rest if bid is not None), key=lambda bid: bid.price, default=None))
    moves = [bid.move for bid in bids if bid is not None]
    return moves if len(moves) == len(bids) else None


def _touched(problem: Problem, move: Floats) -> Bools:
    """(k,), the items that must be withheld for a deviation (n,) to be possible."""
    outside = (move < problem.shown_low - problem.truth - NEARLY) | (move > problem.shown_high - problem.truth + NEARLY)
    touched = np.zeros(problem.items + 1, dtype=bool)
    touched[problem.item[outside]] = True
    return touched[:-1]
