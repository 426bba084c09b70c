"""Averages of neighbours worked out from published figures of their members, beside those that the source prints.

Each says what it includes, how many of these have a figure, and which do not. Members count alike, whatever their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from statpress.packages.package import Area
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_value
from statpress.site.facts.places import Places
from statpress.site.facts.rows import Shown
from statpress.site.facts.shared import Holding
from statpress.site.facts.standing import SIZES


@dataclass(frozen=True)
class Average:
    """The average of a group. `shown` is None where no member has a figure; `agrees` where it is as printed."""

    group: Area
    of: Area | None
    included: tuple[Area, ...]
    missing: tuple[Area, ...]
    shown: Shown | None
    agrees: bool | None

    @property
    def members(self) -> int:
        """How many areas the group has."""
        return len(self.included) + len(self.missing)


def describe_averages(holdings: Sequence[Holding], places: Places) -> tuple[Average, ...]:
    """The averages of the groups among figures of one time whose members are known; none of numbers of people."""
    found = {holding.figure.area.code: holding for holding in holdings}
    groups = [holding for holding in holdings if places.by_code[holding.figure.area.code].members]
    return tuple(_average(holding, found, places) for holding in groups if holding.indicator.measure.kind not in SIZES)


def _average(holding: Holding, found: dict[str, Holding], places: Places) -> Average:
    place = places.by_code[holding.figure.area.code]
    values = {
        area.code: found[area.code].figure.value
        for area in place.members
        if area.code in found and found[area.code].figure.value is not None
    }
    included = tuple(area for area in place.members if area.code in values)
    missing = tuple(area for area in place.members if area.code not in values)
    mean = sum((value for value in values.values() if value is not None), Decimal(0)) / len(values) if values else None
    return Average(place.area, place.of, included, missing, *_compare(mean, holding))


def _compare(mean: Decimal | None, holding: Holding) -> tuple[Shown | None, bool | None]:
    """The average as a cell, and whether it is what the source prints."""
    if mean is None:
        return None, None
    measure, figure = holding.indicator.measure, holding.figure
    text = write_value(mean.quantize(Decimal(1).scaleb(-measure.decimals), ROUND_HALF_UP), measure)
    return Shown(text, "", None), _agrees(text, figure, holding)


def _agrees(text: str, figure: Figure, holding: Holding) -> bool | None:
    return None if figure.value is None else text == write_value(figure.value, holding.indicator.measure)
