"""Read the reports of a site, `reports/<document>.md` in the folder of words: each is drawn and checked.

The top of a report says which document it is about; who published it, and when, comes from the packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from statpress.errors import BadDeclaration, FailedCheck, fail_together
from statpress.issue import Issue, nearest
from statpress.packages.descriptor import Source
from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.topics import read_front_matter
from statpress.site.reports.calls import Prose, read_calls
from statpress.site.reports.draw import Drawing, draw_report
from statpress.site.reports.find import Library, of_packages
from statpress.site.reports.stray import check_phrases, check_prose, has_number

FOLDER: Final = "reports"
ROOT: Final = "../../"
_KEYS: Final = ("title", "description", "document", "area", "order", "not-figures")
_NEEDED: Final = ("title", "description", "document")
_FIGURES: Final = ("report-withheld", "report-missing", "report-claim")
"""What is wrong with a sentence because of the figures, and not because of how it is written."""
_STRAY: Final = ("report-number", "report-comparison")


@dataclass(frozen=True)
class Report:
    """One document as a page: what its top says, the source that packages name, and its drawn prose."""

    id: str
    title: str
    description: str
    order: int
    source: Source
    packages: tuple[Package, ...]
    indicators: tuple[Indicator, ...]
    drawing: Drawing

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"{FOLDER}/{self.id}/"


def read_reports(
    words: Path, packages: Sequence[Package], indicators: Sequence[Indicator], *, strict: bool
) -> tuple[tuple[Report, ...], tuple[Issue, ...]]:
    """Every report in order, and warnings.

    Raises BadDeclaration when one is not written as it must be, and FailedCheck when it says what the figures do not.
    Numbers that are drawn from no package are warnings, unless `strict` is on.
    """
    read = [_read(path, words, packages, indicators) for path in sorted((words / FOLDER).glob("*.md"))]
    issues = [issue for _, found in read for issue in found]
    if not strict:
        issues = [replace(i, severity="warning") if i.rule in _STRAY else i for i in issues]
    fail_together(
        {
            BadDeclaration: [issue for issue in issues if issue.rule not in _FIGURES],
            FailedCheck: [issue for issue in issues if issue.rule in _FIGURES],
        }
    )
    reports = [report for report, _ in read if report is not None]
    return tuple(sorted(reports, key=lambda report: (report.order, report.title))), tuple(issues)


def _read(
    path: Path, words: Path, packages: Sequence[Package], indicators: Sequence[Indicator]
) -> tuple[Report | None, list[Issue]]:
    file = f"{words.name}/{path.relative_to(words).as_posix()}"
    head = read_front_matter(path)
    faults = list(_check_head(head, file, packages))
    if faults:
        return None, faults
    about = [package for package in packages if _find_source(package, head["document"])]
    own = of_packages(indicators, about)
    prose = _read_prose(path, file)
    phrases = [str(phrase) for phrase in head.get("not-figures", [])]
    units = {indicator.measure.unit for indicator in indicators}
    drawing, issues = draw_report(prose, Library(own, str(head.get("area", ""))), ROOT)
    issues += check_phrases(file, phrases, units)
    issues += check_prose(prose, [part for part, _ in read_calls(prose)], phrases)
    source = next(source for package in about if (source := _find_source(package, head["document"])))
    report = Report(
        path.stem, head["title"], head["description"], head.get("order", 999), source, tuple(about), own, drawing
    )
    return report, issues


def _check_head(head: dict[str, Any], file: str, packages: Sequence[Package]) -> Iterator[Issue]:
    for key in head:
        if key not in _KEYS:
            yield _say(file, f"The top of a report has no “{key}”.", key, nearest(str(key), _KEYS))
    for key in _NEEDED:
        if not isinstance(head.get(key), str):
            yield _say(
                file, f"The report does not say its {key}.", key, f"Write `{key}: ...` between the lines of hyphens."
            )
    wanted: dict[str, type] = {"area": str, "order": int, "not-figures": list}
    for key, kind in wanted.items():
        if key in head and not isinstance(head[key], kind):
            yield _say(file, f"“{key}” is not as it must be.", key, "See the reference of reports.")
    for key in ("title", "description"):
        if isinstance(head.get(key), str) and has_number(head[key]):
            hint = "Leave it out here, and draw it from a package in the text."
            yield Issue("report-number", "This number is drawn from no package.", file, 1, key=key, hint=hint)
    titles = {source.title for package in packages for source in package.descriptor.sources}
    if isinstance(head.get("document"), str) and head["document"] not in titles:
        message = "No package names this document as its source."
        yield _say(file, message, "document", nearest(head["document"], titles))


def _say(file: str, message: str, key: str, hint: str) -> Issue:
    return Issue("report-front-matter", message, file, 1, key=str(key), hint=hint)


def _find_source(package: Package, title: str) -> Source | None:
    return next((source for source in package.descriptor.sources if source.title == title), None)


def _read_prose(path: Path, file: str) -> Prose:
    text = path.read_text("utf-8")
    head, closed, body = text.partition("\n---\n")
    return Prose(body, file, (head + closed).count("\n") + 1)
