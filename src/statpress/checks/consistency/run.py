"""Run rules on facts: what each finds, as findings that name figures by what they are about and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from statpress.checks.consistency.changes import check_change, check_direction
from statpress.checks.consistency.facts import Facts
from statpress.checks.consistency.keys import check_bands, check_key
from statpress.checks.consistency.outcome import Outcome
from statpress.checks.consistency.ratios import check_base, check_possible, check_ratio
from statpress.checks.consistency.same import check_same
from statpress.checks.consistency.series import check_jump
from statpress.checks.consistency.sums import check_at_most, check_sum, check_tally
from statpress.declare import claims as declared
from statpress.declare.claims import Claim, Ratio, Sum
from statpress.declare.rules import Rule
from statpress.issue import Severity

CHECKS: Final[Mapping[type[Any], Callable[[Facts, Any], Outcome]]] = {
    declared.Sum: check_sum,
    declared.Ratio: check_ratio,
    declared.Possible: check_possible,
    declared.AtMost: check_at_most,
    declared.Base: check_base,
    declared.Same: check_same,
    declared.Change: check_change,
    declared.Direction: check_direction,
    declared.Jump: check_jump,
    declared.Key: check_key,
    declared.Bands: check_bands,
    declared.Tally: check_tally,
}
"""The function that checks each kind of claim."""
_RULES: Final[Mapping[type[Any], str]] = {
    declared.Possible: "impossible-percentage",
    declared.AtMost: "part-above-whole",
    declared.Base: "bases-differ",
    declared.Same: "stated-two-ways",
    declared.Change: "change-and-values",
    declared.Direction: "direction-and-values",
    declared.Jump: "jump",
    declared.Key: "breaks-its-key",
    declared.Bands: "breaks-its-key",
    declared.Tally: "stated-number-of-figures",
}
"""The rule of the catalogue that each kind of claim is about; sums and ratios have two."""


@dataclass(frozen=True)
class Finding:
    """One fault. `rule` is of the catalogue, `name` that of the declared rule or the same; `cells` are positions of
    facts, first the figure that it is told of."""

    rule: str
    name: str
    cells: tuple[int, ...]
    severity: Severity
    why: str = ""


@dataclass(frozen=True)
class Idle:
    """A declared rule that cannot do what it is there for: it compares nothing, or cannot tell what with."""

    name: str
    several: tuple[int, ...]


def run_rules(facts: Facts, rules: Mapping[str, Rule]) -> tuple[list[Finding], list[Idle]]:
    """What every rule finds, and the rules that find nothing to compare, or too much."""
    findings: list[Finding] = []
    idle: list[Idle] = []
    for name, rule in rules.items():
        outcome = CHECKS[type(rule.claim)](facts, rule.claim)
        findings += find(rule_of(rule.claim), name, outcome.broken, severity=rule.severity, why=rule.why or "")
        if outcome.several or not outcome.compared:
            idle.append(Idle(name, tuple(outcome.several)))
    return findings, idle


def find(
    rule: str, name: str, broken: Iterable[tuple[int, ...]], *, severity: Severity = "error", why: str = ""
) -> Iterator[Finding]:
    """Findings of one rule."""
    return (Finding(rule, name, cells, severity, why) for cells in broken)


def rule_of(claim: Claim) -> str:
    """The rule of the catalogue that a claim is about."""
    if isinstance(claim, Sum):
        return "shares-of-whole" if isinstance(claim.total, float) else "parts-and-total"
    if isinstance(claim, Ratio):
        return "percentage-and-parts" if claim.per == 100 else "rate-and-population"
    return _RULES[type(claim)]
