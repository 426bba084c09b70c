"""Every fault of a table or a hierarchy is told with its row and column, and nothing is written."""

import json

import pytest
from commands import files_in, statpress
from small_tables import NEED, WARDS, protect, write

TABLES = {
    "negative": (NEED.replace("W1,other,20", "W1,other,-20"), 11, "line 4, column freq"),
    "not-whole": (NEED.replace("W1,other,20", "W1,other,20.5"), 11, "line 4, column freq"),
    "not-a-number": (NEED.replace("W1,other,20", "W1,other,n/k"), 11, "line 4, column freq"),
    "empty-value": (NEED.replace("W1,other,20", "W1,other,"), 11, "line 4, column freq"),
    "too-large": (NEED.replace("W1,other,20", "W1,other,20000000000"), 11, "line 4, column freq"),
    "empty-code": (NEED.replace("W1,other,20", "W1,,20"), 11, "line 4, column need"),
    "space-in-code": (NEED.replace("W1,other,20", "W1,other ,20"), 11, "line 4, column need"),
    "formula": (NEED.replace("W1,other,20", "W1,=1+1,20"), 11, "line 4, column need"),
    "unknown-code": (NEED.replace("W1,other,20", "W11,other,20"), 11, "line 4, column ward"),
    "like-total": (NEED + "W1,total,35\n", 11, "line 11, column need"),
    "repeated-cell": (NEED + "W1,other,20\n", 12, "line 11, column freq"),
    "total-differs": (NEED + "North,other,50\n", 12, "line 11, column freq"),
    "undeclared-total": (NEED + "W1,all,35\nW2,all,55\nW3,all,29\n", 12, "column need"),
    "reserved-column": (NEED.replace("ward,need", "ward,status"), 11, "line 1, column status"),
    "ragged-row": (NEED.replace("W1,other,20", "W1,other"), 11, "line 4"),
    "nul-byte": (NEED.replace("W1,other,20", "W1,o\0ther,20"), 11, "line 4"),
    "unclosed-quote": (NEED.replace("W1,other,20", 'W1,"other,20'), 11, "line 4"),
    "no-rows": ("ward,need,freq\n", 11, ""),
    "unknown-column": (NEED.replace("freq", "frequency"), 2, "line 1, column freq"),
    "no-dimension": ("freq\n20\n30\n", 2, "line 1"),
}


def line_of(finished, rule):
    """The line that tells the one issue of a rule; the row may be drawn between it and the line that names the rule."""
    lines = finished.stderr.splitlines()
    (end,) = [place for place, line in enumerate(lines) if line.endswith(f"({rule})")]
    return [line for line in lines[:end] if line.lstrip().startswith(("error", "warning"))][-1]


@pytest.mark.parametrize("rule", TABLES)
def test_a_fault_of_the_table_is_told_with_its_place(tmp_path, rule):
    text, code, place = TABLES[rule]
    write(tmp_path, need=text, wards=WARDS)
    before = files_in(tmp_path)
    hierarchy = [] if rule == "no-dimension" else ["--hierarchy", "ward=wards.csv"]
    finished = protect(tmp_path, *hierarchy)
    assert finished.exit_code == code, finished.stderr
    assert f"error {place}" in line_of(finished, rule)
    assert files_in(tmp_path) == before


TREES = {
    "cycle": (WARDS.replace("North,All", "North,W1"), "line 2, column parent"),
    "two-parents": (WARDS + "W1,South\n", "line 7, column parent"),
    "repeated-code": (WARDS + "W1,North\n", "line 7, column child"),
    "own-parent": (WARDS + "All,All\n", "line 7, column parent"),
    "several-tops": (WARDS.replace("South,All", "South,Everywhere"), "line 3, column parent"),
    "no-top": ("child,parent\nW1,W2\nW2,W1\n", "column parent"),
    "empty-code": (WARDS.replace("South,All", "South,"), "line 3, column parent"),
    "formula": (WARDS.replace("South,All", "South,@All"), "line 3, column parent"),
    "space-in-code": (WARDS.replace("South,All", "South,All "), "line 3, column parent"),
    "missing-column": (WARDS.replace("child,parent", "code,parent"), "line 1, column child"),
    "extra-column": (WARDS.replace("\n", ",x\n"), "line 1, column x"),
    "ragged-row": (WARDS + "W9\n", "line 7"),
}


@pytest.mark.parametrize("rule", TREES)
def test_a_fault_of_a_hierarchy_is_told_with_its_place(tmp_path, rule):
    text, place = TREES[rule]
    write(tmp_path, need=NEED, wards=text)
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv")
    assert finished.exit_code == 10, finished.stderr
    assert f"error {place}" in line_of(finished, rule)
    assert "wards.csv" in finished.stderr.splitlines()
    assert not (tmp_path / "protected.csv").exists()


SECOND = {
    "other-top": "child,parent\nTown,Everywhere\nW1,Town\nW2,Town\nW3,Town\n",
    "other-codes": "child,parent\nTown,All\nW1,Town\nW2,Town\n",
    "two-meanings": "child,parent\nNorth,All\nW1,All\nW2,North\nW3,North\n",
}


