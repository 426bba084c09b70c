"""A CSV file is read exactly as declared: nothing guessed, padded or lost; every bad row is named by its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop import Workshop

from statpress.tables.reading.form import Form
from statpress.tables.reading.read_csv import read_csv

HEADER = "area,period,value\n"
GOOD = HEADER + "NEL,2018/19,45\n"


def faults(content: str | bytes, delimiter: str = ",") -> list[tuple[str, int | None, str | None]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(issue.rule, issue.row, issue.column) for issue in read_csv(raw, Form(delimiter), "table.csv")[1]]


def test_cells_stay_the_texts_that_they_are() -> None:
    grid, issues = read_csv(b"a,b\nNA,007\n,1e3\nnull,true\n", Form(), "table.csv")
    assert grid is not None
    assert not issues
    assert grid.table.to_numpy().tolist() == [["NA", "007"], ["", "1e3"], ["null", "true"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_declared_delimiter_is_used(delimiter: str) -> None:
    grid, _ = read_csv(f"a{delimiter}b\n1{delimiter}2\n".encode(), Form(delimiter), "table.csv")
    assert grid is not None
    assert list(grid.table) == ["a", "b"]


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.rstrip().encode()]
)
def test_a_byte_order_mark_windows_line_ends_and_no_last_line_end_are_fine(workshop: Workshop, content: bytes) -> None:
    assert workshop.load(content).drawn("area", "value") == ["E06000012 45"]


def test_every_ragged_row_is_named() -> None:
    assert faults(GOOD + "NEL,2017/18\nNEL,2016/17,7\nNEL,2015/16,7,8\n") == [
        ("ragged-row", 3, None),
        ("ragged-row", 5, None),
    ]


def test_rows_are_lines_of_the_file_even_after_line_ends_in_quotes() -> None:
    content = '"ar\nea",period,value\nNEL,"2018\n/19\n",45\nNEL,2017/18\n'
    assert faults(content.replace("ar\nea", "area")) == [("ragged-row", 5, None)]
    assert faults(content)[0][0] == "space-in-header"


def test_a_record_has_the_line_that_it_starts_on(workshop: Workshop) -> None:
    loaded = workshop.load('period,value,note\n2018/19,45,"one\ntwo"\n2017/18,46,\n')
    assert loaded.drawn("source_row", "value") == ["2 45", "4 46"]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (HEADER + 'NEL,2018/19,"45\nNEL,2017/18,46\nNEL,2016/17,47\n', 2),
        (GOOD + 'NEL,"2017/18"x,46\n', 3),
        ('"area,period,value\nNEL,2018/19,45\n', 1),
    ],
)
def test_a_quote_that_is_not_closed_is_an_issue_and_loses_no_row(content: str, row: int) -> None:
    assert faults(content) == [("unclosed-quote", row, None)]


def test_a_quote_inside_a_plain_cell_is_a_character() -> None:
    grid, _ = read_csv(b'a,b\n5" pipe,1\n', Form(), "table.csv")
    assert grid is not None
    assert grid.table.to_numpy().tolist() == [['5" pipe', "1"]]


def test_a_nul_byte_is_an_issue_with_its_row() -> None:
    assert faults(GOOD + "NEL,2017\0/18,46\n") == [("nul-byte", 3, "period")]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_another_encoding_is_an_issue_with_its_row(encoding: str) -> None:
    content = (GOOD + "Môn,2018/19,46\n").encode(encoding)
    (issue,) = read_csv(content, Form(), "table.csv")[1]
    assert (issue.rule, issue.row) == ("wrong-encoding", 3)
    assert "Byte 2 of the row" in issue.message


def test_utf_16_is_an_issue() -> None:
    assert faults(GOOD.encode("utf-16"))[0][0] in ("wrong-encoding", "nul-byte")


@pytest.mark.parametrize("content", [GOOD.replace("\n", "\r"), GOOD + "NEL,2017/18,4\r6\n", '"a",b\r1,2\r'])
def test_a_carriage_return_alone_is_an_issue(content: str) -> None:
    assert [rule for rule, _, _ in faults(content)] == ["line-ends"]


@pytest.mark.parametrize("content", ["", "\n", "  \r\n", "\ufeff"])
def test_an_empty_file_is_an_issue(content: str) -> None:
    assert faults(content) == [("no-header", 1, None)]


def test_a_file_without_rows_is_an_issue() -> None:
    assert faults(HEADER) == [("no-rows", None, None)]
    assert faults(HEADER.rstrip()) == [("no-rows", None, None)]


def test_blank_rows_are_issues() -> None:
    assert faults(GOOD + "\nNEL,2017/18,46\n,,\n") == [("blank-row", 3, None), ("blank-row", 5, None)]


@pytest.mark.parametrize(
    ("header", "rule", "column"),
    [
        ("area,,value", "empty-header", None),
        ("area,value,value", "repeated-header", "value"),
        ("area,Value,value", "repeated-header", "value"),
        ("area, period,value", "space-in-header", "period"),
        ("area,period\u00a0,value", "space-in-header", None),
        ("area,source_row,value", "reserved-column", "source_row"),
        (",,", "no-header", None),
    ],
)
def test_a_header_that_confuses_is_an_issue(header: str, rule: str, column: str | None) -> None:
    ((found, row, named),) = faults(f"{header}\n1,2,3\n")
    assert (found, row) == (rule, 1)
    assert column is None or (named or "").strip() == column


def test_too_many_columns_are_an_issue() -> None:
    assert faults(",".join(f"c{i}" for i in range(2001)) + "\n") == [("too-many-columns", 1, None)]


def test_a_giant_cell_is_an_issue_quoted_or_not() -> None:
    assert faults(GOOD + f"{'x' * 100_001},2018/19,1\n") == [("too-long-cell", 3, "area")]
    ((rule, row, _),) = faults(GOOD + f'"{"x" * 200_001}",2018/19,1\n')
    assert (rule, row) == ("too-long-cell", 3)
    assert faults("x" * 200_001 + ",b\n1,2\n") == [("long-header", 1, None)]


def test_many_faults_of_a_kind_are_counted_after_fifty() -> None:
    _, issues = read_csv((HEADER + "NEL\n" * 80).encode(), Form(), "table.csv")
    assert len(issues) == 51
    assert issues[-1].message == "30 more rows have the same fault."


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)


TEXT_RULES = {"control-character", "lost-character", "twice-encoded", "formula", "look-alike", "space-in-code"}
ROWS = st.lists(st.tuples(TEXT, TEXT, st.text(st.characters(codec="ascii", exclude_characters="\0"))), min_size=1)


@settings(deadline=None)
@given(ROWS)
def test_any_text_survives_a_csv_file(rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    grid, issues = read_csv(written.getvalue().encode(), Form(), "table.csv")
    if grid is None:
        assert {issue.rule for issue in issues} <= TEXT_RULES
        return
    assert [tuple(row) for row in grid.table.to_numpy().tolist()] == rows


@settings(deadline=None, max_examples=500)
@given(st.text(st.sampled_from('",\n\r ab'), max_size=40).map(lambda text: "a,b\n" + text))
def test_any_file_is_read_as_a_strict_parser_reads_it_or_refused(content: str) -> None:
    grid, issues = read_csv(content.encode(), Form(), "table.csv")
    assert (grid is None) == bool(issues)
    if grid is not None:
        records = list(csv.reader(io.StringIO(content, newline="\n"), strict=True))[1:]
        assert grid.table.to_numpy().tolist() == records


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    grid, issues = read_csv(content, Form(), "table.csv")
    assert (grid is None) == bool(issues)
