"""What frictionless says of a package, as a set of facts: table, row, fields and kind of fault."""

from __future__ import annotations

import json
import re


def judge_with_frictionless(folder, descriptor, files):
    """Write the package, and say what frictionless finds, or None where it refuses a schema."""
    from frictionless import Package  # it raises a limit of Python's csv, which the test puts back

    for path, data in files.items():
        (folder / path).write_bytes(data)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    report = Package(folder / "datapackage.json").validate(limit_errors=1_000_000)
    if report.errors:
        return {("", 0, (), error.type) for error in report.errors}
    return {(task.name, *_fact(error)) for task in report.tasks for error in task.errors}


def _fact(error):
    row, field, kind = getattr(error, "row_number", 1), getattr(error, "field_name", ""), error.type
    if error.note.endswith("requires unique labels in the header"):
        return 1, (), "duplicate-label"
    named = {
        **dict.fromkeys(("blank-row", "extra-cell"), ()),
        "foreign-key": tuple(getattr(error, "field_names", ())),
    }
    kinds = {"type-error": "type", "unique-error": "unique", "source-error": "empty-table"}
    if kind == "constraint-error":
        kinds[kind] = re.search(r'constraint "(\w+)"', error.note)[1]
    if kind == "primary-key" and "all" in error.note:
        kinds[kind] = "empty-key"
    is_cell = kind in ("type-error", "constraint-error", "unique-error", "missing-cell")
    return row, named.get(kind, (field,) if field or is_cell else ()), kinds.get(kind, kind)
