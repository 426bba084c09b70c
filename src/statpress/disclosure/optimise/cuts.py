"""Rows that every safe pattern satisfies: the cuts of Fischetti and Salazar, Management Science 47(7), 2001.

A cut says that the weights of the withheld items reach 1. Let `worth` be a form less any combination of the equations.
Then the form goes no further than the sum, over all quantities, of their worth times their freedom, and freedom is
something that only withholding gives. Weights are cut off at 1, which makes a cut sharper and keeps it true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from statpress.disclosure.optimise.asks import NEARLY
from statpress.disclosure.optimise.attacker import freedom, gain_of
from statpress.disclosure.problem import Cover, Problem
from statpress.linear.system import Bools, Floats


class Cutter:
    """Makes cuts for one problem; knows how much freedom withholding gives to each quantity."""

    def __init__(self, problem: Problem) -> None:
        """Items that are withheld anyway count as freedom that is always there."""
        self._problem = problem
        self.rows, self.columns = problem.matrix.tocsr(), problem.matrix.tocsc()
        self._below, self._above = freedom(problem)
        self._always = problem.hidden(problem.required)
        self._choice = np.flatnonzero(~self._always)

    def cut(self, worth: Floats, far: float, given: tuple[int, ...] = ()) -> Floats | None:
        """(k,), the weights in which the withheld must reach 1 for a form to go `far`; None where nothing follows."""
        return self.cut_both((worth,), far, given)

    def cut_both(self, worths: Sequence[Floats], far: float, given: tuple[int, ...] = ()) -> Floats | None:
        """The same for several ways of one form, up and down, that must make `far` together."""
        ways = [self._worth_of_freedom(worth, given) for worth in worths]
        shown, hidden = np.sum([way[0] for way in ways], axis=0), np.sum([way[1] for way in ways], axis=0)
        missing = far - shown[self._choice].sum() - hidden[self._always].sum()
        if not missing > NEARLY:
            return None
        gain = np.minimum(gain_of((shown, hidden))[self._choice] / missing, 1.0)
        weights = np.bincount(self._problem.item[self._choice], gain, minlength=self._problem.items)
        return np.asarray(np.minimum(weights, 1.0))

    def _worth_of_freedom(self, worth: Floats, given: tuple[int, ...]) -> tuple[Floats, Floats]:
        """(n,) each: how far the freedom of each quantity lets the form go, shown and hidden."""
        at = np.flatnonzero(worth)
        at = at[~np.isin(at, given)]
        ways = []
        for state in (0, 1):
            way = np.zeros(len(worth))
            way[at] = np.abs(worth[at]) * np.where(worth[at] > 0, self._above[state][at], self._below[state][at])
            ways.append(way)
        return ways[0], ways[1]


def cover_weights(cover: Cover, problem: Problem) -> Floats | None:
    """(k,), a cover as a cut; None where what is withheld anyway covers it."""
    items = np.array(cover.items, dtype=np.int64)
    weights = np.array(cover.weights)
    missing = cover.least - weights[problem.required[items]].sum()
    if not missing > NEARLY:
        return None
    cut = np.bincount(items, np.minimum(weights / missing, 1.0), minlength=problem.items)
    cut[problem.required] = 0.0
    return np.asarray(cut)


def find_bridges(problem: Problem, candidates: Bools) -> Iterator[tuple[int, list[int]]]:
    """Items with the others of an equation, one of which must be withheld too, for else withholding helps nobody.

    Holds for an item that shows one exact count, in an equation of such items, none of them withheld anyway. A pattern
    of least cost needs no item that does not move in any alternative table.
    """
    plain = _plain(problem)
    matrix = problem.matrix.tocsr()
    for row in range(matrix.shape[0]):
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        items = problem.item[columns]
        if np.all(plain[columns]) and not problem.required[items].any():
            free = items[candidates[items]].tolist()
            yield from ((item, [other for other in free if other != item]) for item in free)


def _plain(problem: Problem) -> Bools:
    """(n,), whether each quantity is the only one of an item that is withheld for its own sake alone, and is exact."""
    special = [item for pair in problem.implied for item in pair] + [i for cover in problem.covers for i in cover.items]
    alone = np.bincount(problem.item[problem.item >= 0], minlength=problem.items) == 1
    alone[special] = False
    return np.asarray((problem.item >= 0) & alone[problem.item] & (problem.shown_low == problem.shown_high))
