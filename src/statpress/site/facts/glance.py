"""An area at a glance: the row of every measure that has a figure for it, grouped by topic, with tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from statpress.site.facts.catalogue import Catalogue
from statpress.site.facts.direction import Tally, Way, count_ways
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import Place
from statpress.site.facts.shared import SharedMeasure
from statpress.site.facts.topics import TopicPart


@dataclass(frozen=True)
class Row:
    """A row that is written already: its `cells`, which way the figure went, and the statuses of marks in it.

    `place` is what tells its indicator from others of the same title.
    """

    shared: SharedMeasure
    indicator: Indicator
    way: Way
    statuses: tuple[str, ...]
    cells: str
    place: str = ""


@dataclass(frozen=True)
class GlancePart:
    """The rows of one topic."""

    topic: TopicPart
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Glance:
    """Everything that the page of an area shows of figures."""

    place: Place
    parts: tuple[GlancePart, ...]
    tallies: tuple[Tally, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """The rows of all topics."""
        return (row for part in self.parts for row in part.rows)


def describe_glance(place: Place, rows: Sequence[Row], catalogue: Catalogue) -> Glance:
    """The rows of one area in the order of topics and of their indicators. Topics without any are left out."""

    def find(row: Row) -> tuple[int, int]:
        return catalogue.positions[row.indicator.path]

    ordered = groupby(sorted(rows, key=find), key=lambda row: find(row)[0])
    parts = tuple(GlancePart(catalogue.topics[topic], _tell_apart(list(found))) for topic, found in ordered)
    return Glance(place, parts, tuple(count_ways(row.way for row in rows)))


def _tell_apart(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with the same title get the name of their package beside it."""
    titles = Counter(row.indicator.measure.title for row in rows)
    return tuple(
        row if titles[row.indicator.measure.title] == 1 else replace(row, place=row.indicator.package.title)
        for row in rows
    )
