"""Printed figures that contradict one another: told as warnings, and waived by name with a reason for readers."""

import json

import pytest
from commands import statpress
from project import edit

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"
WAIVER = "waivers:\n  - {rule: parts-and-total, where: {measure: children}, reason: Three are counted twice.}\n"
WHERE = "where: {measure: children, period: 2019-04-01/P1Y}"


@pytest.fixture
def contradicting(project):
    """The tiny project with parts of 2019/20 that do not make their total."""
    edit(project, SOURCE, "children,Exampleshire,2019/20,M,250", "children,Exampleshire,2019/20,M,253")
    (project / "validations").mkdir()
    write(project, WAIVER)
    return project


def write(project, text):
    (project / "validations/missing.yml").write_text(text)


def issues(project, *arguments):
    finished = statpress(project, *arguments, "--json")
    answer = json.loads(finished.stdout)
    return finished.returncode, {(issue["rule"], issue["file"]) for issue in answer["issues"]}


def descriptor(project):
    assert statpress(project, "publish").returncode == 0
    return json.loads((project / "datapackages/missing/datapackage.json").read_text())["statpress"]


def test_a_contradiction_is_a_warning_that_says_how_to_waive_it(contradicting):
    finished = statpress(contradicting, "check")
    assert finished.returncode == 0
    assert "These printed figures contradict others" in finished.stderr
    assert "waive `figures-contradict` in validations/missing.yml" in " ".join(finished.stderr.split())


@pytest.mark.parametrize("where", [WHERE, "where: {sex: male}", "where: {area: E1, sex: all}", ""])
def test_a_known_contradiction_is_waived_and_its_reason_published(contradicting, where):
    waiver = ", ".join(filter(None, ["rule: figures-contradict", where, "reason: The report prints it so."]))
    write(contradicting, f"{WAIVER}  - {{{waiver}}}\n")
    assert issues(contradicting, "check") == (0, set())
    told = descriptor(contradicting)
    check = next(check for check in told["quality"] if check["id"] == "figures-contradict")
    assert (check["result"], check["reason"]) == ("waived", "The report prints it so.")
    fault = {"id": "known-fault-2-figures-contradict", "text": "The report prints it so.", "conflict": True}
    assert fault in told["caveats"]
    measures = {measure["id"]: measure["caveats"] for measure in told["measures"]}
    assert "known-fault-2-figures-contradict" in measures["children"]
    assert "known-fault-2-figures-contradict" not in measures["children-missing"]


def test_a_caveat_of_the_pipeline_may_tell_it_already(contradicting):
    write(contradicting, f"{WAIVER}  - {{rule: figures-contradict, {WHERE}, caveat: two-systems}}\n")
    assert issues(contradicting, "check") == (0, set())
    told = descriptor(contradicting)
    check = next(check for check in told["quality"] if check["id"] == "figures-contradict")
    assert check["reason"] == "The two years come from two systems."
    assert [caveat["id"] for caveat in told["caveats"]] == ["two-systems", "known-fault-1-parts-and-total"]


@pytest.mark.parametrize(
    "where", ["where: {measure: children-missing}", "where: {sex: female, period: 2018-04-01/P1Y}"]
)
def test_a_waiver_of_other_figures_takes_nothing_away(contradicting, where):
    write(contradicting, f"{WAIVER}  - {{rule: figures-contradict, {where}, reason: The report prints it so.}}\n")
    code, found = issues(contradicting, "check")
    assert code == 12
    assert ("waiver-matches-nothing", "validations/missing.yml") in found
    assert ("figures-contradict", PIPELINE) in found


def test_a_rule_may_not_have_the_name(contradicting):
    rule = "rules: {figures-contradict: {at-most: {part: {measure: children-missing}, whole: {measure: children}}}}\n"
    write(contradicting, rule + WAIVER)
    code, found = issues(contradicting, "check")
    assert code == 10
    assert ("reserved-name", "validations/missing.yml") in found
