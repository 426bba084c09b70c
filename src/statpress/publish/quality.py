"""What a package says of how it was checked: which checks it passed, and which known faults it has and why.

Checks of true figures say only that they passed, or what readers can find of a known fault by themselves. What they
found about a figure that readers do not have changes nothing of what the package says: not a result, and not whether a
rule is there at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from statpress.checks.suite import read_suite
from statpress.declare.rules import Rule, Rules
from statpress.issue import Issue
from statpress.packages.describe.publication import Publication
from statpress.paths import Project
from statpress.publish.contradictions import Excused
from statpress.publish.prepare import Prepared

Result = Literal["passed", "warned", "waived", "checked"]
_ALWAYS: Final = {
    "sources": "Every source table was read as it is declared. One cell that cannot be read stops publishing.",
    "ledger": "Every row of the sources is published, withheld, or left out with a reason.",
    "contract": "Every file keeps to the types, keys and code lists that the package declares.",
}
_LATER: Final = {
    "attack": "A program that has everything printed tried to work out what is withheld, and could not.",
    "completeness": "Definitions, units, sources, licence, coverage, contact and the next release are declared.",
}
_BY_THEMSELVES: Final = (
    "Totals, percentages, rates and changes agree with the figures that they are made of, known faults aside."
)
_CONTRADICT: Final = "Printed figures do not contradict one another."
_ROWS: Final = "Each measure and period has as many rows as were expected."
_EARLIER: Final = (
    "Nothing that the last release gives is taken away, or means something else, without a published reason."
)


@dataclass(frozen=True)
class QualityCheck:
    """One check in a sentence, how it ended, and what readers must know where a known fault was let pass."""

    id: str
    title: str
    result: Result
    reason: str = ""

    def as_dict(self) -> dict[str, str]:
        """The check as the descriptor has it."""
        said = {"id": self.id, "title": self.title, "result": self.result, "reason": self.reason}
        return {name: text for name, text in said.items() if text}


def describe_quality(
    project: Project, prepared: Prepared, issues: Iterable[Issue], *, is_first: bool
) -> list[dict[str, str]]:
    """The checks of a package, in the order in which they were made. `issues` are those of its expectations."""
    publication = prepared.publication
    checks = [
        *(QualityCheck(name, title, "passed") for name, title in _ALWAYS.items()),
        *_of_figures(prepared),
        *_of_contradictions(publication, prepared.excused),
        *_of_expectations(project, publication.name, tuple(issues)),
        *([QualityCheck("rows", _ROWS, "passed")] if project.expected_rows(publication.name).is_file() else []),
        *([] if is_first else [QualityCheck("changes", _EARLIER, "passed")]),
        *(QualityCheck(name, title, "passed") for name, title in _LATER.items()),
    ]
    return [check.as_dict() for check in checks]


def _of_figures(prepared: Prepared) -> Iterator[QualityCheck]:
    publication, consistency = prepared.publication, prepared.consistency
    rules = publication.declared.rules.get(publication.name, Rules()).rules
    known = {waived.waiver.rule for waived in consistency.waived}
    told = [waived for waived in consistency.waived if waived.number in prepared.plain_waivers]
    yield QualityCheck("agreement", _BY_THEMSELVES, "passed")
    for name in (name for name in rules if name not in {waived.waiver.rule for waived in told}):
        passed = name not in known | consistency.broken and name in prepared.plain_rules
        yield QualityCheck(name, _title(name, rules), "passed" if passed else "checked")
    for waived in told:
        reason = _reason(publication, waived.id, waived.waiver.caveat)
        yield QualityCheck(waived.waiver.rule, _title(waived.waiver.rule, rules), "waived", reason)


def _of_contradictions(publication: Publication, excused: Iterable[Excused]) -> Iterator[QualityCheck]:
    for one in excused:
        caveat, fault = one.waiver.caveat, one.fault
        reason = publication.declared.caveats[caveat].text if caveat is not None else fault.text if fault else ""
        yield QualityCheck(one.waiver.rule, _CONTRADICT, "waived", reason)


def _title(name: str, rules: Mapping[str, Rule]) -> str:
    why = rules[name].why if name in rules else ""
    return why or f"{name.replace('-', ' ').capitalize()}."


def _reason(publication: Publication, fault: str, caveat: str | None) -> str:
    """What the package tells of a known fault anyway, or nothing."""
    if caveat is not None:
        return publication.declared.caveats[caveat].text
    return next((one.text for one in publication.known_faults if one.id == fault), "")


def _of_expectations(project: Project, name: str, issues: tuple[Issue, ...]) -> Iterator[QualityCheck]:
    """One check for all expectations that have the same reason."""
    path = project.validations / f"{name}.json"
    suite = read_suite(path, project.relative(path))[0] if path.is_file() else None
    broken = {issue.key for issue in issues if suite is not None and issue.file == suite.file}
    found: dict[str, list[QualityCheck]] = {}
    for index, expectation in enumerate(suite.expectations if suite else ()):
        why = str(_meta(expectation).get("why", ""))
        if why:
            result: Result = "warned" if f"expectations.{index}" in broken else "passed"
            found.setdefault(why, []).append(QualityCheck(f"expectation-{index + 1}", why, result))
    yield from (max(alike, key=lambda check: check.result == "warned") for alike in found.values())


def _meta(expectation: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = expectation.get("meta")
    return meta if isinstance(meta, dict) else {}
