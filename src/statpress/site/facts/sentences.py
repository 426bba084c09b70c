"""Sentences made from figures by rules. They claim nothing that the shown figures do not say.

A change is claimed only between times of the same kind and length, only from shown figures, and never across a break in
the series. Good and bad are named only where the measure has a polarity. No cause is ever given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from statpress.packages.descriptor import Measure
from statpress.packages.package import Period
from statpress.site.facts.indicator import Figure, Indicator, latest
from statpress.site.facts.numbers import write_number, write_value, write_with_unit
from statpress.site.facts.phrases import (
    READ_WITH_CARE,
    join_words,
    lower_first,
    upper_first,
    write_period_inside,
    write_place,
    write_when,
)
from statpress.status import STATUSES

NAMED_AREAS: Final = 4
_AMOUNT: Final = re.compile(r"^(number|share|percentage|proportion|rate|ratio|average|mean|median|cost|total)\b", re.I)


def write_lead(figure: Figure, measure: Measure) -> str:
    """What one figure says: `There were 449 children looked after in Kesteven on 31 March 2019.`"""
    if figure.value is None:
        return write_empty(figure)
    about = write_about(figure)
    title = lower_first(measure.title)
    if _AMOUNT.match(title):
        return f"The {title} {about} was {write_with_unit(figure.value, measure)}."
    if measure.kind == "count" and figure.value != 1 and _counts_its_unit(title, measure.unit):
        return f"There were {write_value(figure.value, measure)} {title} {about}."
    if measure.kind == "rank":
        place = f"{upper_first(measure.title)}: {write_value(figure.value, measure)} {about}"
        return f"{', '.join(part for part in (place, measure.unit) if part)}."
    return f"{upper_first(measure.title)}: {write_with_unit(figure.value, measure)} {about}."


def write_empty(figure: Figure) -> str:
    """Why there is no number, in one sentence."""
    return STATUSES[figure.status].why_empty


def write_about(figure: Figure) -> str:
    """Where and when: `in Kesteven on 31 March 2019`."""
    return f"in {write_place(figure.area.name)} {write_when(figure.period)}"


def write_care(figure: Figure) -> str:
    """How to read a figure with a status, or nothing."""
    return READ_WITH_CARE.get(figure.status, "")


def write_qualifier(figure: Figure) -> str:
    """The note on one figure as a sentence, or nothing."""
    note = upper_first(figure.note.strip())
    return note if not note or note.endswith((".", "!", "?")) else f"{note}."


def find_earlier(figure: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The last figure before this one that is about a time of the same kind and length, and the same groups."""
    return max(
        (
            other
            for other in figures
            if other.area == figure.area
            and other.groups == figure.groups
            and other.period.end < figure.period.end
            and are_alike(other.period, figure.period)
        ),
        key=lambda other: other.period.end,
        default=None,
    )


def write_change(figure: Figure, figures: Sequence[Figure], measure: Measure) -> str:
    """The change since the earlier figure, or why none is claimed, or nothing when there is no earlier one."""
    earlier = find_earlier(figure, figures)
    if earlier is None or figure.value is None:
        return ""
    when = write_when(earlier.period)
    if earlier.value is None:
        return f"We give no change, because the figure {when} is {STATUSES[earlier.status].title.lower()}."
    if crosses_break(earlier, figure, figures):
        return f"It cannot be compared with the figure {when}, because of a break in the series."
    change = figure.value - earlier.value
    then = f"{when} ({write_value(earlier.value, measure)})"
    if change == 0:
        return f"That is the same as {then}."
    return f"That is {_amount(change, measure)} than {then}{_direction(change, measure)}."


def write_comparison(figure: Figure, figures: Sequence[Figure], measure: Measure) -> str:
    """How a figure compares with other areas at the same time, from shown figures only; nothing without others."""
    others = [
        other
        for other in figures
        if other.period == figure.period and other.groups == figure.groups and other.area != figure.area
    ]
    shown = [(other.area.name, other.value) for other in others if other.value is not None]
    if figure.value is None or not shown:
        return ""
    if len(shown) > NAMED_AREAS:
        return _write_rank(figure.value, [value for _, value in shown])
    words = {1: "higher than", -1: "lower than", 0: "the same as"}
    found = []
    for sign in (1, -1, 0):
        names = [
            f"{name} ({write_value(value, measure)})"
            for name, value in shown
            if (figure.value > value) - (figure.value < value) == sign
        ]
        if names:
            found.append(f"{words[sign]} {join_words(names)}")
    return f"The figure is {join_words(found)}."


