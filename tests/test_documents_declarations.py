"""The declarations of all documents: they load, and nothing in the catalogues is unused."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from statpress.declare.load import load_declarations
from statpress.declare.nouns import Declarations
from statpress.paths import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def declared() -> Declarations:
    return load_declarations(Project(ROOT))


@pytest.fixture(scope="module")
def cells(declared: Declarations) -> dict[str, set[str]]:
    """Every text of the published source tables of a pipeline, and every text of its declaration."""
    return {
        name: {
            cell
            for table in pipeline.tables
            if table.left_out is None
            for row in csv.reader(_read(name, table.path).splitlines())
            for cell in row
        }
        | _texts(declared.files[name].data)
        for name, pipeline in declared.pipelines.items()
    }


def _read(pipeline: str, path: str) -> str:
    return (ROOT / "pipelines" / pipeline / path).read_text(encoding="utf-8")


def _texts(data: object) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {text for part in data.values() for text in _texts(part)}
    if isinstance(data, list):
        return {text for part in data for text in _texts(part)}
    return {str(data)}


def test_every_source_file_is_declared_once(declared: Declarations) -> None:
    for name, pipeline in declared.pipelines.items():
        files = {f"source/{path.name}" for path in (ROOT / "pipelines" / name / "source").iterdir()}
        assert Counter(table.path for table in pipeline.tables) == dict.fromkeys(files, 1), name


def test_every_measure_is_published_once_for_each_council(declared: Declarations) -> None:
    used = Counter(
        (measure, pipeline.area) for pipeline in declared.pipelines.values() for measure in pipeline.measures
    )
    assert max(used.values()) == 1
    assert {measure for measure, _ in used} == set(declared.measures)


def test_every_measure_of_a_pipeline_is_named_by_its_steps(declared: Declarations) -> None:
    for name, pipeline in declared.pipelines.items():
        steps = _texts([table.get("steps", []) for table in declared.files[name].data["tables"]])
        assert set(pipeline.measures) <= steps, name


def test_parts_of_a_ratio_stand_in_its_package(declared: Declarations) -> None:
    """Of one council at least: another may print a rate without the numbers that it is made of."""
    for name, measure in declared.measures.items():
        packages = [set(pipeline.measures) for pipeline in declared.pipelines.values() if name in pipeline.measures]
        assert any({measure.numerator, measure.denominator} - {None} <= measures for measures in packages), name


def test_every_dimension_and_category_is_used(declared: Declarations, cells: dict[str, set[str]]) -> None:
    used = {dimension for pipeline in declared.pipelines.values() for dimension in pipeline.dimensions}
    assert used == set(declared.dimensions)
    for name, dimension in declared.dimensions.items():
        texts = set().union(
            *(cells[key] for key, pipeline in declared.pipelines.items() if name in pipeline.dimensions)
        )
        for code, category in dimension.categories.items():
            assert texts & {code, category.label, *category.also}, (name, code)


def test_parts_that_add_up_all_stand_in_one_package(declared: Declarations, cells: dict[str, set[str]]) -> None:
    """A part that a package does not have would leave its whole unexplained, and its siblings unprotected."""
    for key, pipeline in declared.pipelines.items():
        for name in (name for name, adds in pipeline.dimensions.items() if adds == "adds-up"):
            for code, category in declared.dimensions[name].categories.items():
                assert cells[key] & {code, category.label, *category.also}, (key, name, code)


def test_every_caveat_is_used_where_its_measures_are(declared: Declarations) -> None:
    used = {caveat for pipeline in declared.pipelines.values() for caveat in pipeline.caveats}
    assert used == set(declared.caveats)
    for name, pipeline in declared.pipelines.items():
        for caveat in pipeline.caveats:
            assert set(declared.caveats[caveat].measures) <= set(pipeline.measures), (name, caveat)


def test_every_topic_and_document_and_policy_is_used(declared: Declarations) -> None:
    pipelines = declared.pipelines.values()
    assert {pipeline.topic for pipeline in pipelines} == set(declared.topics)
    assert {pipeline.disclosure for pipeline in pipelines} == {"strict"}
    assert {table.origin.document for pipeline in pipelines for table in pipeline.tables} == set(declared.documents)


def test_every_area_is_used(declared: Declarations, cells: dict[str, set[str]]) -> None:
    texts = set().union(*cells.values()) | {area.parent for area in declared.areas.values()}
    for code, area in declared.areas.items():
        assert texts & {code, area.name, *area.also}, code


def test_only_figures_that_count_no_people_are_unprotected(declared: Declarations) -> None:
    assert {name for name, measure in declared.measures.items() if measure.unprotected} == {
        "bulletin-subscribers",
        "campaign-clicks",
        "campaign-events",
        "campaign-funding",
        "campaign-media-items",
        "campaign-page-views",
        "campaign-reach",
        "campaign-videos",
        "care-record-groups",
        "childcare-good-share",
        "childcare-settings-closed",
        "childcare-settings-opened",
        "children-centre-inspections",
        "children-centres",
        "city-council-size-rank",
        "cluster-partnerships",
        "councils-in-home-education-survey",
        "county-lines",
        "dashboard-benchmarked-measures",
        "dashboard-measures",
        "early-help-managers",
        "earned-autonomy-councils",
        "exploitation-risk-lowest-score",
        "first-time-entrants-rank",
        "front-door-health-posts",
        "independent-care-homes",
        "inspection-recommendations",
        "language-training-authorities",
        "language-training-settings",
        "languages",
        "learning-from-review-sessions",
        "lowest-funded-authorities",
        "multi-agency-audits",
        "named-nurse-posts",
        "national-quartile",
        "nationalities",
        "neet-rank",
        "neglect-workshops",
        "organisation-safeguarding-audits",
        "priorities-chosen",
        "quality-alerts",
        "recruitment-actions",
        "repeat-child-protection-plans-target",
        "reviewing-officer-appointments",
        "reviewing-officer-posts-agreed",
        "reviewing-officer-posts-recruited",
        "reviewing-unit-staff",
        "safeguarding-board-meetings",
        "safeguarding-boards-council-contribution-share",
        "safeguarding-course-themes",
        "safeguarding-courses",
        "safeguarding-website-sessions-change",
        "safeguarding-website-users-change",
        "school-safeguarding-returns-share",
        "schools",
        "schools-good",
        "schools-good-share",
        "secure-places",
        "secure-places-per-unit",
        "secure-settings",
        "secure-settings-of-a-kind",
        "secure-units",
        "social-media-followers",
        "social-work-posts-agreed",
        "social-worker-vacancies",
        "strengths-and-difficulties-lowest-score",
        "therapy-distance",
        "training-courses",
        "training-sessions",
        "troubled-families-wards",
        "universities",
        "warning-zone-schools",
        "website-page-views",
        "website-visits",
        "white-rose-councils",
        "youth-justice-mental-health-nurses",
    }


def test_titles_stand_for_themselves(declared: Declarations) -> None:
    """A reader tells two measures, packages or topics apart by their titles, which name no area and no year."""
    titles = Counter(measure.title for measure in declared.measures.values())
    assert max(titles.values()) == 1
    names = {area.name for area in declared.areas.values()} - {"South"}
    for title in titles:
        assert not any(name in title for name in names), title
        assert "20" not in title.replace("20 to", ""), title
