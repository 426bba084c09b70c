"""What a published package prints, as the attacker takes it: the release in place, and every earlier one."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from statpress.audit.printed import STANDARDS, Cell, Dimension, Labels, Measure, PrintedTable, Rounding, Rules
from statpress.cube import ALL
from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.packages import package as packages
from statpress.packages.descriptor import Measure as PackageMeasure
from statpress.packages.descriptor import MeasureEntry
from statpress.packages.package import Cube, Package
from statpress.packages.read import DESCRIPTOR, read_release


def print_package(package: Package, *, is_current: bool = True) -> PrintedTable | None:
    """One release of a package as a table to attack; None where other software made it, without a cube."""
    if package.cube is None or package.words is None:
        return None
    cube = package.cube
    words = {entry.id: entry for entry in package.words.measures}
    return PrintedTable(
        name=package.descriptor.name or package.id,
        version=package.version,
        is_current=is_current,
        dimensions=tuple(_dimension(dimension) for dimension in cube.dimensions),
        measures={
            name: _measure(measure, words.get(name, MeasureEntry(id=name))) for name, measure in cube.measures.items()
        },
        cells={
            (cell.measure, cell.area, cell.period, *cell.codes): Cell(cell.value, cell.status)
            for cell in cube.observations
        },
        rules=_rules(package.words.disclosure.rules),
        area_parents={code: area.parent for code, area in cube.areas.items() if area.parent},
        labels=_labels(cube),
    )


def print_releases(package: Package) -> Iterator[PrintedTable]:
    """The release of a package that is in place, and all earlier ones that can still be downloaded.

    Raises `BadSource` where an archive cannot be read.
    """
    now = print_package(package)
    yield from [now] if now is not None else []
    for version, file in sorted(package.earlier.items()):
        place = f"{package.id}/releases/{version}.zip"
        yield from print_archive(file.file.read_bytes(), place, is_current=False)


def print_archive(data: bytes, place: str, *, is_current: bool = True) -> list[PrintedTable]:
    """The releases in a zip archive, as many as it has. Raises `BadSource` where it has none."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _unpack(archive, Path(folder))
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as fault:
            message = f"The archive cannot be read ({type(fault).__name__})."
            raise BadSource([Issue("unreadable-archive", message, place)]) from fault
        roots = sorted(found.parent for found in Path(folder).rglob(DESCRIPTOR))
        found = [print_package(read_release(root, place), is_current=is_current) for root in roots]
        return [table for table in found if table is not None]


_LARGEST = 500_000_000


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Write the files of an archive of packages into a folder; refuse any that would lie elsewhere."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    paths = [PurePosixPath(entry.filename) for entry in entries]
    if any(path.is_absolute() or ".." in path.parts or "\\" in str(path) for path in paths):
        raise ValueError("a path leaves the archive")
    if sum(entry.file_size for entry in entries) > _LARGEST:
        raise ValueError("the archive is too large")
    if not any(path.name == DESCRIPTOR for path in paths):
        raise ValueError("there is no package in the archive")
    for entry, path in zip(entries, paths, strict=True):
        target = folder / "archive" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(entry))


def _dimension(dimension: packages.Dimension) -> Dimension:
    parents = {code: entry.parent or ALL for code, entry in dimension.codes.items() if code != ALL}
    return Dimension(dimension.id, (parents,), dimension.adds_up)


def _measure(measure: PackageMeasure, words: MeasureEntry) -> Measure:
    return Measure(
        kind=measure.kind,
        decimals=measure.decimals,
        numerator=measure.numerator or words.numerator,
        denominator=measure.denominator or words.denominator,
        denominator_at=measure.denominator_at,
        base=int(measure.base) if measure.base is not None else None,
        denominator_at_least=measure.denominator_at_least,
        unprotected=bool(words.unprotected),
        change_of=measure.change_of,
    )


def _rules(rules: Mapping[str, Any]) -> Rules:
    low, high = rules.get("withheld_counts", (1, 5))
    rounding = rules.get("rounding")
    return Rules(
        low=int(low),
        high=int(high),
        zeros_shown="withheld" not in (rules.get("zeros"), rules.get("groups")),
        complements=bool(rules.get("complements", True)),
        smallest_denominator=int(rules.get("smallest_denominator", 1)),
        rounding=_rounding(rounding) if rounding else None,
        standard=next((known for known in STANDARDS if known == rules.get("standard")), "symbol"),
    )


def _rounding(said: Mapping[str, Any]) -> Rounding:
    return Rounding(int(said["base"]), str(said.get("method", "conventional")), str(said.get("small", "rounded")))


def _labels(cube: Cube) -> Labels:
    return Labels(
        measures={name: measure.title for name, measure in cube.measures.items()},
        areas={code: area.name for code, area in cube.areas.items()},
        periods={code: period.label for code, period in cube.periods.items()},
        categories={
            (dimension.id, code): entry.label
            for dimension in cube.dimensions
            for code, entry in dimension.codes.items()
        },
    )
