"""`statpress`: the commands. Everything heavy is imported when a command runs, so that `--help` is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from statpress.cli.attack import attack
from statpress.cli.check import check
from statpress.cli.gallery import gallery
from statpress.cli.group import Commands, json_option
from statpress.cli.places import check_places
from statpress.cli.protect import protect
from statpress.cli.validate import validate
from statpress.paths import Project
from statpress.workers import collect_seldom, workers

_names = click.argument("names", nargs=-1, metavar="[NAME]...")
_amend = click.option("--amend", is_flag=True, help="Change releases that have not been public yet.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder; the current one if left out.",
)
@click.version_option(package_name="statpress")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Turn source tables into safe data packages, and packages into a site.

    \b
    Exit codes: 0 fine, 2 usage, 10 bad declaration, 11 bad source,
    12 failed check, 13 unsafe release, 14 cannot write.

    \b
    Example:
      statpress build
    """
    context.obj = Project(root.resolve())
    context.color = False if os.environ.get("NO_COLOR") else None


@main.command()
@_names
@_amend
@json_option
@click.pass_obj
def publish(project: Project, names: tuple[str, ...], *, amend: bool, as_json: bool) -> None:
    """Make the data packages of all pipelines, or of those named.

    \b
    Example:
      statpress publish missing-from-care
    """
    from statpress.cli.answers import answer_publish
    from statpress.cli.progress import steps
    from statpress.publish.publish import publish as run

    with steps(quiet=as_json) as on_step, workers() as share:
        report = run(project, names, amend=amend, on_step=on_step, share=share)
    answer_publish(report, as_json=as_json)


@main.command()
@json_option
@click.pass_obj
def site(project: Project, *, as_json: bool) -> None:
    """Build the site from the packages, which it alone sees.

    \b
    Example:
      statpress site
    """
    from statpress.cli.answers import answer_site
    from statpress.cli.progress import steps
    from statpress.site.build import build_site

    with steps(quiet=as_json) as on_step:
        report = build_site(project, on_step=on_step)
    answer_site(report, project, as_json=as_json)


@main.command()
@_amend
@json_option
@click.pass_obj
def build(project: Project, *, amend: bool, as_json: bool) -> None:
    """Publish all packages, then build the site.

    \b
    Example:
      statpress build
    """
    from statpress.cli.answers import answer_build
    from statpress.cli.progress import steps
    from statpress.publish.publish import publish as run
    from statpress.site.build import build_site

    with steps(quiet=as_json) as on_step:
        with workers() as share:
            published = run(project, amend=amend, on_step=on_step, share=share)
        built = build_site(project, on_step=on_step)
    answer_build(published, built, project, as_json=as_json)


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.pass_obj
def serve(project: Project, port: int) -> None:
    """Serve the site on this machine and rebuild it when words or packages change.

    \b
    Example:
      statpress serve --port 8080
    """
    from statpress.site.build import serve_site

    click.echo(f"The site will be at http://127.0.0.1:{port}/ in a moment. Stop with Ctrl-C.")
    serve_site(project, port)


@main.command()
@click.argument("name")
@click.option("--compare", is_flag=True, help="Say what withholding and rounding would cost instead.")
@json_option
@click.pass_obj
def explain(project: Project, name: str, *, compare: bool, as_json: bool) -> None:
    """Say what a pipeline does: its tables, steps, measures, policy, and what is withheld and why.

    It names cells and rules, never figures. It is for those who may see the sources. With the name of a rule, as it
    stands behind each fault, it says why the rule matters and what to do.

    \b
    Example:
      statpress explain missing-from-care
      statpress explain missing-from-care --compare
      statpress explain parts-and-total
    """
    from statpress.checks.catalogue.rule import read_rules
    from statpress.cli.answers import answer_compare, answer_explain, answer_rule
    from statpress.publish.compare import compare as run_compare
    from statpress.publish.explain import explain as run

    if name in read_rules() and not project.pipeline(name).is_dir():
        answer_rule(name, read_rules()[name], as_json=as_json)
        return
    _check_name(project, name, read_rules())
    if compare:
        answer_compare(run_compare(project, name), as_json=as_json)
    else:
        answer_explain(run(project, name), as_json=as_json)


def _check_name(project: Project, name: str, rules: Iterable[str]) -> None:
    """Raise `BadUsage` where a name is neither a pipeline nor a rule, with the nearest of both."""
    from statpress.errors import BadUsage
    from statpress.issue import Issue, nearest

    pipelines = [path.parent.name for path in project.pipelines.glob("*/pipeline.yml")]
    if pipelines and name not in pipelines:
        message = f"There is no pipeline and no rule `{name}`."
        raise BadUsage([Issue("unknown-pipeline", message, hint=nearest(name, [*pipelines, *rules]))])


@main.command()
@_names
@_amend
@json_option
@click.pass_obj
def changes(project: Project, names: tuple[str, ...], *, amend: bool, as_json: bool) -> None:
    """Say what changes since the last release, with a draft of the note for readers. Nothing is written.

    It compares what is published with what would be, so that it shows no figure that readers will not have.

    \b
    Example:
      statpress changes missing-from-care
    """
    from statpress.cli.answers import answer_changes
    from statpress.cli.progress import steps
    from statpress.publish.assess import assess

    with steps(quiet=as_json) as on_step, workers() as share:
        checked = assess(project, names, amend=amend, on_step=on_step, share=share)
    answer_changes(checked.changes, as_json=as_json)


@main.command()
@_names
@json_option
@click.pass_obj
def expect(project: Project, names: tuple[str, ...], *, as_json: bool) -> None:
    """Write how many rows each measure and period has now to validations/NAME.rows.csv, to be reviewed as a diff.

    From then on, `check` fails where a package would have other rows.

    \b
    Example:
      statpress expect missing-from-care
    """
    from statpress.cli.answers import answer_schema
    from statpress.cli.progress import steps
    from statpress.publish.assess import assess
    from statpress.publish.expected_rows import write_rows

    with steps(quiet=as_json) as on_step, workers() as share:
        checked = assess(project, names, amend=True, on_step=on_step, share=share)
    answer_schema(write_rows(project, checked.files), project.relative(project.validations), as_json=as_json)


@main.command()
@click.option(
    "--checks",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page of all rules to this Markdown file instead.",
)
@json_option
@click.pass_obj
def schema(project: Project, *, checks: Path | None, as_json: bool) -> None:
    """Write the JSON Schemas of declarations, with which an editor completes and checks them.

    \b
    Example:
      statpress schema
      statpress schema --checks docs/reference/checks.md
    """
    from statpress.cli.answers import answer_schema
    from statpress.publish.schemas import write_rules, write_schemas

    if checks is not None:
        if checks.suffix.lower() != ".md":
            raise click.BadParameter(f"{str(checks)!r} must end in .md.", param_hint="--checks")
        check_places(project, [checks])
    written = write_schemas(project) if checks is None else write_rules(checks)
    answer_schema(written, project.relative(checks.parent.resolve() if checks else project.schemas), as_json=as_json)


def run() -> None:
    """The command as a process of its own, ended as soon as its answer is out.

    Nothing is left to tidy then, and to take down the libraries piece by piece would cost each command a tenth of a
    second. Where the answer cannot be written, Python says so in its own way.
    """
    collect_seldom()
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:  # as where the caller has closed it
                    stream.flush()
        except OSError:
            raise end from None
        os._exit(end.code or 0)


main.add_command(check)
main.add_command(protect)
main.add_command(attack)
main.add_command(validate)
main.add_command(gallery)
