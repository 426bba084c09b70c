"""Charts for figures of a special form: dots beside comparators, targets, scores in bands, overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from statpress.language.speak import say
from statpress.packages.descriptor import TargetEntry
from statpress.site.charts.lines import any_shown
from statpress.site.charts.model import (
    Band,
    BandChart,
    BulletChart,
    BulletRow,
    DotChart,
    Overlap,
    OverlapChart,
    Spot,
    SpotRow,
    Target,
)
from statpress.site.charts.titles import about_groups, by_height, join_and, latest_of_focus, read_value, title_of
from statpress.site.facts.indicator import Figure, Indicator, Shape
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import write_band, write_period_inside
from statpress.site.facts.ranges import write_range
from statpress.site.facts.sentences import write_mark

MOST_DOTS: Final = 4
MOST_ROWS: Final = 40
_MEMBER: Final = frozenset({"yes", "no"})


def describe_dots(indicator: Indicator, shape: Shape) -> DotChart | None:
    """A row for each group with a dot for each area; or, where there are intervals, a row for each area."""
    figures = latest_of_focus(indicator, indicator.of_shape(shape))
    if len(shape) > 1 or not any_shown(figures):
        return None
    return _dots_by_group(indicator, shape, figures) if shape else _dots_by_area(indicator, figures)


def describe_bullets(indicator: Indicator, shape: Shape) -> BulletChart | None:
    """The latest figure of each area that has a target, beside it."""
    if shape:
        return None
    targets = {
        target.area or (indicator.focus.code if indicator.focus else ""): target for target in indicator.entry.targets
    }
    figures = [f for f in latest_of_focus(indicator, indicator.of_shape(())) if f.area.code in targets]
    if not any_shown(figures):
        return None
    rows = tuple(
        BulletRow(
            f.area.name, read_value(f), write_mark(f, indicator.measure), _target(indicator, targets[f.area.code])
        )
        for f in figures
    )
    about = say("Beside the target, %(when)s", when=write_period_inside(figures[0].period))
    hidden = say("not shown")
    words = " ".join(
        f"{row.label}: {row.text if row.value is not None else hidden}. {row.target.text}." for row in rows
    )
    return BulletChart("chart-target", about, title_of(indicator, about), describe_unit(indicator.measure), words, rows)


def describe_bands(indicator: Indicator, shape: Shape) -> BandChart | None:
    """Scores of the latest time on a scale with its bands."""
    if len(shape) > 1 or len(indicator.entry.bands) < 2:
        return None
    figures = latest_of_focus(indicator, indicator.of_shape(shape))
    if shape:
        figures = [figure for figure in figures if figure.area == (indicator.focus or figures[0].area)]
    if not any_shown(figures) or len(figures) > MOST_ROWS:
        return None
    bands = tuple(Band(float(band.low), float(band.high), band.title) for band in indicator.entry.bands)
    labels = [figure.groups[shape[0]].label if shape else figure.area.name for figure in figures]
    rows = tuple(SpotRow(label, (_spot(indicator, f),)) for f, label in zip(figures, labels, strict=True))
    when = write_period_inside(figures[0].period)
    about = about_groups(indicator, shape, figures) if shape else say("In bands, %(when)s", when=when)
    scale = "; ".join(write_band(band.low, band.high, band.title) for band in bands)
    words = " ".join([write_range(figures, labels, indicator.measure), say("The bands are %(scale)s.", scale=scale)])
    name = "-".join(["chart-bands", *shape])
    return BandChart(name, about, title_of(indicator, about), describe_unit(indicator.measure), words, bands, rows)


def describe_overlaps(indicator: Indicator, shape: Shape) -> OverlapChart | None:
    """Which groups overlap, where every dimension says `yes` or `no` of belonging to one group."""
    if len(shape) < 2 or any(not _codes(indicator, shape, name) <= _MEMBER for name in shape):
        return None
    figures = [f for f in latest_of_focus(indicator, indicator.of_shape(shape)) if f.area == indicator.focus]
    if len(figures) < 2 or not any_shown(figures):
        return None
    ranked = sorted(figures, key=by_height)
    sets = tuple(indicator.dimensions[name].title for name in shape)
    members = [tuple(n for n, name in enumerate(shape) if f.groups[name].code == "yes") for f in ranked]
    overlaps = tuple(
        Overlap(places, read_value(f), write_mark(f, indicator.measure))
        for places, f in zip(members, ranked, strict=True)
    )
    labels = [join_and([sets[place] for place in places]) or say("None of these") for places in members]
    when = write_period_inside(figures[0].period)
    about = say("How groups overlap, %(area)s, %(when)s", area=figures[0].area.name, when=when)
    words = write_range(ranked, labels, indicator.measure)
    name = f"chart-{'-'.join(shape)}"
    return OverlapChart(
        name, about, title_of(indicator, about), describe_unit(indicator.measure), words, sets, overlaps
    )


def _dots_by_group(indicator: Indicator, shape: Shape, figures: Sequence[Figure]) -> DotChart | None:
    areas = {figure.area.code: figure.area.name for figure in figures}
    focus = indicator.focus.code if indicator.focus else next(iter(areas))
    ordered = dict(sorted(areas.items(), key=lambda item: item[0] != focus))
    groups = list(dict.fromkeys(figure.groups[shape[0]].label for figure in figures))
    if not 2 <= len(areas) <= MOST_DOTS or len(groups) > MOST_ROWS:
        return None
    found = {(f.groups[shape[0]].label, f.area.code): f for f in figures}
    rows = tuple(
        SpotRow(
            group, tuple(_spot(indicator, found[group, code]) if (group, code) in found else None for code in ordered)
        )
        for group in groups
    )
    parts = {group: [found[group, code] for code in ordered if (group, code) in found] for group in groups}
    words = " ".join(
        f"{group}. {write_range(part, [figure.area.name for figure in part], indicator.measure)}"
        for group, part in parts.items()
    )
    about = about_groups(indicator, shape, figures, "area")
    unit = describe_unit(indicator.measure)
    series = tuple(ordered.values())
    return DotChart(f"chart-{shape[0]}", about, title_of(indicator, about), unit, words, series, rows)


def _dots_by_area(indicator: Indicator, figures: Sequence[Figure]) -> DotChart | None:
    if len(figures) < 2 or len(figures) > MOST_ROWS:
        return None
    ranked = sorted(figures, key=by_height)
    labels = [figure.area.name for figure in ranked]
    focus = next((n for n, figure in enumerate(ranked) if figure.area == indicator.focus), 0)
    rows = tuple(SpotRow(label, (_spot(indicator, f),)) for f, label in zip(ranked, labels, strict=True))
    about = say("By area, %(when)s", when=write_period_inside(ranked[0].period))
    words = write_range(ranked, labels, indicator.measure)
    if any(figure.low is not None for figure in ranked):
        level = indicator.entry.interval.level if indicator.entry.interval else ""
        if level:
            words += " " + say("Lines show the %(level)s confidence interval of each figure.", level=level)
        else:
            words += " " + say("Lines show the confidence interval of each figure.")
    unit = describe_unit(indicator.measure)
    return DotChart("chart-areas", about, title_of(indicator, about), unit, words, (), rows, focus)


def _spot(indicator: Indicator, figure: Figure) -> Spot:
    low, high = (None if end is None else float(end) for end in (figure.low, figure.high))
    return Spot(read_value(figure), write_mark(figure, indicator.measure), low, high)


def _target(indicator: Indicator, target: TargetEntry) -> Target:
    told = {"target": target.title or say("Target"), "value": write_value(target.value, indicator.measure)}
    if target.by:
        return Target(float(target.value), say("%(target)s: %(value)s by %(time)s", time=target.by, **told))
    return Target(float(target.value), f"{told['target']}: {told['value']}")


def _codes(indicator: Indicator, shape: Shape, name: str) -> set[str]:
    return {figure.groups[name].code for figure in indicator.of_shape(shape)}
