"""A part of a problem as a problem of its own: some quantities may move, all others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy import sparse

from statpress.disclosure.problem import Cover, Need, Problem
from statpress.linear.components import Component, split
from statpress.linear.system import Bools, Floats, Form, Ints, System

NONE: Final[Ints] = np.array([], dtype=np.int64)


@dataclass(frozen=True)
class Part:
    """A problem with the places of its quantities, items and needs in the whole."""

    problem: Problem
    quantities: Ints
    items: Ints
    needs: Ints


def take_part(problem: Problem, withheld: Bools, quantities: Ints, needs: Ints, besides: Ints = NONE) -> Part:
    """The problem of these quantities and needs alone; all other quantities stay, other items are as `withheld`.

    It has the items of its quantities and those `besides`.
    """
    shown_by = problem.item[quantities]
    items = np.union1d(shown_by[shown_by >= 0], besides)
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
    links = sparse.vstack([known.matrix, _forms(problem)]).tocsr()
    for component in _split(links, known.low < known.high):
        yield take_part(problem, withheld, component.columns, _needs_among(problem, component.rows))


def find_wholes(problem: Problem) -> Iterator[Part]:
    """The parts that have nothing to do with each other whatever is withheld, those of which something is asked.

    Items count as well as quantities: some show none, and are withheld with others.
    """
    forms, size = _forms(problem), len(problem.truth)
    first, asked = problem.matrix.shape[0], len(problem.needs) + len(problem.covers)
    rules = _incidence([*(cover.items for cover in problem.covers), *problem.implied], problem.items)
    shown = enumerate(problem.item.tolist())
    shows = _incidence([(quantity, size + item) for quantity, item in shown if item >= 0], size + problem.items)
    links = sparse.vstack(
        [sparse.block_array([[sparse.vstack([problem.matrix, forms]), None], [None, rules]]), shows]
    ).tocsr()
    for component in _split(links, _may_change(problem, forms)):
        if np.any((component.rows >= first) & (component.rows < first + asked)):
            inside = component.columns < size
            quantities, items = component.columns[inside], component.columns[~inside] - size
            yield take_part(problem, problem.everything, quantities, _needs_among(problem, component.rows), items)


def _may_change(problem: Problem, forms: Any) -> Bools:
    """(n + k,), the quantities that somebody may not know, or asks about, then the items that may be withheld."""
    known, withheld = problem.known(problem.everything), problem.everything
    withheld[[item for pair in problem.implied for item in pair]] = True
    quantities = (known.low < known.high) | np.append(withheld, False)[problem.item]
    quantities[forms.indices] = True
    return np.append(quantities, withheld)


def _split(links: Any, is_open: Bools) -> Iterator[Component]:
    """The components of the open quantities (n,) that the rows of `links` (?, n) connect."""
    endless = np.full(links.shape[0], np.inf)
    return split(System(links, -endless, endless, np.zeros(len(is_open)), is_open.astype(float)))


def _needs_among(problem: Problem, rows: Ints) -> Ints:
    """The places of the needs whose rows come after those of the equations."""
    first = problem.matrix.shape[0]
    return np.asarray(rows[(rows >= first) & (rows < first + len(problem.needs))] - first)


def _forms(problem: Problem) -> Any:
    """(p, n): in each row 1 for each quantity of the form of a need."""
    return _incidence([need.form.columns for need in problem.needs], len(problem.truth))


def _incidence(groups: Sequence[Sequence[int]], size: int) -> Any:
    """(g, size): in each row 1 for each member of a group."""
    rows = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    columns = np.array([member for group in groups for member in group], dtype=np.int64)
    return sparse.csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(groups), size))


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
