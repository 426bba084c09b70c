"""Let the attacker try a protected table before anybody sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from statpress.alone.printed import print_table
from statpress.alone.protect import Protected
from statpress.alone.request import Request
from statpress.alone.table import Table
from statpress.audit.attack import Report, attack
from statpress.audit.certificate import certify
from statpress.audit.checker.check import check_certificate
from statpress.audit.printed import Standard
from statpress.audit.sentences import explain_findings
from statpress.errors import UnsafeRelease, fail_if
from statpress.issue import Issue, in_order
from statpress.tables.place import MOST


def prove_safe(protected: Protected, table: Table, request: Request, *, salt: str = "") -> tuple[Protected, Report]:
    """The same table with what the attacker has to say of it, and her report.

    She sees what is printed and no true number. Raises `UnsafeRelease` where she learns more of a cell than the request
    allows. Where no pattern prevents that small counts are narrowed down, what parts tell together is a warning.
    """
    printed = print_table(protected.cells, table.dimensions, request, table.file)
    names = {cell: printed.table.quantity(key) for cell, key in printed.keys.items()}
    sensitive = {names[cell]: _standard(cell in protected.fell_back, request) for cell in protected.small}
    report = attack([printed.table], sensitive=sensitive, standard=request.standard, salt=salt)
    issues = list(_judge(report, lenient=bool(protected.fell_back)))
    errors = [issue for issue in issues if issue.severity == "error"]
    fail_if(UnsafeRelease, _shorten(errors, table.file))
    return replace(protected, warnings=in_order([*protected.warnings, *_shorten(issues, table.file)])), report


def certify_safe(report: Report, file: str) -> bytes:
    """The certificate of an attack, which the checker has verified. Raises `UnsafeRelease` where it finds a fault."""
    certificate = certify(report)
    faults = check_certificate(json.loads(certificate))
    hint = "Please report it. Without a certificate the table can be written; the attacker found it safe."
    fail_if(
        UnsafeRelease,
        (Issue("certificate-fault", f"{fault[:1].upper()}{fault[1:]}.", file, hint=hint) for fault in faults),
    )
    return certificate


def _shorten(issues: Sequence[Issue], file: str) -> list[Issue]:
    """The first issues, and how many more there are."""
    if len(issues) <= MOST:
        return list(issues)
    more = f"{len(issues) - MOST:,} more can be worked out or narrowed."
    return [*issues[:MOST], replace(issues[0], message=more, file=file, hint="")]


def _standard(fell_back: bool, request: Request) -> Standard:
    return "zero_aware" if fell_back else request.standard


def _judge(report: Report, *, lenient: bool) -> Iterator[Issue]:
    for finding, issue in zip(report.findings, explain_findings(report), strict=True):
        together = lenient and not finding.target.is_cell
        yield replace(issue, severity="warning") if together else issue
