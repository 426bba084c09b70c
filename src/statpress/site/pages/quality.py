"""The public page on how a package was checked: each check with its result, known faults with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from statpress.language.speak import count_of, later, say
from statpress.packages.package import Package
from statpress.packages.releases import Changes, QualityCheck
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page

_RESULTS: Final = {
    "passed": (later("Passed"), ""),
    "warned": (later("Not met"), later("The publisher knows, and publishes the figures as they are.")),
    "waived": (later("Known fault"), ""),
    "checked": (
        later("Checked"),
        later("What came of it is not told: it could say something of a withheld figure."),
    ),
}
_CHANGES: Final = {
    "added": later("added"),
    "removed": later("removed"),
    "revised": later("revised"),
    "re-coded": later("moved to another code"),
    "withheld": later("withheld now, and shown before"),
    "shown": later("shown now, and withheld before"),
    "emptied": later("no longer given"),
    "filled": later("given now, and not before"),
    "marked": later("marked with another status"),
}


@dataclass(frozen=True)
class CheckRow:
    """One check as the page shows it."""

    title: str
    result: str
    said: str


def quality_path(package: Package) -> str:
    """The address of the page, or nothing where the package does not say how it was checked."""
    return f"data/{package.id}/quality/" if package.words and package.words.quality else ""


def render_quality(kit: Kit, package: Package) -> Page:
    """The page of a package that says how it was checked."""
    assert package.words is not None  # noqa: S101 - the caller has looked at `quality_path`
    changes = package.words.release.changes
    page = Page(
        path=quality_path(package),
        title=say("How %(title)s was checked", title=package.title),
        description=say("Which checks %(title)s passed, and which known faults it has.", title=package.title),
        body="",
        sections=list_sections(
            checks=say("Checks"),
            withheld=say("What is withheld"),
            changes=say("What changed") if changes else "",
            caveats=say("Caveats") if package.words.caveats else "",
        ),
        kind="quality",
    )
    return render_page(
        kit,
        page,
        package=package,
        summary=sum_up(package.words.quality),
        checks=[_describe(check) for check in sorted(package.words.quality, key=_worst_first)],
        changed=list(write_changes(changes)) if changes else [],
    )


def sum_up(checks: list[QualityCheck]) -> str:
    """The results in a sentence: `7 checks passed, 1 known fault.`"""
    results = Counter(check.result for check in checks)
    passed, waived, warned, told = (results[name] for name in ("passed", "waived", "warned", "checked"))
    parts = [
        count_of(passed, "%(number)s check passed", "%(number)s checks passed") if passed else say("no checks passed"),
        count_of(waived, "%(number)s known fault", "%(number)s known faults") if waived else "",
        count_of(warned, "%(number)s check not met", "%(number)s checks not met") if warned else "",
        count_of(told, "%(number)s result not told", "%(number)s results not told") if told else "",
    ]
    return f"{', '.join(part for part in parts if part)}."


def _worst_first(check: QualityCheck) -> int:
    return ("waived", "warned", "checked", "passed").index(check.result)


def _describe(check: QualityCheck) -> CheckRow:
    result, said = _RESULTS[check.result]
    return CheckRow(check.title, say(result), check.reason or (say(said) if said else ""))


def write_changes(changes: Changes) -> Iterator[str]:
    """What changed since the release before, a sentence each."""
    if not changes.figures:
        yield say("No figure changed.")
    for kind, number in changes.figures.items():
        change = say(_CHANGES.get(kind, kind))
        yield count_of(number, "%(number)s figure is %(change)s.", "%(number)s figures are %(change)s.", change=change)
    for reason in changes.reasons:
        told = {"measure": reason.redefined, "reason": reason.reason}
        if reason.redefined:
            yield say("The definition of %(measure)s changed: %(reason)s", **told)
        else:
            yield say("Figures were removed: %(reason)s", reason=reason.reason)
