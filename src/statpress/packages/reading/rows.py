"""Text tables as rows of text. Nothing is guessed: the dialect and the encoding are those that the package declares."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from statpress.issue import Issue
from statpress.packages.descriptor import Dialect


@dataclass(frozen=True)
class Rows:
    """A text table: its header, its rows, and the line of the file on which each row ends."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_rows(content: bytes, place: str, *, encoding: str = "utf-8", dialect: Dialect | None = None) -> Rows | Issue:
    """The table in `content`, or the issue that keeps it from being read."""
    try:
        text = content.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError):
        return Issue("encoding", f"This is not text in the declared encoding, {encoding}.", place)
    if "\0" in text:
        return Issue("encoding", "There is a NUL byte in this text table.", place)
    try:
        return _parse(text, place, dialect or Dialect())
    except csv.Error as error:
        return Issue("csv-shape", f"This is not a readable text table: {error}.", place)


def _parse(text: str, place: str, dialect: Dialect) -> Rows | Issue:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote_char, strict=True
    )
    header = tuple(next(reader, ())) if dialect.header else ()
    rows, lines = [], []
    for row in reader:
        if dialect.header and row and len(row) != len(header):
            message = f"There are {len(row)} cells in this row, but {len(header)} columns."
            return Issue("csv-shape", message, place, row=reader.line_num)
        if row:
            rows.append(tuple(row))
            lines.append(reader.line_num)
    return Rows(header, tuple(rows), tuple(lines))
