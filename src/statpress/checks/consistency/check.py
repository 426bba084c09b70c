"""The verb of this room: what is wrong with the true figures of packages, and which faults of them are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statpress.checks.consistency.areas import check_areas
from statpress.checks.consistency.cube import PACKAGE, read_facts
from statpress.checks.consistency.defaults import derive_claims, packages_beside
from statpress.checks.consistency.explain import describe_figure, explain_findings
from statpress.checks.consistency.facts import Facts
from statpress.checks.consistency.outcome import Outcome
from statpress.checks.consistency.ratios import check_range
from statpress.checks.consistency.run import CHECKS, Finding, Idle, find, rule_of, run_rules
from statpress.checks.consistency.select import select, unique_union
from statpress.checks.consistency.series import check_slip
from statpress.checks.consistency.waivers import Waived, waive_findings
from statpress.cube import ADDITIVE, MEASURE
from statpress.declare.document import Document
from statpress.declare.nouns import Declarations
from statpress.declare.rules import Rules
from statpress.issue import Issue, Severity

if TYPE_CHECKING:
    import pandas as pd

SLIPPING = (*ADDITIVE, "rate", "mean")
"""Kinds of measures whose figures may have a digit too many or too few."""


@dataclass(frozen=True)
class Consistency:
    """What the rules say of one package: faults, and known faults with their reasons."""

    issues: tuple[Issue, ...]
    waived: tuple[Waived, ...]
    broken: frozenset[str]
    """The names of the rules that found something which is not waived."""
    rows: Mapping[str, tuple[int, ...] | None]
    """For each rule of the file, the rows of the cube whose figures it names; None where it names other packages.

    That a rule holds tells readers something about each of them, such as that it lies within 30 % of the year before.
    So only of rules whose rows are plain to readers (`find_plain_rows`) may a package say that they hold.
    """


def check_consistency(name: str, cubes: Mapping[str, pd.DataFrame], declared: Declarations) -> Consistency:
    """Run the rules that run by themselves and those of `validations/<name>.yml` on the true figures of a package.

    `cubes` has the observations of the package, with their sources, and those of every other one that they must agree
    with (`packages_beside`). No issue shows a figure.
    """
    rules = declared.rules.get(name, Rules())
    cube = cubes[name]
    others = {other: cubes[other] for other in sorted(packages_beside(name, declared))}
    facts = read_facts({name: cube, **others}, declared, rules)
    findings, idle = run_rules(facts, rules.rules)
    findings += _by_themselves(facts, name, declared, rules)
    left, waived, unused = waive_findings(facts, findings, rules.waivers, rows=len(cube))
    document = declared.rule_files.get(name, Document(f"validations/{name}.yml", {}, {}))
    issues = [
        *explain_findings(facts, left, document.file),
        *(issue for one in idle for issue in _explain_idle(facts, one, document)),
        *_explain_unused(unused, document),
        *_explain_across(waived, document),
    ]
    broken = frozenset(finding.name for finding in left)
    return Consistency(tuple(issues), tuple(waived), broken, _rows(facts, rules, len(cube)))


def _rows(facts: Facts, rules: Rules, own: int) -> dict[str, tuple[int, ...] | None]:
    named = {
        name: unique_union(select(facts, where) for _, where in rule.selections() if where)
        for name, rule in rules.rules.items()
    }
    return {name: None if (cells >= own).any() else tuple(map(int, cells)) for name, cells in named.items()}


def _by_themselves(facts: Facts, name: str, declared: Declarations, rules: Rules) -> Iterator[Finding]:
    told: set[int] = set()
    for claim in derive_claims(facts, name, declared, rules):
        rule, outcome = rule_of(claim), CHECKS[type(claim)](facts, claim)
        found = _find(rule, outcome, "warning" if rule == "jump" else "error")
        yield from (one for one in found if rule != "impossible-percentage" or one.cells[0] not in told)
        told.update(cells[0] for cells in outcome.broken if rule == "percentage-and-parts")
    own = {measure: declared.measures[measure] for measure in declared.pipelines[name].measures}
    shares = tuple(code for code, measure in own.items() if measure.kind == "percentage" and not measure.change_of)
    slipping = tuple(code for code, measure in own.items() if measure.kind in SLIPPING)
    if rules.areas == "adds-up":
        counted = tuple(code for code, measure in own.items() if measure.kind in ADDITIVE)
        cells = select(facts, {MEASURE: counted, PACKAGE: name})
        for parents in _parents(declared):
            yield from _find("parts-and-total", check_areas(facts, cells, parents))
    yield from _find("percentage-range", check_range(facts, select(facts, {MEASURE: shares})))
    yield from _find("slip", check_slip(facts, select(facts, {MEASURE: slipping}), rules.thresholds), "warning")


def _parents(declared: Declarations) -> Iterator[dict[str, str]]:
    """For each kind of area, the area above each of its areas."""
    for kind in sorted({area.kind for area in declared.areas.values()}):
        yield {code: area.parent for code, area in declared.areas.items() if area.kind == kind and area.parent}


def _find(rule: str, outcome: Outcome, severity: Severity = "error") -> Iterator[Finding]:
    return find(rule, rule, outcome.broken, severity=severity)


def _explain_idle(facts: Facts, idle: Idle, document: Document) -> Iterator[Issue]:
    key = ("rules", idle.name)
    if not idle.several:
        message = f"The rule `{idle.name}` finds nothing to compare."
        yield document.issue("rule-compares-nothing", message, key, "Check the columns and codes that it names.")
        return
    figure = describe_figure(facts, idle.several[0])
    message = f"The rule `{idle.name}` finds several figures to compare with one: {figure}."
    hint = "Name more columns in its selections, or say in `by` in which columns figures agree."
    yield document.issue("rule-ambiguous", message, key, hint)


def _explain_unused(unused: Collection[int], document: Document) -> Iterator[Issue]:
    for number in unused:
        message = "The waiver matches nothing: its rule finds no such fault any more."
        hint = "Remove it, or check the rule and the codes that it names."
        yield document.issue("waiver-matches-nothing", message, ("waivers", number), hint)


def _explain_across(waived: Iterable[Waived], document: Document) -> Iterator[Issue]:
    for one in waived:
        if one.waiver.reason is not None and not one.within:
            message = "The fault is between packages, so its reason cannot be told beside one of them by itself."
            hint = "Write it as a caveat of the pipeline, and name it: `caveat: ...`."
            issue = document.issue("waiver-across-packages", message, ("waivers", one.number, "reason"), hint)
            yield replace(issue, severity="error")
