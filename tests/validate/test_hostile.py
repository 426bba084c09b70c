"""Packages that somebody made to break the reader: an issue and its exit code, never a crash, never without end."""

import json
import time

import pytest
from commands import statpress
from test_validate import issues, write_package


def bus(root, *, table="stop\nA\n", field=None, **more):
    """A package with one table of one column."""
    schema = {"fields": [{"name": "stop", "type": "string"} | (field or {})]}
    write_package(root / "bus", [{"name": "stops", "path": "stops.csv", "schema": schema} | more], stops=table)


@pytest.mark.parametrize("path", ["a\0b.csv", "a\x1b[2Jb.csv", "a" * 5000 + ".csv", "\ud800.csv"])
def test_a_path_that_no_file_can_have_is_refused(tmp_path, path):
    bus(tmp_path, path=path)
    assert issues(tmp_path, "bus") == (11, [("path-unsafe", "bus/datapackage.json", None, None)])
    said = statpress(tmp_path, "validate", "bus")
    assert said.returncode == 11
    assert len(said.stderr) < 1000
    assert "\x1b" not in said.stderr


@pytest.mark.parametrize("dialect", [{"delimiter": "\0"}, {"quoteChar": "\0"}])
def test_a_nul_is_no_dialect(tmp_path, dialect):
    bus(tmp_path, dialect=dialect)
    assert issues(tmp_path, "bus") == (12, [("bad-dialect", "bus/datapackage.json", None, None)])


def test_an_encoding_that_no_codec_can_have_is_told(tmp_path):
    bus(tmp_path, encoding="\0")
    assert issues(tmp_path, "bus") == (11, [("encoding", "bus/stops.csv", None, None)])


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|aa)+", "([a-z]+)*"])
def test_a_pattern_that_backtracks_without_end_is_judged_at_once(tmp_path, pattern):
    bus(tmp_path, table=f"stop\n{'a' * 60}!\naaa\n", field={"constraints": {"pattern": pattern}})
    start = time.monotonic()
    assert issues(tmp_path, "bus") == (12, [("cell-pattern", "bus/stops.csv", 2, "stop")])
    assert time.monotonic() - start < 8


def test_a_pattern_that_cannot_be_judged_is_given_up(tmp_path):
    bus(tmp_path, table=f"stop\n{'a' * 60}!\n", field={"constraints": {"pattern": r"(a|a)*\1?b"}})
    code, found = issues(tmp_path, "bus")
    assert (code, found) == (12, [("bad-schema", "bus/stops.csv", None, None)])


def test_a_pattern_with_a_reference_back_is_judged_as_python_does(tmp_path):
    bus(tmp_path, table="stop\nabab\nabba\n", field={"constraints": {"pattern": r"(ab|ba)\1"}})
    assert issues(tmp_path, "bus") == (12, [("cell-pattern", "bus/stops.csv", 3, "stop")])


def test_what_a_terminal_would_obey_is_not_printed(tmp_path):
    bus(tmp_path)
    found = json.loads((tmp_path / "bus/datapackage.json").read_text())
    found["resources"][0]["name"] = "\ud800"
    (tmp_path / "bus/datapackage.json").write_text(json.dumps(found))
    assert statpress(tmp_path, "validate", "bus").returncode in (0, 11, 12)
