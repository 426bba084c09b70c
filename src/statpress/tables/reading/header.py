"""Check the header of a source table: every column has one name, and no two names are easily confused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from statpress.issue import Issue
from statpress.tables.look_alike import find_foreign
from statpress.tables.place import SOURCE_ROW
from statpress.tables.texts import has_odd_space, leave_out_figures, show_period, show_text

MOST_COLUMNS: Final = 2_000
"""Columns of the widest table that is read."""
_LONGEST_NAME: Final = 200
_COLUMNS: Final = "Check whether the source has changed its columns, then `columns` in the declaration."
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def check_header(names: Sequence[str], file: str, declared: Mapping[str, str] | None = None) -> list[Issue]:
    """Every fault of a header. Where `columns` are declared it must say what they say, and they are the names."""
    if len(names) > MOST_COLUMNS:
        message = f"The table has {len(names):,} columns; at most {MOST_COLUMNS:,} are read."
        return [Issue("too-many-columns", message, file, 1, hint="Check the delimiter.")]
    if not any(name.strip() for name in names):
        message = "The first row must hold the names of the columns."
        return [Issue("no-header", message, file, 1, hint="Write them, or remove what stands before them.")]
    if declared:
        return _check_declared(names, declared, file) or _check_own(list(declared), file)
    return _check_own(names, file)


def _column(name: str) -> str | None:
    """A name as reports have it; none where the header may be missing, so that the name is a figure."""
    return show_text(name).strip("`") if leave_out_figures([name]) else None


def _check_own(names: Sequence[str], file: str) -> list[Issue]:
    alone = [issue for index, name in enumerate(names) for issue in _check_name(name, index, file)]
    return [*alone, *_check_twice(names, file)]


def _check_declared(names: Sequence[str], declared: Mapping[str, str], file: str) -> list[Issue]:
    if len(names) != len(declared):
        message = f"The header has {len(names)} columns, and {len(declared)} are declared."
        return [Issue("wrong-header", message, file, 1, hint=_COLUMNS)]
    return [
        Issue("wrong-header", f"Column {place} is {show_period(found)} in the header.", file, 1, name, hint=_COLUMNS)
        for place, (found, (name, said)) in enumerate(zip(names, declared.items(), strict=True), start=1)
        if found != said
    ]


def propose_delimiter(content: bytes, names: Sequence[str], delimiter: str, file: str) -> list[Issue]:
    """A file that has one column as declared, and several by another delimiter in the header and the row below."""
    if len(names) != 1:
        return []
    lines = [line for line in content[:100_000].split(b"\n")[:3] if line]
    for other, noun in _DELIMITERS.items():
        counts = {line.count(other.encode()) for line in lines}
        if other != delimiter and len(counts) == 1 and counts != {0}:
            message = "The file has one column by the declared delimiter."
            declare = "\\t" if other == "\t" else other
            hint = f'It seems to be separated by {noun}: declare `delimiter: "{declare}"`.'
            return [Issue("wrong-delimiter", message, file, 1, hint=hint)]
    return []


def _check_name(name: str, index: int, file: str) -> list[Issue]:
    if not name.strip():
        message = f"Column {index + 1} has no name in the header."
        return [Issue("empty-header", message, file, 1, hint="Name the column, or remove it.")]
    if len(name) > _LONGEST_NAME:
        message = f"The name of column {index + 1} is longer than {_LONGEST_NAME} characters."
        return [Issue("long-header", message, file, 1, hint="Check that row 1 is the header.")]
    if has_odd_space(name):
        message = f"The name {show_period(name)} has spaces around it, or a character that only looks like a space."
        return [Issue("space-in-header", message, file, 1, _column(name), hint="Remove them.")]
    if place := find_foreign(name):
        message = f"The name {show_period(name)} has {place}, which only looks like a Latin letter."
        return [Issue("look-alike", message, file, 1, _column(name), hint="Write it with the letter of the keyboard.")]
    if name == SOURCE_ROW:
        message = f"The name `{SOURCE_ROW}` is reserved for the row in the source."
        return [Issue("reserved-column", message, file, 1, name, hint="Give the column another name.")]
    return []


def _check_twice(names: Sequence[str], file: str) -> list[Issue]:
    issues = []
    seen: dict[str, str] = {}
    for name in filter(str.strip, names):
        folded = name.strip().casefold()
        if folded in seen:
            same = "there twice" if name == seen[folded] else f"too like {show_period(seen[folded])}"
            message = f"The name {show_period(name)} is {same}."
            issues.append(
                Issue("repeated-header", message, file, 1, _column(name), hint="Give each column its own name.")
            )
        seen.setdefault(folded, name)
    return issues
