"""Draw the line that an issue is about: a declaration's line, or a source's row with its column pointed at.

Nothing that may be a figure is drawn: see `texts.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from statpress.cli.report.sheets import find_sheet, peek
from statpress.cli.report.texts import mask_all, mask_bare, mask_cell, shorten, show_plain
from statpress.issue import Issue
from statpress.paths import Project

_LONGEST_LINE: Final = 20_000
_WIDEST_CELL: Final = 24
_WIDEST_LINE: Final = 100
_MOST_COLUMNS: Final = 6
_REASON: Final = re.compile(r"\b(reason|why)\W{1,3}")
_DECLARATIONS: Final = (".yml", ".yaml", ".json")
_TABLES: Final = (".csv", ".tsv")
_BOOKS: Final = (".xlsx", ".ods")
_LARGEST_BOOK: Final = 5_000_000
"""Bytes of the largest workbook that is read once more to show a row of it."""


@dataclass
class Drawer:
    """Draws the lines of a project's files, each file read once."""

    project: Project
    _lines: dict[Path, list[str]] = field(default_factory=dict)
    _sheets: dict[Path, Sequence[Sequence[str]]] = field(default_factory=dict)

    def draw(self, issue: Issue) -> tuple[str, ...]:
        """The lines of the drawing; none where there is nothing to draw or it may not be shown."""
        path = self.project.root / issue.file
        kind = PurePosixPath(issue.file).suffix.lower()
        if issue.row is None or kind not in (*_DECLARATIONS, *_TABLES, *_BOOKS) or not self._is_ours(path):
            return ()
        if kind in _BOOKS:
            return _draw_sheet_row(self._read_sheet(path, issue.file), issue.row, issue.column)
        lines = self._read(path)
        if not 0 < issue.row <= len(lines) or len(lines[issue.row - 1]) > _LONGEST_LINE:
            return ()
        if kind in _TABLES:
            return _draw_row(lines[0], lines[issue.row - 1], issue.row, issue.column)
        return _draw_line(lines[issue.row - 1], issue)

    def _read_sheet(self, path: Path, file: str) -> Sequence[Sequence[str]]:
        if path not in self._sheets:
            sheet = find_sheet(self.project, file)
            is_short = path.stat().st_size <= _LARGEST_BOOK
            self._sheets[path] = peek(path, sheet, file) if sheet is not None and is_short else []
        return self._sheets[path]

    def _is_ours(self, path: Path) -> bool:
        """Whether the file lies in the project and is small enough. A link out of it is none of ours."""
        root = self.project.root.resolve()
        return path.is_file() and path.resolve().is_relative_to(root) and path.stat().st_size <= 50_000_000

    def _read(self, path: Path) -> list[str]:
        if path not in self._lines:
            text = path.read_bytes().decode("utf-8-sig", errors="replace")
            self._lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[path]


def _draw_line(line: str, issue: Issue) -> tuple[str, ...]:
    shown = shorten(_mask_line(line.rstrip(), issue), _WIDEST_LINE).replace("\t", " ")
    margin = f"{issue.row} | "
    drawn = (margin + shown,) if shown.strip() else ()
    found = _find(shown, (issue.key or "").split(".")[-1]) if drawn else None
    if found is None:
        return drawn
    start, width = found
    return (*drawn, " " * (len(margin) - 2) + "| " + " " * start + "^" * width)


def _mask_line(line: str, issue: Issue) -> str:
    """A line of a declaration. Steps and rules may have figures, and the reason of a rule or waiver tells them."""
    if PurePosixPath(issue.file).parts[:1] == ("validations",) and issue.file.endswith(".json"):
        return show_plain(mask_all(line))
    if PurePosixPath(issue.file).parts[:1] == ("validations",):
        start = _REASON.search(line)
        at = start.end() if start else len(line) if ":" in line else 0
        return mask_bare(line[:at]) + show_plain(mask_all(line[at:]))
    return mask_bare(line) if (issue.key or "").startswith("tables") else show_plain(line)


def _find(line: str, part: str) -> tuple[int, int] | None:
    """Where to point in a line: at the value of its last key, at all of an entry of a list, or nowhere."""
    for mark in (f"{part}: ", f'"{part}": '):
        place = line.find(mark)
        rest = line[place + len(mark) :].split(" #", maxsplit=1)[0].rstrip(" ,}]") if place >= 0 and part else ""
        if rest:
            return place + len(mark), len(rest)
    text = line.strip()
    return (line.find(text), len(text)) if part.isdigit() or (part and part in text) else None


def _draw_row(header: str, line: str, row: int, column: str | None) -> tuple[str, ...]:
    delimiter = max(",;\t|", key=header.count)
    names, cells = (next(csv.reader([text], delimiter=delimiter), []) for text in (header, line))
    if row == 1 or len(names) != len(cells):
        return _draw_broken(line, row, delimiter)
    return _draw_cells(names, cells, row, column)


def _draw_sheet_row(rows: Sequence[Sequence[str]], row: int, column: str | None) -> tuple[str, ...]:
    """A row of a sheet below its header. Its columns have names, and letters before the header is read."""
    from statpress.tables.reading.sheet import name_column

    if not 1 < row <= len(rows) or not any(rows[row - 1]):
        return ()
    width = max(len(rows[0]), len(rows[row - 1]))
    names, cells = ([*rows[place], *[""] * (width - len(rows[place]))] for place in (0, row - 1))
    letters = [name_column(place) for place in range(width)]
    if column not in names and column in letters:
        names = [name or letter for name, letter in zip(names, letters, strict=True)]
        column = names[letters.index(column)]
    return _draw_cells(names, cells, row, column)


def _draw_cells(names: Sequence[str], cells: Sequence[str], row: int, column: str | None) -> tuple[str, ...]:
    places = _choose(names, column)
    shown = [[_show(names[place]), _show(cells[place], names[place])] for place in places]
    widths = [max(len(text) for text in pair) for pair in shown]
    margin = str(row)
    lines = [_join([pair[part] for pair in shown], widths) for part in (0, 1)]
    points = ["^" * width if names[place] == column else "" for place, width in zip(places, widths, strict=True)]
    drawn = [f"{'1'.rjust(len(margin))} | {lines[0]}", f"{margin} | {lines[1]}"]
    pointer = (
        f"{' ' * len(margin)} | {'   '.join(text.ljust(width) for text, width in zip(points, widths, strict=True))}"
    )
    return (
        (*(text.rstrip() for text in drawn), pointer.rstrip())
        if any(points)
        else tuple(text.rstrip() for text in drawn)
    )


def _draw_broken(line: str, row: int, delimiter: str) -> tuple[str, ...]:
    """A row whose cells cannot be told apart: every digit of it may be a figure."""
    text = show_plain(delimiter.join(mask_all(part) for part in line.rstrip().split(delimiter)))
    return (f"{row} | {shorten(text, _WIDEST_LINE)}",) if text.strip() else ()


def _show(cell: str, name: str = "") -> str:
    return shorten(mask_cell(cell, name).replace("\n", " ").replace("\t", " "), _WIDEST_CELL)


def _choose(names: Sequence[str], column: str | None) -> list[int]:
    """The first columns, which are the keys of most tables, and the one that is pointed at."""
    chosen = list(range(min(len(names), _MOST_COLUMNS)))
    place = names.index(column) if column in names else None
    return chosen if place is None or place in chosen else [*chosen[:-1], place]


def _join(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
