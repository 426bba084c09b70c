"""The files of `validations/`, by their names: one that nobody reads, or cannot be read, would check nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from statpress.issue import Issue, nearest
from statpress.paths import Project

_ROWS: Final = ".rows.csv"
"""Of a misspelt one, the package that it was meant for is told to have none."""
_ENDINGS: Final = (_ROWS, ".json", ".yml")
"""What the name of a file that is read ends in, after the name of its package."""
_ALIKE: Final = (".yaml", ".yml", ".json", ".csv")
"""Endings of files that somebody may believe to be read."""


def check_validations(project: Project, pipelines: Collection[str]) -> Iterator[Issue]:
    """What keeps a file of `validations/` from being read: another kind of entry, a link outside, another name."""
    folder = project.validations
    if not folder.exists() and not folder.is_symlink():
        return
    file = project.relative(folder)
    if not folder.is_dir():
        yield Issue("not-a-file", "This is not a folder.", file, hint="Make it a folder, or remove it.")
    elif not _is_inside(folder, project):
        yield Issue("outside", "The folder is a link to a place outside the project.", file, hint="Copy it here.")
    else:
        for path in sorted(folder.iterdir()):
            yield from _check(path, project, pipelines)


def _is_inside(path: Path, project: Project) -> bool:
    return path.resolve().is_relative_to(project.root.resolve())


def _check(path: Path, project: Project, pipelines: Collection[str]) -> Iterator[Issue]:
    if not path.name.lower().endswith(_ALIKE):
        return
    file = project.relative(path)
    ending = next((ending for ending in _ENDINGS if path.name.endswith(ending)), None)
    name = path.name.removesuffix(ending or "")
    if ending is None:
        names = ", ".join(f"<name>{ending}" for ending in _ENDINGS)
        yield Issue("bad-name", "No file of this name is read.", file, hint=f"Rename it: {names}.")
    elif not _is_inside(path, project):
        yield Issue("outside", "The file is a link to a place outside the project.", file, hint="Copy it here.")
    elif not path.is_file():
        yield Issue("not-a-file", "This is not a regular file.", file)
    elif name not in pipelines and ending != _ROWS:
        yield Issue("unknown-pipeline", f"There is no pipeline `{name}`.", file, row=1, hint=nearest(name, pipelines))
