"""A declared dashboard: every name in it is one that there is."""

import pytest
from project import edit

from statpress.declare.load import load_declarations
from statpress.errors import BadDeclaration
from statpress.paths import Project

GOOD = """\
dashboard:
  measure: children
  by: sex
  directions: {better: [Better.], worse: [Worse.]}
  tallies: [{measure: children-missing, by: sex, counts: {male: better}}]
"""


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("measure: children\n", "measure: child\n", "unknown-measure"),
        ("by: sex\n", "by: sexes\n", "unknown-dimension"),
        ("measure: children-missing", "measure: missing", "unknown-measure"),
        ("{male: better}", "{males: better}", "unknown-category"),
        ("{male: better}", "{male: nicer}", "bad-value"),
        ("worse: [Worse.]", "worse: [Better.]", "bad-value"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_its_key(project, before, after, rule):
    assert before in GOOD
    pipeline = "pipelines/missing/pipeline.yml"
    edit(project, pipeline, "caveats: [two-systems]", GOOD.replace(before, after) + "caveats: [two-systems]")
    with pytest.raises(BadDeclaration) as caught:
        load_declarations(Project(project))
    found = [(issue.rule, issue.key) for issue in caught.value.issues]
    assert any(name == rule and key.startswith("dashboard") for name, key in found), found


def test_the_categories_of_a_dashboard_are_measures(project):
    edit(project, "pipelines/missing/pipeline.yml", "caveats: [two-systems]", GOOD + "caveats: [two-systems]")
    with pytest.raises(BadDeclaration) as caught:
        load_declarations(Project(project))
    assert sorted(issue.message for issue in caught.value.issues) == [
        "There is no measure `female` here.",
        "There is no measure `male` here.",
    ]
