"""Certificates are verified by a program that knows nothing of how they were made, and one changed number spoils them."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import flat, grid, package

from statpress.audit.attack import attack
from statpress.audit.certificate import certify, checksum, count_unproved, holds_for, summarise
from statpress.audit.checker import check
from statpress.audit.checker.check import check_certificate
from statpress.audit.printed import Measure

SAFE = grid("""
        x   y   z  all
    A   c   c  20   41
    B   c   c  25   46
    C  30  16  17   63
    all 51 37  62  150""")
LEAKY = grid("""
        x   y  all
    A  20   c   23
    B  10  30   40
    all 30 33   63""")
RATIO = package(
    {"n - - m": "c", "n - - f": "c", "n - - all": "40", "d - - m": "1000", "p - - m": "0.3"},
    {"n": Measure(), "d": Measure(), "p": Measure("percentage", 1, "n", "d")},
    dimensions=[flat("sex", "m f")],
)


def certificate(*tables, **asked):
    return json.loads(certify(attack(tables, salt="salt", **asked)))


@pytest.mark.parametrize("table", [SAFE, LEAKY, RATIO], ids=["safe", "leaky", "ratio"])
def test_a_certificate_is_verified(table):
    report = attack([table], salt="salt")
    content = json.loads(certify(report))
    assert check_certificate(content) == []
    assert len(content["safe"]) + len(content["leaks"]) == len(report.outcomes)
    assert count_unproved(report) == 0


def test_every_safe_quantity_has_two_tables_that_agree_with_the_figures():
    content = certificate(SAFE)
    values = [
        content["base"][column]
        for column, low in enumerate(content["facts"]["low"])
        if low == content["facts"]["high"][column]
    ]
    assert sorted(values) == sorted([20, 41, 25, 46, 30, 16, 17, 63, 51, 37, 62, 150])
    assert len([target for target in content["safe"] if target["kind"] == "count"]) == 4


def numbers_in(content, path=()):
    """The path of every number that proves something."""
    if isinstance(content, dict):
        return [
            found
            for key, value in content.items()
            if key not in {"salt", "format"}
            for found in numbers_in(value, (*path, key))
        ]
    if isinstance(content, list):
        return [found for place, value in enumerate(content) for found in numbers_in(value, (*path, place))]
    return [path] if isinstance(content, int) else []


def changed(content, path, by):
    copy = deepcopy(content)
    part = copy
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] += by
    return copy


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_number_of_the_tables_changed_is_rejected(data):
    content = certificate(SAFE)
    paths = [path for path in numbers_in(content) if path[0] == "base" or (path[0] == "tables" and path[-1] == 1)]
    path = data.draw(st.sampled_from(paths))
    assert check_certificate(changed(content, path, data.draw(st.sampled_from([-1, 1]))))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_one_multiplier_changed_is_rejected(data):
    content = certificate(LEAKY)
    paths = [path for path in numbers_in(content["leaks"], ("leaks",)) if path[2] in {"least", "most"}]
    paths = [path for path in paths if path[3] == "bound" or path[-1] == 1]
    path = data.draw(st.sampled_from(paths))
    assert check_certificate(changed(content, path, data.draw(st.sampled_from([-1, 1]))))


def test_facts_that_are_not_those_of_the_tables_do_not_hold():
    data = certify(attack([SAFE], salt="salt"))
    hidden = [SAFE.quantity(key) for key, cell in SAFE.cells.items() if cell.value is None]
    other = grid("""
            x   y   z  all
        A   c   c  20   42
        B   c   c  25   46
        C  30  16  17   63
        all 52 37  62  151""")
    assert holds_for(data, [SAFE], hidden)
    assert not holds_for(data, [other], hidden)
    assert not holds_for(certify(attack([LEAKY], salt="salt")), [LEAKY])


def test_a_certificate_without_a_sensitive_quantity_does_not_hold():
    hidden = [SAFE.quantity(key) for key, cell in SAFE.cells.items() if cell.value is None]
    data = certify(attack([SAFE], sensitive={hidden[0]: "symbol"}, salt="salt"))
    assert holds_for(data, [SAFE], hidden[:1])
    assert not holds_for(data, [SAFE], hidden)


def test_the_same_attack_gives_the_same_bytes_and_another_salt_another_checksum():
    one, two, other = (certify(attack([SAFE], salt=salt)) for salt in ("a", "a", "b"))
    assert one == two
    assert checksum(one) != checksum(other)
    with pytest.raises(ValueError, match="salt"):
        checksum(certify(attack([SAFE])))


def test_the_summary_counts_and_tells_no_cell():
    hidden = sorted(SAFE.quantity(key) for key, cell in SAFE.cells.items() if cell.value is None)
    sensitive = dict.fromkeys(hidden[:3], "symbol") | {hidden[3]: "zero_aware"}
    summary = summarise(attack([SAFE], sensitive=sensitive))
    assert summary.as_dict() == {
        "sensitive": 4,
        "safe": 4,
        "standards": {"symbol": 3, "zero_aware": 1},
        "fell_back": 1,
        "narrowest": 19,
    }


def test_the_checker_runs_alone(tmp_path):
    """Its file alone, without statpress in reach."""
    program = tmp_path / "check.py"
    source = Path(check.__file__).read_text(encoding="utf-8")
    program.write_text(source, encoding="utf-8")
    assert len(source.splitlines()) <= 80
    assert "statpress" not in "".join(line for line in source.splitlines() if "import" in line)
    for table, code, words in ((SAFE, 0, b""), (LEAKY, 1, b"something can be worked out\n")):
        certificate = certify(attack([table], salt="salt"))
        asked = [sys.executable, "-I", program]
        ran = subprocess.run(asked, input=certificate, capture_output=True, check=False, cwd=tmp_path)
        assert (ran.returncode, ran.stdout + ran.stderr) == (code, words)
