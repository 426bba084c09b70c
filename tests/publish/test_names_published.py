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


def test_a_lower_bound_says_why_it_holds_and_a_conflict_is_marked(root):
    bound = "  denominator-at-least: 400\n  denominator-reason: Each council looks after more than 400 children.\n"
    edit(root, "pipelines/measures.yml", SHARE, SHARE + bound)
    edit(root, "pipelines/caveats.yml", "{text: The two", "{conflict: true, text: The two")
    told = statpress(root, "publish")
    assert told.returncode == 0, told.stderr
    words = read_package(root / "datapackages" / "missing").words
    (entry,) = [entry for entry in words.measures if entry.id == "missing-share"]
    assert entry.denominator_reason == "Each council looks after more than 400 children."
    assert [caveat.conflict for caveat in words.caveats if caveat.id == "two-systems"] == [True]
    assert statpress(root, "site").returncode == 0
    page = (root / "site/indicators/missing/missing-share/index.html").read_text()
    assert "at least 400" in page
    assert "Each council looks after more than 400 children." in page


def test_a_reason_without_a_bound_is_told(root):
    edit(root, "pipelines/measures.yml", SHARE, SHARE + "  denominator-reason: There are many.\n")
    told = statpress(root, "check")
    assert told.returncode == 10
    assert "denominator-at-least" in told.stderr


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
