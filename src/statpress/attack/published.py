"""What is published at a path: packages in place, the releases of a built site, or an archive of one or of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from statpress.audit.compile.releases import version_order
from statpress.audit.printed import PrintedTable
from statpress.issue import Issue
from statpress.packages.read import DESCRIPTOR, inspect_files, read_package, read_release
from statpress.publish.printed import print_archive, print_package, print_releases


def read_published(path: Path) -> tuple[list[PrintedTable], list[Issue]]:
    """The releases in a folder or an archive, or the issues that say why there is none."""
    if path.is_file():
        found = print_archive(path.read_bytes(), str(path))
        return (found, []) if found else ([], [_no_cube(path)])
    folders = _find(path)
    if not folders:
        hint = "Name a package, a folder of packages, a built site, an archive of one, or a CSV table."
        return [], [Issue("nothing-there", "There is no package here.", str(path), hint=hint)]
    return _read_folders(folders)


def _find(path: Path) -> list[Path]:
    """The nearest folders with a package: this one, those in it, or all that lie deeper, as in a built site."""
    for pattern in (DESCRIPTOR, f"*/{DESCRIPTOR}", f"**/{DESCRIPTOR}"):
        if found := sorted(found.parent for found in path.glob(pattern)):
            return found
    return []


def _read_folders(folders: Sequence[Path]) -> tuple[list[PrintedTable], list[Issue]]:
    tables: list[PrintedTable] = []
    loose: list[PrintedTable] = []
    issues: list[Issue] = []
    for folder in folders:
        is_loose = _is_loose(folder)
        found = _print_loose(folder) if is_loose else [*print_releases(read_package(folder.absolute(), str(folder)))]
        (loose if is_loose else tables).extend(found)
        issues += [] if found else [_no_cube(folder)]
    return [*tables, *_rank(loose)], issues


def _print_loose(folder: Path) -> list[PrintedTable]:
    found = print_package(read_release(folder.absolute(), str(folder)))
    return [found] if found is not None else []


def _is_loose(folder: Path) -> bool:
    """Whether it is one release of a built site, `<package>/<version>/`, with those before it in folders beside it."""
    files, _ = inspect_files(folder, str(folder))
    name = files.descriptor.name if files is not None else ""
    return bool(name) and folder.absolute().name != name == folder.absolute().parent.name


def _rank(tables: Iterable[PrintedTable]) -> list[PrintedTable]:
    """Each release once, however many addresses it has, and only the last of a package as the one in place."""
    ordered = sorted(tables, key=lambda table: version_order(table.version))
    last = {table.name: table.version for table in ordered}
    found = {(table.name, table.version): table for table in ordered}
    return [replace(table, is_current=table.version == last[table.name]) for table in found.values()]


def _no_cube(path: Path) -> Issue:
    hint = "Attack its table, with a --hierarchy for each dimension that adds up."
    return Issue("no-cube", "The package does not say what adds up to what.", str(path), hint=hint)
