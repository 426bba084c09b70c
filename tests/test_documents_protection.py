"""Every row of the documents' tables becomes a figure or is left out with a reason, and nobody can be found in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from statpress.declare.load import load_declarations
from statpress.disclosure.cells import rules_of
from statpress.disclosure.protect import protect_table
from statpress.paths import Project
from statpress.publish.ledger import count_ledger, keep_ledger
from statpress.tables.observations import Observations, load_observations

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = {
    "nel-jsna-9": 187,
    "barnet-community-safety-2017": 43,
    "northamptonshire-exploitation-2018": 154,
    "leeds-lscp-2019": 410,
    "leicestershire-scrutiny-2019": 587,
}
"""Figures of each document, published or withheld."""
LEFT_OUT = {
    "nel-jsna-9": {"words-only": 37, "duplicate": 9, "uncertain": 2, "not-a-statistic": 1},
    "barnet-community-safety-2017": {"words-only": 19, "duplicate": 1, "uncertain": 1, "not-a-statistic": 28},
    "northamptonshire-exploitation-2018": {"words-only": 22, "duplicate": 1},
    "leeds-lscp-2019": {"words-only": 31, "duplicate": 32, "uncertain": 6, "not-a-statistic": 3},
    "leicestershire-scrutiny-2019": {"words-only": 5, "duplicate": 79, "uncertain": 29, "not-a-statistic": 213},
}
"""Rows of each document from which there is no figure, by reason."""
WITHHELD = {
    "alternative-provision": 1,
    "barnet-family-services": 1,
    "barnet-troubled-families": 1,
    "barnet-youth-justice": 2,
    "care-leavers": 1,
    "child-deaths": 4,
    "custody-and-mental-health-beds": 4,
    "leeds-campaigns": 1,
    "leeds-child-deaths": 6,
    "leeds-child-protection": 2,
    "leeds-crime": 2,
    "leeds-exploitation": 14,
    "leeds-home-education": 1,
    "leeds-hospital": 2,
    "leeds-inspections": 4,
    "leeds-missing-children": 3,
    "leeds-training": 9,
    "leeds-youth-justice": 2,
    "missing-from-care": 2,
    "northamptonshire-exploitation": 23,
    "northamptonshire-rise": 12,
    "leicestershire-care-reviews": 13,
    "leicestershire-child-protection": 24,
    "leicestershire-dashboard": 6,
    "leicestershire-early-years": 1,
    "leicestershire-exploitation": 2,
    "leicestershire-safeguarding-partnership": 9,
    "leicestershire-services": 2,
    "leicestershire-social-workers": 5,
    "rutland-services": 6,
    "youth-justice": 6,
}
"""Figures withheld in each package; none in the others."""


@pytest.fixture(scope="module")
def loaded() -> dict[str, Observations]:
    project = Project(ROOT)
    declared = load_declarations(project)
    found = {}
    for name in declared.pipelines:
        observations, issues = load_observations(project, name, declared)
        assert issues == [], name
        assert observations is not None
        found[name] = observations
    return found


@pytest.fixture(scope="module")
def safe(loaded: dict[str, Observations]) -> dict[str, pd.DataFrame]:
    declared = load_declarations(Project(ROOT))
    tables = {}
    for name, pipeline in declared.pipelines.items():
        protected, issues = protect_table(loaded[name].table, rules_of(declared, pipeline), pipeline.withhold)
        assert issues == [], name
        tables[name] = protected.observations
    return tables


def test_every_row_is_published_or_left_out_with_a_reason(loaded: dict[str, Observations]) -> None:
    published: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {document: Counter() for document in LEFT_OUT}
    for name, pipeline in load_declarations(Project(ROOT)).pipelines.items():
        (document,) = {table.origin.document for table in pipeline.tables}
        published[document] += len(loaded[name].table)
        reasons[document].update(count_ledger(keep_ledger(loaded[name], pipeline, ())).left_out)
    assert published == PUBLISHED
    assert reasons == LEFT_OUT


def test_how_much_is_withheld(safe: dict[str, pd.DataFrame]) -> None:
    counted = {name: int((table["status"] == "c").sum()) for name, table in safe.items()}
    assert {name: number for name, number in counted.items() if number} == WITHHELD


@pytest.mark.parametrize(
    ("package", "where"),
    [
        ("alternative-provision", {"measure": "pru-pupils-sen-share"}),
        ("barnet-family-services", {"measure": "early-help-assessments-success-share"}),
        ("barnet-troubled-families", {"number-of-problems": "5-or-more"}),
        ("barnet-youth-justice", {"measure": "remands-to-custody"}),
        ("barnet-youth-justice", {"measure": "youth-offending-male-share"}),
        ("child-deaths", {}),
        ("custody-and-mental-health-beds", {"custody-entry": "recalled"}),
        ("custody-and-mental-health-beds", {"custody-entry": "sentenced"}),
        ("custody-and-mental-health-beds", {"measure": "tier-4-referrals"}),
        ("northamptonshire-exploitation", {"measure": "exploitation-assessed", "age-when-assessed": "unborn"}),
        ("northamptonshire-exploitation", {"measure": "exploitation-assessed", "concern": "all", "area": "E07000151"}),
        (
            "northamptonshire-exploitation",
            {"measure": "exploitation-assessed", "concern": "gangs-only", "area": "E07000151"},
        ),
        ("northamptonshire-exploitation", {"measure": "exploitation-assessed-share", "area": "E07000155"}),
        ("northamptonshire-exploitation", {"measure": "exploitation-assessed-share", "ethnic-group": "not-white"}),
        ("northamptonshire-exploitation", {"concern-of-share": "both"}),
        ("northamptonshire-rise", {"measure": "rise-known", "rise-education": "not-in-education"}),
        ("northamptonshire-rise", {"measure": "rise-known", "rise-education": "not-recorded"}),
        ("northamptonshire-rise", {"measure": "rise-referrals-declined-share"}),
        ("northamptonshire-rise", {"measure": "rise-schools-of-ten-or-more"}),
        ("northamptonshire-rise", {"rise-education-stage": "primary"}),
        ("northamptonshire-rise", {"rise-exclusions": "ten-or-more"}),
        ("leeds-campaigns", {"measure": "abandoned-buildings-incidents"}),
        ("leeds-child-deaths", {"measure": "sleep-deaths-in-a-year"}),
        ("leeds-child-deaths", {"measure": "road-deaths-modifiable"}),
        ("leeds-child-deaths", {"baby-or-child": "newborn"}),
        ("leeds-child-protection", {"measure": "child-protection-feedback-share"}),
        ("leeds-exploitation", {"assessment-finding": "forced-marriage"}),
        ("leeds-exploitation", {"assessment-finding": "gangs"}),
        ("leeds-exploitation", {"assessment-finding": "trafficking"}),
        ("leeds-exploitation", {"ethnic-group": "pakistani"}),
        ("leeds-exploitation", {"referral-outcome": "assessment"}),
        ("leeds-exploitation", {"ethnic-group": "other-white"}),
        ("leeds-exploitation", {"measure": "trafficking-referrals-share"}),
        ("leeds-home-education", {"missing-education": "out"}),
        ("leeds-hospital", {"age-when-admitted": "7-to-12"}),
        ("leeds-inspections", {"measure": "appreciative-inquiries"}),
        ("leeds-inspections", {"measure": "audited-children-missing"}),
        ("leeds-missing-children", {"measure": "children-missing-30-times", "sex": "female"}),
        ("leeds-youth-justice", {"circumstance": "guns"}),
        ("leeds-youth-justice", {"ethnic-group": "gypsy-roma"}),
        ("leicestershire-care-reviews", {"participation": "non-verbal", "period": "2018-04-01/P1Y"}),
        ("leicestershire-care-reviews", {"late-review-reason": "exams"}),
        ("leicestershire-child-protection", {"conference-outcome": "no-plan", "period": "2018-09-01/P1M"}),
        ("leicestershire-child-protection", {"measure": "conferences-stood-down", "stood-down-reason": "parent"}),
        ("leicestershire-dashboard", {"measure": "open-child-protection-plans-two-years"}),
        ("leicestershire-dashboard", {"measure": "open-child-protection-plans-two-years-share", "area": "E10000018"}),
        ("leicestershire-dashboard", {"measure": "care-leavers-with-suitable-home"}),
        ("leicestershire-dashboard", {"measure": "custody-instances"}),
        ("leicestershire-dashboard", {"measure": "ehc-assessments-without-plan", "period": "2017-01-01/P1Y"}),
        ("leicestershire-services", {"measure": "private-fostering-notifications"}),
        ("leicestershire-social-workers", {"agency-reason": "sickness"}),
        ("missing-from-care", {"age": "18-and-over", "measure": "children-missing-from-care"}),
        ("rutland-services", {"measure": "private-fostering-notifications"}),
        ("rutland-services", {"measure": "return-interviews-completed-share"}),
        ("youth-justice", {"measure": "youth-offending-looked-after-share"}),
        ("youth-justice", {"measure": "youth-offending-looked-after-send-share"}),
        ("youth-justice", {"measure": "youth-offending-send-share"}),
    ],
)
def test_what_could_point_at_a_child_is_withheld(
    safe: dict[str, pd.DataFrame], package: str, where: dict[str, str]
) -> None:
    table = safe[package]
    rows = table[(table[list(where)] == pd.Series(where)).all(axis=1)] if where else table
    assert len(rows)
    assert set(rows["status"]) == {"c"}
    assert rows["value"].isna().all()


def test_the_withheld_age_cannot_be_worked_out(safe: dict[str, pd.DataFrame]) -> None:
    """The total is printed, so a second age group has to be withheld with the first."""
    table = safe["missing-from-care"]
    ages = table[(table["measure"] == "children-missing-from-care") & (table["age"] != "all")]
    assert (ages["status"] == "c").sum() == 2


def test_readers_still_get_the_totals(safe: dict[str, pd.DataFrame]) -> None:
    for package, measure in [
        ("missing-from-care", "children-missing-from-care"),
        ("custody-and-mental-health-beds", "custodial-sentences"),
        ("alternative-provision", "pru-pupils"),
        ("barnet-troubled-families", "troubled-families-turned-around"),
    ]:
        table = safe[package]
        dimensions = [
            name
            for name in ("sex", "age", "duration", "custody-entry", "sen-need", "number-of-problems")
            if name in table
        ]
        whole = table[(table["measure"] == measure) & (table[dimensions] == "all").all(axis=1)]
        assert whole["value"].notna().all() and len(whole) == 1, package


def test_districts_do_not_tell_who_is_in_none_of_them(safe: dict[str, pd.DataFrame]) -> None:
    """The county is printed, and its districts do not add up to it: two of them are withheld, so that nobody can subtract."""
    table = safe["northamptonshire-exploitation"]
    counts = table[table["measure"] == "exploitation-assessed"]
    whole = counts[(counts[["concern", "sex", "age-when-assessed"]] == "all").all(axis=1)]
    assert (whole["status"] == "c").sum() == 2
    assert whole.set_index("area").loc["E10000021", "status"] == ""
