"""What a reader would have to miss so as not to work a number out: the printed figures of each way to do it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from statpress.audit.attack import Finding, Report
from statpress.audit.facts import Facts
from statpress.audit.insiders import seen_by
from statpress.audit.printed import Quantity
from statpress.audit.proofs import Proof, prove

_FIGURES = ("ratio", "change")


def find_leads(report: Report) -> frozenset[frozenset[Quantity]]:
    """For each finding, the figures in place that its proof uses: without one of them, that proof is gone."""
    return frozenset(lead for finding in report.findings for lead in _leads(finding, report) if lead)


def find_insiders(report: Report) -> frozenset[tuple[Quantity, Quantity]]:
    """The insiders of the findings, each with the cell in place that he works out."""
    found = ((finding.insider, finding.target) for finding in report.findings)
    return frozenset(
        (insider, target.name) for insider, target in found if insider is not None and len(target.terms) == 1
    )


def find_narrowed(report: Report) -> frozenset[Quantity]:
    """The cells in place that are surely not determined, but of which not all of the band is shown to be possible."""
    return frozenset(
        finding.target.name
        for finding in report.findings
        if finding.insider is None and finding.target.is_cell and finding.target.standard == "symbol"
        if finding.outcome.seen_low < finding.outcome.seen_high and not finding.target.name.release
    )


def _leads(finding: Finding, report: Report) -> Iterator[frozenset[Quantity]]:
    if finding.kind == "unproved":
        return
    target, settled = finding.target, seen_by(finding, report)
    if all(settled.facts.is_fixed(name) for name, _ in target.terms):
        yield frozenset(name for name, _ in target.terms if not name.release)
        return
    for most in (False, True):
        proof = prove(settled, target, most=most)
        if proof is not None and (finding.kind == "determined" or _is_short(finding, most=most)):
            yield frozenset(_printed(proof, settled.facts, _rounded(report))).difference(finding.known)


def _is_short(finding: Finding, *, most: bool) -> bool:
    first, last = finding.target.band
    return finding.outcome.high < last if most else finding.outcome.low > first


def _rounded(report: Report) -> set[Quantity]:
    """The figures in place that are shown and do not tell one number."""
    tables = (table for table in report.tables if table.is_current and table.rules.rounding is not None)
    return {name for table in tables for name, cell in table.quantities() if cell.value is not None}


def _printed(proof: Proof, facts: Facts, rounded: Collection[Quantity]) -> Iterator[Quantity]:
    for column in proof.columns:
        name = facts.names[column]
        if not name.release and (facts.low[column] == facts.high[column] or name.part or name in rounded):
            yield name._replace(part="")
    for row in proof.rows:
        fact = facts.rows[row]
        first = fact.terms[0][0]
        if fact.kind in _FIGURES and not first.release:
            yield first._replace(measure=fact.about, part="")
