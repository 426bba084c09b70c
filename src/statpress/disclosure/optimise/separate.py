"""Cuts that a choice violates, found by the reader's linear programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from statpress.disclosure.optimise.asks import Witnesses
from statpress.disclosure.optimise.attacker import Attacker
from statpress.disclosure.optimise.cuts import Cutter, cover_weights, find_bridges
from statpress.disclosure.optimise.master import Master
from statpress.disclosure.optimise.sweep import sweep
from statpress.disclosure.problem import Problem
from statpress.linear.system import Floats

A_LITTLE = 1e-3
"""Share of every item that the reader is lent while cuts are sought, so that cuts need few and cheap items."""
SHORT = 1 - 1e-6
"""A cut that falls short of this is violated."""


@dataclass(frozen=True)
class _Ways:
    """What a form is worth (n,) when it goes up, and down; zero where it goes as far as is asked."""

    up: Floats
    down: Floats


class Separator:
    """Feeds a master with what the needs, rules and equations of a problem ask of every safe choice."""

    def __init__(self, problem: Problem, master: Master) -> None:
        """Nothing is asked yet."""
        self._problem, self._master = problem, master
        self._attacker, self._cutter = Attacker(problem), Cutter(problem)
        self._asks = Witnesses(problem).asks

    def start(self) -> None:
        """What follows without a linear programme: from one equation alone, from rules, from what goes together."""
        for first, others in find_bridges(self._problem, np.isfinite(self._problem.cost) & ~self._problem.required):
            self._master.add_follow(first, others)
        nothing = np.zeros(self._problem.items)
        for place, need in enumerate(self._problem.needs):
            for worth in self._alone(need.form.columns[0]) if len(need.form.columns) == 1 else ():
                self._cut(place, _Ways(worth, -worth), nothing, insist=False)
        for cover in self._problem.covers:
            if (weights := cover_weights(cover, self._problem)) is not None:
                self._master.add_cut(weights)
        for first, second in self._problem.implied:
            if not self._problem.required[second]:
                self._master.add_follow(first, [second])

    def sharpen(self, share: Floats) -> int:
        """Cuts against a choice of shares (k,), with each quantity going no further than any need asks; how many."""
        lent = np.maximum(share, A_LITTLE * np.isfinite(self._problem.cost))
        return self._attack(lent, share, self._asks.furthest, insist=False)[1]

    def refute(self, share: Floats) -> bool:
        """Whether a choice of whole items leaves a need unmet; if so the master has come to know better."""
        if self.sharpen(share):
            return True
        unmet, news = self._attack(share, share, self._asks.widest, insist=True)
        if unmet and not news:
            self._master.add_more(share)
        return unmet > 0

    def _attack(self, lent: Floats, share: Floats, furthest: float, *, insist: bool) -> tuple[int, int]:
        """How many needs are not met when the reader is `lent` so much (k,), and how many cuts that made."""
        seen = Witnesses(self._problem)
        self._attacker.see(lent, furthest)
        sweep(self._attacker, seen)
        unmet = news = 0
        explained = np.zeros(len(self._problem.truth), dtype=bool)
        for place, need in enumerate(self._problem.needs):
            if explained[list(need.form.columns)].any():
                continue
            if (ways := self._look(place, seen)) is not None:
                unmet += 1
                new = self._cut(place, ways, share, insist=insist)
                news += new
                explained |= (new > 0) & ((ways.up != 0) | (ways.down != 0))
        return unmet, news

    def _look(self, place: int, seen: Witnesses) -> _Ways | None:
        """Why a need is not met; None when it is."""
        worth = {1: np.zeros(len(self._problem.truth)), -1: np.zeros(len(self._problem.truth))}
        for sign in seen.wants(place):
            if sign in seen.wants(place):
                reach = self._attacker.reach(self._problem.needs[place], sign)
                seen.note(reach.move)
                worth[sign] = reach.worth
        return None if seen.is_met(place) else _Ways(worth[1], worth[-1])

    def _cut(self, place: int, ways: _Ways, share: Floats, *, insist: bool) -> int:
        """Add the cuts on one need that a choice violates; how many are new.

        A single step may be up or down; several may be some of each, so that only their sum is sure.
        """
        given = tuple(column for column, _ in self._problem.needs[place].given)
        up, down, either = (float(asked[place]) for asked in (self._asks.up, self._asks.down, self._asks.either))
        news = 0
        for worth, far in ((ways.up, up), (ways.down, down)):
            cut = self._cutter.cut(worth, far, given) if far and worth.any() else None
            if cut is not None and cut @ share < SHORT:
                news += self._master.add_cut(cut)
        if either > 1:
            both = self._cutter.cut_both((ways.up, ways.down), up + down + either, given)
            return news + (self._master.add_cut(both) if both is not None and both @ share < SHORT else 0)
        if not either:
            return news
        first, second = self._cutter.cut(ways.up, up + either, given), self._cutter.cut(ways.down, down + either, given)
        if first is None or second is None:
            return news
        if np.maximum(first, second) @ share < SHORT:
            return news + self._master.add_cut(np.maximum(first, second))
        return news + (insist and self._master.add_either(first, second))

    def _alone(self, column: int) -> list[Floats]:
        """For each equation with a quantity: what it is worth (n,) to a reader who knows that equation only."""
        rows, columns = self._cutter.rows, self._cutter.columns
        found = []
        for row in columns.indices[columns.indptr[column] : columns.indptr[column + 1]]:
            own = slice(rows.indptr[row], rows.indptr[row + 1])
            worth = np.zeros(len(self._problem.truth))
            worth[rows.indices[own]] = -rows.data[own] / rows.data[own][rows.indices[own] == column]
            worth[column] = 0.0
            found.append(worth)
        return found
