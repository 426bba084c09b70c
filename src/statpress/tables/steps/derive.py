"""The step `derive`: add a column, or replace one."""

from __future__ import annotations

import pandas as pd

from statpress.declare.steps import Derive, DeriveRule
from statpress.tables.columns import check_new
from statpress.tables.place import Place, Shaped, explain_rows, take_rows
from statpress.tables.steps.formula import shape_formula
from statpress.tables.where import match_rows


def shape_derive(table: pd.DataFrame, step: Derive, place: Place) -> Shaped:
    """Fill a column with one text, with the result of a formula, or with the first case that matches."""
    rule = step.derive
    if issues := check_new([(("column",), rule.column)], (), place):
        return Shaped(table, issues)
    if rule.value is not None:
        return Shaped(table.assign(**{rule.column: pd.Series(rule.value, index=table.index, dtype="str")}))
    if rule.formula is not None:
        return shape_formula(table, rule.formula, rule.column, place)
    return _shape_cases(table, rule, place)


def _shape_cases(table: pd.DataFrame, rule: DeriveRule, place: Place) -> Shaped:
    texts = pd.Series(rule.otherwise or "", index=table.index, dtype="str")
    left = pd.Series(True, index=table.index)
    issues = []
    for index, case in enumerate(rule.cases):
        matches, found = match_rows(table, case.where, place.inside("cases", index, "where"))
        issues += found
        texts = texts.mask(left & matches, case.is_)
        left &= ~matches
    shaped = table.assign(**{rule.column: texts})
    if rule.otherwise is None and not any(issue.severity == "error" for issue in issues):
        issues += explain_rows("no-case", take_rows(shaped, left), rule.column, lambda _: _NO_CASE, file=place.file)
    return Shaped(shaped, issues)


_NO_CASE = ("No case of the derive step matches the row.", "Add a case, or `otherwise`.")
