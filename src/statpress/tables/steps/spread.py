"""The step `spread`: one column a dimension, from a column that names the breakdown and one that holds the category."""

from __future__ import annotations

from typing import Final

import pandas as pd

from statpress.cube import ALL
from statpress.declare.steps import Spread, SpreadRule
from statpress.issue import Issue, nearest
from statpress.tables.columns import check_known, check_new, columns_of
from statpress.tables.place import Place, Shaped, explain_rows
from statpress.tables.texts import show_without_figures

_NO_NAME: Final = ("The row has a category, and no name of a breakdown.", "Fill the name, or recode the category.")
_NO_CATEGORY: Final = ("The row names a breakdown, and no category.", "Fill the category, or list the name as whole.")


def shape_spread(table: pd.DataFrame, step: Spread, place: Place) -> Shaped:
    """Give each dimension its own column: the category where a row uses it, `all` where it does not."""
    rule = step.spread
    if issues := _check(table, rule, place) or _check_rows(table, rule, place):
        return Shaped(table, issues)
    dimensions = table[rule.names].map(rule.into)
    categories = table[rule.values]
    spread = {name: categories.where(dimensions == name, ALL) for name in dict.fromkeys(rule.into.values())}
    return Shaped(table.drop(columns=[rule.names, rule.values]).assign(**spread))


def _check(table: pd.DataFrame, rule: SpreadRule, place: Place) -> list[Issue]:
    issues = check_known(table, [(("names",), rule.names), (("values",), rule.values)], place)
    others = set(columns_of(table)) - {rule.names, rule.values}
    first = {dimension: text for text, dimension in reversed(rule.into.items())}
    return issues + check_new([(("into", text), dimension) for dimension, text in first.items()], others, place)


def _check_rows(table: pd.DataFrame, rule: SpreadRule, place: Place) -> list[Issue]:
    names, categories = table[rule.names], table[rule.values]
    used = names.isin(list(rule.into))
    whole = names.isin(["", *rule.whole])
    unknown = table[~used & ~whole]
    return [
        *explain_rows("unknown-breakdown", unknown, rule.names, lambda row: _explain(row, rule), file=place.file),
        *explain_rows(
            "no-breakdown",
            table[(names == "") & ~used & (categories != "")],
            rule.names,
            lambda _: _NO_NAME,
            file=place.file,
        ),
        *explain_rows(
            "no-category", table[used & (categories == "")], rule.values, lambda _: _NO_CATEGORY, file=place.file
        ),
    ]


def _explain(row: pd.Series, rule: SpreadRule) -> tuple[str, str]:
    text = row[rule.names]
    shown = show_without_figures(text)
    known = [*rule.into, *rule.whole]
    return f"The spread step does not list {shown}.", nearest(text, known) if shown[0] == "`" else ""
