"""Rows of figures on one scale: dots beside comparators, pairs of bars, parts of a whole, targets, bands of a score.

A figure that is not shown leaves its mark at the start of the scale. Scales are made from shown figures only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from statpress.site.charts.model import BandChart, BulletChart, DotChart, PairChart, PartChart, Spot, SpotRow
from statpress.site.charts.specs.plate import Plate, choose_ends, write_plate
from statpress.site.charts.specs.style import FOCUS, GRID, INK, LINE, LINES, MUTED, PAPER, SOFT, WIDTH, Item, wrap
from statpress.site.facts.phrases import write_band

_BAR: Final = 13.0
_GAP: Final = 9.0
_TEXT_UP: Final = 6.0
"""By how much the top of a text lies above the middle that it belongs to."""
_NARROW: Final = 46.0
"""Boxes narrower than this have no text inside."""


def write_dots(chart: DotChart) -> Item:
    """A row for each group with a dot for each series; the values stand beside the row's label."""
    spots = [spot for row in chart.rows for spot in row.spots if spot]
    ends = [end for spot in spots for end in (spot.value, spot.low, spot.high) if end is not None]
    plate = Plate(*choose_ends(ends), room=_room(spots))
    plate.height = 2
    if chart.series:
        plate.key(chart.series, dots=True)
    for number, row in enumerate(chart.rows):
        strong = bool(chart.series) or number == chart.strong
        top = plate.label(row.label, plate.height, bold=strong and not chart.series)
        _draw_dots(plate, row, top + 7, chart.series or (FOCUS if strong else MUTED))
        plate.height = top + 14 + _GAP
    return write_plate(plate)


def write_pairs(chart: PairChart) -> Item:
    """Two bars on each row."""
    spots = [spot for row in chart.rows for spot in row.spots if spot]
    plate = Plate(*choose_ends([spot.value for spot in spots if spot.value is not None]), room=_room(spots))
    plate.height = 2
    plate.key(chart.series)
    for row in chart.rows:
        top = plate.label(row.label, plate.height)
        for number, spot in enumerate(row.spots):
            if spot:
                tip = f"{row.label}, {chart.series[number]}: {spot.text}"
                _draw_bar(plate, spot, top, LINES[number], tip)
            top += _BAR + 1
        plate.height = top + _GAP
    return write_plate(plate)


def write_parts(chart: PartChart) -> Item:
    """One bar of parts a row; with a single row the key has the figures, otherwise parts that are wide have theirs."""
    plate = Plate(0.0, max(sum(spot.value or 0.0 for spot in row.spots if spot) for row in chart.rows))
    plate.height = 2
    single = len(chart.rows) == 1
    texts = [spot.text if spot else "" for spot in chart.rows[0].spots]
    if not single:
        plate.key(chart.series)
    for row in chart.rows:
        top = plate.label(row.label, plate.height) if row.label else plate.height
        start = 0.0
        for number, spot in enumerate(row.spots):
            if spot and spot.value:
                _draw_part(plate, spot, (start, top), number, f"{chart.series[number]}: {spot.text}")
                start += spot.value
        plate.height = top + 24 + _GAP
    for number, name in enumerate(chart.series if single else ()):
        plate.box((plate.at(0), plate.at(12)), plate.height, plate.height + 12, LINES[number])
        told = wrap(name, 34)
        plate.text(told, plate.at(18), plate.height)
        plate.text(texts[number], plate.at(WIDTH), plate.height, align="right", bold=True)
        plate.height += LINE * (told.count("\n") + 1) + 5
    return write_plate(plate)


def write_bullets(chart: BulletChart) -> Item:
    """A bar for the figure, and a tall mark where the target is."""
    ends = [row.target.value for row in chart.rows] + [row.value for row in chart.rows if row.value is not None]
    plate = Plate(*choose_ends(ends), room=WIDTH - 60)
    plate.height = 2
    for row in chart.rows:
        top = plate.label(row.label, plate.height) + 3
        plate.box((plate.low, plate.high), top - 3, top + _BAR + 7, GRID)
        if row.value is not None:
            plate.box((0.0, row.value), top + 2, top + _BAR + 2, FOCUS, f"{row.label}: {row.text}")
        middle = top + _BAR / 2 + 2
        start = max(row.value or 0.0, 0.0) if row.value is not None else 0.0
        plate.text(row.text, plate.at(plate.room + 8) if row.value is not None else start, middle - _TEXT_UP, bold=True)
        plate.rule((row.target.value, row.target.value), top - 5, top + _BAR + 9, INK, 3.0)
        end = plate.place(row.target.value) > WIDTH / 2
        plate.text(row.target.text, row.target.value, top + _BAR + 12, align="right" if end else "left")
        plate.height = top + _BAR + 12 + LINE + _GAP
    return write_plate(plate)


