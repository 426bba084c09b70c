"""A dashboard as plain values: measures by theme, each as its source prints it, beside what declared rules make of it.

The rules see published figures alone. Where they cannot say anything they say why, and where they differ from what is
printed the row says so in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from statpress.cube import NOT_STATED
from statpress.language.speak import later, say
from statpress.packages.dashboard import Dashboard, Printed, Way
from statpress.packages.package import Area, Code, Package
from statpress.site.facts.direction import Direction, describe_direction
from statpress.site.facts.heading import POLARITY
from statpress.site.facts.indicator import Figure, Indicator, latest
from statpress.site.facts.phrases import join_words, lower_first, write_period
from statpress.site.facts.places import NEIGHBOURS
from statpress.site.facts.rows import Shown, describe_beside, describe_shown
from statpress.site.facts.sentences import find_earlier
from statpress.site.facts.shared import Holding
from statpress.site.facts.standing import Tone
from statpress.status import Status, speak_statuses

WAYS: Final[dict[Way, str]] = {
    "better": later("Better than before"),
    "same": later("About the same"),
    "worse": later("Worse than before"),
    "neither": later("Neither way is good"),
}
_QUARTILES: Final = (
    "",
    later("First quartile"),
    later("Second quartile"),
    later("Third quartile"),
    later("Fourth quartile"),
)
_LONGEST_AGO: Final = 370
"""Days. A direction is told of figures that are no more than a year apart."""


@dataclass(frozen=True)
class Mark:
    """A rating: its name and its tone; without a name there is none."""

    name: str
    tone: Tone = ""


@dataclass(frozen=True)
class Now:
    """The figure of a row and its time, with how many it counts and of what, where that is published."""

    shown: Shown
    when: str
    count: Shown | None = None
    counted: str = ""


@dataclass(frozen=True)
class Near:
    """The average of neighbours, and whether the figure is `higher`, `lower` or `the same`, where that can be said."""

    area: Area
    shown: Shown
    than: str
    when: str


@dataclass(frozen=True)
class DashboardRow:
    """One measure. `printed` and `rating` are the source's; `direction`, `way` and `allowed` are what rules say."""

    code: str
    title: str
    indicator: Indicator
    now: Now | None
    polarity: str
    quartile: Decimal | None
    quartile_words: str
    printed: Printed | None
    direction: Direction
    way: Way | None
    rating: Mark
    allowed: tuple[Mark, ...]
    near: Near | None
    direction_differs: str = ""
    rating_differs: str = ""

    @property
    def differs(self) -> tuple[str, ...]:
        """What the source prints otherwise than the rules, in words."""
        return tuple(words for words in (self.direction_differs, self.rating_differs) if words)

    @property
    def statuses(self) -> set[Status]:
        """The statuses whose marks the row shows."""
        now, near = self.now, self.near
        cells = [*((now.shown, now.count) if now else ()), *((near.shown,) if near else ())]
        return {cell.status for cell in cells if cell and cell.status}


@dataclass(frozen=True)
class Theme:
    """The measures under one heading; a dashboard without themes has one without a title."""

    id: str
    title: str
    rows: tuple[DashboardRow, ...]


@dataclass(frozen=True)
class DashboardFacts:
    """A whole dashboard."""

    package: Package
    area: Area
    declared: Dashboard
    themes: tuple[Theme, ...]
    caveats: tuple[str, ...]

    @property
    def rows(self) -> tuple[DashboardRow, ...]:
        """The rows of all themes."""
        return tuple(row for theme in self.themes for row in theme.rows)


def describe_dashboard(package: Package, indicators: Sequence[Indicator]) -> DashboardFacts | None:
    """The dashboard of a package, made from its `indicators`; None where it declares none, or has nothing of it."""
    declared = package.words.dashboard if package.words else None
    own = {indicator.measure.id: indicator for indicator in indicators}
    lead = own.get(declared.measure) if declared else None
    dimension = lead.dimensions.get(declared.by) if lead and declared else None
    if declared is None or lead is None or dimension is None or lead.focus is None:
        return None
    themes: dict[str, list[DashboardRow]] = {}
    for figure in latest([f for f in lead.of_shape((declared.by,)) if f.area == lead.focus]):
        code = figure.groups[declared.by]
        row = _describe_row(declared, code, figure, own)
        themes.setdefault(code.parent, []).extend([row] if row else [])
    order = sorted(themes, key=lambda name: dimension.codes[name].order if name in dimension.codes else -1)
    found = tuple(_theme(dimension.codes.get(name), tuple(themes[name])) for name in order)
    return DashboardFacts(package, lead.focus, declared, found, lead.caveats)


def _theme(code: Code | None, rows: tuple[DashboardRow, ...]) -> Theme:
    whole = code is None or code.code == "all"
    return Theme("measures" if code is None or whole else code.code, "" if code is None or whole else code.label, rows)


def _describe_row(declared: Dashboard, code: Code, quartile: Figure, own: dict[str, Indicator]) -> DashboardRow | None:
    """The row of one measure, or of one group of it; None where the package has no such measure."""
    measure, _, group = code.code.partition(".")
    if measure not in own:
        return None
    indicator = own[measure]
    about = (group,) if group else ()
    figures = [f for f in indicator.figures if tuple(category.code for category in f.groups.values()) == about]
    council = [figure for figure in figures if figure.area.code == quartile.area.code]
    figure = latest(council)[0] if council else None
    direction = _direct(figure, council, indicator)
    way = _way(direction, indicator.measure.polarity)
    printed = declared.directions.find(quartile.note)
    rating, allowed = _rate(declared, quartile, way or (printed.way if printed else None))
    row = DashboardRow(
        code=code.code,
        title=code.label,
        indicator=indicator,
        now=_describe_now(indicator, figure, own),
        polarity=say(POLARITY[indicator.measure.polarity]),
        quartile=quartile.value,
        quartile_words=_write_quartile(quartile.value),
        printed=printed,
        direction=direction,
        way=way,
        rating=rating,
        allowed=allowed,
        near=_describe_neighbours(indicator, figures, figure),
    )
    small = _is_small(declared, council, figure)
    return replace(row, direction_differs=_tell_direction(row, small=small), rating_differs=_tell_rating(row))


