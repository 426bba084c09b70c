"""`statpress attack`: what can be worked out of what is published, whoever made it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from statpress.cli.group import Once, json_option
from statpress.cli.hierarchy import hierarchy_option

_FILE = click.Path(path_type=Path)
_BAND = re.compile(r"[01]\.\.[0-9]{1,4}")


class _Band(click.ParamType[str]):
    """A band such as 1..5."""

    name = "LOW..HIGH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The band, which counts up."""
        if not _BAND.fullmatch(str(value)) or int(str(value)[3:]) < 1:
            self.fail(f"{value!r} is not a band such as 1..5.", param, ctx)
        return str(value)


@click.command(cls=Once)
@click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="PATH...")
@hierarchy_option
@click.option("--band", type=_Band(), help="Counts that are small; 1..5 where a table does not say.")
@click.option("--zeros", type=click.Choice(["shown", "withheld"]), default="shown", help="Whether tables show zeros.")
@click.option("--total", default="Total", show_default=True, metavar="CODE", help="The total of flat dimensions.")
@click.option(
    "--standard",
    type=click.Choice(["not_determined", "zero_aware", "symbol"]),
    help="What a reader may not learn; what packages promise, and symbol where a table does not say.",
)
@click.option("--known", type=_FILE, help="Figures that are public elsewhere: the same columns, with value.")
@click.option(
    "--insider", default="", metavar="KEY", help="A withheld cell of one person, who knows it: ward=A,need=x."
)
@click.option("--show-values", type=_FILE, help="True figures that you have: what a reader learns of them is shown.")
@json_option
def attack(*, as_json: bool, **options: Any) -> None:
    """Try to work out what is withheld in published packages or tables, also in those made elsewhere.

    PATH is a package, a folder of packages such as datapackages, a built site, the archive of a release, or a CSV table
    with a column for each dimension and value,status. All of them are attacked together. Ends with 13 when something
    can be worked out, and says how, without the number.

    \b
    Example:
      statpress attack datapackages
      statpress attack table.csv --hierarchy ward=wards.csv --band 1..5
    """
    from statpress.attack.attack import Request, attack_paths
    from statpress.cli.answers import answer_attack

    answer_attack(attack_paths(Request(**options)), as_json=as_json)
