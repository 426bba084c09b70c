"""What changed in words: for maintainers, and as a draft of the public revision note.

Figures are told only where both releases show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from statpress.cube import AREA, MEASURE, PERIOD
from statpress.declare.pipeline import ReleaseChange
from statpress.publish.changes.differences import KINDS, Differences, FigureChange
from statpress.publish.changes.printed_release import Place, Release

LARGEST: Final = 5
"""How many revisions are told one by one."""
_MOST_NAMES: Final = 12


@dataclass(frozen=True)
class ChangeReport:
    """What changed since the last release: counts by kind, sentences, the largest revisions, and a draft note."""

    since: str
    counts: dict[str, int]
    sentences: tuple[str, ...]
    largest: tuple[str, ...]
    note: str


def describe_differences(differences: Differences, reasons: tuple[ReleaseChange, ...]) -> ChangeReport:
    """The differences in words. `reasons` are those that the pipeline declares."""
    largest = tuple(_revision(change, differences) for change in rank_revisions(differences.figures)[:LARGEST])
    return ChangeReport(
        differences.before.version,
        {str(kind): number for kind, number in differences.count().items()},
        tuple(_sentences(differences)),
        largest,
        _draft(differences, reasons, largest),
    )


def summarise_differences(differences: Differences) -> dict[str, Any]:
    """What the package itself says of its changes: since which release, and how many figures changed in which way."""
    before = differences.before
    return {
        "since": before.version,
        "date": before.date,
        "figures": {str(k): n for k, n in differences.count().items()},
    }


def rank_revisions(changes: Iterable[FigureChange]) -> list[FigureChange]:
    """The revised figures, those first that changed most for their size; the order of places decides ties."""
    revised = [change for change in changes if change.kind == "revised"]
    return sorted(revised, key=lambda change: (-_size(change), change.place))


def _size(change: FigureChange) -> Decimal:
    before, after = change.before or Decimal(0), change.after or Decimal(0)
    return abs(after - before) / max(abs(before), abs(after))


def _sentences(differences: Differences) -> Iterator[str]:
    counts = differences.count()
    if counts:
        total = len(differences.after.figures)
        yield f"Figures: {', '.join(f'{counts[kind]:,} {KINDS[kind]}' for kind in counts)}; {total:,} in all."
        yield from _gone(differences)
    else:
        yield "No figure changed."
    for column in sorted(differences.before.codes.keys() | differences.after.codes.keys(), key=_column_order):
        yield from _of_codes(differences, column)
    for change in differences.words:
        name = differences.after.label(change.column, change.code)
        yield f"The {change.part.replace('_', '-')} of {name} ({change.column} {change.code}) changed."
    yield from differences.form


def _gone(differences: Differences) -> Iterator[str]:
    """The figures that readers had and would have no longer, by name; a few of many."""
    gone = [_figure(change.place, differences.before) for change in differences.figures if change.kind == "removed"]
    gone += [_figure(change.place, differences.after) for change in differences.figures if change.kind == "emptied"]
    if gone:
        more = f"; and {len(gone) - LARGEST:,} more" if len(gone) > LARGEST else ""
        yield f"No longer there: {'; '.join(gone[:LARGEST])}{more}."


def _column_order(column: str) -> tuple[int, str]:
    first = (MEASURE, PERIOD, AREA)
    return (first.index(column) if column in first else len(first), column)


def _of_codes(differences: Differences, column: str) -> Iterator[str]:
    added, removed = differences.codes(column)
    noun = {MEASURE: "Measures", PERIOD: "Periods", AREA: "Areas"}.get(column, f"Groups of {column}")
    if added:
        yield f"{noun} that are new: {_names(differences.after, column, added)}."
    if removed:
        yield f"{noun} that are gone: {_names(differences.before, column, removed)}."
    for old, new in differences.recoded.get(column, {}).items():
        yield f"{noun}: {differences.after.label(column, new)} has the code {new}, and had {old}."


def _names(release: Release, column: str, codes: list[str]) -> str:
    more = f" and {len(codes) - _MOST_NAMES:,} more" if len(codes) > _MOST_NAMES else ""
    return ", ".join(release.label(column, code) for code in codes[:_MOST_NAMES]) + more


def _revision(change: FigureChange, differences: Differences) -> str:
    before, after = change.before or Decimal(0), change.after or Decimal(0)
    share = f" ({(after - before) / abs(before):+.1%})" if before else ""
    return f"{_figure(change.place, differences.after)}: {after:,}, was {before:,}{share}"


def _figure(place: Place, release: Release) -> str:
    codes = dict(place)
    groups = [code for column, code in codes.items() if column not in (MEASURE, AREA, PERIOD)]
    parts = [release.label(column, codes[column]) for column in (MEASURE, AREA, PERIOD)]
    return ", ".join([*parts, *(release.label(c, code) for c, code in codes.items() if code in groups)])


def _draft(differences: Differences, reasons: tuple[ReleaseChange, ...], largest: tuple[str, ...]) -> str:
    """A note for readers, to be put under `release: notes:` after a person has read it."""
    said = [f"Since release {differences.before.version}: {_first(differences)}", *_about_codes(differences)]
    if largest:
        said.append(f"The largest {'revision is' if len(largest) == 1 else 'revisions are'} {'; '.join(largest)}.")
    said += [_reason(reason, differences) for reason in reasons]
    return " ".join(said)


def _first(differences: Differences) -> str:
    counts = differences.count()
    if not counts:
        return "no figure changed."
    return f"{', '.join(f'{counts[kind]:,} {_plural(counts[kind])} {KINDS[kind]}' for kind in counts)}."


def _plural(number: int) -> str:
    return "figure is" if number == 1 else "figures are"


def _about_codes(differences: Differences) -> Iterator[str]:
    for column in (PERIOD, AREA):
        yield from _of_codes(differences, column)


def _reason(reason: ReleaseChange, differences: Differences) -> str:
    text = reason.reason if reason.reason.endswith((".", "!", "?")) else f"{reason.reason}."
    if reason.redefined is not None:
        return f"The definition of {differences.after.label(MEASURE, reason.redefined)} changed: {text}"
    return f"Figures were removed: {text}"
