"""What the site says of one measure over all packages: the page that compares its areas, and its row for each area.

The rows stand on pages of areas, which gather those of many measures. So they are kept, already written, for as long as
nothing changes that they are made of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from statpress.site.facts.glance import Row
from statpress.site.facts.rows import GlanceRow, describe_rows
from statpress.site.facts.shared import SharedMeasure
from statpress.site.facts.topics import TopicPart
from statpress.site.files.kept import keep
from statpress.site.pages.compare import Versus, render_versus
from statpress.site.pages.kit import Kit, render_template
from statpress.site.pages.sparkline import draw_sparkline
from statpress.site.pages.units import Products, Unit

_ROOT = "../../"
"""The way home from the page of an area."""


@dataclass(frozen=True)
class Across:
    """What other pages say of a measure: its row for each area by code, and how many areas its own page compares."""

    shared: SharedMeasure
    topic: TopicPart
    rows: Mapping[str, Row]
    compared: int


def describe_unit(kit: Kit, versus: Versus) -> Unit:
    """A measure as a unit."""
    return Unit(versus.shared.path, versus.made_of, partial(_make, kit, versus), versus.shared.indicators)


def keep_across(kit: Kit, versus: Versus) -> Across:
    """What other pages say of a measure, which is as it was while what it is made of stays."""
    told = json.loads(keep(kit.files, ["across", versus.made_of], "json", lambda: _write(kit, versus)))
    by_path = {indicator.path: indicator for indicator in versus.shared.indicators}
    rows = {
        code: Row(versus.shared, by_path[path], way, tuple(statuses), Markup(cells))  # noqa: S704 - our own template
        for code, path, way, statuses, cells in told["rows"]
    }
    return Across(versus.shared, versus.topic, rows, told["compared"])


def _make(kit: Kit, versus: Versus) -> Products:
    keep_across(kit, versus)
    return Products((render_versus(kit, versus),) if versus.tables else ())


def _write(kit: Kit, versus: Versus) -> bytes:
    rows = describe_rows(versus.shared, versus.places)
    told = [
        (code, row.indicator.path, row.direction.way, sorted(s.code for s in row.statuses), _write_cells(kit, row))
        for code, row in rows.items()
    ]
    areas = {row.area.code for table in versus.tables for row in table.rows}
    return json.dumps({"rows": told, "compared": len(areas)}).encode()


def _write_cells(kit: Kit, row: GlanceRow) -> str:
    line = draw_sparkline(row.series, row.indicator.measure)
    return render_template(kit, "_row", root=_ROOT, row=row, line=line)
