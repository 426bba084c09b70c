"""Declarations: every fault of every file at once, each with its line, key and the nearest valid name."""

import json
import os

import pytest
from click.testing import CliRunner
from project import edit, make_project

from statpress.declare.load import choose_pipelines, load_declarations
from statpress.errors import BadDeclaration, BadUsage
from statpress.paths import Project

PIPELINE = "pipelines/missing/pipeline.yml"


def faults(root):
    with pytest.raises(BadDeclaration) as caught:
        load_declarations(Project(root))
    return caught.value.issues


def the_fault(root):
    (issue,) = faults(root)
    return issue


def test_a_good_project_loads_into_frozen_models(project):
    declared = load_declarations(Project(project))
    assert declared.pipelines["missing"].measures == ("children-missing", "children", "missing-share")
    with pytest.raises(Exception, match="frozen"):
        declared.measures["children"].title = "Other"


def test_texts_that_yaml_would_read_as_numbers_or_booleans_stay_texts(project):
    edit(project, PIPELINE, "version: 2020.1", "version: 2020.10")
    edit(project, "pipelines/areas.yml", "name: Otherford", "name: no")
    declared = load_declarations(Project(project))
    assert declared.pipelines["missing"].release.version == "2020.10"
    assert declared.areas["E2"].name == "no"


def test_an_unknown_key_has_its_line_and_the_nearest_key(project):
    edit(project, PIPELINE, "topic: missing", "topik: missing")
    unknown, missing = sorted(faults(project), key=lambda issue: issue.rule, reverse=True)
    assert (unknown.rule, unknown.row, unknown.key) == ("unknown-key", 3, "topik")
    assert "Did you mean topic?" in unknown.hint
    assert (missing.rule, missing.message) == ("missing-key", "The key `topic` is missing.")


def test_an_unknown_step_offers_the_nearest_step(project):
    edit(project, PIPELINE, "- period: {kinds", "- perriod: {kinds")
    issue = the_fault(project)
    assert issue.rule == "unknown-step"
    assert issue.row == 10
    assert "Did you mean period" in issue.hint


def test_a_key_inside_a_step_offers_the_keys_of_that_step(project):
    edit(project, PIPELINE, "{kinds: [financial-year]}", "{kind: [financial-year]}")
    rules = {issue.rule: issue for issue in faults(project)}
    assert "Did you mean kinds" in rules["unknown-key"].hint


def test_faults_of_all_files_come_together_and_in_order(project):
    edit(project, PIPELINE, "area: E1", "area: E 1")
    edit(project, "pipelines/measures.yml", "kind: percentage", "kind: percent")
    edit(project, "pipelines/areas.yml", "kind: country", "kindd: country")
    found = faults(project)
    assert [issue.file for issue in found] == sorted(issue.file for issue in found)
    assert {issue.file for issue in found} == {PIPELINE, "pipelines/measures.yml", "pipelines/areas.yml"}


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "name"),
    [
        (PIPELINE, "topic: missing", "topic: misssing", "unknown-topic", "missing"),
        (PIPELINE, "area: E1", "area: E11", "unknown-area", "E1"),
        (
            PIPELINE,
            "[children-missing, children,",
            "[children-missin, children,",
            "unknown-measure",
            "children-missing",
        ),
        (PIPELINE, "{sex: adds-up}", "{sexx: adds-up}", "unknown-dimension", "sex"),
        (PIPELINE, "[two-systems]", "[two-system]", "unknown-caveat", "two-systems"),
        (PIPELINE, "document: report", "document: raport", "unknown-document", "report"),
        (PIPELINE, "caveats:", "disclosure: strikt\ncaveats:", "unknown-policy", "strict"),
        ("pipelines/measures.yml", "denominator: children\n", "denominator: childrn\n", "unknown-measure", "children"),
        (
            "pipelines/areas.yml",
            "Otherford, kind: local-authority, parent: E9",
            "Otherford, kind: x, parent: E99",
            "unknown-area",
            "E9",
        ),
    ],
)
def test_a_name_that_no_catalogue_has_is_told_with_the_nearest(project, path, old, new, rule, name):
    edit(project, path, old, new)
    found = {issue.rule: issue for issue in faults(project)}
    assert found[rule].file == path
    assert name in found[rule].hint


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("title: a\ntitle: b\n", "repeated-key"),
        ("a: &x {b: c}\nd: *x\n", "yaml-alias"),
        ("a: [1, 2\n", "yaml-syntax"),
        ("- a\n- b\n", "not-a-mapping"),
        ("", "not-a-mapping"),
        ("a: " + "[" * 100_000, "too-deep"),
        ("a: " + "{b: " * 5_000, "too-deep"),
        ("? [a, b]\n: c\n", "yaml-key"),
        ("a: \x00b\n", "yaml-syntax"),
        ("x" * 1_000_001, "unreadable-file"),
        ("!!python/object/apply:os.system ['true']", "not-a-mapping"),
    ],
)
def test_a_file_of_bad_form_is_one_issue_and_no_crash(project, text, rule):
    (project / PIPELINE).write_text(text)
    assert [issue.rule for issue in faults(project) if issue.file == PIPELINE] == [rule]


