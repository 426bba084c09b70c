"""A text table in blocks of columns, each cell as the text it is, each row with its number.

Files in the usual dialect are read by pyarrow. It takes blank lines for rows of empty cells, and cannot read what spans
two of its blocks. Files that may have either, and unusual dialects, are read by Python's `csv`, as frictionless does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from statpress.checks.contract.arrays import Array, strings
from statpress.checks.contract.dialect import Dialect

BLOCK: Final = 1 << 23
"""Bytes that pyarrow reads at a time."""
ROWS: Final = 50_000
"""Rows that Python's csv reads at a time."""
WIDEST: Final = 16_384
"""Columns that a table may have, which are those of a sheet of a workbook."""
_NO_BYTES: Final = pc.binary_length(strings([""]))[0]


class Unreadable(Exception):
    """The file is no text table. `args` hold a rule and a message."""


class _BlankLines(Exception):
    """There are rows of empty cells, which may be blank lines."""


@dataclass(frozen=True)
class Block:
    """Some rows of a table: the number of each, how many cells each has, and one array of texts a column.

    A row that is too short has null in the columns that it lacks.
    """

    numbers: Array
    widths: Array
    columns: Sequence[pa.Array]


def decode(data: bytes, encoding: str) -> bytes:
    """The table in UTF-8 without a byte order mark. Raises Unreadable for bytes that are not in `encoding`, or NUL."""
    name = encoding.lower().replace("_", "-")
    try:
        if name in ("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"):
            _check_utf8(data)
            found = data.removeprefix(b"\xef\xbb\xbf")
        else:
            found = data.decode(encoding).removeprefix("\ufeff").encode()
    except (ValueError, LookupError) as fault:
        raise Unreadable("encoding", f"This is not text in the declared encoding, {encoding}.") from fault
    if b"\0" in found:
        raise Unreadable("encoding", "There is a NUL byte in this text table.")
    return found


def _check_utf8(data: bytes) -> None:
    """Raise ValueError where bytes are not in UTF-8. Most tables hold nothing but ASCII, which is soon seen."""
    if not data.isascii():
        ends = np.array([0, len(data)], np.int64)
        whole = pa.Array.from_buffers(pa.large_string(), 1, [None, pa.py_buffer(ends), pa.py_buffer(data)])
        whole.validate(full=True)


def read_labels(data: bytes, dialect: Dialect) -> list[str]:
    """The header; several header rows are joined as frictionless does it. Empty where there is none."""
    if not dialect.header_rows:
        return []
    labels: list[str] = []
    before: dict[int, str] = {}
    for number, cells in _filtered(_rows(data, dialect), dialect):
        if number in dialect.header_rows:
            for index, cell in enumerate(cells):
                if before.get(index) != cell:
                    before[index] = cell
                    labels[index:] = [
                        dialect.header_join.join([*labels[index : index + 1], cell]),
                        *labels[index + 1 :],
                    ]
        if number >= dialect.header_rows[-1]:
            break
    if len(labels) > WIDEST:
        raise Unreadable("csv-shape", f"The header has {len(labels):,} columns; a table has at most {WIDEST:,}.")
    return labels


def read_blocks(data: bytes, dialect: Dialect, width: int) -> Iterator[Block]:
    """The rows below the header, `width` columns wide. Raises Unreadable where the file is no text table."""
    if not width:
        return
    if dialect.is_plain and not _may_be_open(data, dialect):
        yield from _fast(data, dialect, width)
    else:
        yield from _exact(_content(data, dialect), width)


def find_lines(data: bytes, dialect: Dialect, numbers: Iterable[int]) -> dict[int, int]:
    """The line of the file on which each numbered row ends: the number, unless cells hold line ends."""
    wanted = set(numbers)
    if not wanted or dialect.quote.encode() not in data:
        return {number: number for number in wanted}
    reader = csv.reader(_text(data), **dialect.python())
    found: dict[int, int] = {}
    with suppress(csv.Error):  # a cell is longer than Python reads: rows from there on have their number
        for number, _ in enumerate(islice(reader, max(wanted)), start=1):
            found[number] = reader.line_num
    return {number: found.get(number, number) for number in wanted}


