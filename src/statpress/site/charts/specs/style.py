"""What all drawings have in common: size, type, colours, and how one is finished.

The layout is made for a phone and grows on a wide screen: labels stand above their bars, so that long ones fit.
Colours are CSS variables, so that one drawing serves light and dark. Places along the fixed direction are in pixels.
"""

from __future__ import annotations

import textwrap
from typing import Any, Final

WIDTH: Final = 328
"""With its edge, a drawing fills a phone of 360 pixels, so that no letter shrinks there."""
FONT_SIZE: Final = 12.5
SMALL: Final = 12.0
"""The least size of letters."""
INK, SOFT, MUTED, FOCUS = "var(--sp-ink)", "var(--sp-soft)", "var(--sp-muted)", "var(--sp-focus)"
GRID, PAPER = "var(--sp-grid)", "var(--sp-paper)"
COLOURS: Final = {
    "--sp-ink": "#1d1d1f",
    "--sp-soft": "#505a5f",
    "--sp-paper": "#ffffff",
    "--sp-focus": "#12436d",
    "--sp-muted": "#7c8388",
    "--sp-grid": "#e3e6e9",
    "--sp-line-1": "#12436d",
    "--sp-line-2": "#1b7a73",
    "--sp-line-3": "#801650",
    "--sp-line-4": "#b8450b",
    "--sp-line-5": "#3d3d3d",
    "--sp-line-6": "#7d5ab5",
    "--sp-step-1": "#e6eff7",
    "--sp-step-2": "#b4cfe6",
    "--sp-step-3": "#7ba8cf",
    "--sp-step-4": "#3f78ab",
    "--sp-step-5": "#12436d",
    "--sp-band-1": "#d5dbe1",
    "--sp-band-2": "#eef1f4",
}
"""The colours of a light page, as `statpress.css` has them, for pictures that stand alone."""
LINES: Final = (
    "var(--sp-line-1)",
    "var(--sp-line-2)",
    "var(--sp-line-3)",
    "var(--sp-line-4)",
    "var(--sp-line-5)",
    "var(--sp-line-6)",
)
LINE: Final = 15.0
"""The height of a line of text."""
_LETTERS: Final = 44

Item = dict[str, Any]
CONFIG: Final[Item] = {
    "aria": False,
    "font": "Arial, Liberation Sans, sans-serif",
    "padding": 4,
    "lineBreak": "\n",
    "text": {"fontSize": FONT_SIZE},
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": FONT_SIZE,
        "labelColor": INK,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
    },
}


def wrap(label: str, letters: int = _LETTERS) -> str:
    """The label in lines that fit."""
    return "\n".join(textwrap.wrap(label, letters)) or label


def count_lines(text: str) -> int:
    """How many lines a text has."""
    return text.count("\n") + 1


def finish(chart: Any, data: dict[str, list[Item]], height: float | None, width: float | None = WIDTH) -> Item:
    """The whole as data. Figures and settings come last, since Altair copies what it holds over and over.

    Nothing is validated here, which would take longer than to draw: the tests validate the specification of every kind.
    """
    spec: Item = chart.to_dict(validate=False)
    datasets = {**spec.get("datasets", {}), **data}
    size = {name: value for name, value in (("width", width), ("height", height)) if value is not None}
    return spec | size | {"background": "transparent", "config": CONFIG, "datasets": datasets}
