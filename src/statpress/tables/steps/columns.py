"""The steps `rename`, `keep` and `drop`: which columns there are, and what they are called."""

from __future__ import annotations

import pandas as pd

from statpress.declare.steps import Drop, Keep, Rename
from statpress.tables.columns import check_known, check_new, columns_of
from statpress.tables.place import CARRIED, Place, Shaped


def shape_rename(table: pd.DataFrame, step: Rename, place: Place) -> Shaped:
    """Give columns other names, all at once, so that two may swap."""
    named = [((old,), old) for old in step.rename]
    issues = check_known(table, named, place)
    others = set(columns_of(table)) - set(step.rename)
    issues += check_new([((old,), new) for old, new in step.rename.items()], others, place)
    return Shaped(table.rename(columns=step.rename), issues)


def shape_keep(table: pd.DataFrame, step: Keep, place: Place) -> Shaped:
    """Keep these columns, in the order in which they are named."""
    if issues := check_known(table, [((index,), column) for index, column in enumerate(step.keep)], place):
        return Shaped(table, issues)
    carried = [column for column in CARRIED if column in table]
    return Shaped(table[[*dict.fromkeys(step.keep), *carried]])


def shape_drop(table: pd.DataFrame, step: Drop, place: Place) -> Shaped:
    """Drop these columns."""
    if issues := check_known(table, [((index,), column) for index, column in enumerate(step.drop)], place):
        return Shaped(table, issues)
    return Shaped(table.drop(columns=list(step.drop)))
