"""The charts of a page: drawn, and as files that a reader can take away or put into another page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from statpress.language.speak import say
from statpress.site.charts.describe import describe_charts
from statpress.site.charts.model import Chart
from statpress.site.charts.picture import Frame, render_picture, render_png
from statpress.site.charts.svg import render_chart, render_spec
from statpress.site.facts.indicator import Indicator, Shape
from statpress.site.facts.phrases import join_words
from statpress.site.pages.downloads import Download
from statpress.site.pages.kit import Kit, render_template
from statpress.site.pages.page import Asset

_BOX: Final = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


@dataclass(frozen=True)
class Drawing:
    """A chart with its drawing, its pictures, and the address of the page that shows it alone."""

    id: str
    heading: str
    title: str
    unit: str
    words: str
    svg: Markup
    files: tuple[Download, ...]
    spec: Asset
    embed: Asset

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Every file that it makes."""
        return (*(file.asset for file in self.files), self.spec, self.embed)


def draw_charts(kit: Kit, indicator: Indicator) -> dict[Shape, tuple[Drawing, ...]]:
    """The drawings of an indicator by the way in which their figures are broken down."""
    return {
        shape: tuple(_draw(kit, indicator, chart) for chart in charts)
        for shape, charts in describe_charts(indicator).items()
    }


def write_source(indicator: Indicator) -> str:
    """Where the figures of an indicator come from, in one line that a picture carries with it."""
    sources = [", ".join(part for part in (s.title, s.publisher) if part) for s in indicator.sources if s.title]
    told = join_words(list(dict.fromkeys(sources))) or indicator.package.title
    source = say("Source: %(sources)s", sources=told)
    version = indicator.package.version
    told = say("Version %(version)s.", version=version)
    return f"{source}. {told}" if version else f"{source}."


def write_frame(kit: Kit, drawing: Drawing) -> str:
    """The code that puts a chart into another page."""
    box = _BOX.search(drawing.svg)
    tall = round(float(box[2]) / float(box[1]) * 420) + 220 if box else 600
    address = kit.full(drawing.embed.path)
    return (
        f'<iframe src="{address}" title="{escape(drawing.title)}" width="100%" height="{tall}" loading="lazy"></iframe>'
    )


def _draw(kit: Kit, indicator: Indicator, chart: Chart) -> Drawing:
    svg = Markup(render_chart(chart, kit.cache))  # noqa: S704 - our own drawing, its words escaped
    frame = Frame(chart.title, chart.unit, write_source(indicator), kit.where(indicator.path))
    picture = render_picture(chart, frame, kit.cache)
    name = chart.id.removeprefix("chart-")
    stem = f"{indicator.path}charts/{name}"
    files = (
        Download("SVG", "SVG", Asset(f"{stem}.svg", picture.encode())),
        Download("PNG", "PNG", Asset(f"{stem}.png", render_png(picture, kit.cache))),
    )
    spec = Asset(f"{stem}.json", render_spec(chart, kit.cache))
    embed = Asset(f"{indicator.path}embed/{name}.html", _render_embed(kit, indicator, chart, svg))
    return Drawing(chart.id, chart.heading, chart.title, chart.unit, chart.words, svg, files, spec, embed)


def _render_embed(kit: Kit, indicator: Indicator, chart: Chart, svg: Markup) -> bytes:
    """A page of its own with one chart, for an `<iframe>`."""
    root = "../" * (indicator.path.count("/") + 1)
    source = write_source(indicator)
    return render_template(kit, "embed", root=root, indicator=indicator, chart=chart, svg=svg, source=source).encode()


def list_assets(drawings: Sequence[Drawing]) -> tuple[Asset, ...]:
    """The files of several drawings."""
    return tuple(asset for drawing in drawings for asset in drawing.assets)
