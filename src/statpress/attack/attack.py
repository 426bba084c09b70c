"""Attack what is published: read every path, compile, solve, and say what can be worked out, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from statpress.attack.known import read_key, read_known
from statpress.attack.plain import PlainOptions, read_plain, read_trees
from statpress.attack.published import read_published
from statpress.audit.attack import Finding, Report, attack
from statpress.audit.facts import Range
from statpress.audit.printed import PrintedTable, Quantity, Rules, Standard
from statpress.audit.sentences import explain_contradictions, explain_findings
from statpress.declare.base import band
from statpress.errors import BadSource, UnsafeRelease, fail_if
from statpress.issue import Issue

Known = Mapping[Quantity, Range]


@dataclass(frozen=True)
class Request:
    """What to attack and what to take for granted. `band` and `standard` overrule what packages say."""

    paths: tuple[Path, ...]
    hierarchies: tuple[tuple[str, Path], ...] = ()
    band: str | None = None
    zeros: str = "shown"
    total: str = "Total"
    standard: Standard | None = None
    known: Path | None = None
    insider: str = ""
    show_values: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """An attack that found nothing: how many tables and withheld figures it was about, and warnings."""

    tables: int
    withheld: int
    warnings: tuple[Issue, ...] = field(default=())


def attack_paths(request: Request) -> Outcome:
    """Attack everything at the paths together. Raises `BadSource`, or `UnsafeRelease` with what can be worked out."""
    tables, known, theirs = _read(request)
    insider = read_key(request.insider, tables, request.total) if request.insider else None
    report = attack(tables, standard=request.standard, known=known, insider=insider)
    findings = explain_findings(report)
    told = [_with_value(issue, finding, theirs) for issue, finding in zip(findings, report.findings, strict=True)]
    warnings = explain_contradictions(report)
    fail_if(UnsafeRelease, [*told, *warnings])
    return Outcome(len(tables), _count_withheld(report), warnings)


def _read(request: Request) -> tuple[list[PrintedTable], Known, Known]:
    """The tables, what is known of them, and what the one who asks has already; all faults together."""
    trees, issues = read_trees(request.hierarchies)
    options = PlainOptions(trees, request.total, _rules(request))
    tables: list[PrintedTable] = []
    for path in request.paths:
        found, faults = _read_path(path, options) if not issues else ([], [])
        tables += [_overruled(table, request) for table in found]
        issues += faults
    values: list[Known] = []
    for file in (request.known, request.show_values):
        known, faults = read_known(file, request.total) if file is not None else ({}, [])
        values.append(known)
        issues += faults
    fail_if(BadSource, issues)
    return tables, values[0], values[1]


def _read_path(path: Path, options: PlainOptions) -> tuple[list[PrintedTable], list[Issue]]:
    """What is published at a path: packages, an archive of them, or a plain table."""
    if path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file()):
        try:
            return read_published(path)
        except BadSource as fault:
            return [], list(fault.issues)
    table, issues = read_plain(path, options)
    return [table] if table is not None else [], issues


def _rules(request: Request) -> Rules:
    low, high = band(request.band or "1..5")
    return Rules(low, high, zeros_shown=request.zeros == "shown")


def _overruled(table: PrintedTable, request: Request) -> PrintedTable:
    if request.band is None:
        return table
    low, high = band(request.band)
    return replace(table, rules=replace(table.rules, low=low, high=high))


def _with_value(issue: Issue, finding: Finding, theirs: Known) -> Issue:
    """What a reader learns in numbers, only of a quantity whose true value the one who asks has, and rightly."""
    true = theirs.get(finding.target.name)
    low, high = finding.outcome.low, finding.outcome.high
    if true is None or len(finding.target.terms) > 1 or true[0] is None or not low <= true[0] <= high:
        return issue
    shown = f"it is {low:.0f}" if low == high else f"it is between {low:.0f} and {high:.0f}"
    return replace(issue, message=f"{issue.message.rstrip('.')} ({shown}).")


def _count_withheld(report: Report) -> int:
    return sum(outcome.target.is_cell for outcome in report.outcomes)
