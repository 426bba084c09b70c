"""Assemble the cells of pipelines, linked by what they share, into one problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from statpress.disclosure.assemble.complements import write_complements
from statpress.disclosure.assemble.counts import write_counts, write_known
from statpress.disclosure.assemble.covers import find_covers
from statpress.disclosure.assemble.draft import Draft
from statpress.disclosure.assemble.insiders import shield, shielded
from statpress.disclosure.assemble.needs import find_needs
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.public import NO_LESSONS, NOTHING, Lessons, Public
from statpress.disclosure.assemble.quantity import Quantity, quantity_of, unit_of
from statpress.disclosure.assemble.ratios import write_ratios
from statpress.disclosure.assemble.sums import write_sums
from statpress.disclosure.assemble.truth import find_truth
from statpress.disclosure.cells import Key
from statpress.disclosure.problem import NO_ITEM, Cover, Need, Problem
from statpress.linear.system import Bools, Floats, System, make_matrix


@dataclass(frozen=True)
class Subject:
    """What a need is about: a quantity of a part, or, where it is a rest, what printed figures leave of it."""

    part: int
    quantity: Quantity
    is_rest: bool


@dataclass(frozen=True)
class Assembled:
    """A problem, and the item of each cell of each part. Cells of two parts that print one quantity share an item."""

    problem: Problem
    items: tuple[Mapping[Key, int], ...]
    subjects: tuple[Subject, ...]
    """What each need of the problem is about"""
    totals: tuple[Subject, ...] = ()
    """The total that each cover of the problem is about"""
    given_up: tuple[int, ...] = ()
    """The places of needs that no pattern met, as attacks have taught"""

    def withheld(self, part: int, pattern: Bools) -> list[Key]:
        """The cells of a part that a pattern (k,) withholds."""
        return [key for key, item in self.items[part].items() if pattern[item]]


def assemble(parts: Sequence[Part], public: Public = NOTHING, lessons: Lessons = NO_LESSONS) -> Assembled:
    """One problem of all parts. `public` is what readers have besides, `lessons` what attacks have taught."""
    draft = Draft()
    counts = [write_counts(draft, part) for part in parts]
    for part in parts:
        write_known(draft, part, public.figures)
    ratios = [write_ratios(draft, part, items) for part, items in zip(parts, counts, strict=True)]
    for part in parts:
        write_sums(draft, part)
        write_complements(draft, part)
    items = tuple(own | made for own, made in zip(counts, ratios, strict=True))
    problem = _problem(draft)
    needs: dict[Need, Subject] = {}
    for place, (part, own) in enumerate(zip(parts, items, strict=True)):
        for need, quantity, is_rest in find_needs(draft, part, own, problem.truth):
            needs.setdefault(need, Subject(place, quantity, is_rest))
    needs |= _insiders(draft, problem, parts, needs) | _taught(draft, problem, needs, lessons)
    covers: dict[Cover, Subject] = {}
    for place, part in enumerate(parts):
        for cover, total in find_covers(draft, part, problem):
            covers.setdefault(cover, Subject(place, total, is_rest=False))
    partners = _partners(problem, parts, items)
    covers |= _leads(partners, lessons)
    required = problem.required.copy()
    required[[partners[name][1] for name in lessons.besides & partners.keys()]] = True
    problem = replace(problem, required=required, needs=tuple(needs), covers=tuple(covers))
    given_up = [place for place, one in enumerate(needs.values()) if one.quantity in lessons.narrowed]
    return Assembled(problem, items, tuple(needs.values()), tuple(covers.values()), tuple(given_up))


def _partners(
    problem: Problem, parts: Sequence[Part], items: Sequence[Mapping[Key, int]]
) -> dict[Quantity, tuple[int, int]]:
    """The part and the item of each figure that may be withheld to protect others, and hides something."""
    public = set(problem.item[problem.hidden_low == problem.hidden_high].tolist())
    return {
        quantity_of(key, part.rules): (place, item)
        for place, (part, own) in enumerate(zip(parts, items, strict=True))
        for key, item in own.items()
        if not problem.required[item] and np.isfinite(problem.cost[item]) and item not in public
    }


def _leads(partners: Mapping[Quantity, tuple[int, int]], lessons: Lessons) -> dict[Cover, Subject]:
    """One cover for each lead that can be cut."""
    found: dict[Cover, Subject] = {}
    for lead in sorted(sorted(names) for names in lessons.leads):
        own = {partners[name][1]: Subject(partners[name][0], name, False) for name in lead if name in partners}
        if own:
            found[Cover(tuple(sorted(own)), (1.0,) * len(own), 1.0)] = next(iter(own.values()))
    return found


def _insiders(
    draft: Draft, problem: Problem, parts: Sequence[Part], needs: Mapping[Need, Subject]
) -> dict[Need, Subject]:
    """What must stay unknown to those who are alone in a cell, where a policy shields them."""
    known = list(needs)
    alone = {
        need.form.columns[0]
        for need, subject in needs.items()
        if need.item != NO_ITEM and parts[subject.part].rules.policy.protection.insiders == "shielded"
        if draft.columns.get(subject.quantity) == need.form.columns[0]
        if draft.of(subject.quantity).guess == unit_of(subject.quantity.measure, parts[subject.part].rules)
    }
    return {need: needs[known[place]] for place, need in shield(problem, known, sorted(alone))}


def _taught(draft: Draft, problem: Problem, needs: Mapping[Need, Subject], lessons: Lessons) -> dict[Need, Subject]:
    """What insiders worked out of a former pattern must stay unknown to them."""
    found: dict[Need, Subject] = {}
    for insider, learnt in sorted(lessons.insiders):
        for need, subject in needs.items():
            if subject.quantity == learnt and insider in draft.columns:
                found[shielded(problem, need, draft.columns[insider])] = subject
    return found


def _problem(draft: Draft) -> Problem:
    """What the draft says, as numbers. Where marks of a source contradict its figures, they may stand for zero."""
    rows = [dict(row) for row in draft.rows]
    matrix = make_matrix(rows, len(draft.variables))
    right = np.array(list(draft.rows.values()), dtype=float)
    item = np.array([variable.item for variable in draft.variables], dtype=np.int64)
    shown = _ends(draft, "shown")
    hidden = _ends(draft, "hidden")
    low, high = (np.where(item >= 0, one, other) for one, other in zip(shown, hidden, strict=True))
    truth = find_truth(System(matrix, right, right, low, high))
    if not truth.agrees.all():
        marked = np.array([variable.is_mark for variable in draft.variables])
        hidden = np.where(marked, np.minimum(hidden[0], 0.0), hidden[0]), hidden[1]
        truth = find_truth(System(matrix, right, right, np.where(marked, hidden[0], low), high))
    return Problem(
        matrix=matrix[truth.agrees],
        right=right[truth.agrees],
        truth=truth.point,
        shown_low=shown[0],
        shown_high=shown[1],
        hidden_low=hidden[0],
        hidden_high=hidden[1],
        item=item,
        cost=np.array(draft.cost, dtype=float),
        required=np.array(draft.required, dtype=bool),
        implied=tuple(sorted(draft.implied)),
    )


def _ends(draft: Draft, name: str) -> tuple[Floats, Floats]:
    """The lower and the upper ends of the `shown` or `hidden` ranges."""
    ranges = [getattr(variable, name) for variable in draft.variables]
    return np.array([low for low, _ in ranges]), np.array([high for _, high in ranges])