def _may_be_open(data: bytes, dialect: Dialect) -> bool:
    """Whether a quote may never be closed, which pyarrow would end otherwise."""
    quote = dialect.quote.encode()
    return quote in data and data.count(quote) % 2 == 1


def _text(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")


def _rows(data: bytes, dialect: Dialect) -> Iterator[list[str]]:
    return _reading(csv.reader(_text(data), **dialect.python()))


def _reading(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as fault:
        raise Unreadable("csv-shape", f"This is not a readable text table: {fault}.") from fault


def _filtered(rows: Iterable[list[str]], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        is_comment = bool(dialect.comment) and bool(cells) and cells[0].startswith(dialect.comment)
        if not is_comment and number not in dialect.comment_rows:
            yield number, cells


def _content(data: bytes, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    last = max(dialect.header_rows, default=0)
    for number, cells in _filtered(_rows(data, dialect), dialect):
        if number > last and not (dialect.skip_blank_rows and not any(cells)):
            yield number, cells


def _exact(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[Block]:
    while batch := list(islice(rows, ROWS)):
        yield _block([number for number, _ in batch], [cells for _, cells in batch], width)


def _block(numbers: list[int], rows: list[list[str]], width: int) -> Block:
    columns = [strings([cells[index] if index < len(cells) else None for cells in rows]) for index in range(width)]
    return Block(np.array(numbers, np.int64), np.array([len(cells) for cells in rows], np.int64), columns)


def _fast(data: bytes, dialect: Dialect, width: int) -> Iterator[Block]:
    """Blocks of rows that are `width` wide, each followed by one of those above them that are not."""
    ragged: list[tuple[int, str]] = []
    skip = seen = len(dialect.header_rows)
    try:
        for batch in _open(data, dialect, width, ragged):
            columns = batch.columns
            if _may_be_blank(columns):
                raise _BlankLines
            if skip:
                columns, skip = [one.slice(skip) for one in columns], 0
            if len(columns[0]):
                numbers = _numbers(seen, len(columns[0]), [number for number, _ in ragged])
                seen = int(numbers[-1])
                yield Block(numbers, np.full(len(numbers), width, np.int64), columns)
            yield from _odd([row for row in ragged if row[0] <= seen], dialect, width)
            ragged[:] = [row for row in ragged if row[0] > seen]
    except (pa.ArrowInvalid, _BlankLines):
        yield from _exact(((number, cells) for number, cells in _content(data, dialect) if number > seen), width)
    else:
        yield from _odd(ragged, dialect, width)


def _may_be_blank(columns: Sequence[pa.Array]) -> bool:
    empty = None
    for column in columns:
        here = pc.equal(pc.binary_length(column), _NO_BYTES)
        empty = here if empty is None else pc.and_(empty, here)
        if not pc.any(empty).as_py():
            return False
    return True


def _numbers(seen: int, count: int, others: list[int]) -> Array:
    """The numbers of the next `count` rows after number `seen`, when the rows `others` stand among them."""
    numbers = np.arange(seen + 1, seen + count + len(others) + 1)
    if not others:
        return numbers
    return np.setdiff1d(numbers, np.array(others, np.int64), assume_unique=True)[:count]


def _odd(rows: list[tuple[int, str]], dialect: Dialect, width: int) -> Iterator[Block]:
    if rows:
        cells = [next(_reading(csv.reader(io.StringIO(text, newline=""), **dialect.python())), []) for _, text in rows]
        yield _block([number for number, _ in rows], cells, width)


def _open(data: bytes, dialect: Dialect, width: int, ragged: list[tuple[int, str]]) -> Iterator[pa.RecordBatch]:
    names = [str(index) for index in range(width)]

    def keep(row: Any) -> str:
        """Keep a row that is too short or too long; stop pyarrow where there are too many to hold."""
        ragged.append((row.number, row.text))
        return "skip" if len(ragged) < ROWS else "error"

    reader = pa.csv.open_csv(
        pa.BufferReader(data),
        read_options=pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK),
        parse_options=pa.csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    yield from reader
