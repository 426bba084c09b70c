"""Lines over time on one plot."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from statpress.language.speak import say, say_as
from statpress.site.charts.model import Line, LineChart, Point
from statpress.site.charts.specs.style import FOCUS, INK, LINES, MUTED, SMALL, SOFT, WIDTH, Item, finish
from statpress.site.facts.phrases import write_span

_PLOT_HEIGHT: Final = 210.0
_END_LETTERS: Final = 14
_END_LINE: Final = 13.0
_END_GAP: Final = 4.0
_END_ROOM: Final = 24
"""Beyond the names, since the reader's letters may be wider than those that a drawing is measured with."""
_CROWD: Final = 80
"""More points than these are drawn small."""


def write_lines(chart: LineChart) -> Item:
    """The specification of a line chart."""
    import altair as alt

    points = list(_points(chart))
    low, high, step = choose_range([item["value"] for item in points if item["value"] is not None])
    years = [item["x"] for item in points]
    margin = _margin(max(years) - min(years))
    width = _width(chart)
    x = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[min(years) - margin, max(years) + margin], nice=False, zero=False)
    )
    axis = alt.Axis(title=None, labelPadding=6, **describe_axis(low, high, step))
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    base = alt.Chart(alt.NamedData("points"))
    colour = alt.Color("colour:N", scale=None)
    visible = base.transform_filter("isValid(datum.value)")
    labelled = base.transform_filter("datum.says != ''")
    layers = [
        base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, detail=alt.Detail("segment:N")),
        visible.mark_point(filled=True, size=45 if len(years) <= _CROWD else 14, opacity=1).encode(
            x=x, y=y, color=colour, tooltip=alt.Tooltip("tip:N", title=say("Figure"))),
        labelled.mark_text(dy=-11, color=INK).encode(x=x, y=y, text=alt.Text("says:N")),
        base.transform_filter("!isValid(datum.value)").mark_text(baseline="bottom", color=INK).encode(
            x=x, y=alt.YValue(_PLOT_HEIGHT - 4), text=alt.Text("text:N")),
        base.transform_filter("datum.tick != ''").mark_text(baseline="top", color=INK).encode(
            x=x, y=alt.YValue(_PLOT_HEIGHT + 8), text=alt.Text("tick:N")),
        *_ends(alt, chart, low, high, width),
    ]  # fmt: skip
    breaks = list(_breaks(chart))
    if breaks:
        layers = [*_draw_breaks(alt, x), *layers]
    data = {"points": points} | ({"breaks": breaks} if breaks else {})
    room = {"padding": {"left": 4, "top": 4, "bottom": 4, "right": _END_ROOM}} if len(chart.lines) > 1 else {}
    return finish(alt.layer(*layers), data, _PLOT_HEIGHT, width) | room


def _breaks(chart: LineChart) -> Iterable[Item]:
    """Where a series breaks: half way from the point before."""
    places = {
        (before.x + point.x) / 2
        for line in chart.lines
        for before, point in itertools.pairwise(line.points)
        if point.breaks
    }
    return ({"x": place, "says": say("break in series")} for place in sorted(places))


def _draw_breaks(alt: Any, x: Any) -> list[Any]:
    base = alt.Chart(alt.NamedData("breaks"))
    return [
        base.mark_rule(color=SOFT, strokeDash=[4, 3]).encode(x=x, y=alt.YValue(14), y2=alt.Y2Value(_PLOT_HEIGHT)),
        base.mark_text(color=SOFT, baseline="top", fontSize=SMALL).encode(x=x, y=alt.YValue(0), text="says:N"),
    ]


def choose_range(shown: list[float]) -> tuple[float, float, float]:
    """The ends of the axis of values and the step between its ticks: round numbers, with zero, and some air above."""
    low, high = min([0.0, *shown]), max([0.0, *shown]) or (0.0 if any(shown) else 1.0)
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    return math.floor(low / step) * step, math.ceil((high + 0.08 * (high - low)) / step) * step, step


def describe_axis(low: float, high: float, step: float) -> Item:
    """The ticks of an axis, with as many decimals as their step has; millions are written as `2.5M`."""
    large = max(abs(low), abs(high)) >= 1_000_000
    unit = step / 1_000_000 if large else step
    digits = max(0, -int(Decimal(f"{unit:.12g}").normalize().as_tuple().exponent))
    number = f"format(datum.value / {1_000_000 if large else 1}, ',.{digits}f')"
    million = say_as("million", "M")
    label = f"datum.value == 0 ? '0' : {number}" + (f" + '{million}'" if large else "")
    values = [round(low + number * step, 12) for number in range(round((high - low) / step) + 1)]
    return {"values": values, "labelExpr": label}


def _points(chart: LineChart) -> Iterable[Item]:
    ticks = _choose_ticks(chart)
    for number, line in sorted(enumerate(chart.lines), key=lambda item: item[1].strong):
        segment = 0
        for place, point in enumerate(line.points):
            segment += point.breaks
            yield {
                "x": point.x,
                "value": point.value,
                "text": point.text,
                "says": f"{point.text}{'*' if point.note else ''}" if _says_value(chart, line, place) else "",
                "tick": ticks.pop(point.x, ""),
                "segment": f"{number}-{segment}",
                "colour": _colour(chart, number),
                "tip": f"{line.label}, {point.label}: {point.text} {point.note}".strip(),
                "order": number,
            }


