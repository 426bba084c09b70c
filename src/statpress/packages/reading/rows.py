"""Text tables as rows of text. Nothing is guessed: the dialect and the encoding are those that the package declares."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from statpress.issue import Issue
from statpress.packages.descriptor import Dialect

T = TypeVar("T")
Take = Callable[[tuple[str, ...], Iterator[tuple[int, list[str]]]], T]


@dataclass(frozen=True)
class Rows:
    """A text table: its header, its rows, and the line of the file on which each row ends."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


class _Ragged(Exception):
    """A row has other than as many cells as there are columns. `args` hold a message and a line."""


def read_rows(content: bytes, place: str, *, encoding: str = "utf-8", dialect: Dialect | None = None) -> Rows | Issue:
    """The table in `content`, or the issue that keeps it from being read."""
    return _read(content, place, encoding, dialect or Dialect(), _gather)


def count_rows(content: bytes, place: str, *, encoding: str = "utf-8", dialect: Dialect | None = None) -> int | Issue:
    """How many rows the table in `content` has, or the issue that keeps it from being read. Keeps no row."""
    return _read(content, place, encoding, dialect or Dialect(), lambda header, rows: sum(1 for _ in rows))


def _gather(header: tuple[str, ...], rows: Iterator[tuple[int, list[str]]]) -> Rows:
    kept = [(line, tuple(row)) for line, row in rows]
    return Rows(header, tuple(row for _, row in kept), tuple(line for line, _ in kept))


def _read(content: bytes, place: str, encoding: str, dialect: Dialect, take: Take[T]) -> T | Issue:
    try:
        text = content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (ValueError, LookupError):
        return Issue("encoding", f"This is not text in the declared encoding, {encoding}.", place)
    if "\0" in text:
        return Issue("encoding", "There is a NUL byte in this text table.", place)
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote_char, strict=True
        )
        header = tuple(next(reader, ())) if dialect.header else ()
        return take(header, _rows(reader, len(header) if dialect.header else None))
    except csv.Error as error:
        return Issue("csv-shape", f"This is not a readable text table: {error}.", place)
    except _Ragged as error:
        message, line = error.args
        return Issue("csv-shape", message, place, row=line)


def _rows(reader: Any, width: int | None) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line on which it ends."""
    for row in reader:
        if width is not None and row and len(row) != width:
            raise _Ragged(f"There are {len(row)} cells in this row, but {width} columns.", reader.line_num)
        if row:
            yield reader.line_num, row
