"""Mend sources: offer what loses nothing, and write it when a person agrees; all of the files, or none."""

from __future__ import annotations

from collections.abc import Iterable

from statpress.declare.load import choose_pipelines, load_declarations
from statpress.errors import BadSource, fail_if
from statpress.issue import Issue
from statpress.packages.write import write_folders
from statpress.paths import Project
from statpress.tables.mending.mend import Mend, check_unchanged, propose_mends
from statpress.tables.reading.source_file import read_bytes


def find_mends(project: Project, names: Iterable[str] = ()) -> tuple[Mend, ...]:
    """What is offered for the sources of the pipelines `names`, or of all. Raises `BadDeclaration` or `BadUsage`."""
    declared = load_declarations(project)
    chosen = choose_pipelines(declared, names)
    return tuple(mend for name in chosen for mend in propose_mends(project, name, declared))


def write_mends(project: Project, mends: Iterable[Mend]) -> None:
    """Write all that is offered. Raises `BadSource` where a file has changed since, or `CannotWrite`."""
    mends = tuple(mends)
    issues: list[Issue] = []
    for mend in mends:
        now, faults = read_bytes(mend.path, mend.file)
        issues += faults if now is None else check_unchanged(mend, project, now.content)
    fail_if(BadSource, issues)
    write_folders({}, {mend.path: mend.new for mend in mends})
