"""Validate packages: read each, check its tables beside its contract, and its cube where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from statpress.checks.contract.package import check_package
from statpress.errors import BadSource, BadUsage, FailedCheck, fail_if
from statpress.issue import Issue
from statpress.packages.read import DESCRIPTOR, UNREADABLE, PackageFiles, inspect_files, inspect_package
from statpress.packages.reading.files import find_file


@dataclass(frozen=True)
class Validated:
    """Packages in which nothing is wrong: where they are, how many files they name, and warnings."""

    packages: tuple[str, ...]
    files: int
    warnings: tuple[Issue, ...]


def validate_paths(paths: Sequence[Path]) -> Validated:
    """Validate the packages at `paths`: folders, folders of packages, or their descriptors.

    Raises `BadUsage` where there is none, `BadSource` where something cannot be read, and `FailedCheck` where something
    is wrong, with the issues of all.
    """
    folders, missing = _find_packages(paths)
    fail_if(BadUsage, missing)
    files, issues = 0, list[Issue]()
    for folder in folders:
        package, found = inspect_files(folder, _place(folder))
        files += len(package.contents) if package else 0
        issues += [*found, *(_check(folder, package, found) if package else [])]
    if any(issue.rule in UNREADABLE for issue in issues):
        fail_if(BadSource, issues)
    fail_if(FailedCheck, issues)
    return Validated(tuple(map(_place, folders)), files, tuple(issues))


def _find_packages(paths: Iterable[Path]) -> tuple[list[Path], list[Issue]]:
    folders: list[Path] = []
    issues: list[Issue] = []
    for path in paths:
        folder = path.parent if path.name == DESCRIPTOR and path.is_file() else path
        found = (
            [folder] if (folder / DESCRIPTOR).is_file() else sorted(p.parent for p in folder.glob(f"*/{DESCRIPTOR}"))
        )
        folders += found
        if not found:
            hint = f"Name a folder with a {DESCRIPTOR}, or a folder of such folders."
            issues.append(Issue("no-package", "There is no data package here.", _place(path), hint=hint))
    return list(dict.fromkeys(folders)), issues


def _place(path: Path) -> str:
    return path.as_posix()


def _check(folder: Path, package: PackageFiles, known: Sequence[Issue]) -> list[Issue]:
    """The contract of a package, and what the package format asks besides where it is one of statpress.

    What is `known`, and what the contract says of the same row, is not told again.
    """
    prefix = _place(folder)

    def read(path: str) -> bytes | None:
        if path in package.contents:
            return package.contents[path]
        found = find_file(folder, path, prefix)
        return None if isinstance(found, Issue) else found.read_bytes()

    issues = check_package(package.written, read, prefix)
    if package.descriptor.statpress is None:
        return issues
    told = {(issue.file, issue.row) for issue in issues}
    _, found = inspect_package(folder, prefix)
    return issues + [issue for issue in found if issue not in known and (issue.file, issue.row) not in told]
