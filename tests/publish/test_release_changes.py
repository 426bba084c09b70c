"""What changed since the last release, what of it needs a reason, and how many rows are expected."""

import json
import re

import pytest
from click.testing import CliRunner
from project import edit

from statpress.cli.main import main
from statpress.errors import FailedCheck
from statpress.paths import Project
from statpress.publish.assess import assess, check
from statpress.publish.publish import publish

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"
MEASURES = "pipelines/measures.yml"


def command(root, *arguments):
    return CliRunner().invoke(main, ["--root", str(root), *arguments])


@pytest.fixture
def released(project):
    """The tiny project with its first release in place and the version of the next one declared."""
    publish(Project(project))
    edit(project, PIPELINE, "version: 2020.1, date: 2020-06-01", "version: 2021.1, date: 2021-06-01")
    return project


def report(root):
    return assess(Project(root)).changes["missing"]


def rules(root):
    return [issue.rule for issue in assess(Project(root)).issues]


def test_the_first_release_changes_nothing(project):
    assert assess(Project(project)).changes == {}


def test_the_same_figures_are_no_change(released):
    found = report(released)
    assert found.counts == {}
    assert found.since == "2020.1"
    assert found.sentences == ("No figure changed.",)


def test_added_revised_and_largest(released):
    edit(released, SOURCE, "children,Exampleshire,2019/20,all,460", "children,Exampleshire,2019/20,all,461")
    edit(released, SOURCE, "children,Exampleshire,2019/20,M,250", "children,Exampleshire,2019/20,M,251")
    with (released / SOURCE).open("a") as file:
        file.write("children,Otherford,2018/19,all,80\n")
    found = report(released)
    assert found.counts["added"] == 1
    assert found.counts["revised"] >= 2
    assert found.largest[0] == "Children looked after, Exampleshire, 2019/20, Boys: 251, was 250 (+0.4%)"
    assert "Children looked after, Exampleshire, 2019/20: 461, was 460 (+0.2%)" in found.largest
    assert found.note.startswith("Since release 2020.1: 1 figure is added, ")
    assert check(Project(released))


def test_a_figure_that_is_withheld_now_is_told_without_its_value(released):
    edit(released, SOURCE, "children-missing,Exampleshire,2019/20,M,30", "children-missing,Exampleshire,2019/20,M,47")
    edit(released, SOURCE, "children-missing,Exampleshire,2019/20,F,21", "children-missing,Exampleshire,2019/20,F,4")
    finished = command(released, "changes", "--json")
    assert finished.exit_code == 0, finished.stdout
    found = json.loads(finished.stdout)["changes"]["missing"]
    assert found["counts"] == {"withheld": 4}
    assert not re.search(
        r"\b(30|47|4)\b", re.sub(r"'counts': {[^}]*}|Figures: .*?\.|release 2020.1: .*?\.", "", str(found))
    )


def test_only_figures_that_both_releases_show_are_told(released):
    """The shares of boys and girls of 2018/19 are withheld before and after, and change."""
    edit(released, SOURCE, "children,Exampleshire,2018/19,all,449", "children,Exampleshire,2018/19,all,549")
    edit(released, SOURCE, "children,Exampleshire,2018/19,M,249", "children,Exampleshire,2018/19,M,349")
    found = report(released)
    assert found.counts == {"revised": 3}
    assert [line.split(":")[0] for line in found.largest] == [
        "Children looked after, Exampleshire, 2018/19, Boys",
        "Children looked after, Exampleshire, 2018/19",
        "Share of looked-after children who went missing, Exampleshire, 2018/19",
    ]


def test_a_removed_figure_needs_a_reason(released):
    edit(released, SOURCE, "children,Exampleshire,2019/20,M,250\n", "")
    edit(released, SOURCE, "children,Exampleshire,2019/20,F,210\n", "")
    assert rules(released) == ["removed-figure"] * 2
    assert any(
        line.startswith("No longer there: Children looked after, Exampleshire") for line in report(released).sentences
    )
    with pytest.raises(FailedCheck):
        publish(Project(released))
    edit(
        released,
        PIPELINE,
        "next: none planned}",
        "next: none planned, changes: [{removed: {period: 2019-04-01/P1Y, sex: [male, female]}, reason: Boys and girls are no longer counted apart.}]}",
    )
    assert rules(released) == []
    publish(Project(released))
    words = json.loads((released / "datapackages/missing/datapackage.json").read_text())["statpress"]["release"]
    assert words["changes"]["figures"]["removed"] == 4
    assert words["changes"]["reasons"][0]["reason"] == "Boys and girls are no longer counted apart."
    assert publish(Project(released)).packages[0].written is False


