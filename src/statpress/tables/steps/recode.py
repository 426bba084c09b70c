"""The step `recode`: replace the texts of a column."""

from __future__ import annotations

import pandas as pd

from statpress.declare.steps import Recode, RecodeRule
from statpress.issue import Issue, nearest
from statpress.tables.columns import check_known, check_new, columns_of
from statpress.tables.place import Place, Shaped, explain_rows, take_rows
from statpress.tables.texts import map_to_texts, show_without_figures


def shape_recode(table: pd.DataFrame, step: Recode, place: Place) -> Shaped:
    """Replace texts; a text that is not listed stays or is refused, as declared."""
    rule = step.recode
    if issues := _check_columns(table, rule, place):
        return Shaped(table, issues)
    recoded = map_to_texts(table[rule.column], lambda text: rule.values.get(text, text))
    issues = _check_others(table, rule, place) if rule.others == "refuse" else []
    return Shaped(table.assign(**{rule.into or rule.column: recoded}), issues)


def _check_columns(table: pd.DataFrame, rule: RecodeRule, place: Place) -> list[Issue]:
    issues = check_known(table, [(("column",), rule.column)], place)
    if rule.into is not None and rule.into != rule.column:
        issues += check_new([(("into",), rule.into)], columns_of(table), place)
    return issues


def _check_others(table: pd.DataFrame, rule: RecodeRule, place: Place) -> list[Issue]:
    def explain(row: pd.Series) -> tuple[str, str]:
        text = row[rule.column]
        shown = show_without_figures(text)
        return f"The recode step does not list {shown}.", nearest(text, rule.values) if shown[0] == "`" else ""

    unlisted = take_rows(table, ~table[rule.column].isin(list(rule.values)))
    return explain_rows("not-recoded", unlisted, rule.column, explain, file=place.file)
