"""Maps of areas whose boundaries the package carries, in at most five classes of about as many areas each.

The classes are made from shown figures alone. A map of numbers of people would show where many live, so it is drawn
only where the package asks for it.
"""

from __future__ import annotations

from typing import Final

from statpress.language.speak import say
from statpress.site.charts.model import MapChart, Place
from statpress.site.charts.titles import by_height, latest_of_focus, title_of
from statpress.site.facts import indicator as facts
from statpress.site.facts.indicator import Figure, Indicator
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import write_period_inside, write_span
from statpress.site.facts.ranges import write_range
from statpress.site.facts.sentences import write_mark
from statpress.site.facts.shapes import read_shapes

MOST_STEPS: Final = 5
FEWEST: Final = 3


def describe_map(indicator: Indicator, shape: facts.Shape) -> MapChart | None:
    """The latest figures of areas on a map; None where fewer than three have a boundary or a figure."""
    if shape:
        return None
    shapes = read_shapes(indicator.package)
    figures = [f for f in latest_of_focus(indicator, indicator.of_shape(())) if f.area.code in shapes]
    shown = sorted({figure.value for figure in figures if figure.value is not None})
    if len(figures) < FEWEST or len(shown) < FEWEST:
        return None
    number = min(MOST_STEPS, len(shown))
    step_of = {value: place * number // len(shown) for place, value in enumerate(shown)}
    ends = [[value for value in shown if step_of[value] == step] for step in range(number)]
    named = [[write_value(value, indicator.measure) for value in (part[0], part[-1])] for part in ends]
    steps = tuple(low if low == high else write_span(low, high) for low, high in named)
    places = tuple(
        Place(
            figure.area.name,
            shapes[figure.area.code],
            None if figure.value is None else step_of[figure.value],
            write_mark(figure, indicator.measure),
            figure.area == indicator.focus,
        )
        for figure in figures
    )
    ranked: list[Figure] = sorted(figures, key=by_height)
    words = write_range(ranked, [figure.area.name for figure in ranked], indicator.measure)
    about = say("On a map, %(when)s", when=write_period_inside(figures[0].period))
    return MapChart(
        "chart-map", about, title_of(indicator, about), describe_unit(indicator.measure), words, steps, places
    )
