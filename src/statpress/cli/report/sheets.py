"""The sheet of a workbook that an issue is about, read once more to show a row of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from statpress.paths import Project


def find_sheet(project: Project, file: str) -> str | None:
    """The sheet that pipelines declare for a workbook; None where they declare several, or none that can be read."""
    import yaml

    found: set[str] = set()
    for path in sorted(project.pipelines.glob("*/pipeline.yml")):
        folder = project.relative(path.parent)
        if file.startswith(f"{folder}/"):
            try:
                declared = yaml.safe_load(path.read_bytes())
            except (OSError, ValueError, yaml.YAMLError, RecursionError):
                return None
            found |= {table["sheet"] for table in _tables(declared) if f"{folder}/{table['path']}" == file}
    return found.pop() if len(found) == 1 else None


def _tables(declared: Any) -> list[dict[str, str]]:
    tables = declared.get("tables") if isinstance(declared, dict) else None
    listed = [one for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []
    return [one for one in listed if all(isinstance(one.get(name), str) for name in ("path", "sheet"))]


def peek(path: Path, sheet: str, file: str) -> Sequence[Sequence[str]]:
    """The rows of a sheet as texts, as far as they can be read."""
    from statpress.tables.reading.read_grid import peek_sheet

    try:
        return peek_sheet(path.read_bytes(), sheet, file)
    except OSError:
        return []
