"""Reports are written where the user says, but over nothing that is published or read, and all of them or none."""

import json
import os

import pytest
from click.testing import CliRunner
from commands import files_in

from statpress.cli.main import main


def run(root, *arguments, monkeypatch):
    monkeypatch.chdir(root)
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    "place",
    [
        *("datapackages/a.html", "datapackages/missing/data/x.json", "site/a.html", "pipelines/a.md", "site_src/a.md"),
        *("validations/missing.json", ".git/a.html", "within.html", "loop.html", "pipe.html", "full.html"),
        "x" * 300 + ".html",
    ],
)
def test_a_report_is_not_written_over_what_is_published_or_read(project, monkeypatch, place):
    (project / "within.html").symlink_to("site_src/about.md")
    (project / "loop.html").symlink_to("loop.html")
    (project / "full.html").symlink_to("/dev/full")
    os.mkfifo(project / "pipe.html")
    before = files_in(project)
    told = run(project, "check", "--json", "--output", place, monkeypatch=monkeypatch)
    (issue,) = json.loads(told.output)["issues"]
    assert (told.exit_code, issue["rule"], issue["file"]) == (14, "not-here", place)
    assert files_in(project) == before


def test_either_all_reports_are_written_or_none(project, monkeypatch):
    (project / "file").write_text("")
    arguments = ("check", "--output", "a.html", "--output", "file/b.html", "--output", "c.json")
    told = run(project, *arguments, monkeypatch=monkeypatch)
    assert (told.exit_code, (project / "a.html").exists(), (project / "c.json").exists()) == (14, False, False)
    assert "It cannot be written" in told.output
    assert run(project, "check", "--output", "deep/er/a.html", monkeypatch=monkeypatch).exit_code == 0
    assert (project / "deep/er/a.html").is_file()


@pytest.mark.parametrize(("place", "code"), [("mkdocs.yml", 2), ("validations/rules.md", 14), ("rules.md", 0)])
def test_the_page_of_rules_is_written_to_a_place_of_its_own(project, monkeypatch, place, code):
    assert run(project, "schema", "--checks", place, monkeypatch=monkeypatch).exit_code == code
    assert (project / "mkdocs.yml").read_text().startswith("site_name")