def _says_value(chart: LineChart, line: Line, place: int) -> bool:
    """Few points all carry their value; of many points only the first and last of the strong line do."""
    point = line.points[place]
    if point.value is None:
        return False
    if len(chart.lines) == 1 and len(line.points) <= 6:
        return True
    return line.strong and (bool(point.note) or place in (0, len(line.points) - 1))


def _colour(chart: LineChart, number: int) -> str:
    if not any(line.strong for line in chart.lines):
        return LINES[number]
    return FOCUS if chart.lines[number].strong else MUTED


def _choose_ticks(chart: LineChart) -> dict[float, str]:
    """The labels of the time axis that fit beside one another: the last always, then as many as there is room for."""
    points: list[Point] = list({p.x: p for line in chart.lines for p in line.points}.values())
    span = _span(chart)
    scale = _width(chart) / (span + 2 * _margin(span))
    chosen: dict[float, str] = {}
    free = float("inf")
    for point in sorted(points, key=lambda p: -p.x):
        label = shorten_time(point.label)
        half = len(label) * 3.5 + 4
        place = (point.x - min(p.x for p in points)) * scale
        if place + half <= free:
            chosen[point.x] = label
            free = place - half
    return chosen


def _width(chart: LineChart) -> float:
    """How wide the plot is, beside the values and the names of several lines."""
    return WIDTH - (130 if len(chart.lines) > 1 else 45)


def _span(chart: LineChart) -> float:
    """From the first to the last point in time, in years."""
    years = [point.x for line in chart.lines for point in line.points]
    return max(years) - min(years)


def _margin(span: float) -> float:
    """The room before the first and after the last point in time."""
    return max(span * 0.06, 0.25)


def shorten_time(label: str) -> str:
    """A date as its month and year: `31 March 2019` as `Mar 2019`, `April to June 2019` as `Apr–Jun 2019`."""
    apart = f" {write_span('', '').strip()} "
    return "–".join(_shorten(part) for part in label.split(apart))


def _shorten(part: str) -> str:
    words = part.split()
    if len(words) == 3 and words[0].isdigit():
        words = words[1:]
    if len(words) <= 2 and words[0].isalpha():
        return " ".join([words[0][:3], *words[1:]])
    return part


def _ends(alt: Any, chart: LineChart, low: float, high: float, width: float) -> list[Any]:
    """The names of the lines at their ends, each moved away from its neighbours with a thin line that leads to it."""
    if len(chart.lines) < 2:
        return []
    ends: list[Item] = []
    for number, line in enumerate(chart.lines):
        last = next((point for point in reversed(line.points) if point.value is not None), None)
        if last and last.value is not None:
            name = "\n".join(textwrap.wrap(line.label, _END_LETTERS, max_lines=4, placeholder="…"))
            share = (last.value - low) / (high - low)
            colour = _colour(chart, number)
            ends.append({"y": _PLOT_HEIGHT * (1 - share), "name": name, "colour": SOFT if colour == MUTED else colour})
    span = _span(chart)
    start = width * (1 - _margin(span) / (span + 2 * _margin(span))) + 6
    return [
        layer
        for end, middle in spread_names(ends)
        for layer in (_lead(alt, end, middle, (start, width + 4)), _name(alt, end, middle, width + 6))
        if layer
    ]


def _lead(alt: Any, end: Item, middle: float, across: tuple[float, float]) -> Any:
    """A thin line from the height where a line ends to its name, where the name does not stand beside it."""
    if abs(middle - end["y"]) < _END_GAP:
        return None
    start, stop = across
    return (
        alt.Chart(alt.InlineData([{}]))
        .mark_rule(color=end["colour"], strokeWidth=1)
        .encode(x=alt.XValue(start), x2=alt.X2Value(stop), y=alt.YValue(end["y"]), y2=alt.Y2Value(middle))
    )


def _name(alt: Any, end: Item, middle: float, left: float) -> Any:
    first = middle - _END_LINE * end["name"].count("\n") / 2
    return (
        alt.Chart(alt.InlineData([{"name": end["name"]}]))
        .mark_text(
            align="left", baseline="middle", lineBreak="\n", lineHeight=_END_LINE, fontSize=SMALL, color=end["colour"]
        )
        .encode(x=alt.XValue(left), y=alt.YValue(first), text=alt.Text("name:N"))
    )


def spread_names(ends: list[Item]) -> list[tuple[Item, float]]:
    """Each end of a line with the middle of its name: names that would overlap stand around what they name."""
    crowds: list[list[Item]] = []
    for end in sorted(ends, key=lambda item: item["y"]):
        crowds.append([end])
        while len(crowds) > 1 and _top(crowds[-1]) < _top(crowds[-2]) + sum(map(_height, crowds[-2])):
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    placed = []
    for crowd in crowds:
        heights = list(map(_height, crowd))
        tops = itertools.accumulate(heights[:-1], initial=_top(crowd))
        placed += [(end, top + height / 2) for end, top, height in zip(crowd, tops, heights, strict=True)]
    return placed


def _top(crowd: list[Item]) -> float:
    """Where a crowd of names begins, so that they lie as near to their lines as they can, and inside the plot."""
    below = itertools.accumulate(map(_height, crowd), initial=0.0)
    wanted = [end["y"] - _height(end) / 2 - before for end, before in zip(crowd, below, strict=False)]
    lowest = _PLOT_HEIGHT + 6 - sum(map(_height, crowd))
    return float(max(-8.0, min(sum(wanted) / len(wanted), lowest)))


def _height(end: Item) -> float:
    return float(_END_LINE * (end["name"].count("\n") + 1) + _END_GAP)
