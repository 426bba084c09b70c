"""The option that names the groups of a dimension, for the commands that take one table alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class NamedFile(click.ParamType[tuple[str, Path]]):
    """DIMENSION=FILE."""

    name = "DIMENSION=FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The name of the dimension, and the path."""
        name, sign, path = str(value).partition("=")
        if not (name and sign and path):
            self.fail(f"{value!r} is not of the form DIMENSION=FILE.", param, ctx)
        return name, Path(path)


hierarchy_option = click.option(
    "--hierarchy", "hierarchies", multiple=True, type=NamedFile(), help="The groups of a dimension: child,parent."
)
