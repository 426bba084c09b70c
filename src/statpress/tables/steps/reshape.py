"""The steps `unpivot` and `pivot`: columns to rows, and rows to columns."""

from __future__ import annotations

from typing import Final

import pandas as pd

from statpress.declare.steps import Pivot, PivotRule, Unpivot
from statpress.issue import Issue
from statpress.tables.columns import check_known, check_new, columns_of
from statpress.tables.groups import FIRST, find_twice, join_rows, number_groups
from statpress.tables.place import SOURCE_ROW, STOOD_IN, Place, Shaped, explain_rows, first_row
from statpress.tables.trace import MADE, trace_column

_PARTS: Final = ("\0names", "\0values")
"""Names for the new columns while they are made, since they may take the names of the old ones."""
_EMPTY: Final = "The cell is empty, so it cannot name a column."


def shape_unpivot(table: pd.DataFrame, step: Unpivot, place: Place) -> Shaped:
    """Make one row of each cell of the columns. Rows stay in the order of the source."""
    rule = step.unpivot
    columns = list(dict.fromkeys(rule.columns))
    issues = check_known(table, [(("columns", index), column) for index, column in enumerate(rule.columns)], place)
    others = set(columns_of(table)) - set(columns)
    issues += check_new([(("names",), rule.names), (("values",), rule.values)], others, place)
    if issues:
        return Shaped(table, issues)
    keys = [column for column in table.columns if column not in (*columns, STOOD_IN)]
    long = table.reset_index(drop=True).melt(keys, columns, *_PARTS, ignore_index=False)
    long[STOOD_IN] = long[_PARTS[0]].map(_origins(columns, place))
    named = long.rename(columns=dict(zip(_PARTS, (rule.names, rule.values), strict=True)))
    return Shaped(named.sort_index(kind="stable").reset_index(drop=True).astype("str"))


def _origins(columns: list[str], place: Place) -> dict[str, str]:
    """The source column of each column before this step."""
    at = place.key.index("steps") + 1 if "steps" in place.key else None
    before = place.table.steps[: int(place.key[at])] if at is not None else ()
    return {column: trace_column(column, before) or MADE for column in columns}


def shape_pivot(table: pd.DataFrame, step: Pivot, place: Place) -> Shaped:
    """Make one column of each text of `names`. Rows that agree in all other columns become one."""
    rule = step.pivot
    if issues := check_known(table, [(("names",), rule.names), (("values",), rule.values)], place):
        return Shaped(table, issues)
    keys = [column for column in columns_of(table) if column not in (rule.names, rule.values)]
    if issues := _check_pivot(table, rule, keys, place):
        return Shaped(table, issues)
    groups = number_groups(table, keys)
    wide = table.loc[~groups.duplicated(), keys].reset_index(drop=True)
    parts = table.set_index(groups).groupby(rule.names, sort=False)[rule.values]
    columns = {str(name): part.reindex(wide.index, fill_value="") for name, part in parts}
    columns[SOURCE_ROW] = join_rows(table[SOURCE_ROW], groups)
    return Shaped(pd.concat([wide, pd.DataFrame(columns, index=wide.index, dtype="str")], axis="columns"))


def _check_pivot(table: pd.DataFrame, rule: PivotRule, keys: list[str], place: Place) -> list[Issue]:
    names = table[rule.names]
    empty = explain_rows("empty-name", table[names == ""], rule.names, lambda _: (_EMPTY, ""), file=place.file)
    new = [(("names",), name) for name in names.unique() if name]
    return [*empty, *check_new(new, keys, place), *_check_cells(table, rule, keys, place)]


def _check_cells(table: pd.DataFrame, rule: PivotRule, keys: list[str], place: Place) -> list[Issue]:
    def explain(row: pd.Series) -> tuple[str, str]:
        first = first_row(table[SOURCE_ROW].iloc[row[FIRST]])
        message = f"The row fills the same cell as row {first}: they differ in no column but `{rule.values}`."
        return message, "Drop or filter what should not be there, or keep the column that tells them apart."

    return explain_rows("cell-twice", find_twice(table, [*keys, rule.names]), rule.names, explain, file=place.file)
