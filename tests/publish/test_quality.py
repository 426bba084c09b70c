"""What a package says of how it was checked."""

import json

import pytest
from project import edit

from statpress.paths import Project
from statpress.publish.publish import publish

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"
WHERE = "where: {measure: children, period: 2019-04-01/P1Y}"


def publish_quality(root):
    publish(Project(root), amend=True)
    return json.loads((root / "datapackages/missing/datapackage.json").read_text())["statpress"]["quality"]


def quality(root):
    return {check["id"]: check for check in publish_quality(root)}


@pytest.fixture
def rules(project):
    """The tiny project with a place for rules and expectations."""
    (project / "validations").mkdir()
    return project


def test_a_package_without_faults_passed_all(project):
    assert {check["result"] for check in quality(project).values()} == {"passed"}


def test_a_known_fault_is_told_with_its_reason(rules):
    edit(rules, SOURCE, "children,Exampleshire,2019/20,M,250", "children,Exampleshire,2019/20,M,253")
    (rules / "validations/missing.yml").write_text(
        f"waivers:\n  - {{rule: parts-and-total, {WHERE}, reason: The report prints it so.}}\n"
    )
    found = quality(rules)
    assert found["parts-and-total"]["result"] == "waived"
    assert found["parts-and-total"]["reason"] == "The report prints it so."
    assert found["agreement"]["result"] == "passed"


def test_what_is_found_in_true_figures_is_not_told(rules):
    """Boys and girls of 2018/19 are withheld: which of them is more could help to work them out."""
    (rules / "validations/missing.yml").write_text(
        "rules:\n"
        "  fewer-boys:\n"
        "    severity: warning\n"
        "    why: Fewer boys than girls go missing.\n"
        "    at-most:\n"
        "      part: {measure: children-missing, sex: male}\n"
        "      whole: {measure: children-missing, sex: female}\n"
    )
    found = quality(rules)["fewer-boys"]
    assert found == {"id": "fewer-boys", "title": "Fewer boys than girls go missing.", "result": "checked"}


def test_a_known_fault_of_withheld_figures_is_not_told(rules):
    """Not even that there is one: that parts do not make a total rules out a number for each of them."""
    without = quality(rules)
    edit(rules, SOURCE, "children-missing,Exampleshire,2018/19,M,60", "children-missing,Exampleshire,2018/19,M,65")
    (rules / "validations/missing.yml").write_text(
        "waivers:\n  - {rule: parts-and-total, where: {measure: children-missing}, reason: Five are counted twice.}\n"
    )
    assert quality(rules) == without


def test_a_caveat_is_not_tied_to_a_rule_on_withheld_figures(rules):
    """The caveat is published. Which rule it excuses would tell of which figures it is."""
    without = quality(rules)
    edit(rules, SOURCE, "children-missing,Exampleshire,2018/19,M,60", "children-missing,Exampleshire,2018/19,M,65")
    (rules / "validations/missing.yml").write_text(
        "waivers:\n  - {rule: parts-and-total, where: {measure: children-missing}, caveat: two-systems}\n"
    )
    assert quality(rules) == without


def test_one_fault_that_is_told_does_not_show_another_that_is_not(rules):
    """Two waivers of one rule: the page speaks of the one whose figures readers have."""
    edit(rules, SOURCE, "children,Exampleshire,2019/20,M,250", "children,Exampleshire,2019/20,M,253")
    seen = f"  - {{rule: parts-and-total, {WHERE}, reason: The report prints it so.}}\n"
    (rules / "validations/missing.yml").write_text(f"waivers:\n{seen}")
    without = quality(rules)
    edit(rules, SOURCE, "children-missing,Exampleshire,2018/19,M,60", "children-missing,Exampleshire,2018/19,M,65")
    hidden = "  - {rule: parts-and-total, where: {measure: children-missing}, reason: Five are counted twice.}\n"
    (rules / "validations/missing.yml").write_text(f"waivers:\n{seen}{hidden}")
    found = publish_quality(rules)
    assert [check["result"] for check in found if check["id"] == "parts-and-total"] == ["waived"]
    assert quality(rules) == without


def test_a_jump_of_figures_is_not_told(rules):
    """`jump` finds it in figures that may be withheld, so that the page must be the same with and without it."""
    jumps = "thresholds: {jump: 10, smallest: 1}\n"
    (rules / "validations/missing.yml").write_text(jumps)
    assert {check["result"] for check in quality(rules).values()} == {"passed"}


def test_a_rule_of_the_project_is_told_in_its_own_words(rules):
    (rules / "validations/missing.yml").write_text(
        "rules:\n"
        "  sexes:\n"
        "    why: Boys and girls are all children.\n"
        "    sum: {total: {measure: children, sex: all}, parts: {measure: children, sex: [male, female]}}\n"
    )
    assert quality(rules)["sexes"] == {
        "id": "sexes", "title": "Boys and girls are all children.", "result": "passed",
    }  # fmt: skip


def test_that_a_rule_on_withheld_figures_holds_is_not_told(rules):
    (rules / "validations/missing.yml").write_text(
        "rules:\n"
        "  more-boys:\n"
        "    at-most:\n"
        "      part: {measure: children-missing, sex: female}\n"
        "      whole: {measure: children-missing, sex: male}\n"
    )
    assert quality(rules)["more-boys"] == {"id": "more-boys", "title": "More boys.", "result": "checked"}


def test_an_expectation_that_only_warns_is_told_as_not_met(rules):
    def expect(low):
        return {
            "type": "expect_table_row_count_to_be_between",
            "kwargs": {"min_value": low},
            "severity": "warning",
            "meta": {"why": f"There are at least {low} rows."},
        }

    (rules / "validations/missing.json").write_text(json.dumps({"name": "x", "expectations": [expect(1), expect(99)]}))
    found = quality(rules)
    assert [found[f"expectation-{number}"]["result"] for number in (1, 2)] == ["passed", "warned"]
    assert found["expectation-2"]["title"] == "There are at least 99 rows."


def test_the_same_package_twice_is_the_same(project):
    publish(Project(project))
    assert publish(Project(project)).packages[0].written is False


def test_a_rule_is_not_broken_because_another_speaks_of_it(rules):
    """Whether a rule found something is told by its name, not by words of a message."""
    (rules / "validations/missing.yml").write_text(
        "rules:\n"
        "  few:\n"
        "    severity: warning\n"
        "    why: It goes further than the rule `fewer`.\n"
        "    at-most: {part: {measure: children, sex: male}, whole: {measure: children, sex: female}}\n"
        "  fewer:\n"
        "    why: Boys are children.\n"
        "    at-most: {part: {measure: children, sex: male}, whole: {measure: children, sex: all}}\n"
    )
    assert {name: check["result"] for name, check in quality(rules).items() if name in ("few", "fewer")} == {
        "few": "checked",
        "fewer": "passed",
    }
