"""What a declaration says of how figures are shown reaches the package, and is checked when it is declared."""

import json

import pytest
from project import edit, make_project

from statpress.errors import BadDeclaration
from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.publish.publish import publish
from statpress.site.facts.shapes import read_shapes

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


def square(code, x):
    ring = [[x, 52.1234567], [x + 1, 52.1234567], [x + 1, 53], [x, 53], [x, 52.1234567]]
    return {
        "type": "Feature",
        "properties": {"area": code, "secret": 7919},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def declare_boundaries(root, features):
    (root / "pipelines/boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))


THIRD = "2019/20,all,..\nchildren,England,2019/20,all,9000\n"


def test_boundaries_of_its_areas_are_in_the_package_and_make_a_map(project):
    edit(project, "pipelines/missing/source/missing.csv", "2019/20,all,..\n", THIRD)
    edit(project, MEASURES, TITLE, f"{TITLE}  chart: map\n")
    declare_boundaries(project, [square("E1", 0), square("E2", 1), square("E9", 2)])
    entries(project)
    text = (project / "datapackages/missing/data/boundaries.geojson").read_text()
    assert [f["properties"] for f in json.loads(text)["features"]] == [{"area": "E1"}, {"area": "E2"}, {"area": "E9"}]
    assert "52.12346" in text
    assert "7919" not in text
    package = read_package(project / "datapackages/missing")
    assert set(read_shapes(package)) == {"E1", "E2", "E9"}
    assert not publish(Project(project)).packages[0].written


def test_too_few_boundaries_make_no_file(project):
    declare_boundaries(project, [square("E1", 0), square("E2", 1)])
    entries(project)
    assert not (project / "datapackages/missing/data/boundaries.geojson").exists()


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"features": 3}', '{"features": [{"properties": {}}]}']
    + [json.dumps({"features": [square("E1", 0) | {"geometry": geometry}]}) for geometry in
       ({"type": "Point", "coordinates": [0, 52]}, {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[["a", 1]]]}, None)]
    + [json.dumps({"features": [square("E1", 0), square("E1", 1)]})],
)  # fmt: skip
def test_boundaries_that_cannot_be_understood_are_told(project, text):
    (project / "pipelines/boundaries.geojson").write_text(text)
    with pytest.raises(BadDeclaration) as failed:
        publish(Project(project))
    assert [issue.rule for issue in failed.value.issues] == ["bad-boundaries"]
