"""Bars that start at zero, each under its label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from statpress.language.speak import say
from statpress.site.charts.model import Bar, BarChart
from statpress.site.charts.specs.style import FOCUS, INK, LINE, MUTED, WIDTH, Item, finish, wrap

_BAR: Final = 14.0
_CROWD: Final = 40


def write_bars(chart: BarChart) -> Item:
    """The specification of a bar chart."""
    import altair as alt

    items, height = _lay_out(chart)
    values = [0.0, *(item["value"] for item in items if item["value"] is not None)]
    x = alt.X(
        "value:Q", axis=None, scale=alt.Scale(domain=[min(values), max(values) or 1], range=_room(chart), nice=False)
    )
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False))
    base = alt.Chart(alt.NamedData("bars"))
    bars = base.transform_filter("isValid(datum.value)").mark_rect().encode(
        x=x, x2=alt.X2(datum=0), y=y, y2=alt.Y2("bottom"), color=alt.Color("colour:N", scale=None),
        tooltip=alt.Tooltip("tip:N", title=say("Figure")),
    )  # fmt: skip
    ends = base.mark_text(align="left", dx=5, baseline="middle", color=INK).encode(
        x=alt.X("end:Q"), y=alt.Y("middle:Q"), text=alt.Text("text:N")
    )
    labels = base.mark_text(align="left", baseline="top", lineBreak="\n", color=INK, lineHeight=LINE).encode(
        x=alt.XValue(0), y=alt.Y("label_top:Q"), text=alt.Text("label:N")
    )
    zero = (
        base.transform_filter("isValid(datum.value)")
        .mark_rule(color=INK)
        .encode(x=alt.XDatum(0), y=y, y2=alt.Y2("bottom"))
    )
    headings = [{"top": top, "title": wrap(title)} for title, top in _heading_tops(chart)]
    layers = [bars, zero, labels, ends, *([_draw_headings(alt)] if headings else [])]
    return finish(alt.layer(*layers), {"bars": items, "headings": headings}, height)


def _draw_headings(alt: Any) -> Any:
    return alt.Chart(alt.NamedData("headings")).mark_text(
        align="left", baseline="top", fontWeight=700, lineBreak="\n", lineHeight=LINE, color=INK
    ).encode(x=alt.XValue(0), y=alt.Y("top:Q"), text=alt.Text("title:N"))  # fmt: skip


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
    return LINE * (wrap(title).count("\n") + 1) + 6 if title else 0


def _place(bar: Bar, top: float, *, named: bool) -> tuple[Item, float]:
    label = wrap(bar.label) if named else ""
    height = _BAR if named else 3.0
    start = top + (LINE * (label.count("\n") + 1) + 1 if label else 0)
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
        "tip": f"{bar.label}: {bar.text}",
    }
    return item, start + height + (8 if named else 1)


def _room(chart: BarChart) -> list[float]:
    """Room for the bars, with space on the right for the longest value."""
    longest = max(len(bar.text) for group in chart.groups for bar in group.bars)
    return [0, WIDTH - 12 - 7 * longest]
