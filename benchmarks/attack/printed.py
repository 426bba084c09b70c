"""Reads packages as anybody can who downloads them: the descriptor and the CSV files, of all releases."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.attack.world import ALL, Cell, Measure


@dataclass(frozen=True)
class Figure:
    """One cell as it is printed."""

    value: Decimal | None
    status: str


@dataclass(frozen=True)
class Printed:
    """One release of a package. Codes are of all axes of the place; those that it lacks are `all`."""

    name: str
    figures: Mapping[Cell, Figure]
    measures: Mapping[str, Measure]
    rules: Mapping[str, Any]

    @property
    def band(self) -> tuple[int, int]:
        """The counts that the policy withholds."""
        low, high = self.rules["withheld_counts"]
        return (max(low, 1) if self.zeros_shown else 0), high

    @property
    def zeros_shown(self) -> bool:
        """Whether a mark is surely no zero."""
        return self.rules.get("zeros") != "withheld" and self.rules.get("groups") != "withheld"

    @property
    def withholds_small(self) -> bool:
        """Whether what is shown is surely not small."""
        return self.rules.get("rounding", {}).get("small", "withheld") == "withheld"


def read_releases(folder: Path, axes: tuple[str, ...]) -> list[Printed]:
    """The releases of a package, the one in place last."""
    zips = sorted((folder / "releases").glob("*.zip"))
    return [*(_read(_unzip(path), axes) for path in zips), _read(_files(folder), axes)]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".zip"
    }


def _unzip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    (descriptor,) = (name for name in found if name.endswith("datapackage.json"))
    return {name.removeprefix(descriptor.removesuffix("datapackage.json")): data for name, data in found.items()}


def _read(files: Mapping[str, bytes], axes: tuple[str, ...]) -> Printed:
    about = json.loads(files["datapackage.json"])
    told = about["statpress"]
    elsewhere = {one["id"]: one for one in told["measures"]}
    measures = {row["measure"]: _measure(row, elsewhere) for row in _rows(files["data/measures.csv"])}
    figures = {}
    for row in _rows(files["data/observations.csv"]):
        codes = (row["area"], row["period"], *(row.get(axis, ALL) for axis in axes[2:]))
        value = Decimal(row["value"]) if row["value"] else None
        figures[row["measure"], codes] = Figure(value, row["status"])
    return Printed(about["name"], figures, measures, told["disclosure"]["rules"])


def _measure(row: Mapping[str, str], elsewhere: Mapping[str, Mapping[str, Any]]) -> Measure:
    other = elsewhere.get(row["measure"], {})
    return Measure(
        row["measure"],
        row["kind"],
        int(row["decimals"]),
        (row["numerator"] or other.get("numerator", ""), row["denominator"] or other.get("denominator", "")),
        row["denominator_at"] == "total",
        int(row["base"] or 100),
        int(row["denominator_at_least"]) if row["denominator_at_least"] else None,
        change_of=row["change_of"],
    )


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode("utf-8")))  # type: ignore[return-value]
