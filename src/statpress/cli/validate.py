"""`statpress validate`: whether data packages keep their own contract, whoever made them."""

from __future__ import annotations

from pathlib import Path

import click

from statpress.cli.group import json_option


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PACKAGE...")
@json_option
def validate(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Check data packages beside the schemas that they declare, also packages made elsewhere.

    PACKAGE is a folder with a datapackage.json, or a folder of such folders. Every cell, row and key is checked as
    frictionless checks them, and uniqueKeys and categories besides; files must be those that were promised, and lie in
    the package. Ends with 12 where something is wrong, and 11 where something cannot be read.

    \b
    Example:
      statpress validate datapackages
    """
    from statpress.cli.answers import answer_validate
    from statpress.validate.validate import validate_paths

    answer_validate(validate_paths(paths), as_json=as_json)
