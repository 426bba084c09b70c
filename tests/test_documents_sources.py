"""The source tables are those that were taken from the documents, row for row."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from statpress.declare.load import load_declarations
from statpress.paths import Project

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "source-tables"
DOCUMENTS = {
    "nel-jsna-9": "north-east-lincolnshire",
    "barnet-community-safety-2017": "barnet",
    "northamptonshire-exploitation-2018": "northamptonshire",
    "leeds-lscp-2019": "leeds",
    "leicestershire-scrutiny-2019": "leicestershire",
}
"""The folder of the tables as they were taken from each document."""
QUOTES = ("quote", "text_printed")
"""The columns that stay behind: sentences of the document."""
ROWS = {
    "nel-jsna-9": {
        "alternative-provision-pupils.csv": 6,
        "assessment-factors.csv": 12,
        "care-leavers.csv": 7,
        "child-deaths.csv": 4,
        "child-exploitation.csv": 2,
        "children-looked-after.csv": 8,
        "cin-primary-need-and-referral-source.csv": 5,
        "comparisons-in-words.csv": 31,
        "cse-practice-review-factors.csv": 6,
        "ehc-plans-by-age.csv": 15,
        "ehc-plans-time-series.csv": 3,
        "ehe-reasons.csv": 6,
        "elective-home-education.csv": 6,
        "exclusions-by-type-and-year.csv": 6,
        "fixed-exclusion-rates-by-sen-need-national.csv": 3,
        "fixed-exclusion-rates-humber.csv": 10,
        "fixed-exclusions-by-school-type.csv": 3,
        "gp-recorded-by-social-care-status.csv": 9,
        "missing-from-care.csv": 11,
        "neet.csv": 21,
        "open-referrals-by-deprivation.csv": 14,
        "open-referrals-by-type.csv": 6,
        "pupil-referral-unit-pupils.csv": 6,
        "sen-pupils.csv": 9,
        "send-linked-groups.csv": 4,
        "troubled-families-by-ward.csv": 6,
        "troubled-families-summary.csv": 3,
        "yos-send-status.csv": 6,
        "youth-custody-and-tier4.csv": 5,
        "youth-justice-first-time-entrants.csv": 3,
    },
    "barnet-community-safety-2017": {
        "comparisons-in-words.csv": 10,
        "family-services-snapshot.csv": 22,
        "safeguard-mnemonic.csv": 9,
        "seam-score-bands.csv": 4,
        "seam-vulnerability-areas.csv": 19,
        "troubled-families-headline-problems.csv": 6,
        "troubled-families.csv": 6,
        "youth-justice-comparators.csv": 7,
        "youth-offending-profile.csv": 9,
    },
    "northamptonshire-exploitation-2018": {
        "assessments-by-concern.csv": 5,
        "assessments-factor-cse.csv": 24,
        "assessments-factor-gangs.csv": 24,
        "assessments-other-factors.csv": 5,
        "assessments-profile-county.csv": 13,
        "children-in-care.csv": 6,
        "comparisons-in-words.csv": 20,
        "district-profiles.csv": 39,
        "elective-home-education-district-rates.csv": 3,
        "elective-home-education.csv": 7,
        "external-research-figures.csv": 3,
        "rise-caseload.csv": 18,
        "rise-education-stage.csv": 5,
        "rise-exclusions.csv": 5,
    },
    "leeds-lscp-2019": {
        "campaigns-website-social-media.csv": 22,
        "child-deaths-cdop.csv": 37,
        "child-health.csv": 6,
        "child-protection-medicals.csv": 4,
        "child-protection-plans.csv": 23,
        "child-sexual-exploitation.csv": 42,
        "children-in-need.csv": 2,
        "children-looked-after.csv": 12,
        "children-missing-education.csv": 5,
        "cpp-rate-core-cities-stat-neighbours.csv": 42,
        "domestic-incidents-and-crime.csv": 9,
        "early-years-settings.csv": 7,
        "elective-home-education.csv": 12,
        "front-door-contacts-and-referrals.csv": 23,
        "hospital-mental-health-and-self-harm.csv": 23,
        "inspection-judgements.csv": 15,
        "knife-crime-admissions.csv": 3,
        "lado-notifications.csv": 4,
        "missing-children.csv": 45,
        "multi-agency-training.csv": 17,
        "neglect-practitioner-survey.csv": 9,
        "other-service-figures.csv": 7,
        "population-and-place.csv": 17,
        "reviews-and-audit-samples.csv": 11,
        "safeguarding-returns-section11.csv": 3,
        "schools-and-neet.csv": 9,
        "secure-estate-capacity.csv": 10,
        "serious-sexual-offences-children.csv": 13,
        "trafficking-and-gangs-referrals.csv": 15,
        "troubled-families.csv": 14,
        "yjs-exploitation-sample.csv": 14,
        "youth-justice-and-courts.csv": 5,
    },
    "leicestershire-scrutiny-2019": {
        "agency-social-workers-june-2019.csv": 7,
        "cse-missing-narrative.csv": 31,
        "early-years-narrative.csv": 33,
        "early-years-provision-opened-closed.csv": 6,
        "early-years-send-referrals.csv": 4,
        "iro-child-protection-headlines.csv": 6,
        "iro-conferences-stood-down.csv": 10,
        "iro-cp-child-characteristics.csv": 12,
        "iro-cp-plan-categories.csv": 8,
        "iro-icpc-children-by-month.csv": 33,
        "iro-looked-after-rate.csv": 5,
        "iro-narrative.csv": 88,
        "iro-overall-performance.csv": 16,
        "iro-qa-alerts.csv": 10,
        "iro-review-participation.csv": 40,
        "lscb-narrative.csv": 36,
        "lscb-sab-finance.csv": 33,
        "lscb-snapshot-2018-19.csv": 44,
        "meta-figures-stated-two-ways.csv": 37,
        "meta-named-sources-and-tools.csv": 48,
        "meta-reading-rules.csv": 84,
        "meta-small-numbers.csv": 26,
        "minutes-june-2019-figures.csv": 11,
        "q1-2019-20-dashboard.csv": 42,
        "q1-2019-20-narrative.csv": 103,
        "q1-2019-20-rag-key.csv": 3,
        "recruitment-narrative.csv": 20,
        "social-work-turnover-vacancy-agency.csv": 12,
        "social-work-vacancies-june-2019.csv": 4,
    },
}
"""Rows of each source table, in all pipelines of a document together."""


def _tables(document: str) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for name, pipeline in sorted(load_declarations(Project(ROOT)).pipelines.items()):
        for path in (ROOT / "pipelines" / name / table.path for table in pipeline.tables):
            if {table.origin.document for table in pipeline.tables} == {document}:
                found.setdefault(path.name, []).append(path)
    return found


def _header(path: Path) -> set[str]:
    return set(path.read_text(encoding="utf-8").splitlines()[0].split(","))


def _rows(path: Path) -> list[tuple[tuple[str, str], ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple((name, cell) for name, cell in row.items() if name not in QUOTES) for row in csv.DictReader(file)]


def test_every_document_is_counted() -> None:
    assert set(ROWS) == set(DOCUMENTS) == set(load_declarations(Project(ROOT)).documents)
    assert {name: (len(rows), sum(rows.values())) for name, rows in ROWS.items()} == {
        "nel-jsna-9": (30, 236),
        "barnet-community-safety-2017": (9, 92),
        "northamptonshire-exploitation-2018": (14, 177),
        "leeds-lscp-2019": (32, 480),
        "leicestershire-scrutiny-2019": (29, 812),
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_row_went_missing(document: str) -> None:
    assert {name: sum(len(_rows(path)) for path in paths) for name, paths in _tables(document).items()} == ROWS[
        document
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_sentence_of_the_document_is_carried_over(document: str) -> None:
    for paths in _tables(document).values():
        for path in paths:
            assert not _header(path) & set(QUOTES), path


@pytest.mark.skipif(not SHARED.is_dir(), reason="the tables as first taken from the documents are not here")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_tables_equal_those_taken_from_the_document(document: str) -> None:
    shared = {path.name: path for path in (SHARED / DOCUMENTS[document]).glob("*.csv")}
    tables = _tables(document)
    assert tables.keys() == shared.keys()
    for name, path in shared.items():
        assert Counter(row for part in tables[name] for row in _rows(part)) == Counter(_rows(path)), name
        if len(tables[name]) == 1 and not _header(path) & set(QUOTES):
            assert tables[name][0].read_bytes() == path.read_bytes(), name
