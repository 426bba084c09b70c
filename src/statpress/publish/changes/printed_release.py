"""One release as its readers have it, ready to be compared: figures by key, code lists, and the form of its files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from statpress.cube import ALL, AREA, FIXED, MEASURE, PERIOD, STATUS, TAIL, VALUE

Files = Mapping[str, bytes]
Place = tuple[tuple[str, str], ...]
"""What a figure is about: column and code, sorted; `all` of a dimension is left out."""
Row = Mapping[str, str]


@dataclass(frozen=True)
class Figure:
    """A figure as it is printed: a number, or nothing with a status."""

    value: Decimal | None
    status: str


@dataclass(frozen=True)
class Release:
    """A release that was or would be published."""

    version: str
    date: str
    figures: Mapping[Place, Figure]
    codes: Mapping[str, Mapping[str, Row]]
    """Column of the observations to its code list: code to row."""
    descriptor: Mapping[str, Any]

    def label(self, column: str, code: str) -> str:
        """A code in words."""
        row = self.codes.get(column, {}).get(code, {})
        return next((row[name] for name in ("title", "name", "label") if row.get(name)), code)


def read_release(files: Files) -> Release:
    """The release in the files of a package that statpress wrote (path to bytes)."""
    descriptor: dict[str, Any] = json.loads(files["datapackage.json"])
    rows = _rows(files, "observations")
    dimensions = [name for name in (rows[0] if rows else {}) if name not in (*FIXED, *TAIL)]
    lists = {MEASURE: ("measures", "measure"), AREA: ("areas", "area"), PERIOD: ("periods", "period")}
    lists |= {name: (name, "code") for name in dimensions}
    return Release(
        version=str(descriptor["version"]),
        date=str(descriptor["statpress"]["release"]["date"]),
        figures={_place(row, dimensions): _figure(row) for row in rows},
        codes={name: {row[key]: row for row in _rows(files, file)} for name, (file, key) in lists.items()},
        descriptor=descriptor,
    )


def _rows(files: Files, name: str) -> list[dict[str, str]]:
    data = files.get(f"data/{name}.csv", b"")
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def _place(row: Row, dimensions: list[str]) -> Place:
    fixed = [(column, row[column]) for column in FIXED]
    return tuple(sorted([*fixed, *((name, row[name]) for name in dimensions if row[name] != ALL)]))


def _figure(row: Row) -> Figure:
    return Figure(Decimal(row[VALUE]) if row[VALUE] else None, row[STATUS])
