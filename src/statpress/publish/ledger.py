"""The ledger: what became of every row of every source."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statpress.cube import key_columns
from statpress.declare.pipeline import Pipeline
from statpress.disclosure.cells import Key
from statpress.issue import Issue
from statpress.packages.describe.publication import Ledger
from statpress.tables.observations import Observations


@dataclass(frozen=True)
class Entry:
    """One row of one source. `outcome` is published, withheld or left-out; `observations` are its keys in words."""

    source: int
    file: str
    row: int
    outcome: str
    reason: str
    observations: tuple[str, ...]


def keep_ledger(observations: Observations, pipeline: Pipeline, withheld: Iterable[Key]) -> tuple[Entry, ...]:
    """Every row of the sources with what became of it, in the order of the files."""
    hidden = set(withheld)
    used: dict[tuple[int, int], list[Key]] = {}
    table = observations.table
    all_keys = table[key_columns(tuple(pipeline.dimensions))].itertuples(index=False, name=None)
    for source, rows, key in zip(table["source"], table["source_row"], all_keys, strict=True):
        for row in str(rows).split():
            used.setdefault((int(source), int(row)), []).append(key)
    found = [_entry(source, row, pipeline, keys, hidden) for (source, row), keys in used.items()]
    return tuple(
        sorted([*found, *_left_out(observations, pipeline, set(used))], key=lambda e: (e.file, e.source, e.row))
    )


def count_ledger(entries: Iterable[Entry]) -> Ledger:
    """The ledger in numbers."""
    outcomes = Counter(entry.outcome for entry in entries)
    reasons = Counter(entry.reason for entry in entries if entry.reason)
    return Ledger(outcomes["published"], outcomes["withheld"], dict(reasons))


def render_ledger(entries: Iterable[Entry]) -> bytes:
    """The ledger as CSV: `file, row, outcome, reason, observations`. It has keys and no figures."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "row", "outcome", "reason", "observations"])
    for entry in entries:
        writer.writerow([entry.file, entry.row, entry.outcome, entry.reason, "; ".join(entry.observations)])
    return text.getvalue().encode()


def check_ledger(entries: Iterable[Entry], observations: Observations, name: str) -> list[Issue]:
    """Rows of a source that are neither an observation nor left out with a reason."""
    known = Counter(entry.source for entry in entries)
    return [
        Issue(
            "row-lost",
            f"{source.rows - known[index]} rows are neither published nor left out.",
            f"pipelines/{name}/{source.path}",
            hint="Leave rows out with a `filter` step, which gives the reason.",
        )
        for index, source in enumerate(observations.sources)
        if source.rows != known[index]
    ]


def _entry(source: int, row: int, pipeline: Pipeline, keys: list[Key], hidden: set[Key]) -> Entry:
    outcome = "withheld" if any(key in hidden for key in keys) else "published"
    return Entry(source, pipeline.tables[source].path, row, outcome, "", tuple(_words(key, pipeline) for key in keys))


def _words(key: Key, pipeline: Pipeline) -> str:
    parts = [f"{name}={code}" for name, code in zip(pipeline.dimensions, key[3:], strict=True) if code != "all"]
    return " ".join([*key[:3], *parts])


def _left_out(observations: Observations, pipeline: Pipeline, used: set[tuple[int, int]]) -> Iterator[Entry]:
    """Each row of which nothing is published, once, with the first reason of its parts."""
    table = observations.left_out
    told = set(used)
    for source, rows, reason in zip(table["source"], table["source_row"], table["reason"], strict=True):
        for row in str(rows).split():
            if (int(source), int(row)) not in told:
                told.add((int(source), int(row)))
                yield Entry(int(source), pipeline.tables[int(source)].path, int(row), "left-out", str(reason), ())