def _write_quartile(value: Decimal | None) -> str:
    return say(_QUARTILES[int(value)]) if value is not None and value in range(1, len(_QUARTILES)) else ""


def _describe_now(indicator: Indicator, figure: Figure | None, own: dict[str, Indicator]) -> Now | None:
    """The figure of a row, with how many it counts where the package says."""
    if figure is None:
        return None
    shown, when = describe_shown(figure, indicator), write_period(figure.period)
    counts = own.get(indicator.measure.numerator)
    about = (figure.area, figure.period, figure.groups)
    same = [f for f in counts.figures if (f.area, f.period, f.groups) == about] if counts else []
    if counts is None or not same:
        return Now(shown, when)
    return Now(shown, when, describe_shown(same[0], counts), lower_first(counts.measure.unit))


def _direct(figure: Figure | None, council: Sequence[Figure], indicator: Indicator) -> Direction:
    """The direction since the figure before, if that is no more than a year older."""
    if figure is None:
        return Direction("empty", 0, say("No figure"))
    earlier = find_earlier(figure, council)
    if earlier and figure.value is not None and _days_between(earlier, figure) > _LONGEST_AGO:
        return Direction("alone", 0, say("No figure of the year before"))
    return describe_direction(figure, council, indicator.measure)


def _days_between(earlier: Figure, figure: Figure) -> int:
    return (date.fromisoformat(figure.period.end) - date.fromisoformat(earlier.period.end)).days


def _way(direction: Direction, polarity: str) -> Way | None:
    """What a direction counts as; None where none can be told. Without a polarity it is always `neither`."""
    if polarity == "none":
        return "neither"
    ways: dict[str, Way] = {"better": "better", "worse": "worse", "same": "same"}
    return ways.get(direction.way)


def _rate(declared: Dashboard, quartile: Figure, way: str | None) -> tuple[Mark, tuple[Mark, ...]]:
    """The printed rating, and those that the key allows."""
    last = len(declared.ratings) - 1
    tones: list[Tone] = ["good" if n == 0 else "poor" if n == last else "middling" for n in range(last + 1)]
    marks = [(rating, Mark(rating.name, tone)) for rating, tone in zip(declared.ratings, tones, strict=True)]
    printed = next((mark for rating, mark in marks if rating.says in quartile.note), Mark(""))
    value = quartile.value
    return printed, tuple(mark for rating, mark in marks if value is not None and rating.allows(value, way or ""))


def _describe_neighbours(indicator: Indicator, figures: Sequence[Figure], figure: Figure | None) -> Near | None:
    """The average of neighbours for the same time, or else the one of which no time is told."""
    near = [other for other in figures if other.area.kind == NEIGHBOURS]
    same = [other for other in near if figure and other.period == figure.period]
    found = same or [other for other in near if other.period.kind == NOT_STATED]
    if figure is None or not found:
        return None
    beside = describe_beside(Holding(figure, indicator), [Holding(found[0], indicator)])[0]
    told = {say("Higher than"): say("higher"), say("Lower than"): say("lower"), say("Same as"): say("the same")}
    than = told.get(beside.words, "")
    return Near(beside.area, beside.shown, than, write_period(found[0].period))


def _is_small(declared: Dashboard, council: Sequence[Figure], figure: Figure | None) -> bool:
    """Whether a figure is so near the one before it that `about the same` is not wrong."""
    earlier = find_earlier(figure, council) if figure else None
    if figure is None or earlier is None or figure.value is None or not earlier.value:
        return False
    return abs(figure.value - earlier.value) * 100 <= declared.same_within * abs(earlier.value)


def _tell_direction(row: DashboardRow, *, small: bool) -> str:
    """How the printed direction differs from ours, or nothing."""
    printed, way = row.printed, row.way
    if printed is None or way is None or (printed.way == "same" and small):
        return ""
    against = printed.sign * row.direction.sign < 0
    if printed.way == way and not against:
        return ""
    ours = lower_first(row.direction.words) if row.direction.amount else lower_first(say(WAYS[way]))
    words = lower_first(printed.words).rstrip(".")
    return say("Printed: %(printed)s. By published figures: %(ours)s.", printed=words, ours=ours)


def _tell_rating(row: DashboardRow) -> str:
    """How the printed rating differs from what the key gives, or nothing."""
    names = [lower_first(mark.name) for mark in row.allowed]
    if bool(row.rating.name) != bool(names):
        if row.rating.name:
            return say("It is rated, and the key gives nothing.")
        return say("It is not rated; the key would do so.")
    if not names or lower_first(row.rating.name) in names:
        return ""
    way = row.way or (row.printed.way if row.printed else None)
    why = join_words([lower_first(row.quartile_words)] + ([lower_first(say(WAYS[way]))] if way else []))
    return say(
        "Printed %(printed)s; the key gives %(key)s (%(why)s).",
        printed=lower_first(row.rating.name),
        key=join_words(names, say("or")),
        why=why,
    )


def list_statuses(facts: DashboardFacts) -> list[Status]:
    """The statuses whose marks the page shows, in the order of the legend."""
    used = {status for row in facts.rows for status in row.statuses}
    return [status for status in speak_statuses().values() if status in used]
