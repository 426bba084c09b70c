"""A plate: boxes, rules, dots and texts that lie on one scale of values, with places down the plate in pixels.

Rows of any kind are laid out on it; it becomes one Altair specification of a few layers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from statpress.language.speak import say
from statpress.site.charts.specs.style import INK, LINE, LINES, WIDTH, Item, count_lines, finish, wrap

SHAPES: Final = ("circle", "diamond", "square", "triangle-up", "cross", "triangle-down")
_LETTER: Final = 6.4


@dataclass
class Plate:
    """What lies on the plate. `low` and `high` are the ends of the scale, at the left edge and at `room` pixels."""

    low: float
    high: float
    room: float = WIDTH
    height: float = 0.0
    boxes: list[Item] = field(default_factory=list)
    rules: list[Item] = field(default_factory=list)
    dots: list[Item] = field(default_factory=list)
    texts: list[Item] = field(default_factory=list)

    def at(self, pixels: float) -> float:
        """The value that lies so many pixels from the left."""
        return self.low + pixels / self.room * (self.high - self.low)

    def place(self, value: float) -> float:
        """Where a value lies, in pixels from the left."""
        return (value - self.low) / (self.high - self.low) * self.room

    def box(self, ends: tuple[float, float], top: float, bottom: float, colour: str, tip: str = "") -> None:
        """A box from one value to another."""
        self.boxes.append({"x": ends[0], "x2": ends[1], "y": top, "y2": bottom, "colour": colour, "tip": tip})

    def rule(self, ends: tuple[float, float], top: float, bottom: float, colour: str, width: float = 1.0) -> None:
        """A line from one value to another, across, down or both."""
        self.rules.append({"x": ends[0], "x2": ends[1], "y": top, "y2": bottom, "colour": colour, "width": width})

    def dot(self, value: float, top: float, colour: str, number: int, tip: str = "") -> None:
        """A dot whose form goes with the number of its series."""
        self.dots.append({"x": value, "y": top, "colour": colour, "shape": SHAPES[number % len(SHAPES)], "tip": tip})

    def text(self, text: str, value: float, top: float, **how: Any) -> None:
        """A text that starts, is centred or ends at a value; `top` is its upper edge, or its middle when centred."""
        self.texts.append({"text": text, "x": value, "y": top, "align": "left", "colour": INK, "bold": False} | how)

    def label(self, label: str, top: float, **how: Any) -> float:
        """A label over the whole width. Returns where it ends."""
        told = wrap(label)
        self.text(told, self.at(0), top, **how)
        return top + LINE * count_lines(told) + 1

    def key(self, names: tuple[str, ...], *, dots: bool = False) -> None:
        """What the colours and forms stand for, above all else, in as many lines as it needs."""
        across, top = 0.0, self.height
        for number, name in enumerate(names):
            told = wrap(name, 41)
            width = 18 + _LETTER * max(len(line) for line in told.split("\n")) + 14
            if across and across + width > WIDTH:
                across, top = 0.0, top + LINE + 3
            if dots:
                self.dot(self.at(across + 6), top + 6, LINES[number % len(LINES)], number)
            else:
                self.box((self.at(across), self.at(across + 12)), top, top + 12, LINES[number % len(LINES)])
            self.text(told, self.at(across + 17), top)
            across += width
            top += LINE * (count_lines(told) - 1)
        self.height = top + LINE + 8


def write_plate(plate: Plate) -> Item:
    """The specification of a plate."""
    import altair as alt

    x = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[plate.low, plate.high], range=[0, plate.room], nice=False, zero=False)
    )
    y = alt.Y(
        "y:Q", axis=None, scale=alt.Scale(domain=[0, plate.height], range=[0, plate.height], nice=False, zero=False)
    )
    ends: Item = {"x": x, "x2": alt.X2("x2"), "y": y, "y2": alt.Y2("y2"), "color": alt.Color("colour:N", scale=None)}
    tip = alt.Tooltip("tip:N", title=say("Figure"))
    layers = [
        alt.Chart(alt.NamedData("boxes")).mark_rect().encode(**ends, tooltip=tip),
        alt.Chart(alt.NamedData("rules")).mark_rule().encode(
            **ends, strokeWidth=alt.StrokeWidth("width:Q", scale=None)),
        alt.Chart(alt.NamedData("dots")).mark_point(filled=True, size=75, opacity=1).encode(
            x=x, y=y, color=ends["color"], shape=alt.Shape("shape:N", scale=None), tooltip=tip),
    ]  # fmt: skip
    data = {"boxes": plate.boxes, "rules": plate.rules, "dots": plate.dots}
    forms = sorted({(text["align"], text["bold"]) for text in plate.texts})
    for number, (align, bold) in enumerate(forms):
        name = f"texts_{number}"
        data[name] = [text for text in plate.texts if (text["align"], text["bold"]) == (align, bold)]
        mark = alt.Chart(alt.NamedData(name)).mark_text(
            align=align, baseline="top", lineBreak="\n", lineHeight=LINE, fontWeight=700 if bold else 400
        )
        layers.append(mark.encode(x=x, y=y, text="text:N", color=ends["color"]))
    kept = [layer for layer in layers if data[layer.data.name]]
    return finish(alt.layer(*kept), {name: rows for name, rows in data.items() if rows}, plate.height)


def choose_ends(values: list[float], *, zero: bool = True) -> tuple[float, float]:
    """The ends of a scale that holds the values, with zero unless told otherwise. Never of no length."""
    if not values:
        return (0.0, 1.0)
    low, high = (min([0.0, *values]), max([0.0, *values])) if zero else (min(values), max(values))
    air = 0.0 if zero else (high - low) * 0.06
    return (low - air, high + air) if high > low else (min(low, 0.0), max(high, 0.0) or 1.0)
