"""`statpress check --fix` offers what loses nothing, shows it first, and never touches a number."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result
from commands import files_in, statpress
from hypothesis import given, settings
from hypothesis import strategies as st
from project import FILES, edit

from statpress.cli.main import main
from statpress.tables.mending.propose import propose_changes
from statpress.tables.mending.records import read_records, replace_cells
from statpress.tables.mending.words import Words
from statpress.tables.numbers import Notation


def run(root: Path, *arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, ["--root", str(root), *arguments])


SOURCE = "pipelines/missing/source/missing.csv"
CLEAN = dedent(FILES[SOURCE])
MARKS = {"c": "c", "[x]": "x", "..": "x", "<5": "c"}
WORDS = Words(
    frozenset({"Hartlepool", "E06000001", "10-14", "Children in need", "Ynys Môn", *MARKS}),
    frozenset(MARKS),
    Notation(None, MARKS),
)


def offered(column: list[str], header: str = "area") -> list[str]:
    """What the cells of a column become."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([[header, "z"], *([cell, "z"] for cell in column)])
    changes = propose_changes(read_records(text.getvalue(), ","), WORDS)
    new = {(change.row, change.column): change.new for change in changes}
    return [new.get((row, 0), cell) for row, cell in enumerate([header, *column], start=1)][1:]


@pytest.mark.parametrize(
    ("cell", "new"),
    [
        ("Hartlepool ", "Hartlepool"),
        ("Hartlepool\u00a0", "Hartlepool"),
        ("Hаrtlepool", "Hartlepool"),
        ("Hartle\u200bpool", "Hartlepool"),
        ("E0600OOO1", "E06000001"),
        ("10–14", "10-14"),
        ("Children  in need", "Children in need"),
        ("Ynys Môn ", "Ynys Môn"),
        ("Somewhere  else ", "Somewhere else"),
        ("   ", ""),
    ],
)
def test_spaces_and_look_alikes_of_declared_texts_are_offered(cell: str, new: str) -> None:
    assert offered(["Hartlepool", cell]) == ["Hartlepool", new]


@pytest.mark.parametrize(
    "cell", ["Hartlepoo1s", "hartlepool", "Sоmewhere", "Hartlepool", "", "two\nlines ", "E0600000l2"]
)
def test_what_fits_no_declared_text_is_left(cell: str) -> None:
    assert offered(["Hartlepool", cell]) == ["Hartlepool", cell]


@pytest.mark.parametrize(("cell", "new"), [("C", "c"), ("[X]", "[x]"), ("[ x ]", "[x]"), (" c", "c"), ("< 5", "<5")])
def test_other_spellings_of_marks_are_offered_among_numbers(cell: str, new: str) -> None:
    assert offered(["12", "c", cell]) == ["12", "c", new]


def test_marks_are_left_alone_in_columns_of_labels() -> None:
    assert offered(["12", "C", "Other"]) == ["12", "C", "Other"]


@pytest.mark.parametrize("cell", [" 45", "45 ", "\u00a045"])
def test_spaces_around_a_number_lose_nothing(cell: str) -> None:
    assert offered(["12", cell, "c"]) == ["12", "45", "c"]


@pytest.mark.parametrize("cell", ["1,234", "45%", "4 5", "£45", "(45)", "<6", "１２", "1E+05", "4 5 "])
def test_no_number_is_touched(cell: str) -> None:
    assert offered(["12", cell, "Hartlepool"]) == ["12", cell, "Hartlepool"]


CELLS = st.text(st.sampled_from('ab ,"\n\u00a09'), max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(deadline=None)
@given(TABLES, st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_other_cells_stay_as_they_were_byte_for_byte(rows, data, end, quoting) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end, quoting=quoting).writerows(rows)
    records = read_records(text.getvalue(), ",")
    record = data.draw(st.sampled_from([one for one in records if one.cells] or [None]))
    if record is None:
        return
    column = data.draw(st.integers(0, len(record.cells) - 1))
    same = replace_cells(text.getvalue(), ",", {(record.row, column): record.cells[column]})
    assert same == text.getvalue()
    new = replace_cells(text.getvalue(), ",", {(record.row, column): "new, cell"})
    wanted = [[*one.cells] for one in records]
    wanted[records.index(record)][column] = "new, cell"
    assert [list(one.cells) for one in read_records(new, ",")] == wanted


@pytest.fixture
def untidy(project: Path) -> Path:
    """The tiny project with three faults that lose nothing, and one that a person must mend."""
    text = CLEAN.replace("2018/19,M,60", "2018/19,M ,60").replace("Otherford,2019/20,all,0", "Оtherford,2019/20,all,0")
    (project / SOURCE).write_bytes(b"\xef\xbb\xbf" + text.replace("all,..", "all,. .").replace("\n", "\r\n").encode())
    return project


def test_the_difference_is_shown_and_nothing_written_without_a_yes(untidy: Path) -> None:
    before = files_in(untidy / "pipelines")
    finished = statpress(untidy, "check", "--fix")
    assert finished.returncode == 11
    assert files_in(untidy / "pipelines") == before
    assert finished.stdout.splitlines()[:8] == [
        f"--- {SOURCE}",
        f"+++ {SOURCE}",
        "@@ line 3, column sex @@ looks like a declared text",
        '-"M "',
        '+"M"',
        "@@ line 14, column area @@ looks like a declared text",
        '-"\\u041etherford"',
        '+"Otherford"',
    ]
    assert "60" not in finished.stdout
    assert "--yes" in finished.stdout


def test_with_a_yes_only_those_cells_change(untidy: Path) -> None:
    finished = run(untidy, "check", "--fix", "--yes")
    assert finished.exit_code == 0, finished.stderr
    assert (untidy / SOURCE).read_bytes() == b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode()
    assert "Nothing to mend" in run(untidy, "check", "--fix", "--yes").stdout


def test_a_json_answer_stays_alone_on_standard_output(untidy: Path) -> None:
    finished = run(untidy, "check", "--fix", "--yes", "--json")
    assert finished.exit_code == 0
    assert finished.stdout.startswith('{"ok": true')
    assert "column sex" in finished.stderr


def test_what_cannot_be_mended_without_loss_stays_and_fails(project: Path) -> None:
    edit(project, SOURCE, "2018/19,M,60", '2018/19,M,"6,0"')
    before = (project / SOURCE).read_bytes()
    assert run(project, "check", "--fix", "--yes").exit_code == 11
    assert (project / SOURCE).read_bytes() == before


def test_yes_alone_is_refused(project: Path) -> None:
    assert run(project, "check", "--yes").exit_code == 2


def test_a_file_that_changed_since_the_offer_is_left(untidy: Path) -> None:
    from statpress.errors import BadSource
    from statpress.paths import Project
    from statpress.publish.mend import find_mends, write_mends

    project = Project(untidy)
    mends = find_mends(project)
    (untidy / SOURCE).write_bytes(b"something else")
    with pytest.raises(BadSource) as caught:
        write_mends(project, mends)
    assert [issue.rule for issue in caught.value.issues] == ["changed-file"]
    assert (untidy / SOURCE).read_bytes() == b"something else"


@pytest.mark.parametrize("number", ["3", "249", "12.5"])
def test_of_a_number_not_even_its_length_is_shown(tmp_path, number):
    from project import make_project

    project = make_project(tmp_path)
    edit(project, SOURCE, "children,Exampleshire,2018/19,M,249", f'children,Exampleshire,2018/19,M," {number} "')
    told = run(project, "check", "--fix").output
    assert number not in told.replace("line 6", "")
    assert '-" # "\n+"#"' in told
