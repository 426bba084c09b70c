"""The report of `statpress check` in every form, on a terminal and in files."""

import json
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner
from commands import statpress
from hypothesis import given
from hypothesis import strategies as st
from project import edit

from statpress.cli.main import main
from statpress.cli.report.draw import Drawer
from statpress.cli.report.findings import Findings, group_by_file
from statpress.cli.report.forms import RENDERERS, render
from statpress.cli.report.texts import mask_cell
from statpress.issue import Issue
from statpress.paths import Project

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"


def check(root, *options):
    """Run the check in this process, which is quicker."""
    return CliRunner().invoke(main, ["--root", str(root), "check", *options])


def test_the_row_of_a_source_is_drawn_with_its_keys_and_no_figure(project):
    edit(project, SOURCE, "children-missing,Exampleshire,2018/19,F,3", "children-missing,Exampleshire,2018/19,F,3x")
    finished = check(project)
    assert finished.exit_code == 11
    drawn = [line.strip() for line in finished.stderr.splitlines() if " | " in line]
    assert drawn == [
        "1 | measure          | area         | period  | sex | value",
        "4 | children-missing | Exampleshire | 2018/19 | F   | #x",
        "|                                                   ^^^^^",
    ]
    assert "3x" not in finished.stderr


def test_the_line_of_a_declaration_is_drawn_and_pointed_at(project):
    edit(project, PIPELINE, "topic: missing", "topic: mising")
    lines = check(project).stderr.splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.endswith("3 | topic: mising")]
    assert lines[place + 1].index("^") == lines[place].index("mising")
    assert lines[place + 1].count("^") == len("mising")
    assert "Did you mean missing? (unknown-topic)" in lines[place + 2]


def test_files_stand_worst_first_and_errors_before_warnings():
    issues = [
        Issue("a", "", "one.yml", 9),
        Issue("b", "", "two.yml", 5, severity="warning"),
        Issue("c", "", "two.yml", 7),
        Issue("d", "", "two.yml", 6),
        Issue("e", "", "three.yml", 1, severity="warning"),
    ]
    grouped = [(file, [issue.rule for issue in found]) for file, found in group_by_file(issues)]
    assert grouped == [("two.yml", ["d", "c", "b"]), ("one.yml", ["a"]), ("three.yml", ["e"])]


def test_marks_in_brackets_and_control_characters_survive_as_text(project):
    said = RENDERERS["text"](
        Findings((Issue("a", "Found [c] and [red] \x1b[31m.", "x.yml"),), exit_code=12), Project(project)
    )
    assert "Found [c] and [red] \\x1b[31m." in said


def test_no_colour_where_it_is_not_wanted(project):
    edit(project, PIPELINE, "topic: missing", "topic: mising")
    assert "\x1b" not in statpress(project, "check").stderr


NUMBERS = st.integers(0, 10**7).map(lambda number: f"{number:,}") | st.integers(0, 10**7).map(str)


@given(
    NUMBERS, st.sampled_from(["", "<", "~", "[", "c ", "approx. "]), st.sampled_from(["", "%", "]", " r", " children"])
)
def test_no_number_is_drawn_and_not_even_how_long_it_is(number, before, after):
    shown = mask_cell(f"{before}{number}{after}", "value")
    assert not any(letter.isnumeric() for letter in shown)
    assert shown == mask_cell(f"{before}7{after}", "value")


@given(st.text(max_size=40))
def test_a_cell_is_drawn_without_control_characters(cell):
    assert all(letter.isprintable() or letter in "\n\t" for letter in mask_cell(cell, "value"))


@pytest.mark.parametrize(
    "cell", ["3", "<5", "1,203", "12.5%", "٣", "½", "three", "age 10-15", "3 children", "20190", "E5"]
)
def test_what_may_be_a_figure_is_masked(cell):
    shown = mask_cell(cell, "value")
    assert not any(letter.isnumeric() for letter in shown)
    assert "three" not in shown


@pytest.mark.parametrize("cell", ["2018/19", "2018-04-01/P1Y", "E06000012", "c", "[c]", ".."])
def test_keys_and_marks_are_drawn_as_they_are(cell):
    assert mask_cell(cell, "period") == cell


