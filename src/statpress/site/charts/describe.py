"""Which charts an indicator has, as plain facts: bars and lines with their labels and marks, and the same in words.

A figure that is not shown has no value here, so that nothing can draw it as a zero; its mark takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from statpress.site.facts.indicator import Figure, Indicator, Shape, latest
from statpress.site.facts.numbers import describe_unit
from statpress.site.facts.phrases import lower_first, write_period, write_period_inside, write_without_by
from statpress.site.facts.sentences import write_mark, write_range, write_story

MOST_LINES: Final = 4
MOST_GROUPS: Final = 12


@dataclass(frozen=True)
class Bar:
    """One bar. `value` is None when the figure is not shown, and `text` says why."""

    label: str
    value: float | None
    text: str
    strong: bool


@dataclass(frozen=True)
class BarGroup:
    """Bars under one heading; the heading is empty when there is but one group."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars that start at zero."""

    id: str
    heading: str
    title: str
    unit: str
    words: str
    groups: tuple[BarGroup, ...]


@dataclass(frozen=True)
class Point:
    """One point of a line. `x` is a year with its fraction; `breaks` starts a new line here."""

    x: float
    label: str
    value: float | None
    text: str
    breaks: bool


@dataclass(frozen=True)
class Line:
    """The points of one area or group, in order of time."""

    label: str
    strong: bool
    points: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart:
    """Lines over time, with real spacing."""

    id: str
    heading: str
    title: str
    unit: str
    words: str
    lines: tuple[Line, ...]


Chart = BarChart | LineChart


def describe_charts(indicator: Indicator) -> tuple[Chart, ...]:
    """The charts of an indicator, in the order in which the page shows them."""
    charts: list[Chart | None] = []
    for shape in indicator.shapes:
        if not shape:
            charts += [_trend(indicator), _areas(indicator)]
        elif len(shape) == 1:
            charts += [_trend_by_group(indicator, shape), _by_group(indicator, shape)]
        elif len(shape) == 2:
            charts.append(_by_two(indicator, shape))
    drawn = [chart for chart in charts if chart]
    return tuple([replace(drawn[0], words=indicator.alt), *drawn[1:]] if drawn and indicator.alt else drawn)


def _trend(indicator: Indicator) -> LineChart | None:
    focus = _longest(indicator.whole(indicator.focus))
    if len(focus) < 2 or not _any_shown(focus):
        return None
    kind = focus[0].period.kind
    others = {figure.area.code: figure.area for figure in indicator.of_shape(()) if figure.area != indicator.focus}
    lines = [_line(indicator, focus, focus[0].area.name, strong=True)]
    for area in list(others.values())[: MOST_LINES - 1]:
        figures = [figure for figure in indicator.whole(area) if figure.period.kind == kind]
        shown = sum(figure.value is not None for figure in figures)
        lines += [_line(indicator, figures, area.name, strong=False)] if shown > 1 else []
    words = write_story(focus, [write_period(figure.period) for figure in focus], indicator.measure)
    title = f"{indicator.measure.title} over time, {focus[0].area.name}"
    return LineChart("chart-trend", "Over time", title, describe_unit(indicator.measure), words, tuple(lines))


def _trend_by_group(indicator: Indicator, shape: Shape) -> LineChart | None:
    figures = [figure for figure in indicator.of_shape(shape) if figure.area == indicator.focus]
    groups = list(dict.fromkeys(figure.groups[shape[0]].label for figure in figures))
    series = {
        group: _longest([figure for figure in figures if figure.groups[shape[0]].label == group]) for group in groups
    }
    if len(groups) > MOST_LINES or not any(len(line) > 1 and _any_shown(line) for line in series.values()):
        return None
    lines = tuple(_line(indicator, line, group, strong=False) for group, line in series.items() if line)
    words = " ".join(
        f"{group}. {write_story(line, [write_period(figure.period) for figure in line], indicator.measure)}"
        for group, line in series.items()
    )
    about = _by(indicator, shape, figures, "over time")
    return LineChart(
        f"chart-trend-{shape[0]}", about, _title(indicator, about), describe_unit(indicator.measure), words, lines
    )


def _areas(indicator: Indicator) -> BarChart | None:
    figures = _latest_of_focus(indicator, indicator.of_shape(()))
    if len({figure.area.code for figure in figures}) < 2:
        return None
    ranked = sorted(figures, key=_rank)
    labels = [figure.area.name for figure in ranked]
    about = f"By area, {write_period_inside(ranked[0].period)}"
    words = write_range(ranked, labels, indicator.measure)
    return _bars(indicator, "chart-areas", about, words, [("", ranked, labels)])


