"""`statpress check`: everything that publishing does, short of writing, and the report in the form that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from statpress.cli.group import AS_JSON
from statpress.cli.places import check_places
from statpress.paths import Project

if TYPE_CHECKING:
    from statpress.cli.report.findings import Findings

_FORMS: Final = ("text", "json", "sarif", "junit", "html", "markdown")
_ENDINGS: Final = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".html": "html",
    ".md": "markdown",
}


def _form_of(context: click.Context, _: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        if path.suffix.lower() not in _ENDINGS:
            raise click.BadParameter(f"{str(path)!r} must end in one of {', '.join(_ENDINGS)}.", context)
    return paths


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--amend", is_flag=True, help="Allow releases to change that have not been public yet.")
@click.option("--fix", is_flag=True, help="First offer changes to CSV sources that lose nothing, and show them.")
@click.option("--yes", is_flag=True, help="With --fix: make the changes without asking.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="The form of the report on the screen.",
)
@click.option(
    "--output",
    "outputs",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    callback=_form_of,
    help=f"Write the report to a file as well; its ending says the form: {', '.join(_ENDINGS)}. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_context
def check(context: click.Context, /, *, names: tuple[str, ...], amend: bool, as_json: bool, **options: Any) -> None:
    """Do everything that publishing does, short of writing, and say what is wrong.

    \b
    Example:
      statpress check missing-from-care
      statpress check --output report.html --output report.sarif
      statpress check --fix
    """
    from statpress.cli.progress import steps
    from statpress.cli.report.findings import find_in_error, find_in_judgement
    from statpress.errors import StatpressError
    from statpress.publish.judgement import judge
    from statpress.workers import workers

    form = "json" if as_json else options["form"]
    context.meta[AS_JSON] = form == "json"
    project: Project = context.obj
    check_places(project, options["outputs"])
    _fix(project, names, fix=options["fix"], yes=options["yes"], quiet=form != "text")
    try:
        with steps(quiet=form != "text") as on_step, workers() as share:
            findings = find_in_judgement(judge(project, names, amend=amend, on_step=on_step, share=share))
    except StatpressError as error:
        findings = find_in_error(error)
    _write(findings, project, options["outputs"])
    _say(findings, project, form)
    context.exit(findings.exit_code)


def _fix(project: Project, names: tuple[str, ...], *, fix: bool, yes: bool, quiet: bool) -> None:
    if yes and not fix:
        raise click.UsageError("--yes goes with --fix.")
    if fix:
        from statpress.cli.mend import mend_sources

        mend_sources(project, names, yes=yes, quiet=quiet)


def _write(findings: Findings, project: Project, outputs: tuple[Path, ...]) -> None:
    """Write the reports, all of them or none. Raises `CannotWrite`."""
    from statpress.packages.write import write_folders

    reports = {path: _render(_ENDINGS[path.suffix.lower()], findings, project) for path in outputs}
    write_folders({}, {path: click.unstyle(text).encode() for path, text in reports.items()})


def _say(findings: Findings, project: Project, form: str) -> None:
    if form != "text":
        click.echo(_render(form, findings, project), nl=False)
    elif findings.ok:
        from statpress.cli.report.findings import sum_up
        from statpress.cli.report.text import describe_issues

        for line in describe_issues(findings.issues, project):
            click.echo(line, err=True)
        click.echo(sum_up(findings))
    else:
        click.echo(_render(form, findings, project), nl=False, err=True)


def _render(form: str, findings: Findings, project: Project) -> str:
    from statpress.cli.report.forms import render

    return render(form, findings, project)
