"""The report on a terminal: grouped by file, worst first, each line drawn, what to do, counts at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import click

from statpress.cli.report.draw import Drawer
from statpress.cli.report.findings import Findings, group_by_file, place_in_file, sum_up
from statpress.cli.report.texts import show_plain
from statpress.issue import Issue
from statpress.paths import Project

MOST: Final = 10
"""Issues of the same rule in the same file that are told one by one."""


def render_text(findings: Findings, project: Project) -> str:
    """The whole report as text with colours, which `click.echo` leaves out where they are not wanted."""
    lines = [*describe_issues(findings.issues, project), *_describe_changes(findings)]
    colour = "green" if findings.ok else "red"
    return "\n".join([*lines, click.style(sum_up(findings), fg=colour, bold=True)]) + "\n"


def describe_issues(issues: tuple[Issue, ...], project: Project) -> Iterator[str]:
    """Every issue in lines, file by file."""
    drawer = Drawer(project)
    for file, found in group_by_file(issues):
        yield click.style(show_plain(file) or "project", bold=True)
        told: Counter[str] = Counter()
        for issue in found:
            told[issue.rule] += 1
            if told[issue.rule] <= MOST:
                yield from _describe(issue, drawer)
        for rule, number in told.items():
            if number > MOST:
                yield f"  and {number - MOST:,} more of ({rule})"


def _describe(issue: Issue, drawer: Drawer) -> Iterator[str]:
    place = place_in_file(issue)
    colour = "red" if issue.severity == "error" else "yellow"
    severity = click.style(issue.severity, fg=colour)
    yield f"  {severity} {show_plain(f'{place}: ' if place else '')}{show_plain(issue.message)}"
    for line in drawer.draw(issue):
        yield click.style(f"          {line}", dim=True)
    yield f"        {show_plain(issue.hint + ' ' if issue.hint else '')}({issue.rule})"


def _describe_changes(findings: Findings) -> Iterator[str]:
    for name, sentences in findings.changes.items():
        yield click.style(f"{name}, since the last release", bold=True)
        yield from (f"  {show_plain(sentence)}" for sentence in sentences)
