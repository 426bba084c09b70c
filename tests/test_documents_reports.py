"""The reports of this repository: one for each document, true to the packages, with conflicts told where figures are shown."""

from pathlib import Path

import pytest
import yaml

from statpress.packages.read import read_packages
from statpress.paths import Project
from statpress.site.facts.indicator import describe_indicators
from statpress.site.facts.reference import read_references
from statpress.site.reports.read import read_reports

ROOT = Path(__file__).parents[1]
CONFLICTS = {
    "north-east-lincolnshire-needs-assessment": [
        "come to 17 more than all",
        "80 children had a disability",
        "55%, and the source gives 56%",
    ],
    "barnet-quarterly-update": ["makes exactly 81.3%", "do not add up to all"],
    "leicestershire-children-and-families": ["951 requests", "26 children in its table and 19"],
    "northamptonshire-exploitation": ["do not add up to the county", "make 106%"],
    "leeds-safeguarding-partnership": ["two more than all contacts", "77% of first conferences"],
}
"""What the inventories of the documents say of figures that contradict each other, as the notes of each report tell it."""


@pytest.fixture(scope="module")
def indicators():
    return [i for package in packages_of(ROOT) for i in describe_indicators(package)]


def packages_of(root):
    return read_packages(Project(root), lambda what, done, total: None)


@pytest.fixture(scope="module")
def reports(indicators):
    packages = list({i.package.id: i.package for i in indicators}.values())
    found, warnings = read_reports(ROOT / "site_src", packages, indicators, strict=True)
    assert warnings == ()
    return {report.id: report for report in found}


def test_every_document_has_a_report(reports):
    documents = yaml.safe_load((ROOT / "pipelines" / "documents.yml").read_text())
    assert {report.source.title for report in reports.values()} == {entry["title"] for entry in documents.values()}


def test_every_package_is_in_a_report(reports, indicators):
    told = {package.id for report in reports.values() for package in report.packages}
    assert told == {indicator.package.id for indicator in indicators}


@pytest.mark.parametrize("report", CONFLICTS)
def test_conflicts_of_the_document_are_notes_where_its_figures_are_shown(reports, report):
    notes = " ".join(reports[report].drawing.notes)
    assert [words for words in CONFLICTS[report] if words not in notes] == []


def test_reports_draw_many_figures(reports):
    assert min(len(report.drawing.slots) for report in reports.values()) > 60
    assert sum(len(report.drawing.used) for report in reports.values()) > 200


def test_the_pages_on_exploitation_are_linked_from_its_indicator(indicators):
    references = read_references(ROOT / "site_src", indicators)
    linked = {r.id for r in references if "exploitation-risk-lowest-score" in r.measures}
    assert linked == {"seam", "safeguard"}
