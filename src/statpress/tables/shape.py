"""Carry out the declared steps of a table, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from statpress.declare import steps as declared
from statpress.declare.base import Declared
from statpress.tables.place import Place, Shaped
from statpress.tables.steps.columns import shape_drop, shape_keep, shape_rename
from statpress.tables.steps.derive import shape_derive
from statpress.tables.steps.filter import shape_filter
from statpress.tables.steps.join import shape_join
from statpress.tables.steps.period import shape_period
from statpress.tables.steps.recode import shape_recode
from statpress.tables.steps.reshape import shape_pivot, shape_unpivot
from statpress.tables.steps.spread import shape_spread
from statpress.tables.steps.total import shape_total
from statpress.tables.steps.transform import shape_transform

SHAPES: Final[dict[type[Declared], Callable[[pd.DataFrame, Any, Place], Shaped]]] = {
    declared.Rename: shape_rename,
    declared.Keep: shape_keep,
    declared.Drop: shape_drop,
    declared.Filter: shape_filter,
    declared.Recode: shape_recode,
    declared.Period: shape_period,
    declared.Unpivot: shape_unpivot,
    declared.Pivot: shape_pivot,
    declared.Derive: shape_derive,
    declared.Total: shape_total,
    declared.Join: shape_join,
    declared.Spread: shape_spread,
    declared.Transform: shape_transform,
}
"""The function that carries out each kind of step."""


def shape_table(table: pd.DataFrame, place: Place) -> Shaped:
    """Carry out every step, up to the first that fails: what follows it would only repeat its fault."""
    issues = []
    left_out = []
    for index, step in enumerate(place.table.steps):
        key = next(iter(type(step).model_fields))
        shaped = SHAPES[type(step)](table, step, place.inside("steps", index, key))
        table = shaped.table
        issues += shaped.issues
        left_out += [] if shaped.left_out is None else [shaped.left_out]
        if any(issue.severity == "error" for issue in shaped.issues):
            break
    return Shaped(table, issues, pd.concat(left_out, ignore_index=True) if left_out else None)