@pytest.mark.parametrize("rule", SECOND)
def test_a_second_hierarchy_agrees_with_the_first(tmp_path, rule):
    write(tmp_path, need=NEED, wards=WARDS, second=SECOND[rule])
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv", "--hierarchy", "ward=second.csv")
    assert finished.exit_code == 10
    assert f"({rule})" in finished.stderr


def test_files_that_are_not_there_or_no_files_are_told_together(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv", table="folder.csv")
    assert finished.exit_code == 10
    assert "(missing-file)" in finished.stderr
    assert "(not-a-file)" in finished.stderr


def test_faults_of_counts_are_told_with_those_of_a_hierarchy(tmp_path):
    write(tmp_path, need=NEED.replace("W1,other,20", "W1,other,-20"), wards=WARDS.replace("North,All", "North,W1"))
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv")
    assert finished.exit_code == 10
    assert "(negative)" in finished.stderr
    assert "(cycle)" in finished.stderr


def test_faults_of_one_table_are_told_together(tmp_path):
    text = NEED.replace("W1,other,20", "W1,other,-20").replace("W2,care,15", "W9,care,1.5") + "W3,other,7\n"
    write(tmp_path, need=text, wards=WARDS)
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv", "--never", "ward=W7")
    assert finished.exit_code == 2
    for rule in ("negative", "not-whole", "unknown-code", "repeated-cell"):
        assert f"({rule})" in finished.stderr


def test_cells_that_are_not_there_count_0_with_a_warning(tmp_path):
    write(tmp_path, need=NEED.replace("W3,care,8\n", ""), wards=WARDS + "W4,South\n")
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv")
    assert finished.exit_code == 0, finished.stderr
    assert "(absent-code)" in finished.stderr
    assert "4 cells are not in the table and count 0" in finished.stderr
    assert "W3,care,0," in (tmp_path / "protected.csv").read_text()


def test_a_forgotten_column_of_numbers_is_not_taken_for_a_dimension(tmp_path):
    lines = [line.strip() for line in NEED.splitlines()]
    text = [f"{lines[0]},last_year", *(f"{line},{7000 + place}" for place, line in enumerate(lines[1:]))]
    (tmp_path / "need.csv").write_text("\n".join(text) + "\n")
    finished = protect(tmp_path)
    assert finished.exit_code == 12
    assert "(no-dimension)" in finished.stderr
    assert "700" not in finished.stderr


def test_a_sum_that_may_be_chance_is_only_a_warning(tmp_path):
    write(tmp_path, need="ward,freq\nW1,10\nW2,20\nW3,30\n")
    finished = protect(tmp_path)
    assert finished.exit_code == 0
    assert "(undeclared-total)" in finished.stderr


NEVER = {
    "unknown-dimension": "place=W1",
    "unknown-code": "ward=W7",
    "repeated-dimension": "ward=W1,ward=W2",
}


@pytest.mark.parametrize("rule", NEVER)
def test_cells_that_are_named_must_be_there(tmp_path, rule):
    write(tmp_path, need=NEED)
    finished = protect(tmp_path, "--never", NEVER[rule])
    assert finished.exit_code == 2
    assert f"({rule})" in finished.stderr


def test_a_hierarchy_is_given_as_dimension_and_file(tmp_path):
    write(tmp_path, need=NEED)
    finished = protect(tmp_path, "--hierarchy", "wards.csv")
    assert finished.exit_code == 2
    assert "DIMENSION=FILE" in finished.stderr


def test_json_lists_every_issue(tmp_path):
    write(tmp_path, need=NEED.replace("W1,other,20", "W1,other,-20"))
    finished = statpress(tmp_path, "protect", "need.csv", "--count", "freq", "--out", "p.csv", "--json")
    answer = json.loads(finished.stdout)
    assert (finished.returncode, answer["exit_code"]) == (11, 11)
    (issue,) = answer["issues"]
    assert (issue["rule"], issue["file"], issue["row"], issue["column"]) == ("negative", "need.csv", 4, "freq")


WEIGHTS = {"-1": "no-weight", "0": "no-weight", "NaN": "not-a-number", "1e300": "not-a-number", "inf": "not-a-number"}
WEIGHTS |= {"": "empty-value", "9" * 29: "not-a-number", "heavy": "not-a-number"}


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_fault_of_a_weight_is_told_with_its_row(tmp_path, weight):
    lines = NEED.splitlines()
    weighed = [f"{lines[0]},weight", *(f"{line},{weight if line == 'W1,other,20' else 1}" for line in lines[1:])]
    write(tmp_path, need="\n".join(weighed) + "\n", wards=WARDS)
    before = files_in(tmp_path)
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv", "--cost", "weight")
    assert finished.exit_code == 11, finished.stderr
    assert "error line 4, column weight" in line_of(finished, WEIGHTS[weight])
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "twice",
    [("--cost", "cells", "--cost", "value"), ("--cost", "a", "--cost=a"), ("--threshold", "5", "--threshold", "2")],
)
def test_an_option_that_is_given_twice_is_refused(tmp_path, twice):
    write(tmp_path, need=NEED, wards=WARDS)
    before = files_in(tmp_path)
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv", *twice)
    assert finished.exit_code == 2
    assert f"{twice[0]} is given 2 times" in finished.stderr
    assert files_in(tmp_path) == before
