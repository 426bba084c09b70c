"""Other names, old names and ratings of measures come from the declarations into the package, and are checked there."""

import json

import pytest
from commands import statpress
from project import edit, make_project

from statpress.packages.read import read_package

SHARE = "  title: Share of looked-after children who went missing\n"
SAID = (
    "  also: [Children who ran away]\n"
    "  formerly: [runaway-share]\n"
    "  polarity: low\n"
    "  rating: {title: Targets of the council, bands: [{name: On target, at-most: 10}, {name: Off target, above: 10}]}\n"
)


@pytest.fixture
def root(tmp_path):
    return make_project(tmp_path)


def test_names_and_ratings_are_in_the_package(root):
    edit(root, "pipelines/measures.yml", SHARE, SHARE + SAID)
    edit(root, "pipelines/missing/pipeline.yml", "topic: missing\n", "topic: missing\nformerly: [runaways]\n")
    told = statpress(root, "publish")
    assert told.returncode == 0, told.stderr
    words = read_package(root / "datapackages" / "missing").words
    entry = next(entry for entry in words.measures if entry.id == "missing-share")
    assert (entry.also, entry.formerly) == (["Children who ran away"], ["runaway-share"])
    assert [band.name for band in entry.rating.bands] == ["On target", "Off target"]
    assert words.formerly == ["runaways"]
    assert statpress(root, "site").returncode == 0
    assert "missing-share" in (root / "site/indicators/runaways/runaway-share/index.html").read_text()
    assert "Children who ran away" in (root / "site/assets/find.json").read_text()


def test_a_package_without_them_says_nothing_of_them(root):
    assert statpress(root, "publish").returncode == 0
    text = (root / "datapackages" / "missing" / "datapackage.json").read_text()
    assert not {"also", "formerly", "rating"} & {
        key for entry in json.loads(text)["statpress"]["measures"] for key in entry
    }
    assert '"formerly"' not in text


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (SAID.replace("  polarity: low\n", ""), "polarity"),
        (SAID.replace("at-most: 10", "title: x"), "title"),
        (SAID.replace(", at-most: 10", ""), "at-least"),
        (SAID.replace(", {name: Off target, above: 10}", ""), "bands"),
    ],
)
def test_a_rating_that_cannot_be_is_told_with_its_place(root, said, message):
    edit(root, "pipelines/measures.yml", SHARE, SHARE + said)
    told = statpress(root, "check")
    assert told.returncode == 10
    assert "pipelines/measures.yml" in told.stdout + told.stderr
    assert message in told.stdout + told.stderr
