"""The step `total`: add rows with sums over a column."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import Final

import pandas as pd

from statpress.cube import NOTE, STATUS
from statpress.declare.steps import Total, TotalRule
from statpress.issue import Issue
from statpress.status import WITHHELD
from statpress.tables.cells import Cells, check_cells, read_cells
from statpress.tables.columns import check_known, columns_of
from statpress.tables.groups import number_groups
from statpress.tables.numbers import Notation, notation_of
from statpress.tables.place import SOURCE_ROW, STOOD_IN, Place, Shaped, explain_rows

_EXACT: Final = Context(prec=50)
_THERE: Final = ("The row is a total already, so adding it up would count it twice.", "Filter it, or use another `as`.")
_MIXED: Final = ("The parts of one total have different statuses.", "Drop the column `status`, or give it later.")


def shape_total(table: pd.DataFrame, step: Total, place: Place) -> Shaped:
    """Add one row for each group of rows that agree in all columns but `over`, the values, `status` and `note`."""
    rule = step.total
    if issues := check_known(table, [(("over",), rule.over), (("values",), rule.values)], place):
        return Shaped(table, issues)
    notation = notation_of(place.table)
    cells = read_cells(table[rule.values], notation)
    keys = [column for column in columns_of(table) if column not in (rule.over, rule.values, STATUS, NOTE)]
    groups = number_groups(table, keys)
    if issues := _check(table, rule, cells, groups, place):
        return Shaped(table, issues)
    totals = table[~groups.duplicated()].assign(**{rule.over: rule.as_, SOURCE_ROW: ""})
    totals[rule.values] = _add_up(cells, groups, notation).to_numpy()
    if STOOD_IN in totals:
        totals[STOOD_IN] = ""
    if NOTE in totals and NOTE not in (rule.over, rule.values):
        totals[NOTE] = ""
    if STATUS in totals:
        totals[STATUS] = table[STATUS].groupby(groups.to_numpy()).max().to_numpy()
    return Shaped(pd.concat([table, totals.astype("str")], ignore_index=True))


def _check(table: pd.DataFrame, rule: TotalRule, cells: Cells, groups: pd.Series, place: Place) -> list[Issue]:
    there = table[table[rule.over] == rule.as_]
    issues = explain_rows("total-there", there, rule.over, lambda _: _THERE, file=place.file)
    issues += check_cells(table, cells, rule.values, place)
    if STATUS in table:
        given = table[STATUS].where(table[STATUS] != "")
        mixed = table[(given.groupby(groups.to_numpy()).transform("nunique") > 1) & given.notna()]
        issues += explain_rows("mixed-status", mixed, STATUS, lambda _: _MIXED, file=place.file)
    return issues


def _add_up(cells: Cells, groups: pd.Series, notation: Notation) -> pd.Series:
    """The text of each group's total: exact sums, or a mark where a part has no number."""
    by = groups.to_numpy()
    with localcontext(_EXACT):
        sums = cells.numbers.where(cells.are_numbers, Decimal(0)).groupby(by).sum()
    texts = sums.map(notation.write_number)
    return notation.put_marks(
        texts, (cells.statuses != "").groupby(by).any(), (cells.statuses == WITHHELD).groupby(by).any()
    )
