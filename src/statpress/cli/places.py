"""Where commands may write what a user names: nowhere among what is published or read, and over nothing but files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from statpress.issue import Issue
from statpress.paths import Project

_READ: Final = ("site_src", ".git")
"""Folders of a project, besides those that it names, that hold what people wrote."""


def check_places(project: Project, paths: Sequence[Path]) -> None:
    """Raise `CannotWrite` with what keeps each of `paths` from being written."""
    from statpress.errors import CannotWrite, fail_if

    fail_if(CannotWrite, [issue for path in paths for issue in _check(project, path)])


def _check(project: Project, path: Path) -> Iterator[Issue]:
    try:
        place, is_odd = path.resolve(), path.exists() and not path.is_file()
    except (OSError, RuntimeError):  # a name that is too long; links in a circle
        yield Issue("not-here", "No file can have this path.", str(path), hint="Name another file.")
        return
    named = (project.packages, project.site, project.pipelines, project.validations)
    kept = [folder.resolve() for folder in (*named, *(project.root / name for name in _READ))]
    if any(place.is_relative_to(folder) for folder in kept):
        message = "Nothing else is written among what is published or read."
        yield Issue("not-here", message, str(path), hint="Name a file elsewhere.")
    elif is_odd:
        message = "There is something in its place that is no file, such as a device or a pipe."
        yield Issue("not-here", message, str(path), hint="Name another file.")
