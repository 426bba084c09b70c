"""The report as JUnit XML, which every CI system shows: a suite for each package, a case for each fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from statpress.cli.report.findings import Findings
from statpress.cli.report.texts import show_plain
from statpress.issue import Issue
from statpress.paths import Project


def render_junit(findings: Findings, _: Project) -> str:
    """Errors are failures; warnings are cases that pass and say so in `system-out`."""
    suites = _group(findings)
    cases = {name: _cases(name, issues) for name, issues in suites.items()}
    total = sum(len(rendered) for rendered in cases.values())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="statpress" tests="{total}" failures="{findings.errors}" errors="0">')
    for name, rendered in cases.items():
        failures = sum(issue.severity == "error" for issue in suites[name])
        lines.append(
            f' <testsuite name={_quote(name)} tests="{len(rendered)}" failures="{failures}" errors="0" skipped="0">'
        )
        lines += [*rendered, " </testsuite>"]
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _group(findings: Findings) -> Mapping[str, list[Issue]]:
    """Issues by the package that they are about; every package that can be published is there."""
    suites: dict[str, list[Issue]] = {name: [] for name in findings.packages}
    for issue in findings.issues:
        suites.setdefault(_package_of(issue.file), []).append(issue)
    return dict(sorted(suites.items()))


def _package_of(file: str) -> str:
    parts = PurePosixPath(file).parts
    if len(parts) > 2 and parts[0] in ("pipelines", "datapackages"):
        return parts[1]
    return PurePosixPath(file).name.split(".")[0] if parts[:1] == ("validations",) else "project"


def _cases(suite: str, issues: Iterable[Issue]) -> list[str]:
    cases = [_case(suite, issue) for issue in issues]
    return cases or [f'  <testcase classname={_quote(suite)} name="can be published"/>']


def _case(suite: str, issue: Issue) -> str:
    name = f"{issue.rule} at {issue.place or 'project'}"
    said = escape(show_plain("\n".join(part for part in (f"{issue.place}: {issue.message}", issue.hint) if part)))
    start = f"  <testcase classname={_quote(suite)} name={_quote(name)} file={_quote(issue.file)}>"
    if issue.severity == "warning":
        return f"{start}<system-out>warning: {said}</system-out></testcase>"
    return f"{start}<failure type={_quote(issue.rule)} message={_quote(issue.message)}>{said}</failure></testcase>"


def _quote(text: str) -> str:
    return quoteattr(show_plain(text))
