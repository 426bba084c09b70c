"""Charts of one time as bars: ranked areas, groups, two dimensions, pairs, and the parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from statpress.language.speak import say
from statpress.site.charts.lines import any_shown
from statpress.site.charts.model import Bar, BarChart, BarGroup, PairChart, PartChart, Spot, SpotRow
from statpress.site.charts.titles import about_groups, by_height, latest_of_focus, read_value, title_of
from statpress.site.facts.indicator import Figure, Indicator, Shape
from statpress.site.facts.numbers import describe_unit
from statpress.site.facts.phrases import write_period_inside
from statpress.site.facts.ranges import write_range
from statpress.site.facts.sentences import write_mark

MOST_GROUPS: Final = 12
MOST_PARTS: Final = 6
ROUNDING: Final = 1.0
"""By how much the printed parts of a whole may miss 100 per cent."""

Part = tuple[str, list[Figure], list[str]]
"""The title of a group of bars, its figures, and their labels."""


def describe_bars(indicator: Indicator, shape: Shape) -> BarChart | None:
    """Ranked areas; groups of one dimension, for each area where there are several; or two dimensions."""
    if not shape:
        return _areas(indicator)
    if len(shape) == 1:
        return _by_group(indicator, shape)
    return _by_two(indicator, shape) if len(shape) == 2 else None


def describe_pairs(indicator: Indicator, shape: Shape) -> PairChart | None:
    """Two bars a row where one of two dimensions, such as sex, has two groups."""
    if len(shape) != 2:
        return None
    figures = _of_focus(indicator, shape)
    codes = {name: list(dict.fromkeys(figure.groups[name].label for figure in figures)) for name in shape}
    two = next((name for name in shape if len(codes[name]) == 2), None)
    if two is None or not any_shown(figures):
        return None
    other = next(name for name in shape if name != two)
    if not 2 <= len(codes[other]) <= 2 * MOST_GROUPS:
        return None
    rows = tuple(
        SpotRow(label, _spots(indicator, [f for f in figures if f.groups[other].label == label], two, codes[two]))
        for label in codes[other]
    )
    about = about_groups(indicator, shape, figures)
    parts = [(code, [f for f in figures if f.groups[two].label == code]) for code in codes[two]]
    words = " ".join(
        f"{code}. {write_range(part, [f.groups[other].label for f in part], indicator.measure)}" for code, part in parts
    )
    unit = describe_unit(indicator.measure)
    return PairChart(
        f"chart-{'-'.join(shape)}", about, title_of(indicator, about), unit, words, tuple(codes[two]), rows
    )


def describe_parts(indicator: Indicator, shape: Shape) -> PartChart | None:
    """The parts of a whole as one bar, where percentages of one dimension add up to 100 and all are shown."""
    if len(shape) != 1 or indicator.measure.kind != "percentage" or indicator.measure.change_of:
        return None
    figures = latest_of_focus(indicator, indicator.of_shape(shape))
    labels = list(dict.fromkeys(figure.groups[shape[0]].label for figure in figures))
    areas = {figure.area.code: figure.area.name for figure in figures}
    rows = [[f for f in figures if f.area.code == code] for code in areas]
    fits = 2 <= len(labels) <= MOST_PARTS and len(rows) <= MOST_GROUPS
    if not fits or not all(_is_whole(row, len(labels)) for row in rows):
        return None
    made = tuple(
        SpotRow(name if len(areas) > 1 else "", tuple(_spot(indicator, f) for f in row))
        for name, row in zip(areas.values(), rows, strict=True)
    )
    own = next((row for row in rows if row[0].area == indicator.focus), rows[0])
    about = about_groups(indicator, shape, figures)
    words = write_range(own, [f.groups[shape[0]].label for f in own], indicator.measure)
    unit = describe_unit(indicator.measure)
    return PartChart(f"chart-{shape[0]}", about, title_of(indicator, about), unit, words, tuple(labels), made)


def _areas(indicator: Indicator) -> BarChart | None:
    figures = latest_of_focus(indicator, indicator.of_shape(()))
    if len({figure.area.code for figure in figures}) < 2:
        return None
    ranked = sorted(figures, key=by_height)
    labels = [figure.area.name for figure in ranked]
    about = say("By area, %(when)s", when=write_period_inside(ranked[0].period))
    return _bars(indicator, "chart-areas", about, [("", ranked, labels)])


def _by_group(indicator: Indicator, shape: Shape) -> BarChart | None:
    figures = latest_of_focus(indicator, indicator.of_shape(shape))
    areas = {figure.area.code for figure in figures}
    codes = list(dict.fromkeys(figure.groups[shape[0]].label for figure in figures))
    name = f"chart-{shape[0]}"
    if len(areas) > 1 and len(codes) <= MOST_GROUPS and len(areas) <= MOST_GROUPS:
        ranked = [
            (code, sorted((f for f in figures if f.groups[shape[0]].label == code), key=by_height)) for code in codes
        ]
        groups = [(code, part, [figure.area.name for figure in part]) for code, part in ranked]
        return _bars(indicator, name, about_groups(indicator, shape, figures, "area"), groups)
    figures = [figure for figure in figures if figure.area == (indicator.focus or figures[0].area)]
    if len(figures) < 2:
        return None
    labels = [figure.groups[shape[0]].label for figure in figures]
    return _bars(indicator, name, about_groups(indicator, shape, figures), [("", figures, labels)])


def _by_two(indicator: Indicator, shape: Shape) -> BarChart | None:
    figures = _of_focus(indicator, shape)
    first, second = shape
    codes = list(dict.fromkeys(figure.groups[first].label for figure in figures))
    if len(figures) < 2 or len(codes) > MOST_GROUPS:
        return None
    parts = [(code, [figure for figure in figures if figure.groups[first].label == code]) for code in codes]
    groups = [(code, part, [figure.groups[second].label for figure in part]) for code, part in parts]
    return _bars(indicator, f"chart-{first}-{second}", about_groups(indicator, shape, figures), groups)


def _bars(indicator: Indicator, name: str, about: str, groups: Sequence[Part]) -> BarChart | None:
    figures = [figure for _, part, _ in groups for figure in part]
    if not any_shown(figures):
        return None
    several = len({figure.area.code for figure in figures}) > 1
    made = tuple(
        BarGroup(
            title,
            tuple(
                Bar(label, read_value(f), write_mark(f, indicator.measure), not several or f.area == indicator.focus)
                for f, label in zip(part, labels, strict=True)
            ),
        )
        for title, part, labels in groups
    )
    words = " ".join(
        f"{f'{title}. ' if title else ''}{write_range(part, labels, indicator.measure)}"
        for title, part, labels in groups
    )
    return BarChart(name, about, title_of(indicator, about), describe_unit(indicator.measure), words, made)


def _of_focus(indicator: Indicator, shape: Shape) -> list[Figure]:
    return [f for f in latest_of_focus(indicator, indicator.of_shape(shape)) if f.area == indicator.focus]


def _spots(indicator: Indicator, figures: list[Figure], column: str, codes: list[str]) -> tuple[Spot | None, ...]:
    """The figures of one row in the order of `codes`; None where the data has none."""
    found = {figure.groups[column].label: figure for figure in figures}
    return tuple(_spot(indicator, found[code]) if code in found else None for code in codes)


def _spot(indicator: Indicator, figure: Figure) -> Spot:
    return Spot(read_value(figure), write_mark(figure, indicator.measure))


def _is_whole(row: Sequence[Figure], parts: int) -> bool:
    values = [figure.value for figure in row if figure.value is not None and figure.value >= 0]
    return len(values) == len(row) == parts and abs(float(sum(values)) - 100) <= ROUNDING
