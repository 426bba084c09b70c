"""Printed figures that contradict one another: which of them are known, by a waiver of their package, and which not.

The attack finds them in what is printed, and so can every reader. So the reason of a waiver gives no figure away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from statpress.audit.printed import Quantity
from statpress.audit.sentences import Contradiction
from statpress.checks.consistency.waivers import name_fault
from statpress.cube import ALL
from statpress.declare.document import Document
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.declare.rules import CONTRADICT, Rules, Waiver
from statpress.issue import Issue
from statpress.packages.describe.publication import KnownFault


@dataclass(frozen=True)
class Excused:
    """A waiver that matched: its place in its file, and the measures of its package that it is about."""

    number: int
    waiver: Waiver
    measures: tuple[str, ...]

    @property
    def fault(self) -> KnownFault | None:
        """What the package tells of it beside the measures; None where a caveat of the pipeline tells it already."""
        reason = self.waiver.reason
        return KnownFault(name_fault(self.number, self.waiver), reason, self.measures) if reason is not None else None


@dataclass(frozen=True)
class Excuses:
    """The contradictions that nobody has waived and the waivers that match nothing, as issues; and those that match."""

    issues: tuple[Issue, ...]
    known: Mapping[str, tuple[Excused, ...]]


def waive_contradictions(found: Sequence[Contradiction], declared: Declarations, chosen: Iterable[str]) -> Excuses:
    """Put the waivers of all packages to what the attack found. Only the packages `chosen` are told of idle ones."""
    issues: list[Issue] = []
    known: dict[str, tuple[Excused, ...]] = {}
    chosen, waived = set(chosen), set[int]()
    for name, rules in sorted(declared.rules.items()):
        matches = _match(found, declared.pipelines[name], rules)
        waived.update(place for places in matches.values() for place in places)
        if name in chosen:
            known[name] = tuple(
                Excused(number, rules.waivers[number], _measures(found, places, declared.pipelines[name]))
                for number, places in matches.items()
                if places
            )
            issues += [_idle(number, declared.rule_files[name]) for number, places in matches.items() if not places]
    names = sorted(chosen)
    issues += [_place(one, declared, names) for place, one in enumerate(found) if place not in waived]
    return Excuses(tuple(issues), known)


def _match(found: Sequence[Contradiction], pipeline: Pipeline, rules: Rules) -> dict[int, list[int]]:
    """For each waiver of contradictions, the places of those that it is about."""
    return {
        number: [
            place
            for place, one in enumerate(found)
            if any(figure.measure in pipeline.measures and _is_about(waiver, figure) for figure in one.figures)
        ]
        for number, waiver in enumerate(rules.waivers)
        if waiver.rule == CONTRADICT
    }


def _is_about(waiver: Waiver, figure: Quantity) -> bool:
    columns = {"measure": figure.measure, "area": figure.area, "period": figure.period, **dict(figure.groups)}
    return all(
        columns.get(column, ALL) in ((wanted,) if isinstance(wanted, str) else wanted)
        for column, wanted in waiver.where.items()
    )


def _measures(found: Sequence[Contradiction], places: Iterable[int], pipeline: Pipeline) -> tuple[str, ...]:
    about = dict.fromkeys(figure.measure for place in places for figure in found[place].figures)
    return tuple(measure for measure in about if measure in pipeline.measures)


def _idle(number: int, document: Document) -> Issue:
    message = "The waiver matches nothing: the attack finds no such contradiction any more."
    hint = "Remove it, or check the codes that it names."
    return document.issue("waiver-matches-nothing", message, ("waivers", number), hint)


def _place(one: Contradiction, declared: Declarations, names: Sequence[str]) -> Issue:
    """The warning, at the first of the pipelines `names` that publishes one of its figures."""
    measures = {figure.measure for figure in one.figures}
    name = next((name for name in names if measures & set(declared.pipelines[name].measures)), names[0])
    hint = f"{one.issue.hint} Or waive `{CONTRADICT}` in validations/{name}.yml with the reason that readers are told."
    return replace(one.issue, file=declared.files[name].file, hint=hint)
