"""A part of a problem as a problem of its own: some quantities may move, all others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from statpress.disclosure.problem import Cover, Need, Problem
from statpress.linear.components import split
from statpress.linear.system import Bools, Floats, Form, Ints, System


@dataclass(frozen=True)
class Part:
    """A problem with the places of its quantities, items and needs in the whole."""

    problem: Problem
    quantities: Ints
    items: Ints
    needs: Ints


def take_part(problem: Problem, withheld: Bools, quantities: Ints, needs: Ints) -> Part:
    """The problem of these quantities and needs alone; all other quantities stay, other items are as `withheld`."""
    shown_by = problem.item[quantities]
    items = np.unique(shown_by[shown_by >= 0])
    place = np.full(len(problem.truth), -1)
    place[quantities] = np.arange(len(quantities))
    rank = np.full(problem.items + 1, -1)
    rank[items] = np.arange(len(items))
    matrix = _columns(problem.matrix, quantities)
    matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
    part = replace(
        problem,
        matrix=matrix,
        right=matrix @ problem.truth[quantities],
        truth=problem.truth[quantities],
        shown_low=problem.shown_low[quantities],
        shown_high=problem.shown_high[quantities],
        hidden_low=problem.hidden_low[quantities],
        hidden_high=problem.hidden_high[quantities],
        item=rank[shown_by],
        cost=problem.cost[items],
        required=problem.required[items],
        implied=tuple((int(rank[a]), int(rank[b])) for a, b in problem.implied if rank[a] >= 0 and rank[b] >= 0),
        needs=tuple(_move(problem.needs[need], place, problem.truth) for need in needs.tolist()),
        covers=tuple(cover for cover in (_narrow(cover, rank, withheld) for cover in problem.covers) if cover.items),
    )
    return Part(part, quantities, items, needs)


def find_parts(problem: Problem, withheld: Bools) -> Iterator[Part]:
    """The parts that have nothing to do with each other while `withheld` (k,) are, each with its needs."""
    known = problem.known(withheld)
    places = _places(problem)
    forms = sparse.csr_array(
        (np.ones(len(places)), (places[:, 0], places[:, 1])), shape=(len(problem.needs), len(problem.truth))
    )
    linked = System(
        sparse.vstack([known.matrix, forms]).tocsr(),
        np.append(known.row_low, np.full(len(problem.needs), -np.inf)),
        np.append(known.row_high, np.full(len(problem.needs), np.inf)),
        known.low,
        known.high,
    )
    for component in split(linked):
        needs = component.rows[component.rows >= known.matrix.shape[0]] - known.matrix.shape[0]
        yield take_part(problem, withheld, component.columns, needs)


def _places(problem: Problem) -> Ints:
    """(?, 2): each need with each quantity of its form."""
    return np.array(
        [(place, column) for place, need in enumerate(problem.needs) for column in need.form.columns], dtype=np.int64
    ).reshape(-1, 2)


def _columns(matrix: Any, quantities: Ints) -> Any:
    return matrix.tocsc()[:, quantities].tocsr()


def _move(need: Need, place: Ints, truth: Floats) -> Need:
    """The same need in the places of the part; quantities outside do not move."""
    columns = np.array(need.form.columns)
    coefficients = np.array(need.form.coefficients)
    inside = place[columns] >= 0
    still = float(np.dot(truth[columns[~inside]], coefficients[~inside]))
    form = Form(tuple(place[columns[inside]].tolist()), tuple(coefficients[inside].tolist()))
    given = tuple((int(place[column]), value) for column, value in need.given if place[column] >= 0)
    return replace(need, form=form, low=need.low - still, high=need.high - still, given=given)


def _narrow(cover: Cover, rank: Ints, withheld: Bools) -> Cover:
    pairs = list(zip(cover.items, cover.weights, strict=True))
    inside = [(int(rank[item]), weight) for item, weight in pairs if rank[item] >= 0]
    outside = sum(weight for item, weight in pairs if rank[item] < 0 and withheld[item])
    return Cover(tuple(item for item, _ in inside), tuple(weight for _, weight in inside), cover.least - outside)
