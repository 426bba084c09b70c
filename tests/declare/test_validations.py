"""What lies in `validations/` is read, or it is an issue: a file that nobody reads would check nothing."""

import pytest
from commands import statpress

from statpress.declare.load import load_declarations
from statpress.errors import BadDeclaration
from statpress.paths import Project

SUITE = '{"name": "missing", "expectations": []}'
ROWS = "measure,period,rows\n"


def told(root):
    with pytest.raises(BadDeclaration) as caught:
        load_declarations(Project(root))
    return [(issue.rule, issue.file) for issue in caught.value.issues]


@pytest.mark.parametrize("ending", ["yml", "json", "rows.csv"])
@pytest.mark.parametrize("kind", ["folder", "nowhere", "outside"])
def test_what_is_no_file_of_the_project_is_an_issue(project, tmp_path_factory, ending, kind):
    path = project / f"validations/missing.{ending}"
    path.parent.mkdir()
    if kind == "folder":
        path.mkdir()
    else:
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "file"
        elsewhere.write_text("{}")
        path.symlink_to(elsewhere if kind == "outside" else "nowhere")
    rule = "outside" if kind == "outside" else "not-a-file"
    assert told(project) == [(rule, f"validations/missing.{ending}")]
    assert statpress(project, "check").returncode == 10


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("mising.json", "unknown-pipeline"),
        ("mising.yml", "unknown-pipeline"),
        ("missing.yaml", "bad-name"),
        ("missing.YML", "bad-name"),
        ("missing.csv", "bad-name"),
    ],
)
def test_a_file_that_nobody_reads_is_an_issue(project, name, rule):
    (project / "validations").mkdir()
    (project / "validations" / name).write_text("")
    assert told(project) == [(rule, f"validations/{name}")]


def test_validations_must_be_a_folder_of_the_project(project, tmp_path_factory):
    (project / "validations").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert told(project) == [("outside", "validations")]
    (project / "validations").unlink()
    (project / "validations").write_text("")
    assert told(project) == [("not-a-file", "validations")]


def test_words_beside_the_files_are_left_alone(project):
    (project / "validations").mkdir()
    (project / "validations/README.md").write_text("What must be true.")
    assert load_declarations(Project(project)).rules == {}


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("missing.json", '{"expectations": [{"type": "x", "kwargs": {}}], "expectations": []}', "bad-suite"),
        ("missing.rows.csv", "measure,period,rows\nchildren,2018-04-01/P1Y,9\nchildren,2018-04-01/P1Y,3\n", "bad-expected-rows"),
        ("missing.rows.csv", "measure,period,rows\nchildren,2018-04-01/P1Y,3,3\n", "bad-expected-rows"),
    ],
)  # fmt: skip
def test_what_is_said_twice_is_not_lost(project, path, text, rule):
    """Of two expectations, or two numbers of rows, the first would be forgotten."""
    (project / "validations").mkdir()
    (project / "validations" / path).write_text(text)
    found = statpress(project, "check")
    assert found.returncode == 12
    assert f"({rule})" in found.stderr


def test_reports_draw_no_figure_of_a_rule_or_reason(project):
    """A reason is published only where that costs nothing; the report of a check is read by more people than sources."""
    (project / "validations").mkdir()
    (project / "validations/missing.yml").write_text(
        "rules:\n"
        "  stated: {sum: {total: 7919, parts: {measure: nobody}}}\n"
        "waivers:\n"
        "  - {rule: slip, reason: The source has 8317 girls and seven boys.}\n"
        "  - rule: nope\n"
        "    reason: There are 8317 or seven.\n"
    )
    said = statpress(project, "check")
    assert said.returncode == 10
    (project / "validations/missing.yml").write_text(
        "waivers:\n  - {rule: slip, reason: The source has 8317 girls and seven boys.}\n"
    )
    again = statpress(project, "check")
    assert again.returncode == 12
    for text in (said.stderr, again.stderr):
        assert "7919" not in text
        assert "8317" not in text
        assert "seven" not in text
    assert "rule: slip, reason: The source has # girls" in again.stderr
