"""A dashboard as one table for a spreadsheet: a row a measure, as on its page, with marks where nothing is shown."""

from __future__ import annotations

from typing import Final

from statpress.language.speak import later, say
from statpress.site.facts.book import NO_FIGURE, Sheet
from statpress.site.facts.dashboard import DashboardFacts, DashboardRow, Theme
from statpress.site.facts.phrases import join_words, upper_first
from statpress.site.facts.rows import Shown

_HEADER: Final = (
    later("Theme"),
    later("Measure"),
    later("Figure"),
    later("Unit"),
    later("Time"),
    later("Count"),
    later("Which way is good"),
    later("Printed direction"),
    later("Direction by the rule"),
    later("Change"),
    later("Since"),
    later("Quartile"),
    later("Printed rating"),
    later("Rating by the key"),
    later("Average of neighbours"),
    later("Time of the average"),
    later("Where they differ"),
)
_NONE: Final = later("[none]")


def describe_dashboard_sheet(facts: DashboardFacts) -> Sheet:
    """The whole dashboard as a table of texts; no cell is empty."""
    rows = tuple(_row(theme, row) for theme in facts.themes for row in theme.rows)
    return Sheet(say("Dashboard"), (facts.package.title,), tuple(say(name) for name in _HEADER), 2, 0, rows)


def _row(theme: Theme, row: DashboardRow) -> tuple[str, ...]:
    now, near, direction = row.now, row.near, row.direction
    cells = (
        theme.title,
        row.title,
        _write(now.shown if now else None),
        now.shown.unit if now else "",
        now.when if now else "",
        _write(now.count) if now and now.count else "",
        row.polarity,
        row.printed.words if row.printed else "",
        direction.words,
        direction.amount.lstrip("+−"),
        direction.since,
        row.quartile_words,
        row.rating.name,
        upper_first(join_words([mark.name for mark in row.allowed], say("or"))),
        _write(near.shown) if near else "",
        near.when if near else "",
        " ".join(row.differs),
    )
    return tuple(cell or say(_NONE) for cell in cells)


def _write(shown: Shown | None) -> str:
    """A figure with its mark, or the mark alone."""
    if shown is None:
        return say(NO_FIGURE)
    return " ".join(part for part in (shown.text, shown.status.mark if shown.status else "") if part)
