"""The records of a CSV text with the place of every cell, so that one cell can change and nothing else does."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Record:
    """One record: the line of the file that it starts on, and its cells."""

    row: int
    cells: tuple[str, ...]


def read_records(text: str, delimiter: str) -> list[Record]:
    """The records of a text. Raises `csv.Error` where a quote is not closed as it should be."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = []
    row = 1
    for cells in reader:
        records.append(Record(row, tuple(cells)))
        row = reader.line_num + 1
    return records


def replace_cells(text: str, delimiter: str, changes: Mapping[tuple[int, int], str]) -> str:
    """The text with other cells at the places (row that the record starts on, column from 0); the rest as it was."""
    changed = {row for row, _ in changes}
    lines = io.StringIO(text, newline="").readlines()
    rows = [record.row for record in read_records(text, delimiter)]
    parts = []
    for row, end in zip(rows, [*rows[1:], len(lines) + 1], strict=True):
        raw = "".join(lines[row - 1 : end - 1])
        parts.append(_replace(raw, row, delimiter, changes) if row in changed else raw)
    return "".join(parts)


def _replace(raw: str, row: int, delimiter: str, changes: Mapping[tuple[int, int], str]) -> str:
    written = []
    last = 0
    for column, (start, end) in enumerate(_find_cells(raw, delimiter)):
        if (row, column) in changes:
            quoted = raw[start : start + 1] == '"'
            written += [raw[last:start], _write(changes[row, column], delimiter, quoted=quoted)]
            last = end
    return "".join([*written, raw[last:]])


def _find_cells(raw: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """Where each cell of a record starts and ends, with its quotes."""
    body = raw.removesuffix("\n").removesuffix("\r")
    start = 0
    while True:
        end = _end_of_quoted(body, start) if body[start : start + 1] == '"' else start
        place = body.find(delimiter, end)
        if place < 0:
            yield start, len(body)
            return
        yield start, place
        start = place + 1


def _end_of_quoted(body: str, start: int) -> int:
    place = start + 1
    while True:
        place = body.find('"', place)
        if place < 0:
            return len(body)
        if body[place + 1 : place + 2] != '"':
            return place + 1
        place += 2


def _write(cell: str, delimiter: str, *, quoted: bool) -> str:
    if quoted or any(character in cell for character in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
