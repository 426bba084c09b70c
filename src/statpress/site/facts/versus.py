"""A measure over areas: tables of areas beside one another at one time, ranked among their kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from statpress.packages.package import Area, Period
from statpress.site.facts.averages import Average, describe_averages
from statpress.site.facts.numbers import write_number
from statpress.site.facts.phrases import join_words
from statpress.site.facts.places import NEIGHBOURS, Places
from statpress.site.facts.rows import Shown, Verdict, describe_quarter, describe_rating, describe_shown
from statpress.site.facts.shared import Holding, SharedMeasure, Time, pick_holding
from statpress.site.facts.standing import SIZES, Standing, describe_standing

MOST_GROUPS: Final = 12
"""So many groups of a breakdown are compared, each in a table of its own."""


@dataclass(frozen=True)
class VersusRow:
    """One area. `share` is the length of its bar from 0 to 1, or None; `of` is the council whose neighbours it is."""

    area: Area
    of: Area | None
    holding: Holding
    shown: Shown
    share: float | None
    difference: str
    standing: Standing | None
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class VersusTable:
    """Areas at one time, or, where `period` is None, each at its own. `benchmark` is what `difference` is from."""

    groups: tuple[str, ...]
    period: Period | None
    benchmark: Area | None
    rows: tuple[VersusRow, ...]
    averages: tuple[Average, ...] = ()
    """The averages of groups of neighbours, worked out from the rows."""
    alone: bool = False
    """Whether no two areas have a figure for the same time, so that there is no other table."""

    @property
    def ranked(self) -> bool:
        """Whether an area has a rank."""
        return any(row.standing for row in self.rows)

    @property
    def neighbours(self) -> bool:
        """Whether a row stands for a group of neighbours."""
        return any(row.area.kind == NEIGHBOURS for row in self.rows)

    @property
    def hidden(self) -> int:
        """How many areas have no number."""
        return sum(not row.shown.text for row in self.rows)

    @property
    def title(self) -> str:
        """The groups as a heading."""
        return join_words(self.groups)


def describe_versus(shared: SharedMeasure, places: Places) -> tuple[VersusTable, ...]:
    """The tables of a measure: of whole areas where there are any, otherwise one for each group."""
    for shape in shared.shapes:
        found = shared.groups(shape)
        several = {
            g: times for g, times in found.items() if len({code for areas in times.values() for code in areas}) > 1
        }
        if several and len(found) <= MOST_GROUPS:
            return tuple(table for g, times in several.items() for table in _describe(shared, g, times, places))
    return ()


def _describe(
    shared: SharedMeasure, groups: tuple[str, ...], times: dict[Time, dict[str, Holding]], places: Places
) -> Iterable[VersusTable]:
    """Areas at the time that most of them have a figure for, the latest of such; then the rest, each at its own."""
    time = max(times, key=lambda when: _weight(times[when]))
    together = times[time] if len(times[time]) > 1 else {}
    if together:
        yield _tabulate(shared, groups, together, places)
    rest = [code for code in places.by_code if any(code in areas for areas in times.values()) and code not in together]
    own = [holding for code in rest if (holding := pick_holding(times, places.by_code[code].area))]
    if own:
        rows = tuple(_row(holding, places, None, None, 0.0) for holding in own)
        yield VersusTable(groups, None, None, rows, alone=not together)


def _weight(areas: dict[str, Holding]) -> tuple[int, str, str]:
    shown = sum(holding.figure.value is not None for holding in areas.values())
    period = next(iter(areas.values())).figure.period
    return (shown, period.end, period.code)


def _tabulate(shared: SharedMeasure, groups: tuple[str, ...], areas: dict[str, Holding], places: Places) -> VersusTable:
    holdings = list(areas.values())
    benchmark = None if shared.measure.kind in SIZES else _find_benchmark(holdings, places)
    most = max((abs(float(h.figure.value)) for h in holdings if h.figure.value is not None), default=0.0)
    kinds = {kind: number for number, kind in enumerate(places.kinds)}
    width = {code: kinds[places.by_code[code].area.kind] for code in areas}
    rows = [
        _row(holding, places, benchmark, _stand(holding, holdings, shared), most)
        for holding in sorted(holdings, key=lambda h: _order(h, shared, width))
    ]
    wide = benchmark.figure.area if benchmark else None
    return VersusTable(groups, holdings[0].figure.period, wide, tuple(rows), describe_averages(holdings, places))


def _row(
    holding: Holding, places: Places, benchmark: Holding | None, standing: Standing | None, most: float
) -> VersusRow:
    figure = holding.figure
    bar = most > 0 and figure.value is not None and figure.value >= 0
    return VersusRow(
        figure.area,
        places.by_code[figure.area.code].of,
        holding,
        describe_shown(figure, holding.indicator),
        round(float(figure.value or 0) / most, 4) if bar else None,
        _difference(holding, benchmark),
        standing,
        (*describe_rating(holding), *describe_quarter(standing, holding.indicator.measure)),
    )


def _stand(holding: Holding, holdings: Sequence[Holding], shared: SharedMeasure) -> Standing | None:
    kind = holding.figure.area.kind
    if kind == NEIGHBOURS:
        return None
    peers = [other.figure for other in holdings if other.figure.area.kind == kind]
    return describe_standing(holding.figure, peers, shared.measure)


def _find_benchmark(holdings: Sequence[Holding], places: Places) -> Holding | None:
    """The widest area with a shown figure that all others, groups of neighbours aside, lie in."""
    for holding in sorted(holdings, key=lambda h: len(places.by_code[h.figure.area.code].above)):
        area = holding.figure.area
        others = [places.by_code[h.figure.area.code] for h in holdings if h.figure.area not in (area,)]
        inside = [area in place.above for place in others if place.area.kind != NEIGHBOURS]
        if holding.figure.value is not None and inside and all(inside):
            return holding
    return None


def _difference(holding: Holding, benchmark: Holding | None) -> str:
    value, base = holding.figure.value, benchmark.figure.value if benchmark else None
    if benchmark is None or value is None or base is None or holding == benchmark:
        return ""
    change: Decimal = value - base
    number = write_number(abs(change), holding.indicator.measure.decimals)
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{number}"


def _order(holding: Holding, shared: SharedMeasure, width: Mapping[str, int]) -> tuple[object, ...]:
    """Narrow areas first, by rank, and what they are compared with after them; those without a number last."""
    figure = holding.figure
    value = float(figure.value or 0)
    group = figure.area.kind == NEIGHBOURS
    best = value if shared.measure.polarity == "low" else -value
    return (group, -width[figure.area.code], figure.value is None, best, figure.area.name)
