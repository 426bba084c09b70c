"""A table with its totals as a problem: which cells to withhold so that small counts cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from statpress.disclosure.grid import Cell, Grid
from statpress.disclosure.problem import Cover, Need, Problem
from statpress.disclosure.standards import Promise, make_need
from statpress.linear.system import Floats, Form, Ints, make_matrix


@dataclass(frozen=True)
class Cost:
    """What to withhold as little of: cells, people (`value`), or declared weights, where a cell without one weighs 1.

    The cells in `never` cannot be withheld at any price.
    """

    kind: Literal["cells", "value", "weights"] = "value"
    weights: Mapping[Cell, float] = field(default_factory=dict)
    never: Set[Cell] = frozenset()


def order_cells(grid: Grid) -> list[Cell]:
    """The cells in the order of the items of their problem.

    The order does not depend on that of rows, codes or dimensions in the input, so that neither does the pattern.
    """
    return sorted(grid.counts, key=lambda cell: (sorted(cell), cell))


def problem_of(
    grid: Grid,
    promise: Promise,
    cost: Cost = Cost(),
    *,
    hidden_sums: bool = False,
) -> Problem:
    """The problem of a table: item and quantity i are cell i of `order_cells`.

    Small counts are required; zeros that the policy shows cannot be withheld. With
    `hidden_sums`, the parts withheld from one shown total must not be a small count together (15, 5, 3 with a band up
    to 10: 5 + 3 = 8 fails); ESSnet Handbook on SDC, 2nd edition, chapter 4.
    """
    cells = order_cells(grid)
    place = {cell: item for item, cell in enumerate(cells)}
    truth = np.array([grid.counts[cell] for cell in cells], dtype=float)
    sums = sorted((place[whole], tuple(sorted(place[part] for part in parts))) for whole, parts in grid.sums)
    required = (truth >= promise.least) & (truth <= promise.most)
    prices = _prices(cells, truth, cost)
    prices[truth < promise.least] = np.inf
    return Problem(
        matrix=make_matrix(({whole: -1} | dict.fromkeys(parts, 1) for whole, parts in sums), len(cells)),
        right=np.zeros(len(sums)),
        truth=truth,
        shown_low=truth,
        shown_high=truth,
        hidden_low=np.minimum(truth, promise.reader_knows_least),
        hidden_high=np.full(len(cells), np.inf),
        item=np.arange(len(cells)),
        cost=prices,
        required=required,
        needs=tuple(_needs(promise, truth, np.flatnonzero(required))),
        covers=tuple(_covers(promise, truth, sums)) if hidden_sums else (),
    )


def _prices(cells: list[Cell], truth: Floats, cost: Cost) -> Floats:
    weights = cost.weights if cost.kind == "weights" else {}
    prices = truth.copy() if cost.kind == "value" else np.array([weights.get(cell, 1.0) for cell in cells])
    prices[[cell in cost.never for cell in cells]] = np.inf
    return prices


def _needs(promise: Promise, truth: Floats, required: Ints) -> Iterator[Need]:
    for item in required.tolist():
        yield make_need(promise, Form.one(item), truth[item], item)


def _covers(promise: Promise, truth: Floats, sums: list[tuple[int, tuple[int, ...]]]) -> Iterator[Cover]:
    """Parts that are withheld for themselves and small together need others, or their total, withheld too."""
    for whole, parts in sums:
        small = sum(truth[part] for part in parts if promise.is_small(truth[part]))
        missing = promise.most + 1 - small
        if 0 < missing <= promise.most and not promise.is_small(truth[whole]):
            others = tuple(part for part in parts if truth[part] > promise.most)
            yield Cover((whole, *others), (missing, *(truth[part] for part in others)), missing)
