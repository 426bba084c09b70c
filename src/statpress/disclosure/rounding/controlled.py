"""Controlled rounding: so that every total is the sum of its rounded parts.

Each count goes to the multiple of the base just below or just above it, a multiple stays what it is (so a zero stays
zero), and the distances are as small as could be found together. ESSnet Handbook on Statistical Disclosure Control, 2nd
edition, 5.4; Cox, Journal of the American Statistical Association 82(398), 1987. In tables of two dimensions there is
always a way; in linked tables and in more dimensions there may be none, which is told and not patched over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import numpy as np

from statpress.linear.components import split
from statpress.linear.solver import NoSolution
from statpress.linear.system import Floats, Form, Ints, Row, System, make_system
from statpress.linear.whole import least_whole

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

K = TypeVar("K", bound="SupportsRichComparison")


MOST_SEARCHED: Final = 4_000
"""Linked cells up to which the nearest rounding is looked for. Of more, the first that is found will do."""
NODES: Final = 200
"""Branches of that search; it seldom needs more to come within 2 % of the nearest."""


@dataclass(frozen=True)
class Rounded(Generic[K]):
    """Each cell's rounded value; and the groups of cells for which no additive rounding was found."""

    values: Mapping[K, float]
    impossible: tuple[tuple[K, ...], ...] = ()


def round_controlled(
    values: Mapping[K, float],
    sums: Iterable[tuple[K, Sequence[K]]],
    base: int,
    at_most: Iterable[tuple[K, K]] = (),
) -> Rounded[K]:
    """Counts rounded to multiples of `base`, each by less than one base, so that `sums` still hold.

    A sum is a total with its parts, and holds for the true `values`. Of each pair `at_most` the first is part of the
    second, and stays no more than it. The order of the arguments does not matter.
    """
    keys = sorted(values)
    place = {key: column for column, key in enumerate(keys)}
    steps = np.array([math.floor(values[key] / base) for key in keys], dtype=float)
    rest = np.array([values[key] for key in keys]) - steps * base
    rows = [*_sum_rows(sums, place, steps), *_pair_rows(at_most, place, steps)]
    system = make_system(rows, np.zeros(len(keys)), (rest > 0).astype(float))
    up, failed = _choose(system, (base - 2 * rest).astype(np.int64))
    chosen = (steps + up) * base
    return Rounded(
        {key: float(chosen[column]) for column, key in enumerate(keys) if column not in failed},
        tuple(tuple(keys[column] for column in group) for group in dict.fromkeys(failed.values())),
    )


def _sum_rows(sums: Iterable[tuple[K, Sequence[K]]], place: Mapping[K, int], steps: Floats) -> list[Row]:
    rows: list[Row] = []
    found = sorted((place[total], sorted(place[part] for part in parts)) for total, parts in sums)
    for whole, columns in found:
        left = steps[whole] - sum(steps[column] for column in columns)
        rows.append(({whole: -1, **dict.fromkeys(columns, 1)}, left, left))
    return rows


def _pair_rows(pairs: Iterable[tuple[K, K]], place: Mapping[K, int], steps: Floats) -> list[Row]:
    found = sorted((place[part], place[whole]) for part, whole in pairs)
    return [({part: 1, whole: -1}, -math.inf, steps[whole] - steps[part]) for part, whole in found]


def _choose(system: System, cost: Ints) -> tuple[Floats, dict[int, tuple[int, ...]]]:
    """(n,), 1 where a cell goes up; and the cells for which there is no choice, each with its group."""
    up = np.zeros(system.size)
    failed: dict[int, tuple[int, ...]] = {}
    for part in split(system):
        size = len(part.columns)
        nearest = Form(tuple(range(size)), tuple(cost[part.columns].tolist()))
        try:
            point = least_whole(part.system, nearest if size <= MOST_SEARCHED else Form((), ()), nodes=NODES).point
        except NoSolution:
            point = None
        if point is None:
            group = tuple(part.columns.tolist())
            failed |= dict.fromkeys(group, group)
        else:
            up[part.columns] = point
    return up, failed
