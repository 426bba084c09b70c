"""The catalogue of measures: one definition for each, found by the words that readers use, and old names that lead on."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from statpress.declare.load import load_declarations
from statpress.paths import Project

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def declared():
    return load_declarations(Project(ROOT))


def test_measures_stand_by_topic_in_files_that_one_can_read():
    assert not (ROOT / "pipelines/measures.yml").exists()
    sizes = {path.name: len(path.read_text().splitlines()) for path in (ROOT / "pipelines/measures").glob("*.yml")}
    assert len(sizes) > 15
    assert max(sizes.values()) < 700, sizes


def test_no_two_measures_are_defined_in_the_same_words(declared):
    said = {name: (m.definition.lower(), m.unit, m.kind) for name, m in declared.measures.items()}
    assert [pair for pair in combinations(said, 2) if said[pair[0]] == said[pair[1]]] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("missing-reports", "missing-episodes"),
        ("child-protection-reviews-on-time-share", "child-protection-reviews-in-time-share"),
        ("looked-after-reviews-on-time-share", "care-reviews-in-time-share"),
        ("designated-officer-referrals", "allegations-against-workers"),
    ],
)
def test_measures_of_two_councils_that_are_the_same_are_one_with_its_old_name(declared, old, new):
    assert old not in declared.measures
    assert old in declared.measures[new].formerly
    areas = {pipeline.area for pipeline in declared.pipelines.values() if new in pipeline.measures}
    assert len(areas) > 1


ALIKE = [
    ("repeat-child-protection-plans-share", "child-protection-plans-repeat-share"),
    ("child-protection-plans-two-years-share", "open-child-protection-plans-two-years-share"),
    ("looked-after-health-assessments-share", "health-reviews-in-time-share"),
    ("health-checks-share", "health-reviews-in-time-share"),
    ("looked-after-dental-checks-share", "dental-checks-share"),
    ("child-minders-good-share", "childcare-good-share"),
    ("training-courses", "safeguarding-courses"),
    ("care-leavers-in-education-or-work-share", "care-leavers-active-share"),
    ("care-leavers-suitable-homes-share", "care-leavers-with-suitable-home-share"),
    ("home-educated-visits-received-share", "home-educated-visited-share"),
    ("missing-incidents", "missing-episodes"),
    ("children-missing-from-care", "children-reported-missing"),
    ("children-with-child-in-need-plan", "children-classed-in-need"),
    ("looked-after-youth-justice-share", "youth-offending-looked-after-share"),
    ("neet-share", "young-people-neet-share"),
]


@pytest.mark.parametrize("pair", ALIKE)
def test_measures_that_only_look_alike_say_both_how_they_differ(declared, pair):
    for name in pair:
        measure = declared.measures[name]
        words = f"{measure.definition} {measure.reading}"
        assert re.search(
            r"\b(another|other) (measure|figure)|other measures|not compare|figures? of (its|their) own", words
        ), name


def test_rates_per_10_000_and_per_100_000_name_each_other(declared):
    for name in ("child-protection-plan-rate", "first-time-entrants-rate"):
        measure = declared.measures[name]
        assert re.search(r"10,000", f"{measure.reading} {measure.unit}")
        assert re.search(r"100,000", f"{measure.reading} {measure.unit}"), name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("NEET", "neet"),
        ("MASH contacts", "safeguarding-hub-contacts"),
        ("LAC", "children-looked-after"),
        ("EHCP", "people-with-ehc-plan"),
        ("Suspensions", "fixed-period-exclusions"),
        ("Homeschooling", "home-educated-children"),
        ("CSE referrals", "sexual-exploitation-referrals"),
        ("SDQ", "strengths-and-difficulties-score"),
        ("Runaways", "children-missing-from-care"),
        ("LADO referrals", "allegations-against-workers"),
        ("Expulsions", "permanent-exclusions"),
    ],
)
def test_measures_are_found_by_words_that_readers_use(declared, word, name):
    assert word in declared.measures[name].also


def test_every_lower_bound_of_what_is_not_printed_says_why_it_holds(declared):
    bounds = {name: m for name, m in declared.measures.items() if m.denominator_at_least is not None}
    assert len(bounds) > 100
    assert [name for name, m in bounds.items() if not m.denominator_reason] == []


@pytest.mark.parametrize(
    "word", ["flagged", "gangs-", "trafficking", "sexual-offences-on", "domestic-incidents", "-crimes"]
)
def test_where_more_may_only_mean_that_more_is_found_no_direction_is_good(declared, word):
    found = {name: m for name, m in declared.measures.items() if word in name}
    assert found
    assert [name for name, m in found.items() if m.polarity != "none"] == []


def test_what_a_review_finds_is_not_called_preventable(declared):
    assert [
        n for n, m in declared.measures.items() if re.search(r"prevented|preventable", f"{m.title} {m.definition}")
    ] == []


def test_most_measures_have_other_names_and_none_is_told_by_a_number(declared):
    named = [m for m in declared.measures.values() if m.also]
    assert len(named) > 200
    assert not [m.title for m in named for word in m.also if re.search(r"\d", word)]


def test_what_the_law_says_names_the_law_or_the_return(declared):
    said = {name: m.statutory for name, m in declared.measures.items() if m.statutory}
    assert len(said) >= 35
    named = r"Act \d{4}|Regulations \d{4}|Working Together|SSDA903|census|national|Ministry|profile|guidance"
    assert [name for name, words in said.items() if not re.search(named, words)] == []
