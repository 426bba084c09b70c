"""Find the rows that a declared `where` means."""

from __future__ import annotations

import pandas as pd

from statpress.declare.steps import Where
from statpress.issue import Issue
from statpress.tables.columns import check_known
from statpress.tables.place import Place


def match_rows(table: pd.DataFrame, where: Where, place: Place) -> tuple[pd.Series, list[Issue]]:
    """Which rows match every column of `where`; a warning for each text of it that no row has."""
    matches = pd.Series(True, index=table.index)
    issues = check_known(table, [((column,), column) for column in where], place)
    for column in () if issues else where:
        wanted = where[column]
        texts = [wanted] if isinstance(wanted, str) else list(wanted)
        found = table[column].isin(texts)
        matches &= found
        issues += _check_found(table[column][found], texts, place.inside(column))
    return matches, issues


def _check_found(found: pd.Series, texts: list[str], place: Place) -> list[Issue]:
    """A declared text that no row has: a slip of the pen, or a source that has changed."""
    absent = set(texts).difference(found)
    hint = "Check the spelling, or remove it."
    return [place.warning("matches-nothing", f"No row holds `{text}` here.", hint=hint) for text in sorted(absent)]
