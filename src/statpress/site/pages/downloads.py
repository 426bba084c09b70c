"""Every file that a reader can take away, at an address that stays: tables, the files of packages, and zips.

Nothing is in a download that is not in the package. The same package gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from statpress.cube import AREA, MEASURE, NOTE, PERIOD, STATUS, VALUE
from statpress.packages.package import Package
from statpress.packages.read import DESCRIPTOR
from statpress.site.facts.indicator import Figure, Indicator
from statpress.site.pages.page import Asset

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def table_path(indicator: Indicator) -> str:
    """The address of the table of an indicator."""
    return f"{indicator.path}{indicator.measure.id}.csv"


def file_path(package: Package, path: str) -> str:
    """The address of one file of the latest release."""
    return f"data/{package.id}/latest/{path}"


def zip_path(package: Package, version: str = "") -> str:
    """The address of a release as one zip."""
    name = re.sub(r"[^A-Za-z0-9._+-]+", "-", version or package.version).strip(".-") or "unversioned"
    return f"data/{package.id}/{name}/{package.id}-{name}.zip"


def write_table(indicator: Indicator) -> Asset:
    """The figures of an indicator as CSV, with names beside codes. Cells that a spreadsheet would run are defused."""
    dimensions = [
        d for d in indicator.dimensions.values() if any(d.id in figure.groups for figure in indicator.figures)
    ]
    header = [MEASURE, AREA, "area_name", PERIOD, "period_label", *(d.id for d in dimensions), VALUE, STATUS, NOTE]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for figure in indicator.figures:
        row = _row(indicator, figure, [dimension.id for dimension in dimensions])
        writer.writerow(defuse(cell) for cell in row)
    return Asset(table_path(indicator), text.getvalue().encode())


def write_package_files(package: Package) -> Iterator[Asset]:
    """The descriptor and every file of the package by itself, the package as a zip, and its earlier releases."""
    yield Asset(file_path(package, DESCRIPTOR), package.folder / DESCRIPTOR)
    for path, file in sorted(_files(package).items()):
        yield Asset(file_path(package, path), file)
    yield write_zip(package)
    for version, earlier in package.earlier.items():
        yield Asset(zip_path(package, version), earlier.file)


def write_zip(package: Package) -> Asset:
    """The whole package, exactly as it was published, as one zip."""
    content = io.BytesIO()
    members = {DESCRIPTOR: package.folder / DESCRIPTOR, **_files(package)}
    if package.readme:
        members["README.md"] = package.readme
    with zipfile.ZipFile(content, "w") as archive:
        for path, file in sorted(members.items()):
            entry = zipfile.ZipInfo(f"{package.id}/{path}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes(), compresslevel=9)
    return Asset(zip_path(package), content.getvalue())


def defuse(cell: str) -> str:
    """The cell, with an apostrophe before it when a spreadsheet would run it as a formula. Numbers stay as they are."""
    return f"'{cell}" if cell.startswith(_RISKY) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        return Decimal(cell).is_finite()
    except InvalidOperation:
        return False


def _files(package: Package) -> dict[str, Path]:
    return {file.path: file.file for resource in package.resources for file in resource.files}


def _row(indicator: Indicator, figure: Figure, dimensions: list[str]) -> list[str]:
    value = "" if figure.value is None else f"{figure.value:.{indicator.measure.decimals}f}"
    groups = [figure.groups[name].code if name in figure.groups else "all" for name in dimensions]
    area, period = figure.area, figure.period
    about = [indicator.measure.id, area.code, area.name, period.code, period.label, *groups]
    return [*about, value, figure.status, figure.note]
