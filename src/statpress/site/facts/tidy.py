"""The figures of indicators as one long table: a row a figure, codes with their names beside them, for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from statpress.cube import ALL, AREA, MEASURE, NOTE, PERIOD, STATUS, VALUE
from statpress.language.speak import say
from statpress.packages.package import Dimension
from statpress.site.facts.indicator import Figure, Indicator

_FIXED: Final = (MEASURE, "measure_title", "unit", AREA, "area_name")
_TIMES: Final = (PERIOD, "period_label", "period_start", "period_end")
_TAIL: Final = (VALUE, STATUS, NOTE)


@dataclass(frozen=True)
class Field:
    """A column of the table, and what its cells hold."""

    name: str
    kind: Literal["text", "number", "date"] = "text"


@dataclass(frozen=True)
class Tidy:
    """The table. A cell is a text, a number, or None where there is nothing."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[str | Decimal | None, ...], ...]


def describe_tidy(indicators: Sequence[Indicator]) -> Tidy:
    """All figures of indicators of one package. An empty value always has a status that says why."""
    family = [one for indicator in indicators for one in indicator.family]
    used = {name for one in family for figure in one.figures for name in figure.groups}
    dimensions = [d for d in (indicators[0].dimensions.values() if indicators else ()) if d.id in used]
    rows = [_row(one, figure, dimensions) for one in family for figure in one.figures]
    return Tidy(tuple(_fields(dimensions)), tuple(rows))


def write_exact(value: Decimal, decimals: int) -> str:
    """The number with at least the decimals of its measure, and never fewer digits than the package has."""
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return f"{value:.{max(decimals, digits)}f}"


def _fields(dimensions: Sequence[Dimension]) -> Iterator[Field]:
    taken = {*_FIXED, *_TIMES, *_TAIL, *(d.id for d in dimensions)}
    yield from (Field(name) for name in _FIXED)
    yield from (Field(name, "date" if name in ("period_start", "period_end") else "text") for name in _TIMES)
    for dimension in dimensions:
        yield Field(dimension.id)
        yield Field(_free(f"{dimension.id}_label", taken))
    yield from (Field(VALUE, "number"), Field(STATUS), Field(NOTE))


def read_day(text: str) -> str | None:
    """The text when it is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _row(indicator: Indicator, figure: Figure, dimensions: Sequence[Dimension]) -> tuple[str | Decimal | None, ...]:
    measure, area, period = indicator.measure, figure.area, figure.period
    groups: list[str] = []
    for dimension in dimensions:
        code = figure.groups.get(dimension.id) or dimension.codes.get(ALL)
        groups += [code.code, code.label] if code else [ALL, say("All")]
    value = None if figure.value is None else Decimal(write_exact(figure.value, measure.decimals))
    times = (period.code, period.label, read_day(period.start), read_day(period.end))
    about = (measure.id, measure.title, measure.unit, area.code, area.name, *times)
    return (*about, *groups, value, figure.status or None, figure.note or None)
