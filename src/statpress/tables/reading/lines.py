"""Measure the lines of a text before anything parses it, so that no file can make a parser take too much."""

from __future__ import annotations

from typing import Final

import numpy as np

from statpress.issue import Issue

LONGEST_ROW: Final = 20_000_000
"""Bytes of the longest line that is read."""
MOST_ROWS: Final = 10_000_000
"""Lines of the longest table that is read."""
_CHUNK: Final = 1 << 22


def check_lines(content: bytes, file: str) -> list[Issue]:
    """Whether any line is too long, and whether there are too many."""
    if content.count(b"\n") > MOST_ROWS:
        message = f"The file has more than {MOST_ROWS:,} lines."
        return [Issue("too-large", message, file, hint="Split the file.")]
    row, length = _find_longest(content)
    if length > LONGEST_ROW:
        message = f"The row is longer than {LONGEST_ROW:,} bytes."
        return [Issue("too-long-row", message, file, row, hint="Check the line ends, and that the file is a table.")]
    return []


def _find_longest(content: bytes) -> tuple[int, int]:
    """The longest line and its bytes."""
    row, longest, lines, start = 1, 0, 0, 0
    for offset in range(0, len(content), _CHUNK):
        piece = np.frombuffer(content, np.uint8, min(_CHUNK, len(content) - offset), offset)
        ends = np.flatnonzero(piece == ord("\n")) + offset
        if len(ends):
            lengths = np.diff(ends, prepend=start - 1) - 1
            if (most := int(lengths.max())) > longest:
                row, longest = lines + int(lengths.argmax()) + 1, most
            lines, start = lines + len(ends), int(ends[-1]) + 1
    return (lines + 1, len(content) - start) if len(content) - start > longest else (row, longest)
