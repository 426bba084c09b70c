"""Write the JSON Schemas of declarations beside them."""

from __future__ import annotations

from statpress.declare.schema import describe_schemas
from statpress.packages.write import write_file
from statpress.paths import Project


def write_schemas(project: Project) -> tuple[str, ...]:
    """Write `pipelines/schema/*.json`. Returns the names of the files that changed. Raises `CannotWrite`."""
    return tuple(name for name, data in describe_schemas().items() if write_file(project.schemas / name, data))
