"""Check that the rows of a table are cells of it: their codes are known, and each cell is there once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import pandas as pd

from statpress.alone.dimension import Dimension
from statpress.alone.request import Source
from statpress.issue import Issue, nearest
from statpress.tables.groups import FIRST, find_twice
from statpress.tables.place import SOURCE_ROW, explain_rows
from statpress.tables.texts import has_odd_space, map_texts, show_label, show_text


def check_known(source: Source, dimensions: Mapping[str, Dimension]) -> list[Issue]:
    """Codes that the hierarchy of their dimension has not, or that can be taken for the total."""
    return [issue for name, dimension in dimensions.items() for issue in _check_dimension(source, name, dimension)]


def _check_dimension(source: Source, name: str, dimension: Dimension) -> list[Issue]:
    table = source.table
    if not dimension.declared:
        like = table[map_texts(table[name], lambda code: _is_like(code, dimension.top)).astype(bool)]
        hint = "Write both the same way, or give this code another name."
        explain = (f"The code is too like {show_text(dimension.top)}, the code of the total.", hint)
        return explain_rows("like-total", like, name, lambda _: explain, file=source.file)
    codes = set(dimension.codes)
    plain = ~map_texts(table[name], lambda code: not code or has_odd_space(code)).astype(bool)
    unknown = table[plain & ~table[name].isin(codes)]
    return explain_rows("unknown-code", unknown, name, lambda row: _explain(row[name], dimension), file=source.file)


def _is_like(code: str, top: str) -> bool:
    return code != top and code.strip().casefold() == top.strip().casefold()


def _explain(code: str, dimension: Dimension) -> tuple[str, str]:
    return f"The hierarchy has no code {show_label(code)}.", nearest(code[:200], dimension.codes)


def check_cells(source: Source, dimensions: Mapping[str, Dimension], count: str) -> list[Issue]:
    """Cells that are there twice; a warning where cells are not there."""
    names = list(dimensions)
    twice = find_twice(source.table, names)
    rows = source.table[SOURCE_ROW]
    again = [
        *explain_rows(
            "repeated-cell",
            twice,
            count,
            lambda row: (f"The cell is there already, in row {rows.iloc[row[FIRST]]}.", "Remove one of the rows."),
            file=source.file,
        )
    ]
    return again or [*_check_absent(source, dimensions), *_check_separates(source, names, dimensions)]


def _check_absent(source: Source, dimensions: Mapping[str, Dimension]) -> Iterator[Issue]:
    inner = source.table
    for name, dimension in dimensions.items():
        inner = inner[inner[name].isin(dimension.leaves)]
    for name, dimension in dimensions.items():
        without = dimension.leaves - set(inner[name])
        absent = [code for code in dimension.codes if code in without]
        if absent:
            shown = f"{', '.join(show_text(code) for code in absent[:6])}{', …' if len(absent) > 6 else ''}"
            message = f"No row has these codes of the hierarchy, so that they count 0: {shown}."
            hint = "Check that the table is whole."
            yield Issue("absent-code", message, source.file, column=name, hint=hint, severity="warning")
    missing = prod(len(dimension.leaves) for dimension in dimensions.values()) - len(inner)
    if missing > 0:
        are = "cell is not in the table and counts" if missing == 1 else "cells are not in the table and count"
        message = f"{missing:,} {are} 0."
        yield Issue("absent-cells", message, source.file, hint="Check that the table is whole.", severity="warning")


def _check_separates(source: Source, names: list[str], dimensions: Mapping[str, Dimension]) -> Iterator[Issue]:
    """A column without which the rows are still told apart is no dimension. Numbers in it may be figures."""
    for name in names:
        others = [other for other in names if other != name]
        codes = source.table[name]
        if dimensions[name].declared or not others or codes.nunique() < 2 or source.table.duplicated(others).any():
            continue
        message = "No two rows differ in this column alone, so it is hardly a dimension."
        hint = "Name it with --ignore, or give it a hierarchy."
        yield Issue(
            "no-dimension",
            message,
            source.file,
            1,
            name,
            hint=hint,
            severity="error" if _are_numbers(codes) else "warning",
        )


def _are_numbers(codes: pd.Series) -> bool:
    return bool(codes.str.fullmatch(r"[-+]?[0-9.,]+").all())
