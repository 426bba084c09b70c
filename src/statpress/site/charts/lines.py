"""Charts over time: lines of areas or groups on one plot, or one line a panel where there are many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from statpress.language.speak import count_of, say
from statpress.packages.package import Area
from statpress.site.charts.model import Line, LineChart, PanelChart, Point
from statpress.site.charts.titles import about_groups, title_of
from statpress.site.facts.indicator import Figure, Indicator, Shape
from statpress.site.facts.numbers import describe_unit
from statpress.site.facts.phrases import write_period
from statpress.site.facts.ranges import write_range, write_story
from statpress.site.facts.sentences import write_mark, write_qualifier

MOST_LINES: Final = 4
LEAST_PANELS: Final = 4
MOST_PANELS: Final = 24
_COMPARED_FIRST: Final = ("country", "nation", "region", "neighbour-group")


def describe_trend(indicator: Indicator, shape: Shape) -> LineChart | None:
    """The area in focus over time, beside at most three others: the country, the region and neighbours first."""
    if shape:
        return _trend_by_group(indicator, shape)
    focus = longest(indicator.whole(indicator.focus))
    if len(focus) < 2 or not any_shown(focus):
        return None
    lines = [make_line(indicator, focus, focus[0].area.name, strong=True)]
    for area in _compared(indicator)[: MOST_LINES - 1]:
        figures = _of_kind(indicator.whole(area), focus[0].period.kind)
        shown = sum(figure.value is not None for figure in figures)
        lines += [make_line(indicator, figures, area.name, strong=False)] if shown > 1 else []
    words = write_story(focus, [write_period(figure.period) for figure in focus], indicator.measure)
    words = " ".join([words, *_tell_notes(focus)])
    title = say("%(title)s over time, %(area)s", title=indicator.measure.title, area=focus[0].area.name)
    return LineChart("chart-trend", say("Over time"), title, describe_unit(indicator.measure), words, tuple(lines))


def describe_panels(indicator: Indicator, shape: Shape) -> PanelChart | None:
    """One small chart for each area, or for each group of the focus area; the largest last value first."""
    if len(shape) > 1:
        return None
    series = _series_of_groups(indicator, shape) if shape else _series_of_areas(indicator)
    told = {label: figures for label, figures in series.items() if len(figures) > 1 and any_shown(figures)}
    if not LEAST_PANELS <= len(told) <= MOST_PANELS:
        return None
    ordered = sorted(told.items(), key=lambda item: _last_height(item[1]))
    focus = indicator.focus.name if indicator.focus else ""
    lines = [make_line(indicator, figures, label, strong=not shape and label == focus) for label, figures in ordered]
    about = about_groups(indicator, shape, ordered[0][1], "time") if shape else say("Each area over time")
    last = [figures[-1] for _, figures in ordered]
    told_range = write_range(last, [label for label, _ in ordered], indicator.measure)
    words = count_of(
        len(ordered),
        "%(number)s small chart on the same scales. At the end of each: %(range)s",
        "%(number)s small charts on the same scales. At the end of each: %(range)s",
        range=told_range,
    )
    name = "-".join(["chart-panels", *shape])
    return PanelChart(name, about, title_of(indicator, about), describe_unit(indicator.measure), words, tuple(lines))


def longest(figures: Sequence[Figure]) -> list[Figure]:
    """The figures whose times are of one kind: the kind with the most figures, and of those the latest."""
    kinds: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.period.end:
            kinds.setdefault(figure.period.kind, []).append(figure)
    return max(kinds.values(), key=lambda part: (len(part), part[-1].period.end), default=[])


def any_shown(figures: Iterable[Figure]) -> bool:
    """Whether any of the figures has a number."""
    return any(figure.value is not None for figure in figures)


def make_line(indicator: Indicator, figures: Sequence[Figure], label: str, *, strong: bool) -> Line:
    """The figures of one area or group as a line."""
    points = (
        Point(
            x=_year(figure),
            label=write_period(figure.period),
            value=None if figure.value is None else float(figure.value),
            text=write_mark(figure, indicator.measure),
            breaks=figure.status == "b",
            note=write_qualifier(figure),
        )
        for figure in figures
    )
    return Line(label, strong, tuple(points))


def _tell_notes(figures: Sequence[Figure]) -> list[str]:
    """The remarks on single figures where they fall: `2016/17: The law changed.`"""
    return [f"{write_period(figure.period)}: {write_qualifier(figure)}" for figure in figures if figure.note]


def _trend_by_group(indicator: Indicator, shape: Shape) -> LineChart | None:
    if len(shape) > 1:
        return None
    series = _series_of_groups(indicator, shape)
    if len(series) > MOST_LINES or not any(len(line) > 1 and any_shown(line) for line in series.values()):
        return None
    lines = tuple(make_line(indicator, line, group, strong=False) for group, line in series.items() if line)
    words = " ".join(
        f"{group}. {write_story(line, [write_period(figure.period) for figure in line], indicator.measure)}"
        for group, line in series.items()
    )
    figures = [figure for line in series.values() for figure in line]
    about = about_groups(indicator, shape, figures, "time")
    unit = describe_unit(indicator.measure)
    return LineChart(f"chart-trend-{shape[0]}", about, title_of(indicator, about), unit, words, lines)


def _series_of_groups(indicator: Indicator, shape: Shape) -> dict[str, list[Figure]]:
    own = [figure for figure in indicator.of_shape(shape) if figure.area == indicator.focus]
    groups = list(dict.fromkeys(figure.groups[shape[0]].label for figure in own))
    return {group: longest([f for f in own if f.groups[shape[0]].label == group]) for group in groups}


def _series_of_areas(indicator: Indicator) -> dict[str, list[Figure]]:
    figures = longest(indicator.of_shape(()))
    areas = {figure.area.code: figure.area for figure in figures}
    return {area.name: [figure for figure in figures if figure.area == area] for area in areas.values()}


def _compared(indicator: Indicator) -> list[Area]:
    """All other areas where they are few; otherwise those that one compares with, such as the country."""
    others = {figure.area.code: figure.area for figure in indicator.of_shape(()) if figure.area != indicator.focus}
    if len(others) < MOST_LINES:
        return list(others.values())
    return [area for area in others.values() if area.kind in _COMPARED_FIRST]


def _of_kind(figures: Iterable[Figure], kind: str) -> list[Figure]:
    return [figure for figure in figures if figure.period.kind == kind]


def _last_height(figures: Sequence[Figure]) -> tuple[bool, float]:
    last = figures[-1].value
    return (last is None, -float(last or 0))


def _year(figure: Figure) -> float:
    start, end = date.fromisoformat(figure.period.start), date.fromisoformat(figure.period.end)
    middle = (start.toordinal() + end.toordinal()) / 2
    year = date.fromordinal(int(middle)).year
    first = date(year, 1, 1).toordinal()
    return round(year + (middle - first) / 365.25, 4)