def test_a_number_that_becomes_not_available_counts_as_removed(released):
    edit(released, SOURCE, "children-missing,Otherford,2019/20,all,0", "children-missing,Otherford,2019/20,all,..")
    assert report(released).counts == {"emptied": 1}
    assert rules(released) == ["removed-figure"]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (
            "definition: Children looked after at any time in the year.",
            "definition: Children looked after on 31 March.",
            "definition",
        ),
        ("unit: children\n  kind: count\nmissing-share", "unit: young people\n  kind: count\nmissing-share", "unit"),
    ],
)
def test_a_changed_definition_needs_a_reason(released, old, new, part):
    edit(released, MEASURES, old, new)
    (issue,) = assess(Project(released)).issues
    assert issue.rule == "changed-definition"
    assert f"The {part} of children changes since release 2020.1." in issue.message
    edit(
        released,
        PIPELINE,
        "next: none planned}",
        "next: none planned, changes: [{redefined: children, reason: A new law}]}",
    )
    assert rules(released) == []
    assert "The definition of Children looked after changed: A new law." in report(released).note


def test_a_changed_title_needs_none(released):
    edit(released, MEASURES, "title: Children looked after", "title: Looked-after children")
    assert rules(released) == []
    assert "The title of Looked-after children (measure children) changed." in report(released).sentences


def test_a_reason_for_nothing_is_a_warning(released):
    edit(
        released,
        PIPELINE,
        "next: none planned}",
        "next: none planned, changes: [{redefined: children, reason: A new law}]}",
    )
    (issue,) = assess(Project(released)).issues
    assert (issue.rule, issue.severity, issue.key) == ("reason-for-nothing", "warning", "release.changes.0")


def test_an_area_with_another_code_is_re_coded_and_not_removed(released):
    edit(released, "pipelines/areas.yml", "E2: {name: Otherford", "E7: {name: Otherford")
    found = report(released)
    assert found.counts == {"re-coded": 3}
    assert "Areas: Otherford has the code E7, and had E2." in found.sentences
    assert rules(released) == []


def test_a_new_period_and_one_that_is_gone_are_named(released):
    text = (released / SOURCE).read_text().replace("2018/19", "2020/21")
    (released / SOURCE).write_text(text)
    found = report(released)
    assert "Periods that are new: 2020/21." in found.sentences
    assert "Periods that are gone: 2018/19." in found.sentences


def test_a_new_dimension_moves_no_figure_and_is_said(released):
    edit(
        released,
        "pipelines/dimensions.yml",
        "sex:\n",
        "age:\n  title: Age\n  categories:\n    young: {label: Young}\nsex:\n",
    )
    edit(released, PIPELINE, "dimensions: {sex: adds-up}", "dimensions: {sex: adds-up, age: does-not-add-up}")
    found = report(released)
    assert found.counts == {}
    assert "The file age.csv is new." in found.sentences
    assert "observations.csv has the new column age." in found.sentences


def test_the_same_version_with_other_figures_is_compared_with_itself(project):
    publish(Project(project))
    edit(project, SOURCE, "children,Exampleshire,2019/20,M,250\n", "")
    assert {"release-changed", "removed-figure"} <= set(rules(project))


def test_publish_says_what_changed_once(released):
    edit(released, SOURCE, "children,Otherford,2019/20,all,..", "children,Otherford,2019/20,all,95")
    first = command(released, "publish")
    assert "Figures: " in first.stdout
    assert "given now and not before" in first.stdout
    assert "Figures: " not in command(released, "publish").stdout


def test_changes_works_without_reasons_and_writes_nothing(released):
    edit(released, SOURCE, "children,Exampleshire,2019/20,M,250\n", "")
    before = sorted(released.rglob("*"))
    finished = command(released, "changes")
    assert finished.exit_code == 0
    assert "Draft of the note for readers" in finished.stdout
    assert sorted(path for path in released.rglob("*") if ".cache" not in path.parts) == [
        path for path in before if ".cache" not in path.parts
    ]


def test_rows_are_expected_as_they_were_and_a_lost_row_is_told(project):
    assert rules(project) == []
    assert command(project, "expect").exit_code == 0
    expected = (project / "validations/missing.rows.csv").read_text()
    assert expected.splitlines()[:2] == ["measure,period,rows", "children,2018-04-01/P1Y,3"]
    assert rules(project) == []
    edit(project, SOURCE, "children,Exampleshire,2018/19,M,249\n", "")
    (issue,) = [issue for issue in assess(Project(project)).issues if issue.row == 2]
    assert (issue.rule, issue.message) == ("rows-differ", "children in 2018-04-01/P1Y has 2 rows, and 3 are expected.")


def test_a_project_that_expects_rows_is_told_of_packages_without(project):
    (project / "validations").mkdir()
    assert rules(project) == []
    (project / "validations/other.rows.csv").write_text("measure,period,rows\n")
    assert rules(project) == ["no-expected-rows"]
    suite = {"expectations": [{"type": "expect_table_row_count_to_equal", "kwargs": {"value": 21}}]}
    (project / "validations/missing.json").write_text(json.dumps(suite))
    assert rules(project) == []


def test_a_table_of_rows_that_cannot_be_read_is_told(project):
    (project / "validations").mkdir()
    (project / "validations/missing.rows.csv").write_text("measure,rows\nchildren,x\n")
    assert rules(project) == ["bad-expected-rows"]
