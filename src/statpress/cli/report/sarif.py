"""The report as SARIF 2.1.0, which code hosts show beside the lines of a change.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from statpress.checks.catalogue.rule import read_rules
from statpress.cli.report.findings import Findings
from statpress.issue import Issue
from statpress.paths import Project

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(findings: Findings, _: Project) -> str:
    """One run with every rule that is named and every issue as a result."""
    rules = sorted({issue.rule for issue in findings.issues})
    run = {
        "tool": {
            "driver": {
                "name": "statpress",
                "version": version("statpress"),
                "rules": [_rule(name) for name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "exitCode": findings.exit_code}],
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder of the project."}}},
        "results": list(_results(findings.issues, rules)),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = read_rules().get(name)
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": rule.why},
        "help": {"text": rule.mend, "markdown": f"{rule.why}\n\n**What to do:** {rule.mend}"},
        "defaultConfiguration": {"level": rule.severity},
    }


def _results(issues: Iterable[Issue], rules: list[str]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for issue in issues:
        print_ = _fingerprint(issue)
        seen[print_] += 1
        yield {
            "ruleId": issue.rule,
            "ruleIndex": rules.index(issue.rule),
            "level": issue.severity,
            "message": {"text": " ".join(part for part in (issue.message, issue.hint) if part)},
            "locations": [_location(issue)],
            "partialFingerprints": {"statpress/v1": f"{print_}:{seen[print_]}"},
        }


def _location(issue: Issue) -> dict[str, Any]:
    """Where an issue is: code hosts want a line, so that a whole file is told at its first.

    What has no file is of the project, whose declarations stand in `pipelines/`.
    """
    artifact = {"uri": quote(issue.file or "pipelines", errors="surrogateescape"), "uriBaseId": "PROJECT"}
    physical = {"artifactLocation": artifact, "region": {"startLine": max(issue.row or 1, 1)}}
    name = issue.key or issue.column
    logical = {"logicalLocations": [{"fullyQualifiedName": name}]} if name else {}
    return {"physicalLocation": physical, **logical}


def _fingerprint(issue: Issue) -> str:
    """The same for the same fault after lines moved."""
    parts = "\0".join([issue.rule, issue.file, issue.column or "", issue.key or "", issue.message])
    return hashlib.sha256(parts.encode(errors="surrogateescape")).hexdigest()[:32]
