"""The full table of an indicator: every figure once, laid out for people, with its status and its note.

One table for each way in which the figures are broken down. At most one thing runs across; the rest names rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from statpress.language.speak import later, say, say_as
from statpress.site.facts.indicator import Figure, Indicator, Shape
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import (
    join_words,
    lower_first,
    upper_first,
    write_period,
    write_period_inside,
    write_span,
    write_without_by,
)
from statpress.status import Status, speak_statuses

MOST_COLUMNS: Final = 6
AREA: Final = later("Area")
PERIOD: Final = later("Period")
Labels = dict[str, str]
"""What a figure is about, by what each of it is: its area, its period, and its groups."""


@dataclass(frozen=True)
class Cell:
    """One figure as it is printed, and its exact value, which is None where there is no number."""

    text: str
    status: Status | None
    note: int | None
    value: Decimal | None = None
    interval: str = ""
    """Its confidence interval as it is printed: `8.5% to 12.5%`, or nothing."""


@dataclass(frozen=True)
class Row:
    """What names a row, and its cells."""

    heads: tuple[str, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption. `heads` are the titles of the columns that name rows."""

    id: str
    caption: str
    unit: str
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass
class Notes:
    """The remarks on single figures, numbered over a whole page."""

    texts: list[str] = field(default_factory=list)

    def number(self, text: str) -> int | None:
        """The number of a remark, the same for the same words; None when there is none."""
        if not text:
            return None
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def describe_tables(indicator: Indicator, notes: Notes) -> tuple[Table, ...]:
    """One table for each shape of the figures."""
    return tuple(_describe(indicator, shape, notes) for shape in indicator.shapes)


def name_table(shape: Shape) -> str:
    """What the table of a shape is called in addresses."""
    return "-".join(["figures", *shape])


def find_statuses(figures: Sequence[Figure]) -> tuple[Status, ...]:
    """The statuses that occur, in the order of the legend."""
    used = {figure.status for figure in figures}
    return tuple(status for code, status in speak_statuses().items() if code in used)


def _describe(indicator: Indicator, shape: Shape, notes: Notes) -> Table:
    figures = indicator.of_shape(shape)
    labels = [_labels(indicator, figure) for figure in figures]
    axes = _axes(indicator, shape, labels)
    across = _across(axes)
    down = [axis for axis in axes if axis != across]
    return Table(
        id=name_table(shape),
        caption=_caption(indicator, shape, figures),
        unit=describe_unit(indicator.measure),
        heads=tuple(say(axis) if axis in (AREA, PERIOD) else axis for axis in down) or (say("Figure"),),
        columns=tuple(axes[across]) if across else (upper_first(describe_unit(indicator.measure)) or say("Value"),),
        rows=tuple(_rows(indicator, list(zip(figures, labels, strict=True)), across, axes, notes)),
    )


def _axes(indicator: Indicator, shape: Shape, figures: list[Labels]) -> dict[str, list[str]]:
    """What varies in the table, with the labels it takes, in order. The area that the package is about comes first."""
    found: dict[str, list[str]] = {}
    focus = indicator.focus.name if indicator.focus else ""
    for name in [*(indicator.dimensions[dimension].title for dimension in shape), AREA, PERIOD]:
        labels = list(dict.fromkeys(figure[name] for figure in figures))
        if name == AREA:
            labels.sort(key=lambda label: label != focus)
        if len(labels) > 1 or name not in (AREA, PERIOD):
            found[name] = labels
    return found or {PERIOD: [figures[0][PERIOD]]}


def _labels(indicator: Indicator, figure: Figure) -> Labels:
    groups = {indicator.dimensions[name].title: code.label for name, code in figure.groups.items()}
    return groups | {AREA: figure.area.name, PERIOD: write_period(figure.period)}


def _across(axes: dict[str, list[str]]) -> str | None:
    if len(axes) < 2:
        return None
    wanted = [AREA, PERIOD, *reversed([name for name in axes if name not in (AREA, PERIOD)])]
    return next((name for name in wanted if name in axes and len(axes[name]) <= MOST_COLUMNS), None)


def _rows(
    indicator: Indicator,
    figures: list[tuple[Figure, Labels]],
    across: str | None,
    axes: dict[str, list[str]],
    notes: Notes,
) -> Iterator[Row]:
    cells: dict[tuple[str, ...], dict[str, Cell]] = {}
    for figure, labels in figures:
        heads = tuple(labels[axis] for axis in axes if axis != across)
        cells.setdefault(heads, {})[labels[across] if across else ""] = _cell(indicator, figure, notes)
    columns = axes[across] if across else [""]
    for heads, row in cells.items():
        yield Row(heads, tuple(row.get(column) for column in columns))


def _cell(indicator: Indicator, figure: Figure, notes: Notes) -> Cell:
    text = write_value(figure.value, indicator.measure) if figure.value is not None else ""
    status, note = speak_statuses().get(figure.status), notes.number(figure.note)
    return Cell(text, status, note, figure.value, _write_interval(indicator, figure))


def _write_interval(indicator: Indicator, figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return write_span(write_value(figure.low, indicator.measure), write_value(figure.high, indicator.measure))


def _caption(indicator: Indicator, shape: Shape, figures: list[Figure]) -> str:
    areas = dict.fromkeys(figure.area.name for figure in figures)
    periods = dict.fromkeys(write_period_inside(figure.period) for figure in figures)
    by = [lower_first(indicator.dimensions[name].title) for name in shape]
    by += [say("area")] if len(areas) > 1 else []
    if len(periods) > 1:
        by += [say_as("after and", "period") if by else say("period")]
    title = indicator.measure.title
    if by and shape == indicator.shapes[0]:
        title = say("%(title)s by %(groups)s", title=write_without_by(title), groups=join_words(by))
    elif by:
        title = say("By %(groups)s", groups=join_words(by))
    constant = [next(iter(labels)) for labels in (areas, periods) if len(labels) == 1]
    return ", ".join([title, *constant])
