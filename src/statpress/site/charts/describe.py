"""Which charts an indicator has: chosen by the shape of its figures, or by the package, which may name a kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Final

from statpress.site.charts.bars import describe_bars, describe_pairs, describe_parts
from statpress.site.charts.lines import describe_panels, describe_trend
from statpress.site.charts.maps import describe_map
from statpress.site.charts.model import Chart
from statpress.site.charts.special import describe_bands, describe_bullets, describe_dots, describe_overlaps
from statpress.site.facts.indicator import Indicator, Shape

Describe = Callable[[Indicator, Shape], Chart | None]
KINDS: Final[dict[str, Describe]] = {
    "trend": describe_trend,
    "panels": describe_panels,
    "bars": describe_bars,
    "pairs": describe_pairs,
    "parts": describe_parts,
    "dots": describe_dots,
    "target": describe_bullets,
    "bands": describe_bands,
    "overlap": describe_overlaps,
    "map": describe_map,
}
"""Each kind by the name that a package may choose it by."""


def describe_charts(indicator: Indicator) -> dict[Shape, tuple[Chart, ...]]:
    """The charts of each way in which the figures are broken down, in the order in which the page shows them.

    The kind that the package chose takes the place of those of the first shape that it can draw. The words of the
    publisher take the place of those of the first chart that draws every area that they name.
    """
    charts = {shape: tuple(_choose(indicator, shape)) for shape in indicator.shapes}
    chosen = KINDS.get(indicator.entry.chart)
    drawn = ((shape, chosen(indicator, shape)) for shape in indicator.shapes) if chosen else iter(())
    charts |= dict([(shape, (chart,)) for shape, chart in drawn if chart][:1])
    return _tell(charts, indicator) if indicator.alt else charts


def _tell(charts: dict[Shape, tuple[Chart, ...]], indicator: Indicator) -> dict[Shape, tuple[Chart, ...]]:
    """The charts with the words of the publisher at the first that they are true of."""
    told = next((chart for drawn in charts.values() for chart in drawn if _draws_all_named(chart, indicator)), None)
    return {
        shape: tuple(replace(chart, words=indicator.alt) if chart is told else chart for chart in drawn)
        for shape, drawn in charts.items()
    }


def _draws_all_named(chart: Chart, indicator: Indicator) -> bool:
    """Whether the chart draws each area that the words of the publisher name; other charts would be told wrongly."""
    drawn = "\n".join(_list_texts(asdict(replace(chart, words=""))))
    areas = {figure.area.name for figure in indicator.figures}
    return all(_names(drawn, area) for area in areas if _names(indicator.alt, area))


def _names(words: str, area: str) -> bool:
    return re.search(rf"\b{re.escape(area)}\b", words) is not None


def _list_texts(part: object) -> Iterator[str]:
    """Every text within the fields of a chart: its title, and the labels of what it draws."""
    if isinstance(part, str):
        yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    for piece in inner:
        yield from _list_texts(piece)


def _choose(indicator: Indicator, shape: Shape) -> list[Chart]:
    """The charts of one shape. Of several kinds that show the same, the first that fits is taken."""
    found = [_first(indicator, shape, kinds) for kinds in _wanted(indicator, shape)]
    return [chart for chart in found if chart]


def _wanted(indicator: Indicator, shape: Shape) -> list[tuple[Describe, ...]]:
    if not shape:
        has_intervals = any(figure.low is not None for figure in indicator.of_shape(shape))
        compare = (describe_dots, describe_bars) if has_intervals else (describe_bars,)
        maps = () if indicator.measure.kind == "count" else (describe_map,)
        return [(describe_trend,), (describe_bullets,), (describe_bands,), (describe_panels,), maps, compare]
    if len(shape) == 1:
        return [(describe_trend, describe_panels), (describe_bands, describe_parts, describe_dots, describe_bars)]
    return [(describe_overlaps, describe_pairs, describe_bars)]


def _first(indicator: Indicator, shape: Shape, kinds: tuple[Describe, ...]) -> Chart | None:
    return next((chart for kind in kinds if (chart := kind(indicator, shape))), None)
