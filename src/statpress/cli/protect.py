"""`statpress protect`: one table alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from statpress.cli.group import Once, json_option
from statpress.cli.hierarchy import hierarchy_option
from statpress.paths import Project

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


def _word(option: str, words: list[str], default: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(option, type=click.Choice(words), default=default, show_default=True, help=text)


@click.command(cls=Once)
@click.argument("table", type=_FILE)
@click.option("--count", required=True, metavar="COLUMN", help="The column of counts.")
@hierarchy_option
@click.option(
    "--threshold", default=5, show_default=True, type=click.IntRange(1), help="Counts from 1 to this are small."
)
@_word("--standard", ["not_determined", "zero_aware", "symbol"], "symbol", "What a reader may not learn.")
@_word("--effort", ["quick", "good", "exact"], "good", "How hard to look for the least that must be withheld.")
@_word("--zeros", ["shown", "withheld"], "shown", "Whether 0 is a small count too.")
@click.option(
    "--cost", default="value", show_default=True, metavar="cells|value|COLUMN", help="What to withhold least of."
)
@click.option("--total", default="Total", show_default=True, metavar="CODE", help="The total of flat dimensions.")
@click.option("--never", multiple=True, metavar="DIMENSION=CODE,...", help="Cells that may not be withheld.")
@click.option("--ignore", multiple=True, metavar="COLUMN", help="A column that is no dimension.")
@_word("--delimiter", [",", ";", "|", "tab"], ",", "What parts the cells of the table.")
@click.option("--sheet", help="The sheet to read, if the table is a workbook (XLSX, or ODS by its name).")
@click.option("--out", required=True, type=_FILE, help="The file to write.")
@click.option("--certificate", type=_FILE, help="The file to write the proof to. Keep it to yourself.")
@click.option("--key", type=_FILE, help="A secret that makes the certificate the same each time.")
@json_option
@click.pass_obj
def protect(project: Project, /, **options: Any) -> None:
    """Withhold the small counts of one table, and what would give them away.

    Writes every cell with all totals as `value,status`. A withheld cell is empty and has the status `c`. Prepared
    for publishing: nothing withheld can be worked out from the rest.

    \b
    Example:
      statpress protect need.csv --count freq --hierarchy ward=wards.csv --out protected.csv
    """
    from statpress.alone.files import Inputs, Outputs, protect_file
    from statpress.alone.request import Request
    from statpress.cli.answers import answer_protect
    from statpress.cli.progress import steps

    as_json = options.pop("as_json")
    outputs = Outputs(*(options.pop(name) for name in ("out", "certificate", "key")))
    if outputs.key is not None and outputs.certificate is None:
        raise click.UsageError("--key is for --certificate, which is missing.")
    delimiter = options.pop("delimiter").replace("tab", "\t")
    inputs = Inputs(options.pop("table"), options.pop("hierarchies"), delimiter, options.pop("sheet"))
    request = Request(**options)
    with steps(quiet=as_json) as on_step:
        report = protect_file(project, inputs, request, outputs, on_step=on_step)
    answer_protect(report, request.standard, outputs, as_json=as_json)
