"""What to do where no pattern of withholding protects a number: which groups to merge, or what to leave out."""

from __future__ import annotations

from collections.abc import Iterator

from statpress.cube import ALL
from statpress.disclosure.assemble.assemble import Assembled, Subject
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.cells import Rules
from statpress.disclosure.problem import Pattern
from statpress.issue import Issue


def describe_unmet(assembled: Assembled, part: int, pattern: Pattern, of: Part) -> Iterator[Issue]:
    """An issue for every number of a part that cannot be protected. Names cells, never figures."""
    for need in pattern.unmet:
        subject = assembled.subjects[need]
        if subject.part == part and not assembled.problem.needs[need].given:
            what = "what is left of " if subject.is_rest else ""
            message = f"Nothing can be withheld that would protect {what}{subject.quantity.words}."
            yield Issue("cannot-protect", message, hint=_hint(subject, of))
    for cover in pattern.uncovered:
        subject = assembled.totals[cover]
        if subject.part == part:
            message = (
                f"What is withheld of {subject.quantity.words} is a small count together, and nothing can join it."
            )
            yield Issue("cannot-protect", message, hint=_hint(subject, of))


def _hint(subject: Subject, of: Part) -> str:
    fewer = " Or keep fewer figures with `never-withhold`." if of.never else ""
    return f"{_merge(subject, of.rules)}{fewer}"


def _merge(subject: Subject, rules: Rules) -> str:
    merges = [
        f"merge {code} of {dimension} with {' or '.join(siblings)}"
        for dimension, code in subject.quantity.codes
        if (siblings := _siblings(dimension, code, rules))
    ]
    if merges:
        return f"M{' and '.join(merges)[1:]}, leave that breakdown out, or withhold the total by hand."
    return "Leave this area or period out, show it for a larger one, or withhold the figures it follows from by hand."


def _siblings(dimension: str, code: str, rules: Rules) -> list[str]:
    """The categories that a category can be merged with: those of the same group, nearest in the list first."""
    categories = rules.dimensions[dimension].categories
    order = list(categories)
    parent = categories[code].parent if code != ALL else ALL
    others = [other for other, category in categories.items() if category.parent == parent and other != code]
    return sorted(others, key=lambda other: abs(order.index(other) - order.index(code)))[:2]