def write_bands(chart: BandChart) -> Item:
    """The bands of the scale from left to right, and a dot for each score on its row."""
    plate = Plate(min(band.low for band in chart.bands), max(band.high for band in chart.bands), room=WIDTH - 20)
    bounds = [band.low for band in chart.bands] + [plate.high]
    shown = [spot for row in chart.rows for spot in row.spots if spot and spot.value is not None]
    plate.low, plate.high = (
        min([plate.low, *(s.value for s in shown if s.value is not None)]),
        max([plate.high, *(s.value for s in shown if s.value is not None)]),
    )
    plate.height = 2
    for number, band in enumerate(chart.bands, start=1):
        plate.text(f"{number}", plate.at(2), plate.height, bold=True, colour=SOFT)
        plate.height = _label_right(plate, write_band(band.low, band.high, band.title), plate.height)
    plate.height += 4
    head = plate.height
    plate.height += LINE + 4
    for row in chart.rows:
        top = plate.label(row.label, plate.height + 2) + 9
        for spot in row.spots:
            _draw_score(plate, spot, top, row.label)
        plate.height = top + 12
    for number, (low, high) in enumerate(itertools.pairwise(bounds)):
        plate.boxes.insert(number, _band(low, high, head, plate.height, number))
        plate.text(f"{number + 1}", (low + high) / 2, head + 2, align="center", bold=True, colour=SOFT)
    for edge in bounds:
        plate.text(f"{edge:g}", edge, plate.height + 3, align="center")
    plate.height += LINE + 6
    return write_plate(plate)


def _draw_dots(plate: Plate, row: SpotRow, middle: float, series: tuple[str, ...] | str) -> None:
    """The dots of a row: of several series each with its colour and form, of one all in the colour that is given."""
    plate.rule((plate.low, plate.high), middle, middle, GRID)
    names = [] if isinstance(series, str) else [f"{name} " for name in series]
    colours = LINES if names else (str(series),)
    hidden = [f"{names[n] if names else ''}{s.text}" for n, s in enumerate(row.spots) if s and s.value is None]
    for number, spot in reversed(list(enumerate(row.spots))):
        if spot is None or spot.value is None:
            continue
        colour = colours[number % len(colours)]
        if spot.low is not None and spot.high is not None:
            plate.rule((spot.low, spot.high), middle, middle, colour, 2.0)
        plate.dot(spot.value, middle, colour, number, f"{row.label}: {spot.text}")
    own = row.spots[0]
    if own and own.value is not None:
        plate.text(own.text, plate.at(plate.room + 10), middle - _TEXT_UP, bold=len(row.spots) > 1)
    if hidden:
        plate.text(", ".join(hidden), plate.low, middle - _TEXT_UP)


def _draw_bar(plate: Plate, spot: Spot, top: float, colour: str, tip: str) -> None:
    if spot.value is None:
        plate.text(spot.text, plate.at(plate.place(0.0) + 5), top + _BAR / 2 - _TEXT_UP)
        return
    plate.box((0.0, spot.value), top, top + _BAR, colour, tip)
    plate.rule((0.0, 0.0), top, top + _BAR, INK)
    plate.text(spot.text, plate.at(plate.place(max(spot.value, 0.0)) + 5), top + _BAR / 2 - _TEXT_UP)


def _draw_part(plate: Plate, spot: Spot, start: tuple[float, float], number: int, tip: str) -> None:
    left, top = start
    end = left + (spot.value or 0.0)
    plate.box((left, end), top, top + 24, LINES[number], tip)
    plate.rule((end, end), top, top + 24, PAPER, 2.0)
    if plate.place(end) - plate.place(left) >= _NARROW:
        plate.text(spot.text, (left + end) / 2, top + 6, align="center", colour=PAPER)


def _draw_score(plate: Plate, spot: Spot | None, middle: float, label: str) -> None:
    if spot is None:
        return
    if spot.value is None:
        plate.text(spot.text, plate.low, middle - _TEXT_UP)
        return
    plate.dot(spot.value, middle, FOCUS, 0, f"{label}: {spot.text}")
    right = plate.place(spot.value) > WIDTH * 0.8
    aside = -9 if right else 9
    plate.text(
        spot.text,
        plate.at(plate.place(spot.value) + aside),
        middle - _TEXT_UP,
        align="right" if right else "left",
        bold=True,
    )


def _band(low: float, high: float, top: float, bottom: float, number: int) -> Item:
    colour = "var(--sp-band-1)" if number % 2 else "var(--sp-band-2)"
    return {"x": low, "x2": high, "y": top, "y2": bottom, "colour": colour, "tip": ""}


def _label_right(plate: Plate, text: str, top: float) -> float:
    told = wrap(text, 41)
    plate.text(told, plate.at(18), top)
    return top + LINE * (told.count("\n") + 1) + 1


def _room(spots: Iterable[Spot]) -> float:
    return WIDTH - 14 - 7 * max((len(spot.text) for spot in spots), default=0)
