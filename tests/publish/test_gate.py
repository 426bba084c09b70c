"""The release gate: nothing is written that an attacker could open with everything else that is public."""

import json
import shutil

import pytest
from commands import files_in
from project import edit

from statpress.declare.load import load_declarations
from statpress.errors import UnsafeRelease
from statpress.paths import Project
from statpress.publish.assess import check
from statpress.publish.context import read_context
from statpress.publish.gate import attack_release
from statpress.publish.publish import publish

PIPELINE = "pipelines/missing/pipeline.yml"
POLICY = "pipelines/policies.yml"
SECOND = ("version: 2020.1, date: 2020-06-01", "version: 2020.2, date: 2020-09-01")


def refuse(root):
    """Publish what must not be: returns the issues, having seen that nothing was written."""
    before = files_in(root)
    with pytest.raises(UnsafeRelease) as caught:
        publish(Project(root))
    assert files_in(root) == before
    return caught.value.issues


def test_a_number_that_an_earlier_release_shows_cannot_be_withheld_now(project):
    edit(project, POLICY, "counts: 1..5", "counts: 1..2")
    publish(Project(project))
    edit(project, POLICY, "counts: 1..2", "counts: 1..5")
    edit(project, PIPELINE, *SECOND)
    issues = refuse(project)
    assert {issue.rule for issue in issues} == {"cannot-protect"}
    assert all("female" in issue.message for issue in issues)


def test_an_earlier_release_that_was_replaced_before_it_was_public_tells_nothing(project):
    edit(project, POLICY, "counts: 1..5", "counts: 1..2")
    publish(Project(project))
    edit(project, POLICY, "counts: 1..2", "counts: 1..5")
    publish(Project(project), amend=True)
    assert json.loads((project / "datapackages/missing/datapackage.json").read_text())["statpress"]["releases"] == []


def test_two_releases_that_hide_different_partners_of_the_same_numbers_are_not_published(project):
    """The second release may not show what the first hid: the partner that was chosen stays the partner."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,all,449\nchildren-missing,E1,2018/19,all,{all}\n"
    rows = "children-missing,E1,2018/19,M,{m}\nchildren-missing,E1,2018/19,F,3\n"
    source.write_text(text.format(all=63) + rows.format(m=60))
    publish(Project(project))
    edit(project, PIPELINE, *SECOND)
    edit(
        project,
        PIPELINE,
        "caveats:",
        "never-withhold:\n  - {where: {measure: children-missing, sex: male}, reason: Headline.}\ncaveats:",
    )
    refuse(project)


@pytest.mark.parametrize(("total", "is_safe"), [(43, True), (40, False)])
def test_what_a_release_showed_before_it_was_revised_tells_nothing_of_what_is_withheld_now(project, total, is_safe):
    """The total must go, since the boys may not. 40 was printed: whoever believes that it is still 40 is wrong, or not."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,all,449\nchildren-missing,E1,2018/19,all,{}\n"
    source.write_text(text.format(40))
    publish(Project(project))
    rows = f"children-missing,E1,2018/19,M,{total - 3}\nchildren-missing,E1,2018/19,F,3\n"
    source.write_text(text.format(total) + rows)
    edit(project, PIPELINE, *SECOND)
    headline = "{where: {measure: children-missing, sex: male}, reason: Headline.}"
    edit(project, PIPELINE, "caveats:", f"never-withhold:\n  - {headline}\ncaveats:")
    if is_safe:
        publish(Project(project))
    else:
        refuse(project)


