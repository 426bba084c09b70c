"""The report as Markdown, for a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from statpress.cli.report.draw import Drawer
from statpress.cli.report.findings import Findings, group_by_file, place_in_file, sum_up
from statpress.cli.report.texts import show_plain
from statpress.issue import Issue
from statpress.paths import Project

LONGEST: Final = 60_000
"""Characters of the report; code hosts refuse longer comments."""
_SPECIAL: Final = re.compile(r"([\\*_\[\]<>|#~@])")


def render_markdown(findings: Findings, project: Project) -> str:
    """The counts first, then each file with its issues, then what would change; cut at `LONGEST`."""
    mark = "✅" if findings.ok else "❌"
    parts = [
        f"## {mark} statpress check\n",
        f"{escape(sum_up(findings))}\n",
        *_files(findings, project),
        *_changes(findings),
    ]
    return _cut(parts)


def _cut(parts: list[str]) -> str:
    text = ""
    for index, part in enumerate(parts):
        if len(text) + len(part) > LONGEST:
            return f"{text}\n… and {len(parts) - index} more parts, which are too long for a comment.\n"
        text += f"{part}\n"
    return text


def _files(findings: Findings, project: Project) -> Iterator[str]:
    drawer = Drawer(project)
    for file, issues in group_by_file(findings.issues):
        yield f"### {escape(file or 'project')}\n"
        yield from (_issue(issue, drawer) for issue in issues)


def _issue(issue: Issue, drawer: Drawer) -> str:
    place = place_in_file(issue)
    hint = f" {escape(issue.hint)}" if issue.hint else ""
    said = (
        f"- **{issue.severity}** {escape(place)}{': ' if place else ''}{escape(issue.message)}{hint} (`{issue.rule}`)"
    )
    drawn = drawer.draw(issue)
    fence = (
        "\n\n  ```text\n" + "\n".join(f"  {line.replace('```', '´´´')}" for line in drawn) + "\n  ```\n"
        if drawn
        else ""
    )
    return said + fence


def _changes(findings: Findings) -> Iterator[str]:
    for name, sentences in findings.changes.items():
        yield f"### {escape(name)}, since the last release\n"
        yield "\n".join(f"- {escape(sentence)}" for sentence in sentences) + "\n"


def escape(text: str) -> str:
    """Words as words: nothing in them becomes markup, a mention or a link; `code` stays."""
    pieces = re.split(r"(`[^`\n]*`)", show_plain(text).replace("\n", " "))
    return "".join(
        piece if piece.startswith("`") and len(piece) > 1 else _SPECIAL.sub(r"\\\1", piece) for piece in pieces
    )
