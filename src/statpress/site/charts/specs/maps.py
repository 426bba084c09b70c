"""A map: areas in the colours of their classes, the key below, a mark where no figure is shown."""

from __future__ import annotations

from typing import Any, Final

from statpress.language.speak import say
from statpress.site.charts.model import MapChart, Place
from statpress.site.charts.specs.style import INK, LINES, PAPER, Item, finish
from statpress.site.facts.shapes import Ring

_HEIGHT: Final = 300.0
_KEY: Final = 19.0


def write_map(chart: MapChart) -> Item:
    """The specification of a map. Boundaries are on a plane already, so that nothing is projected."""
    import altair as alt

    height = _HEIGHT + _KEY * (len(chart.steps) + 1) + 12
    places = [_draw(place, chart) for place in sorted(chart.places, key=lambda place: place.strong)]
    own = [item for item in places if item["strong"]]
    marks = [item for item in places if item["mark"]]
    base = alt.Chart(alt.NamedData("places"))
    layers: list[Any] = [
        base.mark_geoshape(stroke=INK, strokeWidth=0.7).encode(
            color=alt.Color("colour:N", scale=None), tooltip=alt.Tooltip("tip:N", title=say("Figure"))
        )
    ]
    if own:
        layers.append(alt.Chart(alt.NamedData("own")).mark_geoshape(filled=False, stroke=LINES[3], strokeWidth=3))
    if marks:
        layers.append(
            alt.Chart(alt.NamedData("marks"))
            .mark_text(color=INK)
            .encode(longitude="x:Q", latitude="y:Q", text="mark:N")
        )
    layers += _draw_key(alt, chart, has_gaps=bool(marks))
    data = {"places": places} | ({"own": own} if own else {}) | ({"marks": marks} if marks else {})
    whole = alt.layer(*layers).project(type="identity", reflectY=True, fit=_find_frame(places, height))
    return finish(whole, data, height)


def _find_frame(places: list[Item], height: float) -> Item:
    """A box around all areas, stretched downwards so that the key has room under the map."""
    points = [point for item in places for rings in item["geometry"]["coordinates"] for ring in rings for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    low = high - (high - low) * height / _HEIGHT
    box = [[left, low], [left, high], [right, high], [right, low], [left, low]]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [box]}}


def _draw(place: Place, chart: MapChart) -> Item:
    x, y = _find_middle(max((rings[0] for rings in place.shape), key=len))
    return {
        "type": "Feature",
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [[[list(p) for p in ring] for ring in rings] for rings in place.shape],
        },
        "colour": PAPER if place.step is None else _colour(place.step, chart),
        "strong": place.strong,
        "tip": f"{place.name}: {place.text}",
        "mark": place.text if place.step is None else "",
        "x": x,
        "y": y,
    }


def _colour(step: int, chart: MapChart) -> str:
    """Of few classes the outer ones keep the outer colours."""
    return f"var(--sp-step-{1 + round(step * 4 / max(len(chart.steps) - 1, 1))})"


def _find_middle(ring: Ring) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _draw_key(alt: Any, chart: MapChart, *, has_gaps: bool) -> list[Any]:
    rows = [(_colour(step, chart), words) for step, words in enumerate(chart.steps)]
    rows += [(PAPER, say("No figure is shown"))] if has_gaps else []
    found = []
    for number, (colour, words) in enumerate(rows):
        middle = _HEIGHT + 20 + _KEY * number
        row = alt.Chart(alt.InlineData([{"words": words}]))
        found.append(
            row.mark_point(
                shape="square", size=170, filled=True, opacity=1, stroke=INK, strokeWidth=0.7, color=colour
            ).encode(x=alt.XValue(10), y=alt.YValue(middle))
        )
        found.append(
            row.mark_text(align="left", baseline="middle", color=INK).encode(
                x=alt.XValue(26), y=alt.YValue(middle), text="words:N"
            )
        )
    return found
