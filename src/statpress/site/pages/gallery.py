"""One page with made-up charts of every kind, for those who change how charts are drawn. It needs no project."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from statpress.site.charts.gallery import list_gallery
from statpress.site.charts.svg import render_chart
from statpress.site.pages.render import load_templates


def render_gallery(cache: Path) -> str:
    """The page as HTML, complete in itself, for light and dark."""
    kinds = {
        kind: {
            name: Markup(render_chart(replace(chart, id=f"{chart.id}-{number}-{place}"), cache))  # noqa: S704 - our own
            for place, (name, chart) in enumerate(charts.items())
        }
        for number, (kind, charts) in enumerate(list_gallery().items())
    }
    style = Markup(files("statpress.site").joinpath("assets/embed.css").read_text())  # noqa: S704 - our own
    template = load_templates(Path("no templates of a project")).get_template("gallery.html")
    return template.render(kinds=kinds, style=style)
