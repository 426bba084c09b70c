"""Whole publications under policies other than the strict one."""

import csv
import io

import pytest
from project import edit, make_project

from statpress.errors import BadDeclaration, UnsafeRelease
from statpress.paths import Project
from statpress.publish.assess import check
from statpress.publish.publish import publish

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"


def published(root, policy, **changes):
    """The rows of the package of the tiny project under a policy, by measure, area, period and sex."""
    edit(root, PIPELINE, "caveats: [two-systems]", f"caveats: [two-systems]\ndisclosure: {policy}")
    for path, (old, new) in changes.items():
        edit(root, path, old, new)
    publish(Project(root))
    text = (root / "datapackages/missing/data/observations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


def test_the_nhs_preset_withholds_rounds_and_makes_percentages_from_what_it_rounded(project):
    rows = published(project, "nhs-1-7-round-5")
    by_key = {(row["measure"], row["area"], row["period"][:4], row["sex"]): row for row in rows}
    assert by_key["children-missing", "E1", "2018", "female"]["status"] == "c"
    assert by_key["missing-share", "E1", "2018", "female"]["status"] == "c"
    counts = [row["value"] for row in rows if row["measure"] != "missing-share" and row["value"]]
    assert all(int(value) % 5 == 0 for value in counts)
    missing, children = by_key["children-missing", "E1", "2019", "all"], by_key["children", "E1", "2019", "all"]
    assert (missing["value"], children["value"]) == ("50", "460")
    assert by_key["missing-share", "E1", "2019", "all"]["value"] == f"{100 * 50 / 460:.1f}"
    assert by_key["children-missing", "E2", "2019", "all"]["value"] == "0"


def test_controlled_rounding_keeps_totals_and_says_so(project):
    policies = {
        "pipelines/policies.yml": (
            "withhold: {counts: 1..5}",
            "withhold: {counts: 1..5}\n  rounding: {base: 5, method: controlled, small: rounded}",
        )
    }
    rows = published(project, "strict", **policies)
    assert {row["status"] for row in rows} <= {"", "x", "low"}
    for year in ("2018", "2019"):
        value = {
            row["sex"]: int(row["value"] or 0)
            for row in rows
            if (row["measure"], row["area"], row["period"][:4]) == ("children-missing", "E1", year)
        }
        assert value["all"] == value["male"] + value["female"]
    assert "rounded to a multiple of 5" in (project / "datapackages/missing/datapackage.json").read_text(
        encoding="utf-8"
    )


def test_a_headline_that_is_small_stops_publishing(project):
    never = "never-withhold:\n  - {where: {measure: children-missing, sex: female}, reason: It is the headline.}"
    edit(project, PIPELINE, "caveats: [two-systems]", f"caveats: [two-systems]\n{never}")
    with pytest.raises(UnsafeRelease) as caught:
        publish(Project(project))
    assert {issue.rule for issue in caught.value.issues} == {"headline-withheld"}
    assert not (project / "datapackages").exists()


@pytest.mark.parametrize("key", ["withhold", "never-withhold"])
def test_a_rule_by_hand_that_names_nothing_is_a_bad_declaration_and_told_with_its_line(project, key):
    rule = f"{key}:\n  - where: {{sex: female}}\n    reason: r\n  - where: {{sex: femal}}\n    reason: r"
    edit(project, PIPELINE, "caveats: [two-systems]", f"caveats: [two-systems]\n{rule}")
    with pytest.raises(BadDeclaration) as caught:
        publish(Project(project))
    lines = (project / PIPELINE).read_text(encoding="utf-8").splitlines()
    assert (f"{key}.1.where.sex", "  - where: {sex: femal}") in [
        (issue.key, lines[issue.row - 1]) for issue in caught.value.issues
    ]
    assert not (project / "datapackages").exists()


def test_a_policy_that_takes_the_name_of_a_preset_is_warned_of(project):
    edit(project, "pipelines/policies.yml", "counts: 1..5", "counts: 1..4")
    assert [warning.rule for warning in check(Project(project)).warnings] == ["redefines-preset"]


def test_money_is_withheld_where_one_gave_nearly_all_of_it_and_contributions_stay_home(project):
    edit(project, "pipelines/measures.yml", "missing-share:\n", MONEY)
    edit(project, PIPELINE, "measures: [", "measures: [grants, ")
    policy = "withhold: {counts: 1..5}\n  contributors: {dominance: {largest: 1, share: 80}}"
    edit(project, "pipelines/policies.yml", "withhold: {counts: 1..5}", policy)
    with (project / SOURCE).open("a", encoding="utf-8") as file:
        file.write("grants,Otherford,2019/20,all,900\nlargest-grant,Otherford,2019/20,all,800\n")
        file.write("grants,Otherford,2018/19,all,900\nlargest-grant,Otherford,2018/19,all,700\n")
    rows = published(project, "strict")
    grants = [(row["period"][:4], row["value"], row["status"]) for row in rows if row["measure"] == "grants"]
    assert grants == [("2018", "900", ""), ("2019", "", "c")]
    everything = b"".join(path.read_bytes() for path in (project / "datapackages").rglob("*.*") if path.is_file())
    assert b"largest-grant" not in everything
    assert b"800" not in everything


def test_amounts_add_up_and_small_ones_cannot_be_worked_out_from_their_total(project):
    edit(project, "pipelines/measures.yml", "missing-share:\n", WORKERS)
    edit(project, PIPELINE, "measures: [", "measures: [workers, ")
    with (project / SOURCE).open("a", encoding="utf-8") as file:
        for sex, value in [("all", "20.5"), ("M", "1.5"), ("F", "19")]:
            file.write(f"workers,Otherford,2019/20,{sex},{value}\n")
    rows = [row for row in published(project, "strict") if row["measure"] == "workers"]
    assert {row["sex"]: (row["value"], row["status"]) for row in rows} == {
        "all": ("20.5", ""),
        "male": ("", "c"),
        "female": ("", "c"),
    }


WORKERS = """\
workers:
  title: Workers
  definition: Full-time workers.
  unit: workers
  kind: amount
  decimals: 1
missing-share:
"""
MONEY = """\
grants:
  title: Grants
  definition: Grants to charities.
  unit: pounds
  kind: money
  contributions: [largest-grant]
largest-grant:
  title: The largest grant
  definition: What one charity got.
  unit: pounds
  kind: money
missing-share:
"""
