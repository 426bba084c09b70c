"""Put rounded counts into a protected table, and make its percentages, rates and means from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statpress.cube import STATUS, VALUE, key_columns
from statpress.disclosure.cells import Cells, Rules
from statpress.disclosure.compute import remake_ratios
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd

LOW = "low"
"""The status of what rounds to zero and is not zero."""


def round_table(safe: pd.DataFrame, cells: Cells, rules: Rules) -> pd.DataFrame:
    """Protected observations with their shown counts rounded as `cells` has them, and ratios made from those.

    A count that rounds to zero and is not zero is empty and has the status `low`.
    """
    if rules.policy.rounding is None:
        return safe
    columns = key_columns(tuple(rules.dimensions))
    keys = zip(*(safe[column].tolist() for column in columns), strict=True)
    rounded = safe.copy()
    figures = zip(keys, safe[VALUE].tolist(), safe[STATUS].tolist(), strict=True)
    pairs = [
        _figure(cells.rounded[key], cells.number(key), status)
        if status != WITHHELD and key in cells.rounded
        else (value, status)
        for key, value, status in figures
    ]
    rounded[VALUE] = [value for value, _ in pairs]
    rounded[STATUS] = [status for _, status in pairs]
    return remake_ratios(rounded, rules)


def _figure(rounded: float, true: float | None, status: str) -> tuple[float, str]:
    return (float("nan"), LOW) if rounded == 0 and true else (rounded, status)
