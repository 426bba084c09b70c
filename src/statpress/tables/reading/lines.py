"""Measure the lines of a text before anything parses it, so that no file can make a parser take too much."""

from __future__ import annotations

from typing import Final

import numpy as np

from statpress.issue import Issue
from statpress.tables.reading.grid import LONGEST_CELL, explain_long_cell
from statpress.tables.reading.header import MOST_COLUMNS

LONGEST_ROW: Final = 20_000_000
"""Bytes of the longest line that is read."""
MOST_ROWS: Final = 10_000_000
"""Lines of the longest table that is read."""
_CHUNK: Final = 1 << 22


def check_lines(content: bytes, delimiter: str, file: str) -> list[Issue]:
    """Whether any line is too long, and whether there are too many."""
    row, start, length = _find_longest(content)
    if length > LONGEST_ROW:
        column = _find_long_cell(content, start, delimiter.encode())
        if column is not None:
            return [explain_long_cell(row, file, _name_column(content, column, delimiter))]
        message = f"The row is longer than {LONGEST_ROW:,} bytes."
        return [Issue("too-long-row", message, file, row, hint="Check the line ends, and that the file is a table.")]
    if content.count(b"\n") > MOST_ROWS:
        message = f"The file has more than {MOST_ROWS:,} lines."
        return [Issue("too-large", message, file, MOST_ROWS + 1, hint="Split the file.")]
    return []


def _find_longest(content: bytes) -> tuple[int, int, int]:
    """The longest line: its number, the byte that it starts on, and its bytes."""
    row, begins, longest, lines, start = 1, 0, 0, 0, 0
    for offset in range(0, len(content), _CHUNK):
        piece = np.frombuffer(content, np.uint8, min(_CHUNK, len(content) - offset), offset)
        ends = np.flatnonzero(piece == ord("\n")) + offset
        if len(ends):
            lengths = np.diff(ends, prepend=start - 1) - 1
            place = int(lengths.argmax())
            if int(lengths[place]) > longest:
                row, longest = lines + place + 1, int(lengths[place])
                begins = int(ends[place]) - longest
            lines, start = lines + len(ends), int(ends[-1]) + 1
    last = len(content) - start
    return (lines + 1, start, last) if last > longest else (row, begins, longest)


def _find_long_cell(content: bytes, start: int, delimiter: bytes) -> int | None:
    """The first cell of a line that is too long, counted from 0; none among as many as a table may have columns."""
    for column in range(MOST_COLUMNS):
        end = content.find(delimiter, start)
        if end < 0 or end - start > LONGEST_CELL:
            return column
        start = end + 1
    return None


def _name_column(content: bytes, column: int, delimiter: str) -> str | None:
    """The name that the header gives a column, if the header is an ordinary one."""
    header = content[: content.find(b"\n", 0, LONGEST_CELL) + 1].decode(errors="replace").rstrip("\r\n")
    names = header.split(delimiter)
    return names[column].strip('"') if header and column < len(names) <= MOST_COLUMNS else None