def test_what_an_earlier_release_withholds_stays_withheld(project):
    """Both areas were withheld of all 50. Were the larger shown now, what was 3 then would follow, though it is 6."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,all,449\n"
    rows = (
        "children-missing,E9,2018/19,all,{}\nchildren-missing,E1,2018/19,all,47\nchildren-missing,E2,2018/19,all,{}\n"
    )
    source.write_text(text + rows.format(50, 3))
    edit(project, "pipelines/measures.yml", "numerator: children-missing", "numerator: children")
    publish(Project(project))
    source.write_text(text + rows.format(53, 6))
    edit(project, PIPELINE, *SECOND)
    publish(Project(project))
    assert _shown(project) == {"E9": "53", "E1": "", "E2": ""}


def test_what_only_one_part_was_revised_by_does_not_tell_what_it_was(project):
    """All went from 50 to 66, and the small part with it. Shown now, 66 - 50 would take it back to what it was."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,all,449\nchildren-missing,E9,2018/19,all,{}\n"
    rows = "children-missing,E1,2018/19,all,{}\nchildren-missing,E2,2018/19,all,{}\n"
    source.write_text(text.format(50) + rows.format(46, 4))
    edit(project, "pipelines/measures.yml", "numerator: children-missing", "numerator: children")
    publish(Project(project))
    source.write_text(text.format(66) + rows.format(46, 20))
    edit(project, PIPELINE, *SECOND)
    publish(Project(project))
    assert _shown(project) == {"E9": "66", "E1": "", "E2": ""}


def test_the_gate_itself_refuses_to_show_what_an_earlier_release_withholds(project, tmp_path):
    """Protection would not show it; the gate does not rely on that."""
    without = shutil.copytree(project, tmp_path / "without")
    publish(Project(project))
    edit(project, PIPELINE, *SECOND)
    edit(without, POLICY, "counts: 1..5", "counts: 1..2")
    shown = check(Project(without))
    declared = load_declarations(Project(project))
    context = read_context(Project(project), declared, ["missing"])
    issues = attack_release(shown.prepared, shown.files, context).issues
    again = {issue.message for issue in issues if issue.rule == "withheld-before"}
    assert again == {
        f"An earlier release withholds children-missing E1 2018-04-01/P1Y sex={sex}, and this one would show it."
        for sex in ("female", "male")
    }


def test_she_may_know_the_parts_of_the_group_that_she_alone_makes_where_the_source_withholds_them(project):
    """The only child of the year knows that he is a boy, whatever mark the source prints of the boys."""
    source = project / "pipelines/missing/source/missing.csv"
    rows = "children-missing,E1,2018/19,all,1\nchildren-missing,E1,2018/19,M,*\nchildren-missing,E1,2018/19,F,0\n"
    source.write_text(f"measure,area,period,sex,value\nchildren,E1,2018/19,all,449\n{rows}")
    edit(project, PIPELINE, 'marks: {"..": x}', 'marks: {"..": x, "*": c}')
    publish(Project(project))
    assert _shown(project) == {"E1": ""}


