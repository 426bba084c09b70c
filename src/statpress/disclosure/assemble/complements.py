"""What a part leaves of a whole that it does not add up to with others: 52 of 57 tells 5."""

from __future__ import annotations

from collections.abc import Iterator

from statpress.cube import ALL
from statpress.disclosure.assemble.draft import Draft, Variable
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, unit_of


def write_complements(draft: Draft, part: Part) -> None:
    """Write down that no part is more than its whole, for every such pair of a package."""
    for count, whole in sorted(set(_pairs(draft, part))):
        known = draft.of(count), draft.of(whole)
        guess, slack = _left(*known)
        if guess is None or guess >= -slack:
            column = draft.add(Variable(guess=guess, slack=slack))
            draft.complements[column] = count
            units = unit_of(count.measure, part.rules), unit_of(whole.measure, part.rules)
            draft.fact({column: units[1], draft.column(count): units[1], draft.column(whole): -units[0]})


def _left(count: Variable, whole: Variable) -> tuple[float | None, float]:
    if count.guess is None or whole.guess is None:
        return None, 0.0
    return whole.guess - count.guess, count.slack + whole.slack


def _pairs(draft: Draft, part: Part) -> Iterator[tuple[Quantity, Quantity]]:
    """Each count with the wholes that it is part of, where both are spoken of."""
    for count in list(draft.columns):
        if not count.is_share and part.rules.measure(count.measure) is not None:
            for whole in _wholes(count, draft, part):
                if whole != count and draft.is_told(whole):
                    yield count, whole


def _wholes(count: Quantity, draft: Draft, part: Part) -> Iterator[Quantity]:
    declared = part.rules.measure(count.measure)
    if count in draft.wholes and declared is not None and declared.kind not in ("rate", "mean", "ratio"):
        yield draft.wholes[count]
    for ratio in part.rules.measures.values():
        if ratio.kind == "percentage" and ratio.numerator == count.measure and ratio.denominator is not None:
            yield count._replace(measure=ratio.denominator)
            if ratio.denominator_at == "total":
                yield count._replace(measure=ratio.denominator, codes=())
    for dimension, code in count.codes:
        if dimension in part.rules.dimensions and dimension not in part.rules.adds_up:
            categories = part.rules.dimensions[dimension].categories
            above = code
            while above != ALL:
                above = categories[above].parent
                yield count.along(dimension, above)
