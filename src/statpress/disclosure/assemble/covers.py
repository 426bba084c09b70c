"""Numbers withheld from one total, which must not be a small count together: 5 and 3 beside a threshold of 11 tell 8.

ESSnet Handbook on Statistical Disclosure Control, 2nd edition, chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from statpress.disclosure.assemble.draft import Draft
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, unit_of
from statpress.disclosure.problem import Cover, Problem


def find_covers(draft: Draft, part: Part, problem: Problem) -> Iterator[tuple[Cover, Quantity]]:
    """What must be withheld with the small counts of each printed total of a part, and that total.

    Either other parts, so that all together are no small count, or the total itself.
    """
    policy = part.rules.policy
    if policy.protection.hidden_sums == "ignored" or policy.rounding:
        return
    names = {column: name for name, column in draft.columns.items()}
    for row, right in sorted(draft.rows.items()):
        total = next((column for column, sign in row if sign == -1), None)
        is_sum = right == 0 and not any(column in draft.complements for column, _ in row)
        if is_sum and total in names and _is_count(names[total], part):
            cover = _cover(problem, total, {column: sign for column, sign in row if column != total}, part)
            if cover is not None:
                yield cover, names[total]


def _is_count(name: Quantity, part: Part) -> bool:
    measure = part.rules.measures.get(name.measure)
    whole = measure is not None and measure.kind == "count" and unit_of(name.measure, part.rules) == 1
    return whole and not name.is_share and measure is not None and not measure.unprotected


def _cover(problem: Problem, total: int, signs: Mapping[int, int], part: Part) -> Cover | None:
    item = int(problem.item[total])
    if item < 0 or problem.required[item] or set(signs.values()) != {1}:
        return None
    items = {column: int(problem.item[column]) for column in signs}
    hidden = sum(problem.truth[column] for column, own in items.items() if own < 0 or problem.required[own])
    missing = float(part.rules.small[1] + 1 - hidden)
    if not 0 < missing <= part.rules.small[1]:
        return None
    others = {
        own: float(problem.truth[column])
        for column, own in items.items()
        if own >= 0 and not problem.required[own] and problem.truth[column] > 0 and not _is_public(problem, column)
    }
    weights = others if _is_public(problem, total) else {item: missing, **others}
    return Cover(tuple(weights), tuple(weights.values()), missing) if weights else None


def _is_public(problem: Problem, column: int) -> bool:
    """Whether everybody knows a number, such as one that an earlier release shows, so that it hides none."""
    return bool(problem.hidden_low[column] == problem.hidden_high[column])
