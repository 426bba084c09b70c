"""Which charts an indicator has: chosen by the shape of its figures, or by the package, which may name a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from statpress.site.charts.bars import describe_bars, describe_pairs, describe_parts
from statpress.site.charts.lines import describe_panels, describe_trend
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
}
"""Each kind by the name that a package may choose it by."""


def describe_charts(indicator: Indicator) -> dict[Shape, tuple[Chart, ...]]:
    """The charts of each way in which the figures are broken down, in the order in which the page shows them.

    The kind that the package chose takes the place of those of the first shape that it can draw. The words of the
    publisher take the place of those of the first chart.
    """
    charts = {shape: tuple(_choose(indicator, shape)) for shape in indicator.shapes}
    chosen = KINDS.get(indicator.entry.chart)
    drawn = ((shape, chosen(indicator, shape)) for shape in indicator.shapes) if chosen else iter(())
    charts |= dict([(shape, (chart,)) for shape, chart in drawn if chart][:1])
    first = next((shape for shape in indicator.shapes if charts[shape]), None)
    if first is not None and indicator.alt:
        charts[first] = (replace(charts[first][0], words=indicator.alt), *charts[first][1:])
    return charts


def _choose(indicator: Indicator, shape: Shape) -> list[Chart]:
    """The charts of one shape. Of several kinds that show the same, the first that fits is taken."""
    found = [_first(indicator, shape, kinds) for kinds in _wanted(indicator, shape)]
    return [chart for chart in found if chart]


def _wanted(indicator: Indicator, shape: Shape) -> list[tuple[Describe, ...]]:
    if not shape:
        has_intervals = any(figure.low is not None for figure in indicator.of_shape(shape))
        compare = (describe_dots, describe_bars) if has_intervals else (describe_bars,)
        return [(describe_trend,), (describe_bullets,), (describe_bands,), (describe_panels,), compare]
    if len(shape) == 1:
        return [(describe_trend, describe_panels), (describe_bands, describe_parts, describe_dots, describe_bars)]
    return [(describe_overlaps, describe_pairs, describe_bars)]


def _first(indicator: Indicator, shape: Shape, kinds: tuple[Describe, ...]) -> Chart | None:
    return next((chart for kind in kinds if (chart := kind(indicator, shape))), None)
