"""From the facts of a chart of any kind to its specification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from statpress.site.charts import model
from statpress.site.charts.model import Chart
from statpress.site.charts.specs.bars import write_bars
from statpress.site.charts.specs.lines import write_lines
from statpress.site.charts.specs.maps import write_map
from statpress.site.charts.specs.overlaps import write_overlaps
from statpress.site.charts.specs.panels import write_panels
from statpress.site.charts.specs.rows import write_bands, write_bullets, write_dots, write_pairs, write_parts
from statpress.site.charts.specs.style import Item

_WRITERS: Final[dict[type, Callable[[Any], Item]]] = {
    model.BarChart: write_bars,
    model.LineChart: write_lines,
    model.PanelChart: write_panels,
    model.DotChart: write_dots,
    model.PairChart: write_pairs,
    model.PartChart: write_parts,
    model.BulletChart: write_bullets,
    model.BandChart: write_bands,
    model.OverlapChart: write_overlaps,
    model.MapChart: write_map,
}


def write_spec(chart: Chart) -> Item:
    """The Vega-Lite specification of a chart."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        return _WRITERS[type(chart)](chart)
