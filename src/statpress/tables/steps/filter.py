"""The step `filter`: leave rows out, with the reason that the ledger keeps."""

from __future__ import annotations

import pandas as pd

from statpress.declare.steps import Filter
from statpress.tables.place import SOURCE_ROW, Place, Shaped
from statpress.tables.where import match_rows


def shape_filter(table: pd.DataFrame, step: Filter, place: Place) -> Shaped:
    """Keep the rows that match `keep`, or those that do not match `drop`."""
    rule = step.filter
    word, where = ("keep", rule.keep) if rule.keep is not None else ("drop", rule.drop)
    matches, issues = match_rows(table, where or {}, place.inside(word))
    stays = matches if word == "keep" else ~matches
    left_out = pd.DataFrame({SOURCE_ROW: table.loc[~stays, SOURCE_ROW], "reason": rule.reason}, dtype="str")
    return Shaped(table[stays], issues, left_out)
