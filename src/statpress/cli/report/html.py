"""The report as one HTML page that needs nothing else: light and dark, for screen readers and for print."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from statpress.checks.catalogue.rule import read_rules
from statpress.cli.report.draw import Drawer
from statpress.cli.report.findings import Findings, count, group_by_file, place_in_file, sum_up
from statpress.cli.report.texts import show_plain
from statpress.issue import Issue
from statpress.paths import Project


@dataclass(frozen=True)
class _Told:
    """One issue as the page shows it."""

    severity: str
    place: str
    message: str
    hint: str
    rule: str
    why: str
    drawn: str


def render_html(findings: Findings, project: Project) -> str:
    """The page. All text is escaped; there is no script, and nothing is fetched."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("statpress.cli", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawer = Drawer(project)
    files = [
        (show_plain(file) or "project", [_tell(issue, drawer) for issue in issues])
        for file, issues in group_by_file(findings.issues)
    ]
    return environment.get_template("report.html").render(
        code=_mark_code, findings=findings, files=files, said=sum_up(findings), count=count, plain=show_plain
    )


def _mark_code(text: str) -> Markup:
    """A text with what stands between backticks as code."""
    pieces = text.split("`")
    marked = [
        escape(piece) if index % 2 == 0 else Markup("<code>{}</code>").format(piece)
        for index, piece in enumerate(pieces)
    ]
    return Markup("").join(marked) if len(pieces) % 2 else escape(text)


def _tell(issue: Issue, drawer: Drawer) -> _Told:
    place = place_in_file(issue)
    rule = read_rules().get(issue.rule)
    return _Told(
        issue.severity,
        show_plain(place),
        show_plain(issue.message),
        show_plain(issue.hint),
        issue.rule,
        rule.why if rule else "",
        "\n".join(drawer.draw(issue)),
    )