def _by_group(indicator: Indicator, shape: Shape) -> BarChart | None:
    figures = _latest_of_focus(indicator, indicator.of_shape(shape))
    areas = {figure.area.code for figure in figures}
    codes = list(dict.fromkeys(figure.groups[shape[0]].label for figure in figures))
    name = f"chart-{shape[0]}"
    if len(areas) > 1 and len(codes) <= MOST_GROUPS and len(areas) <= MOST_GROUPS:
        parts = [(code, sorted((f for f in figures if f.groups[shape[0]].label == code), key=_rank)) for code in codes]
        groups = [(code, part, [figure.area.name for figure in part]) for code, part in parts]
        words = " ".join(f"{code}. {write_range(part, names, indicator.measure)}" for code, part, names in groups)
        return _bars(indicator, name, _by(indicator, shape, figures, "and area"), words, groups)
    figures = [figure for figure in figures if figure.area == (indicator.focus or figures[0].area)]
    if len(figures) < 2:
        return None
    labels = [figure.groups[shape[0]].label for figure in figures]
    words = write_range(figures, labels, indicator.measure)
    return _bars(indicator, name, _by(indicator, shape, figures), words, [("", figures, labels)])


def _by_two(indicator: Indicator, shape: Shape) -> BarChart | None:
    figures = [f for f in _latest_of_focus(indicator, indicator.of_shape(shape)) if f.area == indicator.focus]
    first, second = shape
    codes = list(dict.fromkeys(figure.groups[first].label for figure in figures))
    if len(figures) < 2 or len(codes) > MOST_GROUPS:
        return None
    parts = [(code, [figure for figure in figures if figure.groups[first].label == code]) for code in codes]
    groups = [(code, part, [figure.groups[second].label for figure in part]) for code, part in parts]
    words = " ".join(f"{code}. {write_range(part, names, indicator.measure)}" for code, part, names in groups)
    return _bars(indicator, f"chart-{first}-{second}", _by(indicator, shape, figures), words, groups)


def _bars(
    indicator: Indicator, name: str, about: str, words: str, groups: Sequence[tuple[str, list[Figure], list[str]]]
) -> BarChart | None:
    figures = [figure for _, part, _ in groups for figure in part]
    if not _any_shown(figures):
        return None
    several = len({figure.area.code for figure in figures}) > 1
    made = tuple(
        BarGroup(
            title,
            tuple(
                Bar(label, _value(f), write_mark(f, indicator.measure), not several or f.area == indicator.focus)
                for f, label in zip(part, labels, strict=True)
            ),
        )
        for title, part, labels in groups
    )
    return BarChart(name, about, _title(indicator, about), describe_unit(indicator.measure), words, made)


def _by(indicator: Indicator, shape: Shape, figures: Sequence[Figure], more: str = "") -> str:
    """What a chart breaks its figures down by, where and when: `By sex, Kesteven, 2018/19`."""
    by = " and ".join(lower_first(indicator.dimensions[name].title) for name in shape)
    areas = {figure.area.name for figure in figures}
    when = [] if more == "over time" else [write_period_inside(figures[0].period)]
    return ", ".join([f"By {by} {more}".strip(), *(areas if len(areas) == 1 else ()), *when])


def _title(indicator: Indicator, about: str) -> str:
    return f"{write_without_by(indicator.measure.title)} {lower_first(about)}"


def _line(indicator: Indicator, figures: Sequence[Figure], label: str, *, strong: bool) -> Line:
    points = (
        Point(
            x=_year(figure),
            label=write_period(figure.period),
            value=_value(figure),
            text=write_mark(figure, indicator.measure),
            breaks=figure.status == "b",
        )
        for figure in figures
    )
    return Line(label, strong, tuple(points))


def _longest(figures: Sequence[Figure]) -> list[Figure]:
    """The figures whose times are of one kind: the kind with the most figures, and of those the latest."""
    kinds: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.period.end:
            kinds.setdefault(figure.period.kind, []).append(figure)
    return max(kinds.values(), key=lambda part: (len(part), part[-1].period.end), default=[])


def _latest_of_focus(indicator: Indicator, figures: list[Figure]) -> list[Figure]:
    """The figures of the latest time that the focus area has; of the latest time when there is no focus."""
    own = [figure for figure in figures if figure.area == indicator.focus]
    last = latest(own or figures)
    return [figure for figure in figures if last and figure.period == last[0].period]


def _rank(figure: Figure) -> tuple[bool, float]:
    return (figure.value is None, -float(figure.value or 0))


def _value(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def _any_shown(figures: Sequence[Figure]) -> bool:
    return any(figure.value is not None for figure in figures)


def _year(figure: Figure) -> float:
    start, end = date.fromisoformat(figure.period.start), date.fromisoformat(figure.period.end)
    middle = (start.toordinal() + end.toordinal()) / 2
    year = date.fromordinal(int(middle)).year
    first = date(year, 1, 1).toordinal()
    return round(year + (middle - first) / 365.25, 4)