def test_a_file_that_is_not_utf8_is_an_issue(project):
    (project / PIPELINE).write_bytes(b"title: caf\xe9\n")
    issue = the_fault(project)
    assert (issue.rule, issue.file) == ("unreadable-file", PIPELINE)


def test_a_name_that_stands_for_two_codes_is_ambiguous(project):
    edit(project, "pipelines/areas.yml", "name: Otherford,", "name: Otherford, also: [Exampleshire],")
    assert the_fault(project).rule == "ambiguous-name"


def test_parents_in_a_circle_are_an_issue(project):
    edit(project, "pipelines/areas.yml", "kind: country", "kind: country, parent: E1")
    assert {issue.rule for issue in faults(project)} == {"circle"}


def test_a_measure_of_an_area_belongs_to_one_pipeline(project):
    text = (project / PIPELINE).read_text()
    make_project(project, **{"pipelines/again/pipeline.yml": text})
    assert {issue.rule for issue in faults(project)} == {"measure-twice"}


def test_councils_share_a_measure(project):
    text = (project / PIPELINE).read_text().replace("area: E1", "area: E2")
    make_project(project, **{"pipelines/again/pipeline.yml": text})
    pipelines = load_declarations(Project(project)).pipelines
    assert pipelines["again"].measures == pipelines["missing"].measures


def test_a_source_has_a_format_that_is_read(project):
    edit(project, PIPELINE, "path: source/missing.csv", "path: source/missing.txt")
    assert "in the pipeline's folder" in the_fault(project).message


def test_thousands_and_decimals_have_different_signs(project):
    edit(
        project, PIPELINE, "path: source/missing.csv", 'path: source/missing.csv\n    thousands: ","\n    decimal: ","'
    )
    assert "cannot be the same sign" in the_fault(project).message


def test_a_folder_without_pipelines_says_so(tmp_path):
    assert "no-project" in {issue.rule for issue in faults(tmp_path)}


def test_a_pipeline_that_is_not_there_is_bad_usage_with_the_nearest_name(project):
    declared = load_declarations(Project(project))
    with pytest.raises(BadUsage) as caught:
        choose_pipelines(declared, ["mising"])
    assert "missing" in caught.value.issues[0].hint


@pytest.mark.parametrize("name", ["Missing", "mis sing", "mis.sing", ".hidden", "é", "-x", "a\nb", "=1+1", "a" * 90])
def test_a_folder_that_cannot_name_a_package_is_an_issue(project, name):
    (project / "pipelines/missing").rename(project / "pipelines" / name)
    issue = the_fault(project)
    assert issue.rule == "bad-name"
    assert "\n" not in issue.message


def test_a_declaration_that_is_a_pipe_or_a_folder_is_an_issue(project):
    (project / PIPELINE).unlink()
    os.mkfifo(project / PIPELINE)
    assert ("not-a-file", PIPELINE) in {(issue.rule, issue.file) for issue in faults(project)}
    (project / PIPELINE).unlink()
    (project / PIPELINE).mkdir()
    assert ("not-a-file", PIPELINE) in {(issue.rule, issue.file) for issue in faults(project)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2020-06-01", "date: 2020-02-30"),
        ("date: 2020-06-01", "date: ٢٠٢٠-06-01"),
        ("version: 2020.1", "version: ٢٠٢٠.1"),
        ("caveats: [two-systems]", "withhold: [{where: {sex: []}, reason: r}]"),
    ],
)
def test_days_that_are_none_other_digits_and_empty_lists_are_refused(project, old, new):
    edit(project, PIPELINE, old, new)
    assert {issue.file for issue in faults(project)} == {PIPELINE}


