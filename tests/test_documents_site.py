"""The site as it is published: every chart that can be drawn is drawn, and nothing is asked of anybody else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DRAWN = {
    "Number of children looked after": "children-looked-after/children-looked-after",
    "Children with an open referral by deprivation quintile, number": "children-in-need/children-in-need-or-protected",
    "Children with an open referral by deprivation quintile, share": "children-in-need/children-in-need-or-protected-share",
    "Factors identified at the end of assessment": "assessment-factors/children-with-assessment-factors-share",
    "GP recorded by social care status": "children-in-need/children-with-gp-share",
    "Statements and EHC plans, 2010 to 2019, and by age": "special-educational-needs/people-with-ehc-plan",
    "Fixed period exclusion rates, England and Humber": "exclusions/fixed-period-exclusion-rate",
    "Reasons for being educated at home": "elective-home-education/home-education-reasons-share",
    "16 and 17 year olds not in education, by area": "young-people-not-in-education/neet-share",
    "Barnet: the volume of children with a plan, beside June": "barnet-family-services/children-with-child-in-need-plan",
    "Barnet: first time entrants beside London and national": "barnet-youth-justice/first-time-entrants-rate",
    "Barnet: families turned around by number of problems": "barnet-troubled-families/troubled-families-turned-around",
    "Barnet: the table of score bands": "barnet-exploitation-assessment/exploitation-risk-lowest-score",
    "Northamptonshire, figures 1 and 2: assessments that found exploitation or gangs": "northamptonshire-assessment-factors/assessments-with-factor-share",
    "Northamptonshire, figure 3: profile by concern": "northamptonshire-exploitation/exploitation-assessed",
    "Northamptonshire, figures 3 and 5 to 11: profiles by sex, age and ethnicity": "northamptonshire-exploitation/exploitation-assessed-share",
    "Northamptonshire, figure 4: other factors": "northamptonshire-exploitation/exploitation-assessed-other-factor-share",
    "Northamptonshire, figure 12: growth in the rate of children looked after": "northamptonshire-children-looked-after/children-looked-after-rate-change",
    "Northamptonshire, figure 13: what happened to cases": "northamptonshire-rise/rise-case-share",
    "Leeds: the table of rates of core cities and statistical neighbours": "leeds-child-protection/child-protection-plan-rate",
    "Leeds: bullets of sexual offences on children": "leeds-crime/sexual-offences-on-children",
    "Leeds: bullets of levels of risk": "leeds-exploitation/children-at-risk-sexual-exploitation-share",
    "Leeds: bullets of outcomes of troubled families": "leeds-troubled-families/troubled-families-outcomes",
    "Leeds: clicks and reach of a campaign": "leeds-campaigns/campaign-reach",
    "Northamptonshire: home education by district": "northamptonshire-home-education/home-educated-rate",
    "Leicestershire: dashboard, quartiles and ratings": "leicestershire-dashboard/national-quartile",
    "Leicestershire: dashboard, tally of directions": "leicestershire-dashboard/dashboard-measures",
    "Leicestershire: dashboard, tally of quartiles": "leicestershire-dashboard/dashboard-benchmarked-measures",
    "Leicestershire: dashboard, trends of measures": "leicestershire-dashboard/assessments-in-time-share",
    "Leicestershire: repeat plans beside neighbours, region and England": (
        "leicestershire-dashboard/child-protection-plans-repeat-share"
    ),
    "Leicestershire: children at initial conferences by month": (
        "leicestershire-child-protection/initial-conference-children"
    ),
    "Leicestershire: categories of risk": "leicestershire-child-protection/child-protection-plans-started",
    "Leicestershire: age, sex and ethnic group of children with a plan": (
        "leicestershire-child-protection/child-protection-plan-children-share"
    ),
    "Leicestershire: reasons why conferences were stood down": "leicestershire-child-protection/conferences-stood-down",
    "Leicestershire: number of review meetings by year": "leicestershire-care-reviews/care-reviews",
    "Leicestershire: timeliness of reviews": "leicestershire-care-reviews/care-reviews-in-time-share",
    "Leicestershire: participation codes over five years": "leicestershire-care-reviews/care-review-children",
    "Leicestershire: looked after rate beside neighbours": "leicestershire-care-reviews/children-looked-after-rate",
    "Leicestershire: quality alerts": "leicestershire-care-reviews/quality-alerts",
    "Leicestershire: plans before reviews": "leicestershire-care-reviews/plan-before-review-share",
    "Leicestershire: early years referrals": "leicestershire-early-years/early-years-send-referrals",
    "Leicestershire: settings opened and closed": "leicestershire-early-years/childcare-settings-closed",
    "Leicestershire: vacancies of social workers": "leicestershire-social-workers/social-worker-vacancy-share",
    "Leicestershire: agency social workers by rationale": "leicestershire-social-workers/agency-social-workers",
    "Leicestershire: income of the safeguarding boards": (
        "leicestershire-safeguarding-partnership/safeguarding-boards-income"
    ),
    "Leicestershire: spending of the safeguarding boards": (
        "leicestershire-safeguarding-partnership/safeguarding-boards-spending"
    ),
    "Leicestershire: missing episodes in each quarter": (
        "leicestershire-exploitation/missing-episodes-quarterly-average"
    ),
}
"""Charts and tables that the source reports name (their inventories, part c) whose figures they print, and the page of each."""


pytestmark = pytest.mark.xdist_group("documents-site")


@pytest.fixture
def site(published):
    return published


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
