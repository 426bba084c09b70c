"""The HTML report in a real browser: nothing for axe to find, in light and dark, on a desktop and on a phone."""

import pytest
from browser import CHROMIUM, open_browser, violations
from project import edit, make_project

from statpress.cli.report.findings import Findings
from statpress.cli.report.forms import RENDERERS
from statpress.issue import Issue
from statpress.paths import Project

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
FOUND = Findings(
    (
        Issue("unknown-topic", "There is no topic.", PIPELINE, 3, key="topic", hint="Mend it."),
        Issue("not-a-number", "The cell holds a text.", SOURCE, 4, "value", hint="Write a number."),
        Issue("not-a-number", "The cell holds a text.", SOURCE, 5, "value", hint="Write a number."),
        Issue("no-methodology", "Nothing says how.", PIPELINE, 1, severity="warning"),
    ),
    exit_code=12,
    family="failed check",
)


def test_axe_finds_nothing_in_a_report(tmp_path):
    make_project(tmp_path)
    edit(tmp_path, PIPELINE, "title: Children who went missing", f"title: {'Children who went missing ' * 8}")
    page_file = tmp_path / "report.html"
    page_file.write_text(RENDERERS["html"](FOUND, Project(tmp_path)), encoding="utf-8")
    found = {}
    with open_browser() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme).new_page()
            page.goto(page_file.as_uri())
            for width in (1440, 360):
                page.set_viewport_size({"width": width, "height": 800})
                found[scheme, width] = violations(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {size: [] for size in found}
