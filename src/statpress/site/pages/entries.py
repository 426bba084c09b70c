"""Indicators as lists show them: title and leading figure.

Lists are over many packages, so the entries of each package are kept for as long as it stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statpress.site.facts.indicator import Indicator
from statpress.site.facts.sentences import write_brief
from statpress.site.files.kept import keep
from statpress.site.pages.indicator import Headline, describe_headline
from statpress.site.pages.kit import Kit
from statpress.status import Status, speak_statuses


@dataclass(frozen=True)
class Entry:
    """An indicator as a list shows it."""

    path: str
    title: str
    headline: Headline | None
    summary: str
    conflicts: tuple[str, ...] = ()
    """How its source contradicts itself."""

    @property
    def shown(self) -> bool:
        """Whether its leading figure is a number."""
        return self.headline is not None and self.headline.value != ""


def describe_entry(indicator: Indicator) -> Entry:
    """An indicator for a list."""
    headline, brief = describe_headline(indicator), write_brief(indicator)
    return Entry(indicator.path, indicator.measure.title, headline, brief, indicator.conflicts)


def keep_entries(kit: Kit, indicators: Sequence[Indicator], made_of: str) -> list[Entry]:
    """The entries of a package, which are as they were while what it is `made_of` stays."""
    kept = keep(kit.files, ["entries", made_of], "json", lambda: _write(map(describe_entry, indicators)))
    return [_read(*row) for row in json.loads(kept)]


def find_statuses(entries: Iterable[Entry]) -> tuple[Status, ...]:
    """The statuses whose marks stand beside figures of a list, in the order of the legend."""
    used = {entry.headline.status for entry in entries if entry.headline}
    return tuple(status for status in speak_statuses().values() if status in used)


def _write(entries: Iterable[Entry]) -> bytes:
    rows = [(e.path, e.title, _take_apart(e.headline), e.summary, e.conflicts) for e in entries]
    return json.dumps(rows).encode()


def _take_apart(headline: Headline | None) -> tuple[str, ...] | None:
    if headline is None:
        return None
    return (headline.value, headline.unit, headline.about, headline.status.code if headline.status else "")


def _read(path: str, title: str, parts: Sequence[str] | None, summary: str, conflicts: Sequence[str]) -> Entry:
    return Entry(path, title, _put_together(*parts) if parts else None, summary, tuple(conflicts))


def _put_together(value: str, unit: str, about: str, status: str) -> Headline:
    return Headline(value, unit, about, speak_statuses().get(status))
