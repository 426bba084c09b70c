"""Several figures in a sentence: each of a few, otherwise the highest and the lowest; of a series its ends as well."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from statpress.language.speak import count_of, say
from statpress.packages.descriptor import Measure
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_value
from statpress.site.facts.phrases import lower_first
from statpress.status import speak_statuses

NAMED_AREAS: Final = 4


def write_range(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    """The highest and lowest of several figures, each with its label, or all of them when they are few."""
    shown = [
        (value, label if label.startswith(figure.area.name) else lower_first(label))
        for figure, label in zip(figures, labels, strict=True)
        if (value := figure.value) is not None
    ]
    hidden = sum(figure.value is None for figure in figures)
    if not shown:
        return say("None of these figures is shown.")
    if len(figures) <= NAMED_AREAS:
        return f"{_each(figures, labels, measure)}."
    high, low = max(shown, key=lambda pair: pair[0]), min(shown, key=lambda pair: pair[0])
    if high[0] == low[0]:
        return _write_same(len(shown), write_value(high[0], measure), partly=bool(hidden))
    ends = {"high": _labelled(high, measure), "low": _labelled(low, measure)}
    if hidden:
        return say("Of the figures that are shown, the highest is %(high)s and the lowest is %(low)s.", **ends)
    return say("The highest is %(high)s and the lowest is %(low)s.", **ends)


def _write_same(number: int, value: str, *, partly: bool) -> str:
    if partly:
        return count_of(
            number,
            "The figure that is shown is %(value)s.",
            "Of the figures that are shown, the %(number)s figures are all %(value)s.",
            value=value,
        )
    return count_of(number, "The figure is %(value)s.", "The %(number)s figures are all %(value)s.", value=value)


def write_story(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    """A series in words, in order of time: each figure when they are few, otherwise its ends and extremes."""
    if len(figures) <= 5:
        return f"{_each(figures, labels, measure)}."
    first_last = [(figure, label) for figure, label in zip(figures, labels, strict=True) if figure.value is not None]
    if not first_last:
        return say("None of these figures is shown.")
    ends = [first_last[0], first_last[-1]]
    told = _each([figure for figure, _ in ends], [label for _, label in ends], measure)
    return f"{told}. {write_range(figures, labels, measure)}"


def _each(figures: Sequence[Figure], labels: Sequence[str], measure: Measure) -> str:
    return "; ".join(
        f"{label}: {write_value(figure.value, measure) if figure.value is not None else _why(figure)}"
        for figure, label in zip(figures, labels, strict=True)
    )


def _why(figure: Figure) -> str:
    return speak_statuses()[figure.status].title.lower()


def _labelled(pair: tuple[Decimal, str], measure: Measure) -> str:
    return f"{write_value(pair[0], measure)} ({pair[1]})"
