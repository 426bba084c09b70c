"""What a check found, as a value, and the order in which people are told: grouped by file, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statpress.errors import StatpressError
from statpress.issue import Issue

if TYPE_CHECKING:
    from statpress.publish.judgement import Judgement


@dataclass(frozen=True)
class Findings:
    """The issues of a check, the packages that can be published (none if it failed), and how it ended."""

    issues: tuple[Issue, ...]
    packages: tuple[str, ...] = ()
    exit_code: int = 0
    family: str = ""
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Package to what would change in it since the last release, in sentences; only packages that would change."""

    @property
    def ok(self) -> bool:
        """Whether everything can be published."""
        return self.exit_code == 0

    @property
    def errors(self) -> int:
        """How many issues stop publishing."""
        return sum(issue.severity == "error" for issue in self.issues)

    @property
    def warnings(self) -> int:
        """How many issues do not."""
        return len(self.issues) - self.errors


def find_in_error(error: StatpressError) -> Findings:
    """What a check found that failed."""
    return Findings(error.issues, exit_code=error.exit_code, family=error.family)


def find_in_judgement(judgement: Judgement) -> Findings:
    """What a check found that did not fail."""
    return Findings(judgement.warnings, judgement.packages, changes=judgement.changes)


def group_by_file(issues: Iterable[Issue]) -> list[tuple[str, list[Issue]]]:
    """Files with their issues, worst first: most errors, then most warnings; in a file errors first, then by row."""
    groups: dict[str, list[Issue]] = {}
    for issue in issues:
        groups.setdefault(issue.file, []).append(issue)
    return [
        (file, sorted(groups[file], key=_badness))
        for file in sorted(groups, key=lambda file: _weight(file, groups[file]))
    ]


def _badness(issue: Issue) -> tuple[bool, int, str, str, str]:
    return (issue.severity != "error", issue.row or 0, issue.column or "", issue.key or "", issue.rule)


def _weight(file: str, issues: list[Issue]) -> tuple[int, int, str]:
    errors = sum(issue.severity == "error" for issue in issues)
    return (-errors, errors - len(issues), file)


def place_in_file(issue: Issue) -> str:
    """Where in its file an issue is: `line 12, column value`."""
    row = f"line {issue.row}" if issue.row is not None else ""
    column = f"column {issue.column}" if issue.column else ""
    return ", ".join(part for part in (row, column, issue.key or "") if part)


def count(number: int, noun: str) -> str:
    """`1 warning`, `2 warnings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def sum_up(findings: Findings) -> str:
    """The counts at the end, in a sentence."""
    if findings.ok:
        return f"{count(len(findings.packages), 'package')} can be published, {count(findings.warnings, 'warning')}."
    warnings = f" and {count(findings.warnings, 'warning')}" if findings.warnings else ""
    files = len({issue.file for issue in findings.issues})
    where = f" in {count(files, 'file')}" if files > 1 else ""
    return f"{findings.family}: {count(findings.errors, 'issue')}{warnings}{where}, nothing was written."
