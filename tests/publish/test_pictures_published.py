"""What a declaration says of how figures are shown reaches the package, and is checked when it is declared."""

import json

import pytest
from project import edit, make_project

from statpress.errors import BadDeclaration
from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.publish.publish import publish

PIPELINE, MEASURES = "pipelines/missing/pipeline.yml", "pipelines/measures.yml"
TITLE = "title: Children looked after\n"


@pytest.fixture
def project(tmp_path):
    """The tiny project in a folder of its own."""
    return make_project(tmp_path)


def entries(root):
    publish(Project(root))
    said = json.loads((root / "datapackages/missing/datapackage.json").read_text())["statpress"]
    return {entry["id"]: entry for entry in said["measures"]}, said


def test_a_package_says_nothing_of_pictures_that_nobody_declared(project):
    measures, said = entries(project)
    assert not {"chart", "bands", "targets", "interval"} & set(measures["children"])
    assert "type" not in said["release"]


def test_chart_bands_targets_and_kind_of_release_are_in_the_package(project):
    bands = "bands: [{low: 0, high: 13, title: Low}, {low: 13.5, high: 40, title: High}]"
    edit(project, MEASURES, TITLE, f"{TITLE}  chart: bars\n  {bands}\n")
    targets = "targets: [{measure: children, value: 400, title: Aim, by: March 2021}, {measure: children, value: 99.5, area: E2}]"
    edit(project, PIPELINE, "caveats: [two-systems]", f"caveats: [two-systems]\n{targets}")
    edit(project, PIPELINE, "next: none planned}", "next: none planned, type: Official statistics}")
    measures, said = entries(project)
    assert measures["children"]["chart"] == "bars"
    assert measures["children"]["bands"] == [
        {"low": 0, "high": 13, "title": "Low"},
        {"low": 13.5, "high": 40, "title": "High"},
    ]
    assert measures["children"]["targets"] == [
        {"value": 400, "title": "Aim", "by": "March 2021"},
        {"value": 99.5, "area": "E2"},
    ]
    assert said["release"]["type"] == "Official statistics"
    (entry,) = [e for e in read_package(project / "datapackages/missing").words.measures if e.id == "children"]
    assert (entry.chart, len(entry.bands), len(entry.targets)) == ("bars", 2, 2)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (MEASURES, TITLE, f"{TITLE}  chart: pie\n", "chart"),
        (MEASURES, TITLE, f"{TITLE}  bands: [{{low: 5, high: 3, title: A}}]\n", "bands"),
        (
            MEASURES,
            TITLE,
            f"{TITLE}  bands: [{{low: 0, high: 9, title: A}}, {{low: 5, high: 12, title: B}}]\n",
            "children",
        ),
        (MEASURES, TITLE, f"{TITLE}  interval: {{lower: nobody, upper: children, level: 95%}}\n", "interval"),
        (
            PIPELINE,
            "caveats: [two-systems]",
            "caveats: [two-systems]\ntargets: [{measure: nobody, value: 1}]",
            "targets",
        ),
        (
            PIPELINE,
            "caveats: [two-systems]",
            "caveats: [two-systems]\ntargets: [{measure: children, value: 1, area: E7}]",
            "targets",
        ),
    ],
)
def test_what_cannot_be_shown_is_told_with_its_key(project, file, old, new, told):
    edit(project, file, old, new)
    with pytest.raises(BadDeclaration) as failed:
        publish(Project(project))
    assert any(told in f"{issue.key}" for issue in failed.value.issues), failed.value.issues
