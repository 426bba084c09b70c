"""The report as JSON."""

from __future__ import annotations

import json

from statpress.cli.report.findings import Findings
from statpress.paths import Project


def render_json(findings: Findings, _: Project) -> str:
    """One line of JSON: `ok`, the issues, and the packages or the exit code and family."""
    issues = [issue.as_dict() for issue in findings.issues]
    if not findings.ok:
        ended = {"ok": False, "exit_code": findings.exit_code, "family": findings.family}
        return json.dumps({**ended, "issues": issues}, ensure_ascii=False) + "\n"
    answer = {"ok": True, "packages": list(findings.packages), "issues": issues}
    changes = {name: list(sentences) for name, sentences in findings.changes.items()}
    return json.dumps(answer | ({"changes": changes} if changes else {}), ensure_ascii=False) + "\n"