def test_a_row_that_lost_its_columns_is_masked_altogether(project):
    (project / SOURCE).write_text("measure,area,value\nchildren,E06000012,2018/19,7\n")
    drawn = Drawer(Project(project)).draw(Issue("ragged-row", "", SOURCE, 2))
    assert drawn == ("2 | children,E#,#/#,#",)


def test_a_link_out_of_the_project_is_not_drawn(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yml"
    secret.write_text("password: abc\n")
    (project / "pipelines/secret.yml").symlink_to(secret)
    assert Drawer(Project(project)).draw(Issue("x", "", "pipelines/secret.yml", 1)) == ()


NASTY = Findings(
    (
        Issue(
            "unknown-topic",
            "A <b>tag</b> & `code` @all [x](http://e) \x00",
            PIPELINE,
            3,
            key="topic",
            hint="Mend | it.",
        ),
        Issue("parts-and-total", "Said ]]> twice.", PIPELINE, severity="warning"),
        Issue("no-such-rule", "No file."),
    ),
    exit_code=12,
    family="failed check",
)


def test_sarif_is_what_its_schema_asks_for(project):
    log = json.loads(RENDERERS["sarif"](NASTY, Project(project)))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["name"] == "statpress"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert " " not in uri
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    assert len({result["partialFingerprints"]["statpress/v1"] for result in run["results"]}) == 3


def test_junit_can_be_parsed_and_counts_what_it_holds(project):
    root = ET.fromstring(RENDERERS["junit"](NASTY, Project(project)))  # noqa: S314 - our own
    assert root.get("failures") == str(len(root.findall(".//failure"))) == "2"
    assert root.get("tests") == str(len(root.findall(".//testcase"))) == "3"
    assert {suite.get("name") for suite in root} == {"missing", "project"}
    fine = ET.fromstring(RENDERERS["junit"](Findings((), ("missing",)), Project(project)))  # noqa: S314 - our own
    assert fine.find(".//testcase").get("name") == "can be published"


def test_html_holds_everything_as_text_and_fetches_nothing(project):
    page = RENDERERS["html"](NASTY, Project(project))
    assert "A &lt;b&gt;tag&lt;/b&gt; &amp; <code>code</code>" in page
    assert "<script" not in page
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in page
    assert "src=" not in page
    assert page.count("<h1>") == 1


def test_markdown_has_no_markup_of_a_message(project):
    said = RENDERERS["markdown"](NASTY, Project(project))
    assert "\\<b\\>tag" in said
    assert "\\@all \\[x\\](http://e)" in said


def test_markdown_is_never_too_long_for_a_comment(project):
    many = Findings(tuple(Issue("x", "word " * 50, f"{number}.yml") for number in range(500)), exit_code=12)
    said = RENDERERS["markdown"](many, Project(project))
    assert len(said) < 65_000
    assert "too long for a comment" in said


@pytest.mark.parametrize("ending", ["txt", "json", "sarif", "xml", "html", "md"])
def test_a_report_is_written_also_when_the_check_fails(project, ending):
    edit(project, PIPELINE, "topic: missing", "topic: mising")
    assert check(project, "--output", str(project / f"report.{ending}")).exit_code == 10
    assert "mising" in (project / f"report.{ending}").read_text()


def test_a_report_is_the_same_twice_and_not_written_among_sources(project, monkeypatch):
    monkeypatch.chdir(project)
    check(project, "--output", "a.html", "--output", "b.html")
    assert (project / "a.html").read_bytes() == (project / "b.html").read_bytes()
    assert check(project, "--output", "pipelines/report.html").exit_code == 14
    assert check(project, "--output", "report.doc").exit_code == 2


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_names_that_are_no_text_can_be_told(project, form):
    odd = Findings((Issue("x", "Odd \udc80 and \x07.", "pipelines/odd\udc80.yml", 1),), exit_code=10)
    said = render(form, odd, Project(project))
    assert said.encode()
    assert "\x07" not in said
    if form == "junit":
        assert ET.fromstring(said) is not None  # noqa: S314 - our own


def test_a_written_text_has_no_colours(project):
    edit(project, PIPELINE, "topic: missing", "topic: mising")
    check(project, "--output", str(project / "report.txt"))
    assert "\x1b" not in (project / "report.txt").read_text()
