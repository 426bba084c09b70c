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

from statpress.language.speak import say
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
from statpress.site.facts.ranges import NAMED_AREAS, write_range
from statpress.status import speak_statuses

_AMOUNT: Final = re.compile(r"^(number|share|percentage|proportion|rate|ratio|average|mean|median|cost|total)\b", re.I)


def write_lead(figure: Figure, measure: Measure) -> str:
    """What one figure says: `There were 449 children looked after in Kesteven on 31 March 2019.`"""
    if figure.value is None:
        return write_empty(figure)
    about = write_about(figure)
    title = lower_first(measure.title)
    if _AMOUNT.match(title):
        return say(
            "The %(title)s %(about)s was %(value)s.",
            title=title,
            about=about,
            value=write_with_unit(figure.value, measure),
        )
    if measure.kind == "count" and figure.value != 1 and _counts_its_unit(title, measure.unit):
        value = write_value(figure.value, measure)
        return say("There were %(value)s %(title)s %(about)s.", value=value, title=title, about=about)
    if measure.kind == "rank":
        place = f"{upper_first(measure.title)}: {write_value(figure.value, measure)} {about}"
        return f"{', '.join(part for part in (place, measure.unit) if part)}."
    return f"{upper_first(measure.title)}: {write_with_unit(figure.value, measure)} {about}."


def write_empty(figure: Figure) -> str:
    """Why there is no number, in one sentence."""
    return speak_statuses()[figure.status].why_empty


def write_about(figure: Figure) -> str:
    """Where and when: `in Kesteven on 31 March 2019`."""
    return say("in %(place)s %(when)s", place=write_place(figure.area.name), when=write_when(figure.period))


def write_care(figure: Figure) -> str:
    """How to read a figure with a status, or nothing."""
    return say(READ_WITH_CARE[figure.status]) if figure.status in READ_WITH_CARE else ""


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
        why = speak_statuses()[earlier.status].title.lower()
        return say("We give no change, because the figure %(when)s is %(why)s.", when=when, why=why)
    if crosses_break(earlier, figure, figures):
        return say("It cannot be compared with the figure %(when)s, because of a break in the series.", when=when)
    change = figure.value - earlier.value
    then = f"{when} ({write_value(earlier.value, measure)})"
    if change == 0:
        return say("That is the same as %(then)s.", then=then)
    return _write_change(change, measure, then)


def write_comparison(figure: Figure, figures: Sequence[Figure], measure: Measure) -> str:
    """How a figure compares with other areas at the same time, from shown figures only; nothing without others."""
    shown = _list_shown(figure, figures)
    if figure.value is None or not shown:
        return ""
    if len(shown) > NAMED_AREAS:
        return _write_rank(figure.value, [value for _, value in shown])
    return say("The figure is %(comparison)s.", comparison=_compare(figure.value, shown, measure))


def _list_shown(figure: Figure, figures: Sequence[Figure]) -> list[tuple[str, Decimal]]:
    """The names of other areas with what is shown of them for the same time and groups."""
    others = [
        other
        for other in figures
        if other.period == figure.period and other.groups == figure.groups and other.area != figure.area
    ]
    return [(other.area.name, other.value) for other in others if other.value is not None]


def _compare(own: Decimal, shown: Sequence[tuple[str, Decimal]], measure: Measure) -> str:
    words = {
        1: lambda names: say("higher than %(names)s", names=names),
        -1: lambda names: say("lower than %(names)s", names=names),
        0: lambda names: say("the same as %(names)s", names=names),
    }
    found = []
    for sign in (1, -1, 0):
        names = [
            f"{name} ({write_value(value, measure)})" for name, value in shown if (own > value) - (own < value) == sign
        ]
        if names:
            found.append(words[sign](join_words(names)))
    return join_words(found)


def write_mark(figure: Figure, measure: Measure) -> str:
    """A figure as a label: its value, its mark, or both: `449`, `[c]`, `1,318 [p]`."""
    mark = speak_statuses()[figure.status].mark if figure.status else ""
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
    told = [(figure, figure.value, _list_shown(figure, indicator.figures)) for figure in own]
    return [
        say(
            "For %(group)s, the figure is %(comparison)s.",
            group=lower_first(describe_figure(figure, own)),
            comparison=_compare(value, shown, indicator.measure),
        )
        for figure, value, shown in told
        if value is not None and 0 < len(shown) <= NAMED_AREAS
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


def _write_change(change: Decimal, measure: Measure, then: str) -> str:
    size = write_number(abs(change), measure.decimals)
    if measure.kind == "percentage":
        size = say("%(size)s percentage points", size=size)
    size = f"£{size}" if measure.kind == "money" else size
    if measure.kind == "count" and change > 0:
        words = say("That is %(size)s more than %(then)s", size=size, then=then)
    elif measure.kind == "count":
        words = say("That is %(size)s fewer than %(then)s", size=size, then=then)
    elif change > 0:
        words = say("That is %(size)s higher than %(then)s", size=size, then=then)
    else:
        words = say("That is %(size)s lower than %(then)s", size=size, then=then)
    if measure.polarity == "none":
        return f"{words}."
    if (change > 0) == (measure.polarity == "high"):
        return say("%(change)s, a change for the better.", change=words)
    return say("%(change)s, a change for the worse.", change=words)


def _write_rank(value: Decimal, others: Sequence[Decimal]) -> str:
    higher = sum(other > value for other in others)
    lower = sum(other < value for other in others)
    if higher == len(others):
        return say("All %(number)s other areas with a figure are higher.", number=higher)
    if lower == len(others):
        return say("All %(number)s other areas with a figure are lower.", number=lower)
    return say(
        "Of the %(number)s other areas with a figure, %(higher)s are higher and %(lower)s are lower.",
        number=len(others),
        higher=higher,
        lower=lower,
    )
