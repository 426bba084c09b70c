"""What a release takes away, or defines anew, needs a reason that is declared and published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from statpress.cube import ALL, MEASURE
from statpress.declare.document import Document
from statpress.declare.pipeline import ReleaseChange
from statpress.issue import Issue
from statpress.publish.changes.differences import Differences
from statpress.publish.changes.printed_release import Place

_HINT = (
    "Say why under `release: changes:` in pipeline.yml, as `[{removed: {measure: ..., period: ...}, reason: ...}]` or "
    "`[{redefined: ..., reason: ...}]`; readers see it."
)


def check_reasons(differences: Differences, reasons: tuple[ReleaseChange, ...], file: Document) -> list[Issue]:
    """Figures that go, and definitions that change, without a reason; and reasons for what does not happen."""
    return [
        *_check_removed(differences, reasons, file),
        *_check_defined(differences, reasons, file),
        *_check_used(differences, reasons, file),
    ]


def gone_places(differences: Differences) -> list[Place]:
    """The places of figures that readers had and would have no longer, though nobody has to be protected."""
    return [change.place for change in differences.figures if change.kind in ("removed", "emptied")]


def _check_removed(differences: Differences, reasons: tuple[ReleaseChange, ...], file: Document) -> Iterator[Issue]:
    """One issue a measure, with an example: a file that lost its rows would fill the screen."""
    gone = [place for place in gone_places(differences) if not any(_names(reason, place) for reason in reasons)]
    first: dict[str, Place] = {}
    for place in gone:
        first.setdefault(dict(place)[MEASURE], place)
    counts = Counter(dict(place)[MEASURE] for place in gone)
    for measure, place in first.items():
        words = ", ".join(code for column, code in place if column != MEASURE)
        more = f" and {counts[measure] - 1:,} more" if counts[measure] > 1 else ""
        message = f"Release {differences.before.version} gives {measure} for {words}{more}, and this one does not."
        yield file.issue("removed-figure", message, ("release",), _HINT)


def _names(reason: ReleaseChange, place: Place) -> bool:
    if reason.removed is None:
        return False
    codes = dict(place)
    return all(
        codes.get(column, ALL) in ((wanted,) if isinstance(wanted, str) else wanted)
        for column, wanted in reason.removed.items()
    )


def _check_defined(differences: Differences, reasons: tuple[ReleaseChange, ...], file: Document) -> Iterator[Issue]:
    explained = {reason.redefined for reason in reasons}
    for measure, parts in _redefined(differences).items():
        if measure not in explained:
            what = " and ".join(part.replace("_", "-") for part in parts)
            message = f"The {what} of {measure} changes since release {differences.before.version}."
            yield file.issue("changed-definition", message, ("release",), _HINT)


def _redefined(differences: Differences) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for change in differences.words:
        if change.changes_meaning:
            found.setdefault(change.code, []).append(change.part)
    return found


def _check_used(differences: Differences, reasons: tuple[ReleaseChange, ...], file: Document) -> Iterator[Issue]:
    gone, redefined = gone_places(differences), _redefined(differences)
    for index, reason in enumerate(reasons):
        used = any(_names(reason, place) for place in gone) or reason.redefined in redefined
        if not used:
            yield file.warning(
                "reason-for-nothing",
                "This reason is for a change that does not happen.",
                ("release", "changes", index),
                "Correct its codes, or remove it.",
            )
