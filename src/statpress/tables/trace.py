"""Which column of the source a figure stands in: column names followed back through the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from statpress.declare.steps import Derive, Join, Pivot, Recode, Rename, Spread, Step, Transform, Unpivot

MADE: Final = ""
"""Instead of the name of a column: steps have made it, from several columns or from none."""


def trace_column(column: str, steps: Sequence[Step]) -> str | None:
    """The source column that `column` has become after `steps`; `MADE` if there is no one such column.

    None where it holds the cells of columns that an unpivot step made rows of: then each row says for itself.
    """
    here: str | None = column
    for step in reversed(steps):
        here = _before(here, step)
        if not here:
            return here
    return here


def _before(column: str | None, step: Step) -> str | None:
    """What a column was called before one step."""
    if isinstance(step, Rename):
        return next((old for old, new in step.rename.items() if new == column), column)
    if isinstance(step, Recode):
        return step.recode.column if step.recode.into == column else column
    if isinstance(step, Unpivot):
        return {step.unpivot.values: None, step.unpivot.names: MADE}.get(column or "", column)
    return MADE if _makes(step, column) else column


def _makes(step: Step, column: str | None) -> bool:
    """Whether a step makes the column, or may have made it."""
    if isinstance(step, Derive):
        return step.derive.column == column
    if isinstance(step, Join):
        return column in step.join.take.values()
    if isinstance(step, Spread):
        return column in step.spread.into.values()
    return isinstance(step, (Pivot, Transform))
