"""Whichever way a text table is read, its rows are those that Python's csv reads, with the same numbers."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statpress.checks.contract import blocks
from statpress.checks.contract.blocks import Unreadable, decode, find_lines, read_blocks, read_labels
from statpress.checks.contract.dialect import Dialect

TABLES = st.sampled_from(['ab,,\n\n"', "ab,,\n", "ab,,\r\n", "ab,\n", 'é,"\n\u2028']).flatmap(
    lambda signs: st.text(signs, min_size=1, max_size=50)
)


def rows_of(data, dialect, width):
    """Number to the width and the cells of each row, as many as there are columns."""
    found = {}
    for block in read_blocks(data, dialect, width):
        cells = list(zip(*(column.to_pylist() for column in block.columns), strict=True))
        for number, size, row in zip(block.numbers.tolist(), block.widths.tolist(), cells, strict=True):
            assert number not in found
            found[number] = (size, row)
    return found


def is_open(text):
    """Whether the last quote is never closed: then the line end at the end of the file may belong to the cell."""
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return True
    return False


@pytest.mark.parametrize("size", [1 << 22, 16, 5])
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TABLES.filter(lambda text: not is_open(text)), has_header=st.booleans())
def test_rows_are_those_of_csv(monkeypatch, size, text, has_header):
    monkeypatch.setattr(blocks, "BLOCK", size)
    dialect = Dialect(header_rows=(1,) if has_header else ())
    labels = read_labels(text.encode(), dialect)
    expected = dict(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    assert labels == (expected.pop(1) if has_header else [])
    width = len(labels) if has_header else 2
    padded = {n: (len(row), tuple([*row, *[None] * width][:width])) for n, row in expected.items()}
    assert rows_of(text.encode(), dialect, width) == (padded if width else {})


@settings(max_examples=100, deadline=None)
@given(text=TABLES)
def test_lines_are_those_on_which_rows_end(text):
    reader = csv.reader(io.StringIO(text, newline=""))
    lines = {number: reader.line_num for number, _ in enumerate(reader, start=1)}
    assert find_lines(text.encode(), Dialect(), lines) == lines


def test_a_table_of_which_every_row_is_ragged_is_read_in_parts(monkeypatch):
    monkeypatch.setattr(blocks, "ROWS", 100)
    data = b"a,b\n" + b"x\n" * 1_000
    sizes = [len(block.numbers) for block in read_blocks(data, Dialect(), 2)]
    assert (max(sizes), sum(sizes)) == (100, 1_000)
    assert set(rows_of(data, Dialect(), 2)) == set(range(2, 1_002))


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=12),
        st.text(max_size=12).map(str.encode),
        st.text(max_size=9).map(lambda text: text.encode("utf-8", "surrogatepass")[:-1]),
    )
)
def test_bytes_are_in_utf_8_where_python_says_so(data):
    try:
        data.decode()
        expected = b"\0" not in data
    except UnicodeDecodeError:
        expected = False
    try:
        decode(data, "utf-8")
        found = True
    except Unreadable:
        found = False
    assert found == expected


@pytest.mark.parametrize(
    "data", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82"]
)
def test_bytes_that_no_utf_8_has_are_refused(data):
    with pytest.raises(Unreadable):
        decode(data, "utf-8")
