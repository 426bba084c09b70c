"""What charts are called."""

from __future__ import annotations

from collections.abc import Sequence

from statpress.language.speak import say
from statpress.site.facts.indicator import Figure, Indicator, Shape, latest
from statpress.site.facts.phrases import join_words, lower_first, write_period_inside, write_without_by


def title_of(indicator: Indicator, about: str) -> str:
    """The title of a chart, which can stand alone: what is measured, and what the chart breaks it down by."""
    return f"{write_without_by(indicator.measure.title)} {lower_first(about)}"


def about_groups(indicator: Indicator, shape: Shape, figures: Sequence[Figure], more: str = "") -> str:
    """What a chart breaks its figures down by, where and when: `By sex, Kesteven, 2018/19`.

    `more` is `time` for a chart over time, or `area` for one that has several areas.
    """
    by = join_and([lower_first(indicator.dimensions[name].title) for name in shape])
    areas = {figure.area.name for figure in figures}
    when = [] if more == "time" else [write_period_inside(figures[0].period)]
    words = say("By %(groups)s", groups=by)
    if more == "time":
        words = say("By %(groups)s over time", groups=by)
    elif more == "area":
        words = say("By %(groups)s and area", groups=by)
    return ", ".join([words, *(areas if len(areas) == 1 else ()), *when])


def join_and(parts: Sequence[str]) -> str:
    """`a and b and c`."""
    told = "".join(parts[:1])
    for part in parts[1:]:
        told = join_words([told, part])
    return told


def latest_of_focus(indicator: Indicator, figures: list[Figure]) -> list[Figure]:
    """The figures of the latest time that the focus area has; of the latest time when there is no focus."""
    own = [figure for figure in figures if figure.area == indicator.focus]
    last = latest(own or figures)
    return [figure for figure in figures if last and figure.period == last[0].period]


def read_value(figure: Figure) -> float | None:
    """The value as charts take it."""
    return None if figure.value is None else float(figure.value)


def by_height(figure: Figure) -> tuple[bool, float]:
    """A key that sorts figures from high to low, those without a number last."""
    return (figure.value is None, -float(figure.value or 0))
