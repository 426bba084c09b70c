"""Protect tables of observations: withhold what the policy names and whatever would give it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from statpress.cube import key_columns
from statpress.declare.pipeline import ByHand
from statpress.declare.policy import Effort
from statpress.disclosure.assemble.assemble import Assembled, assemble
from statpress.disclosure.assemble.public import NO_LESSONS, NOTHING, Lessons, Public
from statpress.disclosure.cells import Key, Rules, without_helpers
from statpress.disclosure.hopeless import describe_unmet
from statpress.disclosure.judge import Judged, Unprotected, judge
from statpress.disclosure.optimise.find import find_pattern
from statpress.disclosure.optimise.reveal import reveal
from statpress.disclosure.problem import Pattern
from statpress.disclosure.rounding.parts import round_parts
from statpress.disclosure.rounding.table import round_table
from statpress.issue import Issue
from statpress.linear.system import Bools
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd

EFFORTS: tuple[Effort, ...] = ("quick", "good", "exact")


@dataclass(frozen=True)
class Protected:
    """Observations that are safe to publish, and, for maintainers only, why each withheld cell is withheld."""

    observations: pd.DataFrame
    reasons: Mapping[Key, str]
    """Withheld cell to the name of the rule. It tells small numbers from their partners, so it is never published."""
    notes: Mapping[Key, str]
    """Cell withheld by hand, computed ones among them, to the reason that readers see."""
    lesser: frozenset[Key]
    """Cells that are only not determined, because no pattern hides them as well as the mark says."""


def protect_table(
    observations: pd.DataFrame, rules: Rules, by_hand: Iterable[ByHand] = ()
) -> tuple[Protected, list[Issue]]:
    """One table alone, as `protect_tables` does."""
    (protected,), (issues,) = protect_tables([Unprotected(observations, rules, tuple(by_hand))])
    return protected, issues


def protect_tables(
    tables: Sequence[Unprotected], public: Public = NOTHING, lessons: Lessons = NO_LESSONS
) -> tuple[list[Protected], list[list[Issue]]]:
    """Tables with every cell withheld that must be, all of them together, since they may share figures.

    Returns the issues of each table: where no withholding can protect a number, where a headline would have to go, or
    where a rule by hand names nothing; then the release must not be written. A withheld cell loses its note, which may
    say too much, and gets the published reason if a person withheld it. `public` is what readers have besides. Where
    attacks have taught something of a former pattern, that one is mended, unless the least is to be withheld exactly.
    """
    judged = [judge(table, public.withheld) for table in tables]
    parts, faults = round_parts([one.part for one in judged])
    assembled = assemble(parts, public, lessons)
    pattern = reveal(assembled.problem, find_pattern(assembled.problem, _effort(tables), _former(assembled, lessons)))
    judged = [replace(one, part=part) for one, part in zip(judged, parts, strict=True)]
    protected = [_protected(assembled, place, judged[place], table, pattern) for place, table in enumerate(tables)]
    issues = [
        [*one.issues, *faults[place], *describe_unmet(assembled, place, pattern, one.part)]
        for place, one in enumerate(judged)
    ]
    return protected, issues


def _effort(tables: Sequence[Unprotected]) -> Effort:
    """The most that a policy of any table asks for."""
    return max((table.rules.policy.protection.effort for table in tables), key=EFFORTS.index, default="good")


def _former(assembled: Assembled, lessons: Lessons) -> Bools | None:
    """The items (k,) that a former pattern withheld, if there was one."""
    if not lessons.withheld:
        return None
    former = np.zeros(assembled.problem.items, dtype=bool)
    for items, keys in zip(assembled.items, lessons.withheld, strict=True):
        former[[item for key, item in items.items() if key in keys]] = True
    return former


def _protected(assembled: Assembled, place: int, judged: Judged, table: Unprotected, pattern: Pattern) -> Protected:
    withheld = assembled.withheld(place, pattern.withheld)
    implied = {item for other, item in assembled.problem.implied if pattern.withheld[other]}
    items = assembled.items[place]
    reasons = {key: "part-withheld" if items[key] in implied else "protects-another" for key in withheld}
    reasons |= dict(judged.part.reasons) | dict.fromkeys(judged.part.cells.helpers, "never-published")
    observations = _apply(without_helpers(table.observations, table.rules), table.rules, reasons, judged.notes)
    observations = round_table(observations, judged.part.cells, table.rules)
    return Protected(observations, reasons, judged.notes, _lesser(assembled, place, pattern))


def _lesser(assembled: Assembled, place: int, pattern: Pattern) -> frozenset[Key]:
    """The cells of a part whose need fell back, or was given up after an attack."""
    items = {assembled.problem.needs[need].item for need in (*pattern.fell_back, *assembled.given_up)}
    return frozenset(key for key, item in assembled.items[place].items() if item in items)


def _apply(
    observations: pd.DataFrame, rules: Rules, reasons: Mapping[Key, str], notes: Mapping[Key, str]
) -> pd.DataFrame:
    columns = key_columns(tuple(rules.dimensions))
    keys = list(zip(*(observations[column].tolist() for column in columns), strict=True))
    hide = [key in reasons for key in keys]
    safe = observations.copy()
    safe.loc[hide, "value"] = float("nan")
    safe.loc[hide, "status"] = WITHHELD
    safe.loc[hide, "note"] = [notes.get(key, "") for key, hidden in zip(keys, hide, strict=True) if hidden]
    return safe
