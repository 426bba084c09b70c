"""`statpress gallery`: one page with made-up charts of every kind."""

from __future__ import annotations

from pathlib import Path

import click

from statpress.cli.group import json_option
from statpress.paths import Project


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="gallery.html")
@json_option
@click.pass_obj
def gallery(project: Project, file: Path, *, as_json: bool) -> None:
    """Write one page with made-up charts of every kind, to look at when the way of drawing changes.

    \b
    Example:
      statpress gallery charts.html
    """
    from statpress.cli.answers import answer_gallery
    from statpress.packages.write import write_file
    from statpress.site.pages.gallery import render_gallery

    write_file(file, render_gallery(project.cache / "charts").encode())
    answer_gallery(file, as_json=as_json)
