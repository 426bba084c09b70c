"""From the facts of a chart to an Altair specification, as data.

The layout is made for a phone and grows on a wide screen: labels stand above their bars, so that long ones fit.
Colours are CSS variables, so that one drawing serves light and dark. Places along the fixed direction are in pixels.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any, Final

from statpress.site.charts.describe import Bar, BarChart, Chart, Line, LineChart, Point

WIDTH: Final = 380
FONT_SIZE: Final = 12.5
INK, MUTED, FOCUS = "var(--sp-ink)", "var(--sp-muted)", "var(--sp-focus)"
LINES: Final = ("var(--sp-line-1)", "var(--sp-line-2)", "var(--sp-line-3)", "var(--sp-line-4)")
_LETTERS: Final = 54
_LINE: Final = 15.0
_BAR: Final = 14.0
_PLOT_HEIGHT: Final = 210.0
_END_LETTERS: Final = 15
_CROWD: Final = 40

Item = dict[str, Any]
_CONFIG: Final[Item] = {
    "aria": False,
    "font": "Arial, Liberation Sans, sans-serif",
    "padding": 4,
    "text": {"fontSize": FONT_SIZE},
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": FONT_SIZE,
        "labelColor": INK,
        "gridColor": "var(--sp-grid)",
        "domain": False,
        "ticks": False,
    },
}


def write_spec(chart: Chart) -> Item:
    """The Vega-Lite specification of a chart."""
    return _write_bars(chart) if isinstance(chart, BarChart) else _write_lines(chart)


def _write_bars(chart: BarChart) -> Item:
    import altair as alt

    items, height = _lay_out(chart)
    values = [0.0, *(item["value"] for item in items if item["value"] is not None)]
    x = alt.X(
        "value:Q", axis=None, scale=alt.Scale(domain=[min(values), max(values) or 1], range=_room(chart), nice=False)
    )
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False))
    base = alt.Chart(alt.NamedData("bars"))
    bars = base.transform_filter("isValid(datum.value)").mark_rect().encode(
        x=x, x2=alt.X2(datum=0), y=y, y2=alt.Y2("bottom"), color=alt.Color("colour:N", scale=None)
    )  # fmt: skip
    ends = base.mark_text(align="left", dx=5, baseline="middle", color=INK).encode(
        x=alt.X("end:Q"), y=alt.Y("middle:Q"), text=alt.Text("text:N")
    )
    labels = base.mark_text(align="left", baseline="top", lineBreak="\n", color=INK, lineHeight=_LINE).encode(
        x=alt.value(0), y=alt.Y("label_top:Q"), text=alt.Text("label:N")
    )
    zero = (
        base.transform_filter("isValid(datum.value)")
        .mark_rule(color=INK)
        .encode(x=alt.datum(0), y=y, y2=alt.Y2("bottom"))
    )
    headings = [{"top": top, "title": _wrap(title)} for title, top in _heading_tops(chart)]
    layers = [bars, zero, labels, ends, *([_draw_headings(alt)] if headings else [])]
    return _finish(alt.layer(*layers), {"bars": items, "headings": headings}, height)


def _draw_headings(alt: Any) -> Any:
    return alt.Chart(alt.NamedData("headings")).mark_text(
        align="left", baseline="top", fontWeight=700, lineBreak="\n", lineHeight=_LINE, color=INK
    ).encode(x=alt.value(0), y=alt.Y("top:Q"), text=alt.Text("title:N"))  # fmt: skip


def _lay_out(chart: BarChart) -> tuple[list[Item], float]:
    """Every bar with its place from the top, and the height of all."""
    crowded = sum(len(group.bars) for group in chart.groups) > _CROWD
    items: list[Item] = []
    top = 0.0
    for group in chart.groups:
        top += _heading_height(group.title)
        for number, bar in enumerate(group.bars):
            named = not crowded or bar.strong or number in (0, len(group.bars) - 1)
            item, top = _place(bar, top, named=named)
            items.append(item)
        top += 10
    return items, top


def _heading_tops(chart: BarChart) -> Iterable[tuple[str, float]]:
    placed, _ = _lay_out(chart)
    number = 0
    for group in chart.groups:
        if group.title and group.bars:
            yield group.title, placed[number]["label_top"] - _heading_height(group.title)
        number += len(group.bars)


def _heading_height(title: str) -> float:
    return _LINE * (_wrap(title).count("\n") + 1) + 6 if title else 0


def _place(bar: Bar, top: float, *, named: bool) -> tuple[Item, float]:
    label = _wrap(bar.label) if named else ""
    height = _BAR if named else 3.0
    start = top + (_LINE * (label.count("\n") + 1) + 1 if label else 0)
    item = {
        "label": label,
        "label_top": top,
        "top": start,
        "bottom": start + height,
        "middle": start + height / 2,
        "value": bar.value,
        "end": max(bar.value or 0.0, 0.0),
        "text": bar.text if named else "",
        "colour": FOCUS if bar.strong else MUTED,
    }
    return item, start + height + (8 if named else 1)


def _room(chart: BarChart) -> list[float]:
    """Room for the bars, with space on the right for the longest value."""
    longest = max(len(bar.text) for group in chart.groups for bar in group.bars)
    return [0, WIDTH - 12 - 7 * longest]


def _write_lines(chart: LineChart) -> Item:
    import altair as alt

    points = list(_points(chart))
    low, high, step = _choose_range([item["value"] for item in points if item["value"] is not None])
    years = [item["x"] for item in points]
    margin = max((max(years) - min(years)) * 0.06, 0.25)
    width = WIDTH - (95 if len(chart.lines) > 1 else 45)
    x = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[min(years) - margin, max(years) + margin], nice=False, zero=False)
    )
    axis = alt.Axis(
        title=None, values=_steps(low, high, step), format="~s" if high >= 1_000_000 else ",~f", labelPadding=6
    )
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    base = alt.Chart(alt.NamedData("points"))
    colour = alt.Color("colour:N", scale=None)
    visible = base.transform_filter("isValid(datum.value)")
    labelled = base.transform_filter("datum.says != ''")
    layers = [
        base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, detail=alt.Detail("segment:N")),
        visible.mark_point(filled=True, size=45, opacity=1).encode(x=x, y=y, color=colour),
        labelled.mark_text(dy=-11, color=INK).encode(x=x, y=y, text=alt.Text("says:N")),
        base.transform_filter("!isValid(datum.value)").mark_text(baseline="bottom", color=INK).encode(
            x=x, y=alt.value(_PLOT_HEIGHT - 4), text=alt.Text("text:N")),
        base.transform_filter("datum.tick != ''").mark_text(baseline="top", color=INK).encode(
            x=x, y=alt.value(_PLOT_HEIGHT + 8), text=alt.Text("tick:N")),
        *_ends(alt, chart, low, high, width),
    ]  # fmt: skip
    return _finish(alt.layer(*layers), {"points": points}, _PLOT_HEIGHT, width)


def _choose_range(shown: list[float]) -> tuple[float, float, float]:
    """The ends of the axis of values and the step between its ticks: round numbers, with zero, and some air above."""
    low, high = min([0.0, *shown]), max([0.0, *shown]) or (0.0 if any(shown) else 1.0)
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    return math.floor(low / step) * step, math.ceil((high + 0.08 * (high - low)) / step) * step, step


def _steps(low: float, high: float, step: float) -> list[float]:
    return [round(low + number * step, 12) for number in range(round((high - low) / step) + 1)]


def _points(chart: LineChart) -> Iterable[Item]:
    ticks = _choose_ticks(chart)
    for number, line in enumerate(chart.lines):
        segment = 0
        for place, point in enumerate(line.points):
            segment += point.breaks
            yield {
                "x": point.x,
                "value": point.value,
                "text": point.text,
                "says": point.text if _says_value(chart, line, place) else "",
                "tick": ticks.pop(point.x, ""),
                "segment": f"{number}-{segment}",
                "colour": _colour(chart, number),
            }


def _says_value(chart: LineChart, line: Line, place: int) -> bool:
    """Few points all carry their value; of many points only the first and last of the strong line do."""
    point = line.points[place]
    if point.value is None:
        return False
    if len(chart.lines) == 1 and len(line.points) <= 6:
        return True
    return line.strong and place in (0, len(line.points) - 1)


def _colour(chart: LineChart, number: int) -> str:
    if not any(line.strong for line in chart.lines):
        return LINES[number]
    return FOCUS if chart.lines[number].strong else MUTED


def _choose_ticks(chart: LineChart) -> dict[float, str]:
    """The labels of the time axis that fit beside one another: the last always, then as many as there is room for."""
    points: list[Point] = list({p.x: p for line in chart.lines for p in line.points}.values())
    span = max(p.x for p in points) - min(p.x for p in points) or 1
    chosen: dict[float, str] = {}
    free = float("inf")
    for point in sorted(points, key=lambda p: -p.x):
        label = _shorten(point.label)
        half = len(label) * 3.6 + 4
        place = (point.x - min(p.x for p in points)) / span * (WIDTH - 150)
        if place + half <= free:
            chosen[point.x] = label
            free = place - half
    return chosen


def _shorten(label: str) -> str:
    """A date as its month and year: `31 March 2019` as `Mar 2019`."""
    words = label.split()
    if len(words) == 3 and words[0].isdigit():
        words = words[1:]
    if len(words) == 2 and words[0].isalpha():
        return f"{words[0][:3]} {words[1]}"
    return label


def _ends(alt: Any, chart: LineChart, low: float, high: float, width: float) -> list[Any]:
    """The names of the lines at their ends, moved apart where they would overlap."""
    if len(chart.lines) < 2:
        return []
    ends: list[Item] = []
    for number, line in enumerate(chart.lines):
        last = next((point for point in reversed(line.points) if point.value is not None), None)
        if last and last.value is not None:
            name = "\n".join(textwrap.wrap(line.label, _END_LETTERS)[:3])
            share = (last.value - low) / (high - low)
            ends.append({"y": _PLOT_HEIGHT * (1 - share), "name": name, "colour": _colour(chart, number)})
    _move_apart(ends)
    return [
        alt.Chart(alt.InlineData([{"name": end["name"]}]))
        .mark_text(align="left", lineBreak="\n", lineHeight=13, fontSize=11.5, color=end["colour"])
        .encode(x=alt.value(width + 6), y=alt.value(end["y"]), text=alt.Text("name:N"))
        for end in ends
    ]


def _move_apart(ends: list[Item]) -> None:
    free = -6.0
    for end in sorted(ends, key=lambda item: item["y"]):
        end["y"] = max(end["y"], free)
        free = end["y"] + 13 * (end["name"].count("\n") + 1) + 3


def _wrap(label: str) -> str:
    return "\n".join(textwrap.wrap(label, _LETTERS)) or label


def _finish(chart: Any, data: dict[str, list[Item]], height: float, width: float = WIDTH) -> Item:
    """The whole as data. Figures and settings come last, since Altair copies what it holds over and over."""
    spec: Item = chart.to_dict()
    datasets = {**spec.get("datasets", {}), **data}
    size = {"width": width, "height": height}
    return spec | size | {"background": "transparent", "config": _CONFIG, "datasets": datasets}
