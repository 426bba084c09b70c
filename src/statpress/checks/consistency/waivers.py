"""Known faults: findings that a person has waived by name, with a reason that readers are told.

A published reason must not help to work out a withheld number. That a fault is there at all says something about each
figure that the rule compared: that parts do not make a total rules out the one number for a withheld part with which
they would. So a reason is published only where every figure that the rule compared is published, with the very number
that was checked. Then readers could have found the fault by themselves, and its being told adds nothing. Figures of
other packages are not followed, so a fault between packages is told in a caveat that a person has written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statpress.checks.consistency.facts import Facts
from statpress.checks.consistency.run import Finding
from statpress.checks.consistency.select import select
from statpress.cube import MEASURE, STATUS, VALUE
from statpress.declare.rules import CONTRADICT, Waiver
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Waived:
    """A known fault of a package: one waiver, and what it waives."""

    number: int
    """The waiver's place in its file, from 0."""
    waiver: Waiver
    findings: int
    rows: tuple[int, ...]
    """The rows of the package's cube that were compared."""
    measures: tuple[str, ...]
    within: bool
    """Whether all that was compared is of this package."""

    @property
    def id(self) -> str:
        """What its reason is called among the caveats of the package."""
        return name_fault(self.number, self.waiver)


def name_fault(number: int, waiver: Waiver) -> str:
    """What the reason of a waiver is called among the caveats of the package."""
    return f"known-fault-{number + 1}-{waiver.rule}"


def waive_findings(
    facts: Facts, findings: Iterable[Finding], waivers: Iterable[Waiver], rows: int
) -> tuple[list[Finding], list[Waived], list[int]]:
    """The findings that stay, the faults that are known, and the numbers of waivers that match nothing.

    The first `rows` facts are of the package, one a row of its cube. A waiver that names a rule of the catalogue is
    for that rule only where it runs by itself.
    """
    left = list(findings)
    known: list[Waived] = []
    idle: list[int] = []
    for number, waiver in enumerate(waivers):
        if waiver.rule == CONTRADICT:  # printed figures are compared later, by the attack
            continue
        named = set(select(facts, waiver.where).tolist())
        matched = [finding for finding in left if finding.name == waiver.rule and named.intersection(finding.cells)]
        gone = set(map(id, matched))
        left = [finding for finding in left if id(finding) not in gone]
        known += [_describe(facts, matched, waiver, number=number, rows=rows)] if matched else []
        idle += [] if matched else [number]
    return left, known, idle


def _describe(facts: Facts, matched: list[Finding], waiver: Waiver, *, number: int, rows: int) -> Waived:
    cells = sorted({cell for finding in matched for cell in finding.cells})
    own = tuple(cell for cell in cells if cell < rows)
    measures = tuple(dict.fromkeys(facts.text(MEASURE, cell) for cell in own))
    return Waived(number, waiver, len(matched), own, measures, within=len(own) == len(cells))


def find_plain_rows(cube: pd.DataFrame, published: pd.DataFrame, keys: list[str]) -> frozenset[int]:
    """The rows whose figure is published with its true number, so that readers can check it themselves.

    `cube` has the true figures, one a row; `published` those that readers see. A figure that was empty in the source,
    and is so in the package, tells readers the same.
    """
    figures = zip(published[VALUE].tolist(), published[STATUS].tolist(), strict=True)
    shown = dict(zip(_keys(published, keys), figures, strict=True))
    true = zip(_keys(cube, keys), cube[VALUE].tolist(), strict=True)
    return frozenset(
        place for place, (key, value) in enumerate(true) if _is_plain(value, *shown.get(key, (math.nan, "")))
    )


def _keys(table: pd.DataFrame, keys: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(table[key].tolist() for key in keys), strict=True)


def _is_plain(true: float, shown: float, status: str) -> bool:
    return status != WITHHELD and (shown == true or (math.isnan(shown) and math.isnan(true)))