def write_range(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    """The highest and lowest of several figures, each with its label, or all of them when they are few."""
    shown = [
        (value, label if label.startswith(figure.area.name) else lower_first(label))
        for figure, label in zip(figures, labels, strict=True)
        if (value := figure.value) is not None
    ]
    hidden = sum(figure.value is None for figure in figures)
    if not shown:
        return "None of these figures is shown."
    if len(figures) <= NAMED_AREAS:
        return f"{_each(figures, labels, measure)}."
    high, low = max(shown, key=lambda pair: pair[0]), min(shown, key=lambda pair: pair[0])
    limit = "Of the figures that are shown, the" if hidden else "The"
    if high[0] == low[0]:
        return f"{limit} {len(shown)} figures are all {write_value(high[0], measure)}."
    return f"{limit} highest is {_labelled(high, measure)} and the lowest is {_labelled(low, measure)}."


def write_story(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    """A series in words, in order of time: each figure when they are few, otherwise its ends and extremes."""
    if len(figures) <= 5:
        return f"{_each(figures, labels, measure)}."
    first_last = [(figure, label) for figure, label in zip(figures, labels, strict=True) if figure.value is not None]
    if not first_last:
        return "None of these figures is shown."
    ends = [first_last[0], first_last[-1]]
    told = _each([figure for figure, _ in ends], [label for _, label in ends], measure)
    return f"{told}. {write_range(figures, labels, measure)}"


def write_mark(figure: Figure, measure: Measure) -> str:
    """A figure as a label: its value, its mark, or both: `449`, `[c]`, `1,318 [p]`."""
    mark = STATUSES[figure.status].mark if figure.status else ""
    return f"{write_value(figure.value, measure)} {mark}".strip() if figure.value is not None else mark


def write_summary(indicator: Indicator) -> str:
    """The sentence that leads the page of an indicator."""
    if indicator.headline is not None:
        return write_lead(indicator.headline, indicator.measure)
    figures = _leading_parts(indicator)
    if not figures:
        return write_empty(_latest_empty(indicator))
    about = write_about(figures[0]) if _in_one_area(figures) else write_when(figures[0].period)
    return f"{upper_first(indicator.measure.title)}, {about}. {_write_parts(indicator, figures)}"


def write_brief(indicator: Indicator) -> str:
    """The summary of an indicator without a leading figure, to stand under its title in a list."""
    figures = _leading_parts(indicator)
    if not figures:
        return write_empty(_latest_empty(indicator))
    where = [figures[0].area.name] if _in_one_area(figures) else []
    about = upper_first(", ".join([*where, write_period_inside(figures[0].period)]))
    return f"{about}. {_write_parts(indicator, figures)}"


def write_group_comparisons(indicator: Indicator) -> list[str]:
    """How the groups of the focus area compare with the same groups elsewhere, when there is no leading figure."""
    shape = indicator.shapes[0]
    own = latest([figure for figure in indicator.of_shape(shape) if figure.area == indicator.focus])
    if not shape or len(own) > NAMED_AREAS:
        return []
    told = [(figure, write_comparison(figure, indicator.figures, indicator.measure)) for figure in own]
    return [
        f"For {lower_first(describe_figure(figure, own))}, {lower_first(words)}"
        for figure, words in told
        if words.startswith("The figure is ")
    ]


def _leading_parts(indicator: Indicator) -> list[Figure]:
    """The latest figures of the simplest breakdown in which one is shown, of the focus area where it has any."""
    for shape in indicator.shapes:
        own = [figure for figure in indicator.of_shape(shape) if figure.area == indicator.focus]
        figures = latest(own or indicator.of_shape(shape))
        if any(figure.value is not None for figure in figures):
            return figures
    return []


def _latest_empty(indicator: Indicator) -> Figure:
    """The latest figure without a number, of the focus area where it has any: others may have one, to compare with."""
    own = [figure for figure in indicator.figures if figure.area == indicator.focus]
    return next(figure for figure in reversed(own or indicator.figures) if figure.value is None)


def _in_one_area(figures: Sequence[Figure]) -> bool:
    return len({figure.area.code for figure in figures}) == 1


def _write_parts(indicator: Indicator, figures: Sequence[Figure]) -> str:
    return write_range(figures, [describe_figure(figure, figures) for figure in figures], indicator.measure)


def describe_figure(figure: Figure, among: Sequence[Figure]) -> str:
    """What sets a figure apart from others of the same time: its groups, its area, or both."""
    labels = [code.label for code in figure.groups.values()]
    groups = ", ".join([*labels[:1], *(lower_first(label) for label in labels[1:])])
    if not groups or len({other.area for other in among}) > 1:
        return f"{figure.area.name}, {lower_first(groups)}" if groups else figure.area.name
    return groups


def _counts_its_unit(title: str, unit: str) -> bool:
    noun = lower_first(unit)
    return bool(noun) and re.search(rf"^{re.escape(noun)}\b|\b{re.escape(noun)}$", title) is not None


def are_alike(one: Period, other: Period) -> bool:
    """Whether two times are of the same kind and length, so that their figures may be compared."""
    if one.kind != other.kind or one.kind == "not-stated":
        return False
    return one.kind != "span" or abs(_days(one) - _days(other)) <= 3


def _days(period: Period) -> int:
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days


def crosses_break(earlier: Figure, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether the series breaks after the earlier figure and not after the later one."""
    return any(
        other.status == "b"
        and other.area == figure.area
        and other.groups == figure.groups
        and earlier.period.end < other.period.end <= figure.period.end
        for other in figures
    )


def _amount(change: Decimal, measure: Measure) -> str:
    size = write_number(abs(change), measure.decimals)
    if measure.kind == "count":
        return f"{size} {'more' if change > 0 else 'fewer'}"
    unit = " percentage points" if measure.kind == "percentage" else ""
    size = f"£{size}" if measure.kind == "money" else size
    return f"{size}{unit} {'higher' if change > 0 else 'lower'}"


def _direction(change: Decimal, measure: Measure) -> str:
    if measure.polarity == "none":
        return ""
    better = (change > 0) == (measure.polarity == "high")
    return ", a change for the better" if better else ", a change for the worse"


def _write_rank(value: Decimal, others: Sequence[Decimal]) -> str:
    higher = sum(other > value for other in others)
    lower = sum(other < value for other in others)
    return f"Of the {len(others)} other areas with a figure, {higher} are higher and {lower} are lower."


def _each(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    return "; ".join(
        f"{label}: {write_value(figure.value, measure) if figure.value is not None else _why(figure)}"
        for figure, label in zip(figures, labels, strict=True)
    )


def _why(figure: Figure) -> str:
    return STATUSES[figure.status].title.lower()


def _labelled(pair: tuple[Decimal, str], measure: Measure) -> str:
    return f"{write_value(pair[0], measure)} ({pair[1]})"
