"""Overlaps in the style of UpSet (Lex and others, 2014): a column of dots a set, a row an overlap, a bar its number."""

from __future__ import annotations

from typing import Final

from statpress.language.speak import say
from statpress.site.charts.model import OverlapChart
from statpress.site.charts.specs.plate import Plate, choose_ends, write_plate
from statpress.site.charts.specs.style import FOCUS, GRID, INK, LINE, WIDTH, Item, wrap
from statpress.site.charts.titles import join_and

_COLUMN: Final = 22.0
_ROW: Final = 22.0


def write_overlaps(chart: OverlapChart) -> Item:
    """The sets are numbered above; each row shows which of them it belongs to, and how many belong to just these."""
    left = _COLUMN * len(chart.sets) + 12
    longest = max(len(overlap.text) for overlap in chart.overlaps)
    low, high = choose_ends([overlap.value for overlap in chart.overlaps if overlap.value is not None])
    room = WIDTH - left - 12 - 7 * longest
    span = (high - low) / room
    plate = Plate(low - left * span, high, room=left + room, height=2)
    for number, name in enumerate(chart.sets, start=1):
        told = wrap(name, 41)
        plate.text(f"{number}", plate.at(6), plate.height, align="center", bold=True)
        plate.text(told, plate.at(20), plate.height)
        plate.height += LINE * (told.count("\n") + 1)
    plate.height += 8
    for number in range(len(chart.sets)):
        plate.text(f"{number + 1}", plate.at(_middle(number)), plate.height, align="center", bold=True)
    plate.height += LINE + 2
    for overlap in chart.overlaps:
        _draw_row(plate, chart, overlap.members, plate.height + _ROW / 2)
        top = plate.height + 4
        name = join_and([chart.sets[place] for place in overlap.members]) or say("None of these")
        tip = f"{name}: {overlap.text}"
        if overlap.value is not None:
            plate.box((0.0, overlap.value), top, top + 14, FOCUS, tip)
        end = plate.place(max(overlap.value or 0.0, 0.0))
        plate.text(overlap.text, plate.at(end + 5), top + 1)
        plate.height += _ROW
    return write_plate(plate)


def _draw_row(plate: Plate, chart: OverlapChart, members: tuple[int, ...], middle: float) -> None:
    for number in range(len(chart.sets)):
        plate.dot(plate.at(_middle(number)), middle, INK if number in members else GRID, 0)
    if len(members) > 1:
        first, last = plate.at(_middle(members[0])), plate.at(_middle(members[-1]))
        plate.rule((first, last), middle, middle, INK, 2.0)


def _middle(number: int) -> float:
    return 6 + _COLUMN * number
