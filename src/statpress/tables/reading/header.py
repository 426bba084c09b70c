"""Check the header of a source table: every column has one name, and no two names are easily confused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from statpress.issue import Issue
from statpress.tables.place import SOURCE_ROW
from statpress.tables.texts import has_odd_space, show_text

MOST_COLUMNS: Final = 2_000
"""Columns of the widest table that is read."""
_LONGEST_NAME: Final = 200


def check_header(names: Sequence[str], file: str, row: int = 1) -> list[Issue]:
    """Every fault of a header."""
    if len(names) > MOST_COLUMNS:
        message = f"The table has {len(names):,} columns; at most {MOST_COLUMNS:,} are read."
        return [Issue("too-many-columns", message, file, row, hint="Check the delimiter.")]
    if not any(name.strip() for name in names):
        return [Issue("no-header", "The first row must hold the names of the columns.", file, row)]
    alone = [issue for index, name in enumerate(names) for issue in _check_name(name, index, file, row)]
    return [*alone, *_check_twice(names, file, row)]


def _check_name(name: str, index: int, file: str, row: int) -> list[Issue]:
    if not name.strip():
        message = f"Column {index + 1} has no name in the header."
        return [Issue("empty-header", message, file, row, hint="Name the column, or remove it.")]
    if len(name) > _LONGEST_NAME:
        message = f"The name of column {index + 1} is longer than {_LONGEST_NAME} characters."
        return [Issue("long-header", message, file, row, hint="Check that row 1 is the header.")]
    if has_odd_space(name):
        message = f"The name {show_text(name)} has spaces around it, or a character that only looks like a space."
        return [Issue("space-in-header", message, file, row, show_text(name).strip("`"), hint="Remove them.")]
    if name == SOURCE_ROW:
        message = f"The name `{SOURCE_ROW}` is reserved for the row in the source."
        return [Issue("reserved-column", message, file, row, name, hint="Give the column another name.")]
    return []


def _check_twice(names: Sequence[str], file: str, row: int) -> list[Issue]:
    issues = []
    seen: dict[str, str] = {}
    for name in filter(str.strip, names):
        folded = name.strip().casefold()
        if folded in seen:
            same = "there twice" if name == seen[folded] else f"too like {show_text(seen[folded])}"
            message = f"The name {show_text(name)} is {same}."
            issues.append(
                Issue("repeated-header", message, file, row, name[:60], hint="Give each column its own name.")
            )
        seen.setdefault(folded, name)
    return issues
