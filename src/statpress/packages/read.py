"""The only reader of `datapackages/`: every package, checked as it is read, with all faults of all packages at once.

It opens only files that lie inside the folder of their package, and nothing on a network.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from statpress.errors import BadSource, FailedCheck, fail_if
from statpress.issue import Issue
from statpress.packages.descriptor import Descriptor, Dialect, ResourceEntry
from statpress.packages.load_model import load_model
from statpress.packages.package import Cube, DataFile, Extent, Package, Resource
from statpress.packages.reading.code_lists import CodeList
from statpress.packages.reading.cube import FIGURES, read_cube, read_known_cube
from statpress.packages.reading.files import check_bytes, find_file, flatten_paths
from statpress.packages.reading.rows import count_rows, read_rows
from statpress.paths import Project

DESCRIPTOR: Final = "datapackage.json"
UNREADABLE: Final = ("descriptor-json", "descriptor-key", "path-unsafe", "file-missing", "encoding", "csv-shape")
"""The rules of issues that say that something could not be read at all."""
_FOLDER: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
_VERSION: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._+-]*$")

Recall = Callable[[str], dict[str, Extent] | None]
"""What is known of the figures of a package by its sum, if nothing was wrong with them when they were read before."""


@dataclass(frozen=True)
class PackageFiles:
    """A package as it lies on disk: its descriptor, as it is written and as a model, and each file that it names."""

    written: Mapping[str, Any]
    descriptor: Descriptor
    contents: Mapping[str, bytes] = field(repr=False)
    text: bytes = field(default=b"", repr=False)
    """The descriptor as it lies there."""

    @property
    def digest(self) -> str:
        """The sum of the descriptor and of the files of its resources."""
        parts = {DESCRIPTOR: self.text, **self.contents}
        sums = [(path, hashlib.sha256(content).hexdigest()) for path, content in parts.items()]
        return hashlib.sha256(repr(sums).encode()).hexdigest()


@dataclass
class _Reading:
    """A package that is being read, with the faults found so far. `is_alone`: one release, taken from its place."""

    folder: Path
    prefix: str
    is_alone: bool = False
    issues: list[Issue] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, CodeList] = field(default_factory=dict)
    has_cube: bool = False
    extents: dict[str, Extent] | None = None
    """What is known of its figures from before. They are read `later` then."""
    later: Callable[[], CodeList] | None = None

    @property
    def place(self) -> str:
        return f"{self.prefix}/{DESCRIPTOR}"


def recall_nothing(digest: str) -> None:
    """Nothing is known from before."""


def read_packages(
    project: Project,
    on_step: Callable[[str, int, int], None] = lambda what, done, total: None,
    recall: Recall = recall_nothing,
) -> tuple[Package, ...]:
    """Every package of a project, by name of folder. The figures that are known by `recall` are read when needed.

    Raises BadSource when something cannot be read and FailedCheck when it can but breaks the package format; the error
    holds the issues of all packages.
    """
    folders = sorted(entry.parent for entry in project.packages.glob(f"*/{DESCRIPTOR}"))
    packages, issues = [], []
    for number, folder in enumerate(folders, start=1):
        package, found = inspect_package(folder, project.relative(folder), recall)
        issues += found
        packages += [package] if package else []
        on_step(f"Read {folder.name}", number, len(folders))
    _raise(issues + list(_check_names(packages, project)))
    return tuple(packages)


def read_package(folder: Path, prefix: str | None = None) -> Package:
    """One package. Raises as `read_packages` does. `prefix` is the folder as messages should show it."""
    return _insist(*inspect_package(folder, folder.name if prefix is None else prefix))


def read_release(folder: Path, prefix: str) -> Package:
    """One release taken from its place: the name of its folder is free, and the releases before it are elsewhere.

    Raises as `read_packages` does.
    """
    return _insist(*_inspect(_Reading(folder, prefix, is_alone=True)))


def _insist(package: Package | None, issues: list[Issue]) -> Package:
    _raise(issues)
    if package is None:
        raise BadSource(issues)
    return package


def inspect_package(folder: Path, prefix: str, recall: Recall = recall_nothing) -> tuple[Package | None, list[Issue]]:
    """One package as far as it can be read, and everything that is wrong with it. Does not raise."""
    return _inspect(_Reading(folder, prefix), recall)


def _inspect(reading: _Reading, recall: Recall = recall_nothing) -> tuple[Package | None, list[Issue]]:
    folder = reading.folder
    files = _read_files(reading)
    if files is None:
        return None, reading.issues
    descriptor, digest = files.descriptor, files.digest
    reading.extents = recall(digest)
    resources = tuple(_read_resource(reading, entry) for entry in descriptor.resources)
    reading.issues += _check_package(reading, descriptor, resources)
    package = Package(
        id=folder.name,
        folder=folder,
        descriptor=descriptor,
        resources=resources,
        earlier=_read_earlier(reading, descriptor),
        readme=_find_readme(folder),
        cube=_read_cube(reading, descriptor),
        digest=digest,
    )
    return package, reading.issues


def inspect_files(folder: Path, prefix: str) -> tuple[PackageFiles | None, list[Issue]]:
    """The files of one package, and what is wrong with its descriptor and with where they lie. Reads no table."""
    reading = _Reading(folder, prefix)
    return _read_files(reading), reading.issues


def _find_readme(folder: Path) -> Path | None:
    found = find_file(folder, "README.md", "")
    return None if isinstance(found, Issue) else found


def _raise(issues: list[Issue]) -> None:
    if any(issue.rule in UNREADABLE for issue in issues):
        fail_if(BadSource, issues)
    fail_if(FailedCheck, issues)


def _read_files(reading: _Reading) -> PackageFiles | None:
    """The descriptor, and the bytes of every file that it names, into `reading`."""
    path = find_file(reading.folder, DESCRIPTOR, reading.place)
    if isinstance(path, Issue):
        reading.issues.append(path)
        return None
    text = path.read_bytes()
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        reading.issues.append(Issue("descriptor-json", f"This is not JSON: {error}.", reading.place))
        return None
    found = load_model(Descriptor, content, reading.place)
    if isinstance(found, list):
        reading.issues += found
        return None
    reading.has_cube = found.statpress is not None
    for entry in found.resources:
        for name in flatten_paths(entry.path):
            _read_content(reading, entry, name)
    return PackageFiles(content, found, reading.contents, text)


def _read_content(reading: _Reading, entry: ResourceEntry, path: str) -> None:
    found = find_file(reading.folder, path, reading.place)
    if isinstance(found, Issue):
        reading.issues.append(found)
        return
    content = found.read_bytes()
    reading.contents[path] = content
    if isinstance(entry.path, str):
        reading.issues += check_bytes(content, entry.bytes, entry.hash, f"{reading.prefix}/{path}")


def _read_resource(reading: _Reading, entry: ResourceEntry) -> Resource:
    paths = list(flatten_paths(entry.path))
    files = tuple(_read_file(reading, entry, path) for path in paths if path in reading.contents)
    name = entry.name or (Path(paths[0]).stem if paths else "")
    return Resource(name, entry, files)


def _read_file(reading: _Reading, entry: ResourceEntry, path: str) -> DataFile:
    content = reading.contents[path]
    rows = _read_table(reading, entry, content, f"{reading.prefix}/{path}") if _is_table(entry, path) else None
    sha256 = hashlib.sha256(content).hexdigest()
    return DataFile(path, reading.folder / path, len(content), sha256, rows)


def _is_table(entry: ResourceEntry, path: str) -> bool:
    return (entry.format or Path(path).suffix.lstrip(".")).lower() in ("csv", "tsv")


def _read_table(reading: _Reading, entry: ResourceEntry, content: bytes, place: str) -> int | None:
    """How many rows a table has. Its rows are kept where the package has a cube."""
    dialect = entry.dialect if isinstance(entry.dialect, Dialect) else Dialect()
    if place.lower().endswith(".tsv") and dialect.delimiter == ",":
        dialect = dialect.model_copy(update={"delimiter": "\t"})
    read = read_rows if reading.has_cube else count_rows
    if reading.extents is not None and entry.name == FIGURES and isinstance(entry.path, str):
        reading.later = partial(_read_later, content, place, entry.encoding, dialect)
        return sum(extent.figures for extent in reading.extents.values())
    found = read(content, place, encoding=entry.encoding, dialect=dialect)
    if isinstance(found, Issue):
        reading.issues.append(found)
        return None
    if isinstance(found, int):
        return found
    reading.tables[entry.name] = CodeList(place, found)
    return len(found.rows)


def _read_later(content: bytes, place: str, encoding: str, dialect: Dialect) -> CodeList:
    found = read_rows(content, place, encoding=encoding, dialect=dialect)
    if isinstance(found, Issue):
        raise BadSource([found])
    return CodeList(place, found)


def _read_earlier(reading: _Reading, descriptor: Descriptor) -> dict[str, DataFile]:
    found: dict[str, DataFile] = {}
    for release in descriptor.statpress.releases if descriptor.statpress and not reading.is_alone else ():
        entry = ResourceEntry(path=release.path, bytes=release.bytes, hash=release.hash, format="zip")
        _read_content(reading, entry, release.path)
        if release.path in reading.contents:
            found[release.version] = _read_file(reading, entry, release.path)
    return found


def _read_cube(reading: _Reading, descriptor: Descriptor) -> Cube | None:
    if descriptor.statpress is None:
        return None
    if reading.extents is not None and reading.later is not None:
        return read_known_cube(reading.tables, descriptor.statpress, reading.extents, reading.later)
    cube, issues = read_cube(reading.tables, descriptor.statpress, reading.place)
    reading.issues += issues
    return cube


def _check_package(reading: _Reading, descriptor: Descriptor, resources: tuple[Resource, ...]) -> Iterator[Issue]:
    if not _FOLDER.match(reading.folder.name):
        yield Issue("name-unfit", "The name of this folder cannot be part of an address.", reading.prefix)
    words = descriptor.statpress
    for version in [descriptor.version, *(release.version for release in words.releases if words)] if words else []:
        if version and not _VERSION.match(version):
            yield Issue("name-unfit", f"The version “{version}” cannot be part of an address.", reading.place)
    if words and not reading.is_alone and descriptor.name != reading.folder.name:
        yield Issue("name-differs", f"The package is named “{descriptor.name}”, unlike its folder.", reading.place)
    names = [resource.name for resource in resources]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Issue("name-twice", f"Two resources are named “{name}”.", reading.place, key="resources")


def _check_names(packages: list[Package], project: Project) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for package in packages:
        name = package.descriptor.name or package.id
        if name in first:
            place = f"{project.relative(package.folder)}/{DESCRIPTOR}"
            yield Issue("name-twice", f"The package “{name}” is also in {first[name]}.", place, key="name")
        first.setdefault(name, project.relative(package.folder))
