"""The tallies of a dashboard: as printed, counted from what is printed beside each measure, and by our own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from statpress.language.speak import count_of, later, say
from statpress.packages.dashboard import PrintedTally, Way
from statpress.site.facts.dashboard import DashboardFacts, DashboardRow, Mark
from statpress.site.facts.indicator import Indicator, latest
from statpress.site.facts.phrases import join_words, lower_first
from statpress.site.facts.rows import Shown, describe_shown

_SAID: Final[dict[Way, str]] = {
    "better": later("improved"),
    "same": later("stayed about the same"),
    "worse": later("declined"),
    "neither": later("have no direction that is good"),
}
NOT_RATED: Final = later("Not rated")


@dataclass(frozen=True)
class TallyLine:
    """One number of measures. `printed` is None where the source gives none, `ours` where no rule can tell."""

    label: str
    printed: Shown | None
    value: Decimal | None
    counted: int | None
    ours: int | None
    whole: bool = False

    @property
    def differs(self) -> bool:
        """Whether the printed number is not what the printed rows come to."""
        return None not in (self.value, self.counted) and self.value != self.counted


@dataclass(frozen=True)
class TallyTable:
    """One tally. `head` says what its lines are; `indicator` has the printed numbers, if there are any."""

    id: str
    title: str
    head: str
    indicator: Indicator | None
    lines: tuple[TallyLine, ...]

    @property
    def has_printed(self) -> bool:
        """Whether the source prints it."""
        return any(line.printed for line in self.lines)

    @property
    def has_ours(self) -> bool:
        """Whether rules of ours make one too."""
        return any(line.ours is not None for line in self.lines)


def describe_tallies(facts: DashboardFacts, indicators: Sequence[Indicator]) -> tuple[TallyTable, ...]:
    """Every printed tally, and that of ratings."""
    own = {indicator.measure.id: indicator for indicator in indicators}
    printed = [
        _describe(n, facts, tally, own[tally.measure])
        for n, tally in enumerate(facts.declared.tallies, start=1)
        if tally.measure in own
    ]
    return (*printed, *([_describe_ratings(facts)] if facts.declared.ratings else []))


def write_tally_sentence(facts: DashboardFacts, tallies: Sequence[TallyTable]) -> str:
    """`Of 42 measures, 12 improved, ...`, as printed, or as the rows come to where the source gives no tally."""
    ways = Counter(row.printed.way for row in facts.rows if row.printed)
    printed = _printed_ways(facts, tallies)
    numbers = {way: printed.get(way, ways[way]) for way in _SAID}
    told = join_words([f"{numbers[way]} {say(words)}" for way, words in _SAID.items() if numbers[way]])
    if printed:
        return count_of(
            len(facts.rows),
            "Of %(number)s measure, %(told)s, as the source counts them.",
            "Of %(number)s measures, %(told)s, as the source counts them.",
            told=told,
        )
    return count_of(len(facts.rows), "Of %(number)s measure, %(told)s.", "Of %(number)s measures, %(told)s.", told=told)


def write_differences(tallies: Sequence[TallyTable]) -> Iterator[str]:
    """Where a printed tally is not what its own rows come to, in words."""
    for tally in tallies:
        for line in tally.lines:
            if line.differs and line.value is not None:
                yield say(
                    "%(tally)s, %(line)s: the source counts %(value)s; "
                    "the measures as it prints them come to %(counted)s.",
                    tally=tally.title,
                    line=lower_first(line.label),
                    value=line.value,
                    counted=line.counted,
                )


def _printed_ways(facts: DashboardFacts, tallies: Sequence[TallyTable]) -> dict[Way, Decimal]:
    found: dict[Way, Decimal] = {}
    by_measure = {tally.indicator.measure.id: tally for tally in tallies if tally.indicator}
    for declared in facts.declared.tallies:
        lines = by_measure[declared.measure].lines if declared.measure in by_measure else ()
        values = {line.label: line.value for line in lines}
        for way in _SAID:
            for code, counted in declared.counts.items():
                label = _label(by_measure[declared.measure].indicator, declared.by, code) if lines else ""
                value = values.get(label)
                if counted == way and value is not None:
                    found[way] = value
    return found


def _label(indicator: Indicator | None, by: str, code: str) -> str:
    codes = indicator.dimensions[by].codes if indicator and by in indicator.dimensions else {}
    return codes[code].label if code in codes else code


def _describe(number: int, facts: DashboardFacts, tally: PrintedTally, indicator: Indicator) -> TallyTable:
    ways = not any(counted.isdigit() for counted in tally.counts.values())
    lines = [_line(facts, tally, indicator, code) for code in tally.counts]
    whole = _printed(indicator, facts, {})
    counted = sum(line.counted or 0 for line in lines)
    everything = TallyLine(say("All"), *whole, counted, len(facts.rows) if ways else None, whole=True)
    head = indicator.dimensions[tally.by].title if tally.by in indicator.dimensions else say("Group")
    untold = [_untold(facts)] if ways else []
    return TallyTable(f"tally-{number}", indicator.measure.title, head, indicator, (*lines, *untold, everything))


def _untold(facts: DashboardFacts) -> TallyLine:
    """The measures of which no rule of ours can say where they went."""
    return TallyLine(say("Cannot be told"), None, None, None, sum(row.way is None for row in facts.rows))


def _line(facts: DashboardFacts, tally: PrintedTally, indicator: Indicator, code: str) -> TallyLine:
    counted = tally.counts[code]
    label = _label(indicator, tally.by, code)
    shown = _printed(indicator, facts, {tally.by: code})
    if counted.isdigit():
        return TallyLine(label, *shown, sum(row.quartile == int(counted) for row in facts.rows), None)
    rows = sum(bool(row.printed and row.printed.way == counted) for row in facts.rows)
    return TallyLine(label, *shown, rows, sum(row.way == counted for row in facts.rows))


def _printed(
    indicator: Indicator, facts: DashboardFacts, groups: dict[str, str]
) -> tuple[Shown | None, Decimal | None]:
    found = [
        figure
        for figure in indicator.figures
        if figure.area.code == facts.area.code and {n: code.code for n, code in figure.groups.items()} == groups
    ]
    figure = latest(found)[0] if found else None
    return (describe_shown(figure, indicator), figure.value) if figure else (None, None)


def _describe_ratings(facts: DashboardFacts) -> TallyTable:
    names = [rating.name for rating in facts.declared.ratings]
    lines = [TallyLine(name, None, None, _count(facts.rows, name), _count_allowed(facts.rows, name)) for name in names]
    several = sum(len(row.allowed) > 1 for row in facts.rows)
    either = [TallyLine(say("More than one is possible"), None, None, None, several)] if several else []
    none = TallyLine(
        say(NOT_RATED),
        None,
        None,
        sum(not row.rating.name for row in facts.rows),
        sum(not row.allowed for row in facts.rows),
    )
    return TallyTable("tally-ratings", say("Ratings"), say("Rating"), None, (*lines, *either, none))


def _count(rows: Sequence[DashboardRow], name: str) -> int:
    return sum(row.rating == Mark(name, row.rating.tone) for row in rows)


def _count_allowed(rows: Sequence[DashboardRow], name: str) -> int:
    return sum([mark.name for mark in row.allowed] == [name] for row in rows)
