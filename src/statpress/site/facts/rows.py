"""One measure on the page of an area: its latest figure, where that went, and what it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from statpress.language.speak import say
from statpress.packages.descriptor import Measure
from statpress.packages.package import Area
from statpress.site.facts.direction import Direction, describe_direction, describe_grouped
from statpress.site.facts.indicator import Figure, Indicator, latest
from statpress.site.facts.numbers import describe_unit, write_value
from statpress.site.facts.phrases import write_period
from statpress.site.facts.places import NEIGHBOURS, Places
from statpress.site.facts.sentences import are_alike, describe_figure
from statpress.site.facts.shared import Holding, SharedMeasure
from statpress.site.facts.standing import (
    SIZES,
    Standing,
    Tone,
    describe_standing,
    find_band,
    tone_of_quarter,
    write_first,
    write_quarter,
)
from statpress.status import Status, speak_statuses

MOST_GROUPS: Final = 4
"""So many groups are shown in a row; of more it is only said that they are there."""


@dataclass(frozen=True)
class Shown:
    """A figure as a cell shows it: its value with the unit apart, or only its mark."""

    text: str
    unit: str
    status: Status | None


@dataclass(frozen=True)
class Beside:
    """What a figure is compared with: `Higher than` where that can be said, the area, and its figure."""

    words: str
    area: Area
    shown: Shown


@dataclass(frozen=True)
class Verdict:
    """What a rule makes of a figure, in words, with more words and a tone."""

    words: str
    more: str
    tone: Tone


@dataclass(frozen=True)
class GlanceRow:
    """A measure of an area, as one indicator has it. `series` are its figures over time, `groups` stand in for one."""

    indicator: Indicator
    shared: SharedMeasure
    when: str
    shown: Shown | None
    groups: tuple[tuple[str, Shown], ...]
    more_groups: int
    direction: Direction
    series: tuple[Figure, ...]
    beside: tuple[Beside, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def statuses(self) -> set[Status]:
        """The statuses whose marks the row shows."""
        cells = [self.shown, *(shown for _, shown in self.groups), *(part.shown for part in self.beside)]
        found = {cell.status for cell in cells if cell and cell.status}
        return found | {speak_statuses()[figure.status] for figure in self.series if figure.value is None}


@dataclass(frozen=True)
class _Candidate:
    """What a row may be made of: the figures of an indicator for one area."""

    indicator: Indicator
    figures: list[Figure]

    @cached_property
    def alike(self) -> list[Figure]:
        """The figures for the whole of the area; where there are none, those of its simplest breakdown."""
        shape = min((figure.shape for figure in self.figures), key=lambda shape: (len(shape), shape))
        return [figure for figure in self.figures if figure.shape == shape]

    @cached_property
    def latest(self) -> list[Figure]:
        """Those of them that are of the latest time."""
        return latest(self.alike)

    @cached_property
    def trust(self) -> tuple[bool, bool, str, str, str]:
        """How much it is believed beside the same measure of other packages."""
        package, last = self.indicator.package, self.latest[-1]
        about = bool(package.words and package.words.area == last.area.code)
        return (about, not last.groups, last.period.end, package.released, package.id)


def describe_rows(shared: SharedMeasure, places: Places) -> dict[str, GlanceRow]:
    """The row of a measure for each area that it has figures of, by the code of the area.

    Of packages that tell of one area, it is the row of the one about it, or else of the latest figure.
    """
    best: dict[str, _Candidate] = {}
    for indicator in shared.indicators:
        for code, figures in _by_area(indicator).items():
            candidate = _Candidate(indicator, figures)
            if code not in best or candidate.trust > best[code].trust:
                best[code] = candidate
    return {code: _describe(shared, candidate, places) for code, candidate in best.items()}


def describe_shown(figure: Figure, indicator: Indicator) -> Shown:
    """A figure for a cell."""
    measure = indicator.measure
    unit = describe_unit(measure)
    one = figure.value == 1 and measure.kind == "count"
    text = write_value(figure.value, measure) if figure.value is not None else ""
    return Shown(text, "" if unit in ("%", "£") or one or not text else unit, speak_statuses().get(figure.status))


def describe_beside(holding: Holding, others: Sequence[Holding]) -> tuple[Beside, ...]:
    """A figure beside those of other areas at the same time, in words that name no side as the good one."""
    return tuple(
        Beside(_compare(holding, other), other.figure.area, describe_shown(other.figure, other.indicator))
        for other in others
    )


def describe_rating(holding: Holding) -> tuple[Verdict, ...]:
    """What the declared rule of a measure says of a figure, if it has one."""
    rating, value = holding.indicator.entry.rating, holding.figure.value
    name, tone = find_band(value, rating) if rating and value is not None else ("", "")
    return (Verdict(name, "", tone),) if name else ()


def describe_quarter(standing: Standing | None, measure: Measure) -> tuple[Verdict, ...]:
    """The quarter that a figure is in among its peers, where there are enough of them."""
    words = write_quarter(standing, measure) if standing else ""
    return (Verdict(words, "", tone_of_quarter(standing, measure)),) if standing and words else ()


def _by_area(indicator: Indicator) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in indicator.figures:
        found.setdefault(figure.area.code, []).append(figure)
    return found


def _describe(shared: SharedMeasure, candidate: _Candidate, places: Places) -> GlanceRow:
    indicator, whole, figure = candidate.indicator, candidate.alike, candidate.latest[-1]
    if figure.groups:
        return _describe_groups(shared, candidate)
    holding = Holding(figure, indicator)
    beside, standing = _surround(holding, shared, places)
    return GlanceRow(
        indicator,
        shared,
        write_period(figure.period),
        describe_shown(figure, indicator),
        (),
        0,
        describe_direction(figure, whole, indicator.measure),
        tuple(f for f in whole if are_alike(f.period, figure.period)),
        beside,
        (*describe_rating(holding), *_describe_rank(standing, shared.measure)),
    )


def _surround(holding: Holding, shared: SharedMeasure, places: Places) -> tuple[tuple[Beside, ...], Standing | None]:
    """What stands beside a figure, and its rank among areas of its kind, all at the same time."""
    area = holding.figure.area
    same_time = shared.wholes.get(holding.time, {})
    around = [same_time[other.code] for other in places.beside(area) if other.code in same_time]
    if area.kind == NEIGHBOURS:
        return describe_beside(holding, around), None
    peers = shared.peers.get((holding.time, area.kind), [])
    return describe_beside(holding, around), describe_standing(holding.figure, peers, shared.measure)


def _describe_rank(standing: Standing | None, measure: Measure) -> tuple[Verdict, ...]:
    if standing is None:
        return ()
    told = {"rank": standing.words(), "missing": standing.missing, "first": write_first(measure)}
    if standing.missing:
        rank = say("Rank %(rank)s; %(missing)s more without a figure (%(first)s)", **told)
    else:
        rank = say("Rank %(rank)s with a figure (%(first)s)", **told)
    quarter = describe_quarter(standing, measure)
    return tuple(replace(verdict, more=rank) for verdict in quarter) or (Verdict(rank, "", ""),)


def _describe_groups(shared: SharedMeasure, candidate: _Candidate) -> GlanceRow:
    """A row of an indicator that has no figure for the whole of the area: its simplest breakdown."""
    indicator, figures = candidate.indicator, candidate.latest
    few = figures if len(figures) <= MOST_GROUPS else []
    groups = tuple((describe_figure(figure, figures), describe_shown(figure, indicator)) for figure in few)
    return GlanceRow(
        indicator,
        shared,
        write_period(figures[0].period),
        None,
        groups,
        len(figures) - len(few),
        describe_grouped(),
        (),
        (),
        (),
    )


def _compare(one: Holding, two: Holding) -> str:
    figure, other = one.figure, two.figure
    if figure.value is None or other.value is None or one.indicator.measure.kind in SIZES:
        return ""
    if figure.value == other.value:
        return say("Same as")
    return say("Higher than") if figure.value > other.value else say("Lower than")
