"""What commands say, in words or in JSON. Issues go to standard error in words, to standard output in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from statpress.cli.report.findings import find_in_error
from statpress.cli.report.json_form import render_json
from statpress.cli.report.text import describe_issues, render_text
from statpress.cli.report.texts import show_plain
from statpress.errors import StatpressError
from statpress.issue import Issue
from statpress.paths import Project

if TYPE_CHECKING:
    from statpress.alone.files import FileReport, Outputs
    from statpress.attack.attack import Outcome
    from statpress.checks.catalogue.rule import Rule
    from statpress.disclosure.compare import Way
    from statpress.publish.changes.words import ChangeReport
    from statpress.publish.compare import Comparison
    from statpress.publish.explain import Explanation
    from statpress.publish.publish import PublishReport
    from statpress.site.build import SiteReport
    from statpress.validate.validate import Validated


def answer_error(error: StatpressError, *, as_json: bool) -> None:
    """Every issue of a failure, grouped by file, and how many there are."""
    findings = find_in_error(error)
    if as_json:
        click.echo(render_json(findings, _project()), nl=False)
    else:
        click.echo(render_text(findings, _project()), nl=False, err=True)


def answer_publish(report: PublishReport, *, as_json: bool) -> None:
    """What was published."""
    if as_json:
        _say_json({"ok": True, **_publish_facts(report)})
        return
    _say_issues(report.warnings)
    for package in report.packages:
        state = "written" if package.written else "unchanged"
        figures = f"{_count(package.observations, 'figure')}, {package.withheld} withheld"
        click.echo(f"{package.name} {package.version}: {figures}, {state}")
        for sentence in package.changes:
            click.echo(f"  {show_plain(sentence)}")
    click.echo(f"{_count(len(report.packages), 'package')} in datapackages/.")


def answer_site(report: SiteReport, project: Project, *, as_json: bool) -> None:
    """What was built, and where it is."""
    if as_json:
        _say_json({"ok": True, **_site_facts(report, project)})
        return
    place = project.relative(report.path)
    click.echo(f"{_count(report.pages, 'page')} and {_count(report.charts, 'chart')} in {place}/.")


def answer_gallery(file: Path, *, as_json: bool) -> None:
    """Where the gallery is."""
    if as_json:
        _say_json({"ok": True, "file": file.as_posix()})
        return
    click.echo(f"Charts of every kind are in {file}.")


def answer_build(published: PublishReport, built: SiteReport, project: Project, *, as_json: bool) -> None:
    """What was published and built."""
    if as_json:
        _say_json({"ok": True, **_publish_facts(published), "site": _site_facts(built, project)})
        return
    answer_publish(published, as_json=False)
    answer_site(built, project, as_json=False)


def answer_changes(reports: Mapping[str, ChangeReport], *, as_json: bool) -> None:
    """What changed in each package since its last release, and the draft of a note for readers."""
    if as_json:
        _say_json({"ok": True, "changes": {name: asdict(report) for name, report in reports.items()}})
        return
    for name, report in reports.items():
        click.secho(f"{name}, since release {report.since}", bold=True)
        for sentence in report.sentences:
            click.echo(f"  {show_plain(sentence)}")
        for revision in report.largest:
            click.echo(f"  Revised: {show_plain(revision)}")
        click.echo(f"\n  Draft of the note for readers (release: notes:):\n  {show_plain(report.note)}\n")
    click.echo(f"{_count(len(reports), 'package')} with an earlier release.")


def answer_explain(explanation: Explanation, *, as_json: bool) -> None:
    """What a pipeline does."""
    if as_json:
        _say_json({"ok": True, **asdict(explanation)})
        return
    click.secho(explanation.title, bold=True)
    for heading, lines in explanation.sections:
        click.echo()
        click.secho(heading, bold=True)
        for line in lines:
            click.echo(f"  {line}")


def answer_compare(comparison: Comparison, *, as_json: bool) -> None:
    """What each way to protect a pipeline would cost."""
    if as_json:
        _say_json({"ok": True, **asdict(comparison)})
        return
    click.secho(f"{comparison.name}, policy {comparison.policy}, protected alone", bold=True)
    heads = ("way", "withheld", "of figures", "of value", "largest change", "mean change", "totals add up", "")
    rows = [heads, *(_way(way) for way in comparison.ways)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"  {first.strip().ljust(widths[0])}  {'  '.join(others)}".rstrip())


def _way(way: Way) -> tuple[str, ...]:
    fault = f"cannot protect {_count(way.faults, 'number')}" if way.faults else ""
    return (
        way.name,
        f"{way.withheld:,}",
        f"{way.share:.0%}",
        f"{way.value:.0%}",
        f"{way.largest_change:g}",
        f"{way.mean_change:.1f}",
        "yes" if way.adds_up else "no",
        fault,
    )


def answer_protect(report: FileReport, standard: str, outputs: Outputs, *, as_json: bool) -> None:
    """What was protected. How many are small is for the screen of who has the sources."""
    protected = report.protected
    if as_json:
        _say_json({"ok": True, **_protect_facts(report, standard, outputs)})
        return
    _say_issues(protected.warnings)
    reasons = f"{len(protected.small):,} for themselves and {protected.partners:,} to protect them"
    cells = _count(len(protected.cells), "cell")
    click.echo(f"{outputs.table}: {cells}, {protected.withheld:,} withheld: {reasons}.")
    click.echo(f"Standard: {standard}. An attacker who saw only what is printed worked out none of them.")
    if protected.fell_back:
        fell_back = _count(len(protected.fell_back), "cell")
        click.echo(f"For {fell_back} no pattern reaches all of it: numbers can be ruled out, none told.")
    if report.checksum:
        click.echo(f"{outputs.certificate}: the proof, for you alone; its checksum is {report.checksum}.")
    if report.unproved:
        click.echo(f"It has no whole-number tables for {_count(report.unproved, 'count')}, which fractions show safe.")
    click.echo("How many are withheld for themselves is not for publishing.")


def _protect_facts(report: FileReport, standard: str, outputs: Outputs) -> dict[str, Any]:
    protected = report.protected
    facts: dict[str, Any] = {"out": str(outputs.table), "standard": standard, "cells": len(protected.cells)}
    facts |= {"withheld": protected.withheld, "small": len(protected.small), "partners": protected.partners}
    facts |= {"fell_back": len(protected.fell_back), "certificate": report.checksum, "unproved": report.unproved}
    return facts | {"issues": [issue.as_dict() for issue in protected.warnings]}


def answer_attack(outcome: Outcome, *, as_json: bool) -> None:
    """That nothing could be worked out."""
    if as_json:
        issues = [issue.as_dict() for issue in outcome.warnings]
        _say_json({"ok": True, "tables": outcome.tables, "withheld": outcome.withheld, "issues": issues})
        return
    _say_issues(outcome.warnings)
    withheld = _count(outcome.withheld, "withheld count")
    click.echo(f"{withheld} in {_count(outcome.tables, 'table')}: nothing can be worked out.")


def answer_validate(validated: Validated, *, as_json: bool) -> None:
    """That packages are as they say."""
    if as_json:
        issues = [issue.as_dict() for issue in validated.warnings]
        _say_json({"ok": True, "packages": list(validated.packages), "files": validated.files, "issues": issues})
        return
    _say_issues(validated.warnings)
    packages, warnings = _count(len(validated.packages), "package"), _count(len(validated.warnings), "warning")
    click.echo(f"{packages} with {_count(validated.files, 'file')}: as declared, {warnings}.")


def answer_rule(name: str, rule: Rule, *, as_json: bool) -> None:
    """What the catalogue says of one rule."""
    from statpress.checks.catalogue.page import describe_rule

    if as_json:
        _say_json({"ok": True, "rule": name, **rule.model_dump(exclude_defaults=True)})
    else:
        click.echo(describe_rule(name, rule).rstrip())


def answer_schema(written: Sequence[str], place: str, *, as_json: bool) -> None:
    """Which files were written in the folder `place`."""
    if as_json:
        _say_json({"ok": True, "written": list(written)})
    else:
        click.echo(f"{_count(len(written), 'file')} written in {place}/.")


def _publish_facts(report: PublishReport) -> dict[str, Any]:
    packages = [asdict(package) for package in report.packages]
    return {"packages": packages, "issues": [issue.as_dict() for issue in report.warnings]}


def _site_facts(report: SiteReport, project: Project) -> dict[str, Any]:
    place = project.relative(report.path)
    return {"pages": report.pages, "charts": report.charts, "files": report.files, "path": place}


def _say_issues(issues: Iterable[Issue]) -> None:
    for line in describe_issues(tuple(issues), _project()):
        click.echo(line, err=True)


def _project() -> Project:
    return click.get_current_context().find_object(Project) or Project(Path.cwd())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _say_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False))
