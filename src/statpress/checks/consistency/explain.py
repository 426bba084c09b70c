"""Findings as issues: what each figure is about and where it stands, never what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from statpress.checks.consistency.facts import Facts
from statpress.checks.consistency.run import Finding
from statpress.issue import Issue

MOST: Final = 50
"""Findings of one rule in one file that are told; more are only counted."""
_MOST_OTHERS: Final = 8
"""Other figures of a finding whose places are told."""
WORDS: Final = {
    "parts-and-total": ("The parts do not make the total", "Mend the source, declare its rounding or `does-not-add`"),
    "shares-of-whole": ("The shares do not make the whole", "Mend the source"),
    "percentage-and-parts": (
        "The percentage does not agree with its numerator and denominator",
        "Mend the source, declare its rounding",
    ),
    "rate-and-population": (
        "The rate does not agree with its number and population",
        "Mend the source, declare its rounding",
    ),
    "impossible-percentage": (
        "No whole number gives this percentage on its base",
        "Mend the percentage or the base, declare its rounding",
    ),
    "percentage-range": ("The percentage is not between 0 and 100", "Mend the source, or the kind of the measure"),
    "part-above-whole": ("The part is more than the whole", "Mend the source"),
    "bases-differ": ("The counts and their percentages are not out of the same base", "Mend the source"),
    "stated-two-ways": ("The same figure is stated in another way", "Find out which is right"),
    "change-and-values": ("The change does not agree with the two figures that it compares", "Mend the source"),
    "direction-and-values": ("The words do not agree with the two figures that they compare", "Mend the source"),
    "jump": ("The figure jumps from the period before", "Check it, and declare the break in the series"),
    "slip": ("The figure is many times, or a small part of, those beside it in time", "Check its digits and its unit"),
    "breaks-its-key": ("The rating does not keep to its key", "Mend the rating"),
    "stated-number-of-figures": ("The stated number of figures is not how many there are", "Mend the source"),
}
"""What each rule says, and what to do."""


def explain_findings(facts: Facts, findings: Iterable[Finding], rules_file: str) -> Iterator[Issue]:
    """One issue a finding; where one rule has very many in one file, the first of them and how many more."""

    def place(finding: Finding) -> tuple[str, str]:
        return (finding.name, str(facts.places["file"].iloc[finding.cells[0]]))

    for (name, file), found in groupby(sorted(findings, key=lambda one: (*place(one), one.cells)), key=place):
        alike = list(found)
        yield from (_explain(facts, finding, rules_file) for finding in alike[:MOST])
        if len(alike) > MOST:
            message = f"{len(alike) - MOST:,} more figures break the rule `{name}`."
            yield Issue(alike[0].rule, message, file, severity=alike[0].severity)


def describe_figure(facts: Facts, position: int) -> str:
    """What a figure is about, in a few words: its keys, without those that mean the whole."""
    told = ((key, facts.text(key, position)) for key in facts.keys)
    return ", ".join(f"{key} {text}" for key, text in told if text and text not in facts.whole)


def _explain(facts: Facts, finding: Finding, rules_file: str) -> Issue:
    first, *others = finding.cells
    message, todo = WORDS[finding.rule]
    named = "" if finding.name == finding.rule else f" (rule `{finding.name}`)"
    why = f" {finding.why}" if finding.why else ""
    beside = f" Compared with {_places(facts, first, others)}." if others else ""
    hint = f"{todo}, or waive `{finding.name}` in {rules_file} with the reason that readers are told."
    file, row, column = _place(facts, first)
    return Issue(
        finding.rule,
        f"{message}{named}: {describe_figure(facts, first)}.{why}{beside}",
        file,
        row=int(row) if row else None,
        column=column or None,
        hint=hint,
        severity=finding.severity,
    )


def _places(facts: Facts, first: int, others: list[int]) -> str:
    """Where the other figures stand: `row 4, column girls; source/b.csv, row 9`. The file only where it changes."""
    here = _place(facts, first)[0]
    told = []
    for position in others[:_MOST_OTHERS]:
        file, row, column = _place(facts, position)
        parts = [file if file != here else "", f"row {row}" if row else "a row that a step made"]
        told.append(", ".join([part for part in parts if part] + ([f"column {column}"] if column else [])))
    more = f"; and {len(others) - _MOST_OTHERS} more" if len(others) > _MOST_OTHERS else ""
    return "; ".join(told) + more


def _place(facts: Facts, position: int) -> tuple[str, str, str]:
    """File, row (empty for one that a step made) and column (empty where several made it) of a figure."""
    file, row, column = facts.places.iloc[position][["file", "row", "column"]]
    return str(file), str(row).split(" ", 1)[0], str(column)
