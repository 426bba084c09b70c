"""Small multiples: a panel for each line, all on the same scales, the end of each with its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from statpress.language.speak import say
from statpress.site.charts.model import PanelChart
from statpress.site.charts.specs.lines import choose_range, describe_axis, shorten_time
from statpress.site.charts.specs.style import FOCUS, FONT_SIZE, INK, MUTED, SMALL, Item, finish, wrap
from statpress.site.facts.phrases import write_span

_COLUMNS: Final = 2
_LETTERS: Final = 17
_WIDTH: Final = 130.0
_HEIGHT: Final = 62.0
_TICKS_APART: Final = 0.4
"""Of the whole time, so much must lie between the first and the last label of a panel."""


def write_panels(chart: PanelChart) -> Item:
    """The specification of small multiples, in the order of the chart."""
    import altair as alt

    points = list(_points(chart))
    low, high, step = choose_range([point["value"] for point in points if point["value"] is not None])
    years = [point["x"] for point in points]
    margin = max((max(years) - min(years)) * 0.08, 0.25)
    x = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[min(years) - margin, max(years) + margin * 3], nice=False, zero=False)
    )
    ticks = describe_axis(low, high, step)
    axis = alt.Axis(title=None, labelPadding=4, **{**ticks, "values": [ticks["values"][0], ticks["values"][-1]]})
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart()
    layers = alt.layer(
        base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, detail="segment:N"),
        base.transform_filter("isValid(datum.value)").mark_point(filled=True, size=18, opacity=1).encode(
            x=x, y=y, color=colour, tooltip=alt.Tooltip("tip:N", title=say("Figure"))),
        base.transform_filter("datum.says != ''").mark_text(align="left", dx=5, color=INK, fontSize=SMALL).encode(
            x=x, y=y, text="says:N"),
        base.transform_filter("!isValid(datum.value)").mark_text(baseline="bottom", color=INK, fontSize=SMALL).encode(
            x=x, y=alt.YValue(_HEIGHT - 2), text="text:N"),
        base.transform_filter("datum.tick != ''").mark_text(baseline="top", color=INK, fontSize=SMALL).encode(
            x=x, y=alt.YValue(_HEIGHT + 4), text="tick:N"),
        data=alt.NamedData("points"),
    ).properties(width=_WIDTH, height=_HEIGHT)  # fmt: skip
    header = alt.Header(
        title=None, labelAnchor="start", labelColor=INK, labelFontSize=FONT_SIZE, labelFontWeight=600, labelLimit=148
    )
    order = [wrap(line.label, _LETTERS) for line in chart.panels]
    facet: Any = layers.facet(
        facet=alt.Facet("panel:N", sort=order, header=header), columns=_COLUMNS, spacing=18, align="each"
    )
    return finish(facet, {"points": points}, None, None)


def _points(chart: PanelChart) -> Iterator[Item]:
    years = [point.x for line in chart.panels for point in line.points]
    last_year, room = max(years), (max(years) - min(years)) * _TICKS_APART
    for line in chart.panels:
        segment = 0
        final = max((point.x for point in line.points if point.value is not None), default=None)
        for number, point in enumerate(line.points):
            segment += point.breaks
            yield {
                "panel": wrap(line.label, _LETTERS),
                "x": point.x,
                "value": point.value,
                "text": point.text,
                "says": point.text if point.x == final else "",
                "tick": _shorten(point.label)
                if point.x == last_year or (number == 0 and last_year - point.x >= room)
                else "",
                "segment": f"{segment}",
                "colour": FOCUS if line.strong or not any(other.strong for other in chart.panels) else MUTED,
                "tip": f"{line.label}, {point.label}: {point.text}",
            }


def _shorten(label: str) -> str:
    """The year of a date: `31 March 2019` as `2019`; of two ends the months, too."""
    apart = f" {write_span('', '').strip()} "
    return label.rsplit(maxsplit=1)[-1] if apart not in label else shorten_time(label)