@pytest.mark.parametrize("line", ["compute: [missing-share, missing-share]", "caveats: [two-systems, two-systems]"])
def test_a_name_that_is_listed_twice_is_an_issue(project, line):
    edit(project, PIPELINE, line.replace(", missing-share", "").replace(", two-systems", ""), line)
    assert (the_fault(project).rule, the_fault(project).key) == ("listed-twice", f"{line.split(':')[0]}.1")


def test_a_measure_is_not_its_own_numerator(project):
    edit(project, "pipelines/measures.yml", "numerator: children-missing", "numerator: missing-share")
    assert "circle" in {issue.rule for issue in faults(project)}


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)"])
def test_words_that_a_spreadsheet_would_run_are_refused(project, text):
    edit(project, "pipelines/areas.yml", "name: Otherford", f'name: "{text}"')
    assert "formula" in the_fault(project).message


def test_a_project_without_pipelines_says_so(project):
    (project / PIPELINE).unlink()
    (project / "pipelines/missing/source/missing.csv").unlink()
    (project / "pipelines/missing/source").rmdir()
    (project / "pipelines/missing").rmdir()
    assert the_fault(project).rule == "no-pipeline"


def test_a_folder_without_a_declaration_says_so(project):
    (project / "pipelines/empty").mkdir()
    assert (the_fault(project).rule, the_fault(project).file) == ("missing-pipeline", "pipelines/empty")


def test_a_declaration_that_is_a_link_out_of_the_project_is_refused(project, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "topics.yml"
    (project / "pipelines/topics.yml").rename(elsewhere)
    (project / "pipelines/topics.yml").symlink_to(elsewhere)
    assert "outside" in {issue.rule for issue in faults(project)}


def _move(root, file, key, into):
    """Take the entry `key` of a catalogue, and all that follows it, into a file of its own."""
    path = root / file
    head, mark, tail = path.read_text().partition(f"{key}:")
    path.write_text(head)
    (root / into).parent.mkdir(exist_ok=True)
    (root / into).write_text(mark + tail)


def test_a_catalogue_may_be_several_files(project):
    whole = load_declarations(Project(project))
    _move(project, "pipelines/measures.yml", "missing-share", "pipelines/measures/shares.yml")
    _move(project, "pipelines/topics.yml", "missing", "pipelines/topics/children.yml")
    (project / "pipelines/topics.yml").unlink()
    parts = load_declarations(Project(project))
    assert (parts.measures, parts.topics) == (whole.measures, whole.topics)


def test_a_fault_in_one_file_of_a_catalogue_has_that_file_and_its_line(project):
    _move(project, "pipelines/measures.yml", "missing-share", "pipelines/measures/shares.yml")
    edit(project, "pipelines/measures/shares.yml", "kind: percentage", "kind: percentige")
    edit(project, "pipelines/measures/shares.yml", "denominator: children", "denominator: childern")
    assert [(issue.file, issue.row) for issue in faults(project)] == [("pipelines/measures/shares.yml", 6)]
    edit(project, "pipelines/measures/shares.yml", "kind: percentige", "kind: percentage")
    first = faults(project)[0]
    assert (first.key, first.file, first.row) == ("missing-share.denominator", "pipelines/measures/shares.yml", 9)


def test_a_name_stands_in_one_file_of_a_catalogue(project):
    path = project / "pipelines/measures/again.yml"
    path.parent.mkdir()
    path.write_text("children: {title: Children, definition: All children., unit: children, kind: count}\n")
    issue = the_fault(project)
    assert (issue.rule, issue.file, issue.key) == ("repeated-key", "pipelines/measures/again.yml", "children")
    assert "pipelines/measures.yml" in issue.message


def test_a_pipeline_may_be_called_like_a_catalogue(project):
    (project / "pipelines/missing").rename(project / "pipelines/topics")
    assert set(load_declarations(Project(project)).pipelines) == {"topics"}


def test_a_fault_of_a_measure_names_the_file_and_line_of_its_part_of_the_catalogue(project):
    from statpress.cli.main import main

    folder = project / "pipelines" / "measures"
    folder.mkdir()
    (project / "pipelines/measures.yml").rename(folder / "missing.yml")
    said = "definition: Children looked after at any time in the year."
    edit(project, "pipelines/measures/missing.yml", said, "definition: Children looked after")
    found = CliRunner().invoke(main, ["--root", str(project), "check", "--json"])
    (issue,) = [issue for issue in json.loads(found.output)["issues"] if issue["rule"] == "empty-definition"]
    line = (folder / "missing.yml").read_text().splitlines().index("  definition: Children looked after") + 1
    assert (issue["file"], issue["row"]) == ("pipelines/measures/missing.yml", line)
