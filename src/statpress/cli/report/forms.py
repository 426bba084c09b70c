"""Every form of the report by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from statpress.cli.report.findings import Findings
from statpress.cli.report.html import render_html
from statpress.cli.report.json_form import render_json
from statpress.cli.report.junit import render_junit
from statpress.cli.report.markdown import render_markdown
from statpress.cli.report.sarif import render_sarif
from statpress.cli.report.text import render_text
from statpress.paths import Project

RENDERERS: Final[Mapping[str, Callable[[Findings, Project], str]]] = MappingProxyType(
    {
        "text": render_text,
        "json": render_json,
        "sarif": render_sarif,
        "junit": render_junit,
        "html": render_html,
        "markdown": render_markdown,
    }
)
"""Form to what renders it. None shows a figure."""


def render(form: str, findings: Findings, project: Project) -> str:
    """The report in a form, as text that can be encoded: the name of a file may hold bytes that are no letters."""
    return RENDERERS[form](findings, project).encode("utf-8", "backslashreplace").decode()
