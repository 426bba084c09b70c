"""Faults of a table in words. They name rows, columns and what is declared, never the value of a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from statpress.checks.contract.dialect import dialect_of
from statpress.checks.contract.nouns import Column, Contract, Fault, Table
from statpress.issue import Issue

SHOWN: Final = 20
"""A fault that many rows have is told by its first rows."""

_CELLS: Final[Mapping[str, Callable[[Column, Any], str]]] = {
    "type": lambda column, _: f"The cell is not of the type {_type(column)}.",
    "required": lambda *_: "The cell is empty, but must not be.",
    "unique": lambda *_: "The value is there already, but must be there once.",
    "enum": lambda _, limit: f"The value is not one of those allowed: {_some(limit)}.",
    "categories": lambda column, _: f"The value is no category of the field: {_some(column.categories or ())}.",
    "pattern": lambda _, limit: f"The value is not of the form that the schema gives: {limit}.",
    "minimum": lambda _, limit: f"The value is less than {limit}, the least allowed.",
    "maximum": lambda _, limit: f"The value is more than {limit}, the most allowed.",
    "exclusiveMinimum": lambda _, limit: f"The value is not more than {limit}, as it must be.",
    "exclusiveMaximum": lambda _, limit: f"The value is not less than {limit}, as it must be.",
    "minLength": lambda _, limit: f"The value is shorter than {limit}, the least length allowed.",
    "maxLength": lambda _, limit: f"The value is longer than {limit}, the greatest length allowed.",
    "missing-cell": lambda *_: "The row ends before this column.",
}
_ROWS: Final[Mapping[str, str]] = {
    "blank-row": "The row is blank.",
    "extra-cell": "The row has more cells than there are columns.",
    "primary-key": "The primary key ({columns}) is there already.",
    "empty-key": "The primary key ({columns}) is empty.",
    "unique-key": "The values of {columns} together are there already, but must be there once.",
    "foreign-key": "The value of {columns} is not in {target}.",
}
_HEADER: Final[Mapping[str, str]] = {
    "blank-label": "Column {place} has no name in the header, where the schema has “{field}”.",
    "duplicate-label": "A name is in the header twice.",
    "extra-label": "Column {place} is not in the schema.",
    "incorrect-label": "Column {place} has another name in the header than in the schema, “{field}”.",
    "missing-label": "There is no column “{field}”.",
    "unmatched-header": "No column of the file is a field of the schema.",
}
_HINTS: Final[Mapping[str, str]] = {
    "blank-row": "Delete the line.",
    "extra-cell": "Quote cells that hold the delimiter.",
    "missing-cell": "Add the cells that are missing, empty if need be.",
    "foreign-key": "Add the code to the list, or mend it here.",
    "duplicate-label": "Rename one of them.",
    "blank-label": "Name the column as the schema does.",
    "extra-label": "Remove the column, or declare it in the schema.",
    "incorrect-label": "Name the columns as the schema does, in its order, or mend the schema.",
    "missing-label": "Add the column, or take it out of the schema.",
    "unmatched-header": "Name the columns as the schema does.",
    "type": "Write the value in the form of its type, or declare another type.",
    "required": "Fill it in. Where there is no value, the schema must not ask for one.",
    "unique": "Mend the value, or delete the row that is there twice.",
    "primary-key": "Mend the key, or delete the row that is there twice.",
    "empty-key": "Fill the key in.",
    "unique-key": "Mend the values, or delete the row that is there twice.",
    "enum": "Write one of them, or add the value to the list.",
    "categories": "Write one of them, or add the value to the list.",
}
_BEYOND: Final = "Mend the value, or the limit in the schema."
"""What to do where a value keeps to its type and not to a constraint."""
_RULES: Final[Mapping[str, str]] = {"type": "cell-type", "empty-key": "primary-key", "required": "cell-required"}


def explain_faults(table: Table, contract: Contract, faults: Iterable[Fault]) -> Iterator[Issue]:
    """An issue for each of the first rows that has a fault, and one for how many more have it."""
    columns = {column.name: column for column in contract.columns}
    faults = list(faults)
    lines = _lines(table, faults)
    for fault in faults:
        message = _message(fault, columns, contract, table)
        rule, hint = rule_of(fault.kind), _HINTS.get(fault.kind, _BEYOND if fault.kind in _CELLS else "")
        column = ", ".join(fault.columns) or None
        for row in fault.rows[:SHOWN].tolist():
            yield Issue(rule, message, table.place, lines[row], column, hint=hint)
        if len(fault.rows) > SHOWN:
            more = f"The same is true of {len(fault.rows) - SHOWN:,} more rows. {message}"
            yield Issue(rule, more, table.place, column=column, hint=hint)


def rule_of(kind: str) -> str:
    """The rule of an issue for a kind of fault."""
    return _RULES.get(kind, kind if kind in {**_ROWS, **_HEADER} or "-" in kind else f"cell-{_hyphens(kind)}")


def _hyphens(name: str) -> str:
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)


def _message(fault: Fault, columns: Mapping[str, Column], contract: Contract, table: Table) -> str:
    if fault.kind == "empty-table":
        return "The file is empty."
    if fault.kind in _HEADER:
        return _HEADER[fault.kind].format(place=fault.position, field="".join(fault.columns))
    if fault.kind in _ROWS:
        target = _target(fault, contract, table)
        return _ROWS[fault.kind].format(columns=", ".join(fault.columns), target=target)
    column = columns.get(fault.columns[0]) or Column(fault.columns[0], "any", {}, {}, ())
    return _CELLS[fault.kind](column, column.constraints.get(fault.kind))


def _target(fault: Fault, contract: Contract, table: Table) -> str:
    for key in contract.foreign_keys:
        if key.columns == fault.columns:
            where = "this file" if key.resource == table.name else f"`{key.resource}`"
            return f"{', '.join(key.referred)} of {where}"
    return ""


def _type(column: Column) -> str:
    return column.type if column.format == "default" else f"{column.type} ({column.format})"


def _some(listed: Iterable[Any]) -> str:
    texts = [str(one) for one in listed]
    return ", ".join(texts[:10]) + (f" and {len(texts) - 10} more" if len(texts) > 10 else "")


def _lines(table: Table, faults: Iterable[Fault]) -> dict[int, int]:
    from statpress.checks.contract.blocks import decode, find_lines

    wanted = {row for fault in faults for row in fault.rows[:SHOWN].tolist()}
    if not wanted:
        return {}
    return find_lines(decode(table.data, table.encoding), dialect_of(table), wanted)
