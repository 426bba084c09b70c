"""What a chart shows, as plain facts. Each kind of chart has its own form; all say their words.

A figure that is not shown has no value here, so that nothing can draw it as a zero; its mark takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class _Chart:
    id: str
    heading: str
    title: str
    unit: str
    words: str


@dataclass(frozen=True)
class Bar:
    """One bar. `value` is None when the figure is not shown, and `text` says why."""

    label: str
    value: float | None
    text: str
    strong: bool


@dataclass(frozen=True)
class BarGroup:
    """Bars under one heading; the heading is empty when there is but one group."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart(_Chart):
    """Bars that start at zero."""

    groups: tuple[BarGroup, ...]


@dataclass(frozen=True)
class Point:
    """One point of a line. `x` is a year with its fraction; `breaks` starts a new line here."""

    x: float
    label: str
    value: float | None
    text: str
    breaks: bool
    note: str = ""
    """A remark on this one figure."""


@dataclass(frozen=True)
class Line:
    """The points of one area or group, in order of time."""

    label: str
    strong: bool
    points: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart(_Chart):
    """Lines over time, with real spacing."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PanelChart(_Chart):
    """Small multiples: one line a panel, all on the same scales."""

    panels: tuple[Line, ...]


@dataclass(frozen=True)
class Spot:
    """One figure of a series on a row. `low` and `high` are its confidence interval, where there is one."""

    value: float | None
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SpotRow:
    """A row with one figure for each series, or None where the data has none."""

    label: str
    spots: tuple[Spot | None, ...]


@dataclass(frozen=True)
class DotChart(_Chart):
    """Dots on a line: each row has a dot for each series. It need not start at zero."""

    series: tuple[str, ...]
    rows: tuple[SpotRow, ...]
    strong: int = 0
    """Which series is that of the area in focus."""


@dataclass(frozen=True)
class PairChart(_Chart):
    """Two bars on each row, one for each series."""

    series: tuple[str, ...]
    rows: tuple[SpotRow, ...]


@dataclass(frozen=True)
class PartChart(_Chart):
    """A whole and its parts, one bar of parts a row. Every part is shown."""

    series: tuple[str, ...]
    rows: tuple[SpotRow, ...]


@dataclass(frozen=True)
class Target:
    """What is aimed at, and the words for it."""

    value: float
    text: str


@dataclass(frozen=True)
class BulletRow:
    """A figure beside what is aimed at."""

    label: str
    value: float | None
    text: str
    target: Target


@dataclass(frozen=True)
class BulletChart(_Chart):
    """Progress to a target."""

    rows: tuple[BulletRow, ...]


@dataclass(frozen=True)
class Band:
    """A part of the scale of a score, both ends included."""

    low: float
    high: float
    title: str


@dataclass(frozen=True)
class BandChart(_Chart):
    """Scores on a scale that has bands."""

    bands: tuple[Band, ...]
    rows: tuple[SpotRow, ...]


@dataclass(frozen=True)
class Overlap:
    """How many belong to exactly these sets (places in `sets`), and to no others."""

    members: tuple[int, ...]
    value: float | None
    text: str


@dataclass(frozen=True)
class OverlapChart(_Chart):
    """Which groups overlap, in the style of UpSet, in place of circles."""

    sets: tuple[str, ...]
    overlaps: tuple[Overlap, ...]


Chart = BarChart | LineChart | PanelChart | DotChart | PairChart | PartChart | BulletChart | BandChart | OverlapChart