def test_what_neither_release_prints_does_not_tell_what_only_one_of_them_withholds(project):
    """All were boys, whom nothing prints, and are 4 more now. A reader who takes the boys to be as many knows the girls."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,all,449\n"
    rows = "children-missing,E1,2018/19,all,{}\nchildren-missing,E1,2018/19,F,{}\n"
    source.write_text(text + rows.format(60, 0))
    publish(Project(project))
    source.write_text(text + rows.format(64, 4))
    edit(project, PIPELINE, *SECOND)
    publish(Project(project))
    lines = (project / "datapackages/missing/data/observations.csv").read_text().splitlines()
    assert [line.split(",")[3:6] for line in lines if line.startswith("children-missing,")] == [
        ["all", "", "c"],
        ["female", "", "c"],
    ]


@pytest.mark.parametrize("girls", [1, 3])
def test_the_only_one_in_a_cell_may_know_what_a_release_before_said_of_it(project, girls):
    """The only girl knows that she is alone, and so what the release before counted, revised since or not."""
    source = project / "pipelines/missing/source/missing.csv"
    text = "measure,area,period,sex,value\nchildren,E1,2018/19,M,249\nchildren,E1,2018/19,F,200\n"
    rows = "children-missing,E1,2018/19,all,{}\nchildren-missing,E1,2018/19,M,60\nchildren-missing,E1,2018/19,F,{}\n"
    source.write_text(text + rows.format(60 + girls, girls))
    publish(Project(project))
    source.write_text(text + rows.format(61, 1))
    edit(project, PIPELINE, *SECOND)
    publish(Project(project))
    assert _shown(project) == {"E1": ""}


def _shown(project):
    """Area to the value that the package prints of the children missing."""
    lines = (project / "datapackages/missing/data/observations.csv").read_text().splitlines()
    cells = [line.split(",") for line in lines if line.startswith("children-missing,")]
    return {cell[1]: cell[4] for cell in cells}


def test_what_other_software_prints_beside_it_is_counted(project):
    """A package made elsewhere prints the withheld share of the same measure, out of a printed whole."""
    publish(Project(project))
    other = project / "datapackages/elsewhere"
    shutil.copytree(project / "datapackages/missing", other)
    descriptor = json.loads((other / "datapackage.json").read_text())
    descriptor["name"] = "elsewhere"
    for resource in descriptor["resources"]:
        resource.pop("bytes"), resource.pop("hash")
    (other / "datapackage.json").write_text(json.dumps(descriptor))
    table = other / "data/observations.csv"
    lines = [
        line.replace("male,,c", "male,60,") if line.startswith("children-missing,E1,2018-04-01/P1Y,male") else line
        for line in table.read_text().splitlines()
    ]
    table.write_text("\n".join(lines) + "\n")
    issues = refuse(project)
    assert all("60" not in issue.message + issue.hint for issue in issues)


def test_a_figure_that_is_public_elsewhere_is_no_partner(project):
    known = "{where: {measure: children-missing, period: 2018-04-01/P1Y, sex: male}, value: 60, source: DfE}"
    edit(project, PIPELINE, "caveats:", f"known:\n  - {known}\ncaveats:")
    publish(Project(project))
    rows = (project / "datapackages/missing/data/observations.csv").read_text().splitlines()
    first = [row for row in rows if row.startswith("children-missing,E1,2018")]
    assert [(row.split(",")[3], row.split(",")[5]) for row in first] == [("all", "c"), ("female", "c"), ("male", "")]


@pytest.mark.parametrize(
    ("where", "rule"),
    [
        ("{measure: missing-share, period: 2018-04-01/P1Y}", "unknown-count"),
        ("{measure: children-missing, sex: male}", "which-figure"),
        ("{measure: children-missing, period: 2018-04-01/P1Y, sex: men}", "unknown-code"),
        ("{measure: children-missing, period: 2018-04-01/P1Y, height: tall}", "unknown-column"),
    ],
)
def test_a_public_figure_that_is_no_figure_of_the_package_is_an_issue(project, where, rule):
    from statpress.errors import BadDeclaration

    edit(project, PIPELINE, "caveats:", f"known:\n  - {{where: {where}, value: 60, source: DfE}}\ncaveats:")
    with pytest.raises(BadDeclaration) as caught:
        check(Project(project))
    assert {issue.rule for issue in caught.value.issues} == {rule}


def two_sexes(root, **counts):
    """A pipeline of one year whose total has to be shown."""
    source = root / "pipelines/missing/source/missing.csv"
    rows = "".join(f"children-missing,E1,2018/19,{sex},{count}\n" for sex, count in counts.items())
    source.write_text(f"measure,area,period,sex,value\nchildren,E1,2018/19,all,449\n{rows}")
    headline = "{where: {measure: children-missing, sex: all}, reason: Headline.}"
    edit(root, PIPELINE, "caveats:", f"never-withhold:\n  - {headline}\ncaveats:")


def test_what_only_the_one_child_in_a_cell_can_work_out_is_not_published(project):
    """Both are 1 to 5 for everybody else. The boy knows that he is alone, and so how many girls there are."""
    two_sexes(project, all=6, M=1, F=5)
    (issue,) = refuse(project)
    assert issue.rule == "withheld-determined"
    assert "by the only one in" in issue.message
    assert "insiders: ignored" in issue.hint


def test_a_policy_may_ignore_insiders(project):
    two_sexes(project, all=6, M=1, F=5)
    edit(project, POLICY, "withhold: {counts: 1..5}", "withhold: {counts: 1..5}\n  protection: {insiders: ignored}")
    publish(Project(project))
    assert (project / "datapackages/missing/datapackage.json").exists()


def test_nobody_is_told_by_the_group_that_she_alone_makes(project):
    """The only child of the year is the only girl, and knows both."""
    source = project / "pipelines/missing/source/missing.csv"
    rows = "children-missing,E1,2018/19,all,1\nchildren-missing,E1,2018/19,F,1\n"
    source.write_text(f"measure,area,period,sex,value\nchildren,E1,2018/19,all,449\n{rows}")
    publish(Project(project))
