"""The public page on how a package was checked: each check with its result, known faults with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from statpress.packages.package import Package
from statpress.packages.releases import Changes, QualityCheck
from statpress.site.facts.phrases import count_of
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page

_RESULTS: Final = {
    "passed": ("Passed", ""),
    "warned": ("Not met", "The publisher knows, and publishes the figures as they are."),
    "waived": ("Known fault", ""),
    "checked": (
        "Checked",
        "What came of it is not told: it could say something of a withheld figure.",
    ),
}
_CHANGES: Final = {
    "added": "added",
    "removed": "removed",
    "revised": "revised",
    "re-coded": "moved to another code",
    "withheld": "withheld now, and shown before",
    "shown": "shown now, and withheld before",
    "emptied": "no longer given",
    "filled": "given now, and not before",
    "marked": "marked with another status",
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
        title=f"How {package.title} was checked",
        description=f"Which checks {package.title} passed, and which known faults it has.",
        body="",
        sections=list_sections(
            checks="Checks",
            withheld="What is withheld",
            changes="What changed" if changes else "",
            caveats="Caveats" if package.words.caveats else "",
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
    parts = [f"{count_of(results['passed'], 'check', 'checks')} passed"]
    parts += [f"{count_of(results['waived'], 'known fault', 'known faults')}"] if results["waived"] else []
    parts += [f"{count_of(results['warned'], 'check', 'checks')} not met"] if results["warned"] else []
    parts += [f"{count_of(results['checked'], 'result', 'results')} not told"] if results["checked"] else []
    return f"{', '.join(parts)}."


def _worst_first(check: QualityCheck) -> int:
    return ("waived", "warned", "checked", "passed").index(check.result)


def _describe(check: QualityCheck) -> CheckRow:
    result, said = _RESULTS[check.result]
    return CheckRow(check.title, result, check.reason or said)


def write_changes(changes: Changes) -> Iterator[str]:
    """What changed since the release before, a sentence each."""
    if not changes.figures:
        yield "No figure changed."
    for kind, number in changes.figures.items():
        yield f"{count_of(number, 'figure', 'figures')} {'is' if number == 1 else 'are'} {_CHANGES.get(kind, kind)}."
    for reason in changes.reasons:
        about = f"The definition of {reason.redefined} changed" if reason.redefined else "Figures were removed"
        yield f"{about}: {reason.reason}"
