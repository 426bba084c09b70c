"""Commands: what they say, and with which exit code."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from commands import BIN, files_in, run, statpress
from project import edit

from statpress.cli.main import main

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_help_of_every_command_has_an_example(name):
    help_ = main.commands[name].help
    assert "Example:" in help_
    assert f"statpress {name}" in help_


def test_help_imports_nothing_heavy(tmp_path):
    code = "import sys, statpress.cli.main as m; m.main(['--help'], standalone_mode=False); print(*sys.modules)"
    modules = run(tmp_path, "python", "-c", code).stdout.split()
    heavy = {
        "pandas",
        "pyarrow",
        "pydantic",
        "yaml",
        "altair",
        "mkdocs",
        "frictionless",
        "great_expectations",
        "rich",
        "jinja2",
    }
    assert "click" in modules
    assert not heavy & set(modules)


def break_declaration(root):
    edit(root, PIPELINE, "topic: missing", "topic: mising")


def break_source(root):
    edit(root, SOURCE, "children,Otherford,2019/20,all,..", "children,Otherford,2019/20,all,n/k")


def break_check(root):
    edit(root, "pipelines/measures.yml", "kind: count\nmissing-share", "kind: count\nmissing-share")
    edit(root, PIPELINE, "compute: [missing-share]\n", "")


def break_safety(root):
    edit(root, SOURCE, "children-missing,Exampleshire,2018/19,M,60", "children-missing,Exampleshire,2018/19,M,0")
    edit(root, SOURCE, "children-missing,Exampleshire,2018/19,all,63", "children-missing,Exampleshire,2018/19,all,*")
    edit(root, SOURCE, "children-missing,Exampleshire,2018/19,F,3", "children-missing,Exampleshire,2018/19,F,0")
    edit(root, PIPELINE, 'marks: {"..": x}', 'marks: {"..": x, "*": c}')


def break_writing(root):
    (root / "datapackages").write_text("in the way")


FAMILIES = [
    (break_declaration, 10, "unknown-topic"),
    (break_source, 11, "not-a-number"),
    (break_check, 12, "empty-measure"),
    (break_safety, 13, "cannot-protect"),
    (break_writing, 14, "cannot-write"),
]


@pytest.mark.parametrize(("breakage", "code", "rule"), FAMILIES, ids=[str(code) for _, code, _ in FAMILIES])
def test_each_family_has_its_exit_code_and_writes_nothing(project, breakage, code, rule):
    breakage(project)
    before = files_in(project)
    finished = statpress(project, "publish")
    assert finished.returncode == code, finished.stderr
    assert f"({rule})" in finished.stderr
    assert "nothing was written" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert files_in(project) == before


def test_an_unknown_pipeline_is_a_usage_error_with_the_nearest_name(project):
    finished = statpress(project, "publish", "mising")
    assert finished.returncode == 2
    assert "Did you mean missing?" in finished.stderr


def test_json_has_the_same_issues_and_exit_code(project):
    break_declaration(project)
    finished = statpress(project, "check", "--json")
    answer = json.loads(finished.stdout)
    assert finished.returncode == answer["exit_code"] == 10
    assert answer["issues"][0] == {
        "rule": "unknown-topic",
        "message": "There is no topic `mising`.",
        "file": PIPELINE,
        "row": 3,
        "key": "topic",
        "hint": "Did you mean missing?",
        "severity": "error",
    }


def test_publish_says_what_it_wrote_and_a_second_time_that_nothing_changed(project):
    assert "14 figures" not in (first := statpress(project, "publish")).stdout
    assert first.returncode == 0, first.stderr
    assert "written" in first.stdout
    assert "unchanged" in statpress(project, "publish").stdout


def test_explain_compares_withholding_and_rounding_without_a_figure(project):
    lines = statpress(project, "explain", "missing", "--compare").stdout.splitlines()
    assert len(lines) == 2 + 9 + 2
    assert lines[-1].split() == ["round", "to", "5,", "controlled", "0", "0%", "0%", *lines[-1].split()[7:9], "yes"]
    answer = json.loads(statpress(project, "explain", "missing", "--compare", "--json").stdout)
    assert [way["name"] for way in answer["ways"]][-2:] == ["round to 5, conventional", "round to 5, controlled"]


def test_explain_names_cells_and_rules_and_no_figure(project):
    finished = statpress(project, "explain", "missing")
    assert "children-missing E1 2018-04-01/P1Y sex=female: the count is small" in finished.stdout
    assert "sex=male: another withheld cell would follow from it" in finished.stdout
    assert "60" not in finished.stdout


def test_no_progress_bar_where_the_screen_is_no_terminal(project):
    finished = statpress(project, "check")
    assert finished.stdout == "1 package can be published, 0 warnings.\n"
    assert finished.stderr == ""


def test_marks_in_brackets_survive_on_the_screen(project):
    edit(project, PIPELINE, "title: Children who went missing", "title: Children who went missing [c]")
    assert "went missing [c]" in statpress(project, "explain", "missing").stdout


def test_what_a_transform_prints_is_not_shown(project):
    """It would be figures, in the log of a build; and it would spoil an answer in JSON."""
    edit(
        project,
        "pipelines/missing/pipeline.yml",
        "      - period: {kinds: [financial-year]}",
        "      - period: {kinds: [financial-year]}\n      - transform: loud.py",
    )
    (project / "pipelines/missing/loud.py").write_text(
        "import logging, sys, warnings\n"
        "def transform(table):\n"
        "    print('told', file=sys.stderr)\n"
        "    print('told')\n"
        "    warnings.warn('told')\n"
        "    logging.error('told')\n"
        "    return table\n"
    )
    finished = statpress(project, "check", "--json")
    assert json.loads(finished.stdout)["ok"] is True
    assert "told" not in finished.stdout + finished.stderr


def test_explain_says_why_a_rule_matters_and_offers_the_nearest_name(project):
    told = statpress(project, "explain", "parts-and-total")
    assert told.returncode == 0
    assert "What to do:" in told.stdout
    missed = statpress(project, "explain", "parts-and-totals")
    assert missed.returncode == 2
    assert "Did you mean parts-and-total" in missed.stderr


def test_whoever_stops_listening_is_not_told_of_a_fault(project):
    """As in `statpress check --json | head -1`."""
    ear = os.pipe()
    os.close(ear[0])
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    with os.fdopen(ear[1], "w") as closed:
        finished = subprocess.run(
            ["statpress", "explain", "unknown-topic"],
            cwd=project, env=environment, stdout=closed, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert "unexpectedly" not in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("arguments", [("validate", "bus"), ("validate", "bus", "--json"), ("--version",), ("--help",)])
def test_an_answer_that_cannot_be_written_ends_with_14(tmp_path, arguments):
    (tmp_path / "bus").mkdir()
    (tmp_path / "bus/stops.csv").write_text("stop\nA\n")
    (tmp_path / "bus/datapackage.json").write_text('{"name": "bus", "resources": [{"path": "stops.csv"}]}')
    program = BIN / "statpress"
    with Path("/dev/full").open("w") as full:
        finished = subprocess.run([program, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    told = finished.stderr.decode().splitlines()
    assert finished.returncode == 14
    assert told[-1] == "The answer could not be written where it was to go: No space left on device."
    assert "Traceback" not in told[0]
