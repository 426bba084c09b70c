"""The certificate of one table: checked without a solver, kept by its maker."""

import json

import pytest
from commands import files_in, run
from small_tables import NEED, protect, write


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, need=NEED)
    (tmp_path / "secret.key").write_text("0123456789abcdef0123456789abcdef\n")
    return tmp_path


def check(folder, name="cert.json"):
    return run(folder, "python", "-m", "statpress.audit.checker", name)


def test_the_checker_accepts_the_certificate_and_rejects_a_changed_number(folder):
    assert protect(folder, "--certificate", "cert.json").exit_code == 0
    assert check(folder).returncode == 0
    content = json.loads((folder / "cert.json").read_text())
    content["base"][content["facts"]["names"].index(["freq", "", "", [["need", "care"]], "", ""])] += 1
    (folder / "cert.json").write_text(json.dumps(content))
    assert check(folder).returncode == 1


def test_the_certificate_has_two_tables_for_each_small_count(folder):
    assert protect(folder, "--certificate", "cert.json").exit_code == 0
    content = json.loads((folder / "cert.json").read_text())
    column = content["facts"]["names"].index(["freq", "", "", [["need", "health"], ["ward", "W1"]], "", ""])
    (target,) = [target for target in content["safe"] if target["form"] == [[column, 1]]]
    assert (target["band"], target["rule"]) == ([1, 5], "cover")
    assert content["leaks"] == []


def test_with_a_key_the_certificate_is_the_same_each_time(folder):
    assert protect(folder, "--certificate", "one.json", "--key", "secret.key").exit_code == 0
    assert protect(folder, "--certificate", "two.json", "--key", "secret.key").exit_code == 0
    (folder / "secret.key").write_text("another key that is long enough")
    assert protect(folder, "--certificate", "other.json", "--key", "secret.key").exit_code == 0
    one, two, other = ((folder / name).read_bytes() for name in ("one.json", "two.json", "other.json"))
    assert one == two
    assert one != other


def test_without_a_key_only_the_salt_differs(folder):
    written = []
    for name in ("one.json", "two.json"):
        assert protect(folder, "--certificate", name).exit_code == 0
        written.append((json.loads((folder / name).read_text()), (folder / "protected.csv").read_bytes()))
    (one, table), (two, again) = written
    assert one.pop("salt") != two.pop("salt")
    assert (one, table) == (two, again)


FAULTS = {
    "short-key": (["--certificate", "c.json", "--key", "short.key"], 11),
    "missing-file": (["--certificate", "c.json", "--key", "none.key"], 11),
    "same-output": (["--certificate", "protected.csv"], 14),
    "input-as-output": (["--certificate", "secret.key", "--key", "secret.key"], 14),
    "not-here": (["--certificate", "site/c.json"], 14),
    "never-withheld": (["--certificate", "c.json", "--never", "need=health"], 13),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_nothing_is_written_unless_both_can_be(folder, rule):
    arguments, code = FAULTS[rule]
    (folder / "short.key").write_text("secret")
    before = files_in(folder)
    finished = protect(folder, *arguments)
    assert (finished.exit_code, f"({rule})" in finished.stderr) == (code, True)
    assert files_in(folder) == before


def test_a_certificate_that_cannot_be_written_leaves_no_table(folder):
    (folder / "taken").write_text("in the way")
    finished = protect(folder, "--certificate", "taken/cert.json")
    assert finished.exit_code == 14
    assert not (folder / "protected.csv").exists()


def test_a_key_without_a_certificate_is_a_slip(folder):
    assert protect(folder, "--key", "secret.key").exit_code == 2
