"""The site as it is published: every chart that can be drawn is drawn, and nothing is asked of anybody else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "site_src/reference/charts-of-the-reports.md"
DRAWN = dict(
    re.findall(r"^\| (.+?) \| \[.+?\]\(\.\./indicators/(.+?)/index\.md\) \|$", LISTED.read_text(), re.MULTILINE)
)
"""Charts and tables that the source reports name (their inventories, part c) whose figures they print, and the page of each."""


pytestmark = pytest.mark.xdist_group("documents-site")


@pytest.fixture
def site(published):
    return published


def test_the_list_of_charts_has_all_that_the_inventories_name():
    assert len(DRAWN) == 49
    for report in ("North East Lincolnshire", "Barnet", "Northamptonshire", "Leeds", "Leicestershire"):
        assert f"\n## {report}\n" in LISTED.read_text()


@pytest.mark.parametrize("title", DRAWN)
def test_every_chart_of_the_reports_whose_figures_are_printed_is_drawn(site, title):
    page = (site / "indicators" / DRAWN[title] / "index.html").read_text()
    drawings = re.findall(r"<svg[^>]*role=\"img\".*?</svg>", page, re.DOTALL)
    assert drawings
    assert all("<title" in drawing and "<desc" in drawing for drawing in drawings)


def test_every_indicator_and_topic_has_a_page(site):
    measures = {
        f"{folder.parent.parent.name}/{line.split(',')[0]}"
        for folder in ROOT.glob("datapackages/*/data/measures.csv")
        for line in folder.read_text().splitlines()[1:]
        if re.match(r"[a-z0-9-]+,", line)
    }
    pages = {
        path.parent.relative_to(site / "indicators").as_posix()
        for path in site.glob("indicators/*/*/index.html")
        if 'http-equiv="refresh"' not in path.read_text()
    }
    assert pages == measures
    sections = {
        text for path in site.glob("topics/*/index.html") for text in re.findall(r"Section (9\.\d+)", path.read_text())
    }
    assert {f"9.{number}" for number in (1, 2, 5, 6, 7, 8, 9, 10, 11, 12)} <= sections


def test_money_has_its_sign_and_no_unit_besides(site):
    page = (
        site / "indicators/leicestershire-safeguarding-partnership/safeguarding-boards-income/index.html"
    ).read_text()
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "£340,787" in words
    assert "£340,787 pounds" not in words


def test_no_page_or_style_loads_anything_from_elsewhere(site):
    loads = re.compile(
        r"""(?:<(?:script|img|iframe|source|video)[^>]*\ssrc|<link[^>]*rel="(?:stylesheet|preconnect|icon|preload)"[^>]*href)\s*=\s*["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import"""
    )
    found = [
        path.name
        for path in site.rglob("*")
        if path.suffix in {".html", ".css", ".svg"} and loads.search(path.read_text())
    ]
    assert found == []


def test_the_sentence_that_it_has_no_javascript_to_depend_on_is_true(site):
    """Headline, table and chart of an indicator are in the page itself, before any script."""
    page = (site / "indicators/missing-from-care/children-missing-from-care/index.html").read_text()
    for part in ("<h1", "<svg", "<table", "[c]"):
        assert part in page


def test_the_page_about_the_data_counts_what_there_is(site):
    page = (site / "about" / "index.html").read_text()
    counts = {
        title: int(number.replace(",", "")) for title, number in re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", page)
    }
    indicators = [p for p in site.glob("indicators/*/*/index.html") if 'http-equiv="refresh"' not in p.read_text()]
    drawn = sum(path.read_text().count('class="sp-svg"') for path in indicators)
    assert counts["Data packages"] == len(list(ROOT.glob("datapackages/*/datapackage.json")))
    assert counts["Indicators"] == len(indicators)
    assert counts["Charts"] == drawn
    assert counts["Rows in the sources"] == 1797
    parts = ("that are shown", "that are withheld to protect people", "that are not there for another reason")
    assert sum(counts[f"Figures {part}"] for part in parts) == counts["Figures in the data packages"]
