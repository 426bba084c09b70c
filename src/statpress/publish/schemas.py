"""Write what is made from models: the JSON Schemas of declarations beside them, and the page of all rules."""

from __future__ import annotations

from pathlib import Path

from statpress.checks.catalogue.page import render_page
from statpress.declare.schema import describe_schemas
from statpress.packages.write import write_file
from statpress.paths import Project


def write_schemas(project: Project) -> tuple[str, ...]:
    """Write `pipelines/schema/*.json`. Returns the names of the files that changed. Raises `CannotWrite`."""
    return tuple(name for name, data in describe_schemas().items() if write_file(project.schemas / name, data))


def write_rules(path: Path) -> tuple[str, ...]:
    """Write the page of all rules to `path`. Returns its name if it changed. Raises `CannotWrite`."""
    return (path.name,) if write_file(path, render_page()) else ()
