"""A plain table as an attacker sees it: one cell a row, `value` and `status`, and hierarchies in files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import pandas as pd

from statpress.alone.counts import LARGEST
from statpress.alone.request import Source
from statpress.alone.tree import Tree, read_tree
from statpress.attack.texts import read_texts
from statpress.audit.printed import Cell, Dimension, Key, Measure, PrintedTable, Rules
from statpress.cube import ALL, FIXED, NOTE, STATUS, VALUE
from statpress.issue import Issue, nearest
from statpress.status import EMPTY, WITHHELD
from statpress.tables.place import MOST, SOURCE_ROW

COUNT: Final = "count"
_BELOW: Final = re.compile(r"(?:<|under |fewer than |less than )\s*([0-9]{1,15})")
_BAND: Final = re.compile(r"([0-9]{1,15})\s*(?:-|\.\.|–| to )\s*([0-9]{1,15})")


@dataclass(frozen=True)
class PlainOptions:
    """How plain tables are to be understood: trees by dimension, the code of the total of others, and the rules."""

    trees: Mapping[str, Sequence[Tree]]
    total: str
    rules: Rules


def read_trees(hierarchies: Sequence[tuple[str, Path]]) -> tuple[dict[str, list[Tree]], list[Issue]]:
    """The hierarchies by dimension, from files of `child,parent`, with every fault of them."""
    trees: dict[str, list[Tree]] = {}
    issues: list[Issue] = []
    for name, path in hierarchies:
        table, faults = read_texts(path)
        tree, more = read_tree(Source(table, str(path))) if not faults else (None, [])
        issues += [*faults, *more]
        trees.setdefault(name, []).extend([tree] if tree is not None else [])
    return trees, issues


def read_plain(path: Path, options: PlainOptions) -> tuple[PrintedTable | None, list[Issue]]:
    """The table of counts at `path`; none where it has a fault.

    Columns: `value`, `status` (optional), `note` (ignored), and a dimension each; `measure`, `area` and `period` are
    such keys as they are in packages, unless a hierarchy is given for them.
    """
    table, issues = read_texts(path)
    if issues:
        return None, issues
    names = [str(column) for column in table if column not in (VALUE, STATUS, NOTE, SOURCE_ROW)]
    issues = _check_header(table, names, str(path), options)
    if issues:
        return None, issues
    keys = [column for column in FIXED if column in names and column not in options.trees]
    dimensions = [name for name in names if name not in keys]
    issues = [*_check_codes(table, dimensions, str(path), options)]
    cells: dict[Key, Cell] = {}
    for row in table.to_dict("records"):
        issues += _add_row(cells, {str(name): str(text) for name, text in row.items()}, dimensions, str(path), options)
    if issues:
        return None, _few(issues)
    measures = {key[0]: Measure() for key in cells}
    return PrintedTable(str(path), _dimensions(table, dimensions, options), measures, cells, options.rules), []


def key_of(row: Mapping[str, str], dimensions: Sequence[str], options: PlainOptions) -> Key:
    """The key of a row: what no column says is left empty, and the top of a dimension is the whole."""
    fixed = [row.get(column, "") if column not in options.trees else "" for column in FIXED]
    return (fixed[0] or COUNT, *fixed[1:], *(_code(row[name], name, options) for name in dimensions))


def _code(text: str, dimension: str, options: PlainOptions) -> str:
    return ALL if text in _tops(dimension, options) else text


def _tops(dimension: str, options: PlainOptions) -> set[str]:
    trees = options.trees.get(dimension, ())
    return {tree.top for tree in trees} or {options.total, ALL}


def _dimensions(table: pd.DataFrame, names: Sequence[str], options: PlainOptions) -> tuple[Dimension, ...]:
    return tuple(Dimension(name, _parents(table, name, options), adds_up=True) for name in names)


def _parents(table: pd.DataFrame, name: str, options: PlainOptions) -> tuple[Mapping[str, str], ...]:
    trees = options.trees.get(name, ())
    if trees:
        return tuple(
            {code: ALL if parent == tree.top else parent for code, parent in tree.parents.items()} for tree in trees
        )
    codes = sorted(set(table[name]))
    has_total = any(code in _tops(name, options) for code in codes)
    return ({code: ALL for code in codes if code not in _tops(name, options)},) if has_total else ({},)


def _check_header(table: pd.DataFrame, names: Sequence[str], file: str, options: PlainOptions) -> list[Issue]:
    columns = [str(column) for column in table if column != SOURCE_ROW]
    issues = []
    if VALUE not in columns:
        hint = f"It holds numbers, or marks such as c. {nearest(VALUE, columns)}"
        issues.append(Issue("missing-column", "There is no column `value`.", file, 1, VALUE, hint=hint))
    for name in options.trees:
        if name not in names:
            message = f"There is a hierarchy of `{name}`, but no such column."
            issues.append(Issue("missing-column", message, file, 1, name, hint=nearest(name, names)))
    return issues


def _check_codes(table: pd.DataFrame, names: Sequence[str], file: str, options: PlainOptions) -> Iterator[Issue]:
    for name in names:
        known = {code for tree in options.trees.get(name, ()) for code in (*tree.parents, tree.top)}
        for code, row in zip(table[name], table[SOURCE_ROW], strict=True):
            if not code:
                yield Issue("empty-code", "The code is empty.", file, int(row), name, hint="Fill it.")
            elif known and code not in known:
                message = f"The hierarchy of `{name}` has no code “{code}”."
                yield Issue("unknown-code", message, file, int(row), name, hint=nearest(code, known))


def _add_row(
    cells: dict[Key, Cell], row: Mapping[str, str], dimensions: Sequence[str], file: str, options: PlainOptions
) -> list[Issue]:
    place = int(row[SOURCE_ROW])
    key = key_of(row, dimensions, options)
    cell = _read_cell(row[VALUE], row.get(STATUS, ""), options.rules)
    if cell is None:
        hint = "Use c for what is withheld, x for what is not available, or a range such as <6 or 1..5."
        return [Issue("unknown-mark", _explain(row[VALUE]), file, place, VALUE, hint=hint)]
    if key in cells:
        return [Issue("row-twice", "This cell is here twice.", file, place, hint="Keep one of the rows.")]
    cells[key] = cell
    return []


def _explain(value: str) -> str:
    if read_number(value) is not None:
        return "A number stands beside the mark of a cell that shows none."
    return f"The cell has no number from 0 to {LARGEST:,} and no mark that is known."


def _read_cell(value: str, status: str, rules: Rules) -> Cell | None:
    number = read_number(value)
    if number is not None:
        return Cell(number, status) if status.strip("[]") not in EMPTY else None
    mark = (value or status).strip().strip("[]").lower()
    least = 0 if not rules.zeros_shown else 1
    if (below := _BELOW.fullmatch(mark)) and least < int(below[1]) <= LARGEST:
        return Cell(None, WITHHELD, least, int(below[1]) - 1)
    if (band := _BAND.fullmatch(mark)) and int(band[1]) <= int(band[2]) <= LARGEST:
        return Cell(None, WITHHELD, int(band[1]), int(band[2]))
    return Cell(None, WITHHELD if mark == "*" else mark) if mark in (*EMPTY, "*") else None


def read_number(text: str) -> Decimal | None:
    """The number that a text is; none if it is not one, or cannot be a count."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= LARGEST else None


def _few(issues: list[Issue]) -> list[Issue]:
    """The first faults, and how many more there are."""
    if len(issues) <= MOST:
        return issues
    more = Issue("more-faults", f"There are {len(issues) - MOST:,} more faults.", issues[0].file)
    return [*issues[:MOST], more]
