"""A series as a small line in a row of a table. A hidden figure is a gap with a mark at the foot, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from markupsafe import Markup, escape

from statpress.language.speak import count_of, say
from statpress.packages.descriptor import Measure
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_value
from statpress.site.facts.phrases import write_period_inside

WIDTH: Final = 96
HEIGHT: Final = 28
_EDGE: Final = 4.0


def draw_sparkline(figures: Sequence[Figure], measure: Measure) -> Markup:
    """The series as SVG with its words; nothing for fewer than two shown figures. They alone set the scale."""
    shown = [figure for figure in figures if figure.value is not None]
    if len(shown) < 2:
        return Markup()
    points = _place(figures)
    lines = "".join(_draw_run(run) for run in _runs(figures, points))
    gaps = "".join(
        f'<path d="M{x - 2:g},{HEIGHT - 5}l4,4m0,-4l-4,4"/>'
        for figure, (x, y) in zip(figures, points, strict=True)
        if y is None
    )
    last = next((x, y) for f, (x, y) in reversed(list(zip(figures, points, strict=True))) if f.value is not None)
    dot = f'<circle cx="{last[0]:g}" cy="{last[1]:g}" r="2.5"/>'
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    words = escape(_words(shown, len(figures) - len(shown), measure))
    return Markup(f'<svg class="sp-spark" role="img" aria-label="{words}" {size}>{lines}{gaps}{dot}</svg>')  # noqa: S704 - numbers of ours, and words escaped


def _place(figures: Sequence[Figure]) -> list[tuple[float, float | None]]:
    days = [date.fromisoformat(figure.period.end).toordinal() for figure in figures]
    values = [float(figure.value) for figure in figures if figure.value is not None]
    low, span = min(values), max(values) - min(values)
    long = (max(days) - min(days)) or 1
    across, up = WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE
    return [
        (
            round(_EDGE + across * (day - min(days)) / long, 1),
            None if figure.value is None else round(_EDGE + up * (1 - _share(float(figure.value), low, span)), 1),
        )
        for figure, day in zip(figures, days, strict=True)
    ]


def _share(value: float, low: float, span: float) -> float:
    return (value - low) / span if span else 0.5


def _runs(figures: Sequence[Figure], points: list[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The points of each unbroken line: a figure that is not shown, and a break in the series, end one."""
    runs: list[list[tuple[float, float]]] = [[]]
    for figure, (x, y) in zip(figures, points, strict=True):
        if y is None or figure.status == "b":
            runs.append([])
        if y is not None:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _draw_run(run: list[tuple[float, float]]) -> str:
    if len(run) == 1:
        return f'<circle cx="{run[0][0]:g}" cy="{run[0][1]:g}" r="1.5"/>'
    return f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>'


def _words(shown: Sequence[Figure], hidden: int, measure: Measure) -> str:
    ends = (shown[0], shown[-1])
    first, last = (
        say("%(value)s in %(time)s", value=write_value(f.value, measure), time=write_period_inside(f.period))
        for f in ends
        if f.value is not None
    )
    told = say("From %(first)s to %(last)s", first=first, last=last)
    more = count_of(hidden, "%(number)s figure not shown", "%(number)s figures not shown") if hidden else ""
    return f"{told}; {more}" if more else told
