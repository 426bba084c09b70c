"""From files to a protected file: read everything, protect, write everything or nothing."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from statpress.alone.protect import Protected, protect_cells
from statpress.alone.prove import certify_safe, prove_safe
from statpress.alone.request import Request, Source
from statpress.alone.salt import make_salt, read_key
from statpress.alone.table import read_table
from statpress.audit.certificate import checksum, count_unproved
from statpress.cube import STATUS, VALUE
from statpress.errors import BadDeclaration, BadSource, CannotWrite, fail_if, fail_together
from statpress.issue import Issue
from statpress.packages.write import write_folders
from statpress.paths import Project
from statpress.status import WITHHELD
from statpress.tables.place import SOURCE_ROW
from statpress.tables.reading.form import Form
from statpress.tables.reading.read_grid import read_grid
from statpress.tables.reading.source_file import read_bytes

OnStep = Callable[[str, int, int], None]
_STEPS: Final = 4


@dataclass(frozen=True)
class Inputs:
    """The files to read. `hierarchies` are pairs of a dimension and a file; `sheet` of a workbook, or a CSV file."""

    table: Path
    hierarchies: Sequence[tuple[str, Path]] = ()
    delimiter: str = ","
    sheet: str | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.table, *(path for _, path in self.hierarchies))


@dataclass(frozen=True)
class Outputs:
    """The files to write: the table, and the certificate of the attack. `key` is read, and makes its salt."""

    table: Path
    certificate: Path | None = None
    key: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that are written."""
        return (self.table,) if self.certificate is None else (self.table, self.certificate)


@dataclass(frozen=True)
class FileReport:
    """What became of a table, and the checksum of the certificate, which may be published.

    `unproved` are safe as far as fractions show, but have no whole-number tables in the certificate.
    """

    protected: Protected
    checksum: str | None = None
    unproved: int = 0


def protect_file(
    project: Project, inputs: Inputs, request: Request, outputs: Outputs, *, on_step: OnStep = lambda *_: None
) -> FileReport:
    """Write the protected table and its certificate. Raises every family of errors, and then has written nothing."""
    read = inputs.paths if outputs.key is None else (*inputs.paths, outputs.key)
    fail_if(CannotWrite, check_outputs(project, read, outputs.paths))
    on_step("Reading", 0, _STEPS)
    key = read_key(outputs.key)
    source, hierarchies = _read_inputs(inputs)
    table = read_table(source, hierarchies, request)
    on_step("Protecting", 1, _STEPS)
    protected = protect_cells(table, request)
    on_step("Attacking", 2, _STEPS)
    files = {outputs.table.absolute(): render_cells(protected)}
    salt = make_salt(key, repr((request, sorted(table.grid.counts.items()))).encode())
    protected, report = prove_safe(protected, table, request, salt=salt)
    done = FileReport(protected)
    if outputs.certificate is not None:
        certificate = certify_safe(report, table.file)
        files[outputs.certificate.absolute()] = certificate
        done = FileReport(protected, checksum(certificate), count_unproved(report))
    on_step("Writing", 3, _STEPS)
    write_folders({}, files)
    return done


def render_cells(protected: Protected) -> bytes:
    """The table as CSV: its dimensions, `value` and `status`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*protected.dimensions, VALUE, STATUS])
    for cell, value in protected.cells.items():
        writer.writerow([*cell, "", WITHHELD] if value is None else [*cell, value, ""])
    return text.getvalue().encode()


def check_outputs(project: Project, inputs: Iterable[Path], outputs: Sequence[Path]) -> list[Issue]:
    """Places that must not be written to: links, inputs, twice the same, and what only `publish` and `site` write."""
    read = [path for path in inputs if path.exists()]
    issues = [issue for path in outputs for issue in _check_output(project, path, read)]
    if len({os.path.realpath(path) for path in outputs}) < len(outputs):
        issues.append(Issue("same-output", "Two results would be one file.", str(outputs[0]), hint=_ELSEWHERE))
    return issues


_ELSEWHERE: Final = "Name another file."


def _check_output(project: Project, path: Path, inputs: Iterable[Path]) -> Iterator[Issue]:
    place = Path(os.path.realpath(path))
    if path.is_symlink():
        yield Issue("link", "It is a link to another place.", str(path), hint=_ELSEWHERE)
    elif path.exists() and any(path.samefile(other) for other in inputs):
        yield Issue("input-as-output", "It is one of the files that are read.", str(path), hint=_ELSEWHERE)
    projects = [project, *(Project(folder) for folder in place.parents if (folder / "pipelines").is_dir())]
    folders = [folder for one in projects for folder in (one.packages, one.site)]
    if folder := next((one for one in folders if place.is_relative_to(os.path.realpath(one))), None):
        message = f"Only statpress itself writes into {folder.name}/."
        yield Issue("not-here", message, str(path), hint="Name a file elsewhere.")


def _read_inputs(inputs: Inputs) -> tuple[Source, dict[str, list[Source]]]:
    table, issues = _read_file(inputs.table, inputs.delimiter, inputs.sheet)
    read = [(name, *_read_file(path, ",", None)) for name, path in inputs.hierarchies]
    fail_together({BadDeclaration: [issue for *_, found in read for issue in found], BadSource: issues})
    hierarchies: dict[str, list[Source]] = {}
    for name, source, _ in read:
        hierarchies.setdefault(name, []).append(source)
    return table, hierarchies


def _read_file(path: Path, delimiter: str, sheet: str | None) -> tuple[Source, list[Issue]]:
    """The table of a file; empty where it cannot be read."""
    file = str(path)
    content, issues = read_bytes(path, file)
    if content is None:
        return Source(pd.DataFrame(), file), issues
    grid, issues = read_grid(content.content, Form(delimiter, sheet=sheet), file)
    if grid is None:
        return Source(pd.DataFrame(), file), issues
    rows = pd.Series(np.asarray(grid.rows), index=grid.table.index).astype("str")
    return Source(grid.table.assign(**{SOURCE_ROW: rows}), file), issues
