"""The step `period`: read periods into ISO 8601 intervals."""

from __future__ import annotations

import pandas as pd

from statpress.cube import NOT_STATED
from statpress.declare.steps import Period, PeriodRule
from statpress.interval import read_code
from statpress.issue import Issue
from statpress.tables.columns import check_known
from statpress.tables.period_texts import DAY_NUMBER, kinds_that_read, read_period
from statpress.tables.periods import write_code
from statpress.tables.place import Place, Shaped, explain_rows, take_rows
from statpress.tables.texts import has_odd_space, map_to_texts, show_period


def shape_period(table: pd.DataFrame, step: Period, place: Place) -> Shaped:
    """Replace every text of the column by the one code that it stands for."""
    rule = step.period
    issues = [*check_known(table, [(("column",), rule.column)], place), *_check_values(rule, place)]
    if issues:
        return Shaped(table, issues)
    codes = map_to_texts(table[rule.column], lambda text: _read(text, rule))
    unread = take_rows(table, codes == "")
    issues = explain_rows(
        "bad-period", unread, rule.column, lambda row: _explain(row[rule.column], rule), file=place.file
    )
    return Shaped(table.assign(**{rule.column: codes}), issues)


def _read(text: str, rule: PeriodRule) -> str:
    """The code that `values` gives, or else the one that the declared kinds read; empty if there is not just one."""
    if text in rule.values:
        return _canonical(rule.values[text])
    codes = read_period(text, rule.kinds)
    return codes.pop() if len(codes) == 1 else ""


def _canonical(code: str) -> str:
    interval = read_code(code)
    return write_code(interval) if interval else code


def _check_values(rule: PeriodRule, place: Place) -> list[Issue]:
    message = "A period is an ISO 8601 interval such as 2018-04-01/P1Y or 2015-12-31/2019-06-30, or `not-stated`."
    return [
        place.issue("bad-period", message, "values", text)
        for text, code in rule.values.items()
        if code != NOT_STATED and read_code(code) is None
    ]


def _explain(text: str, rule: PeriodRule) -> tuple[str, str]:
    if has_odd_space(text):
        return f"The period {show_period(text)} has spaces around it, or a character like a space.", "Remove them."
    if codes := sorted(read_period(text, rule.kinds)):
        return f"The period {show_period(text)} is ambiguous: {' or '.join(codes)}.", "Give it under `values`."
    kinds = ", ".join(rule.kinds) or "values"
    others = kinds_that_read(text)
    hint = f"Did you mean the kind {' or '.join(others)}?" if others else "Give it under `values`."
    if DAY_NUMBER.fullmatch(text):
        hint = "It seems to be the number that a spreadsheet has for a day: format the cells as dates, and save again."
    return f"The period {show_period(text)} is not one of: {kinds}.", hint
