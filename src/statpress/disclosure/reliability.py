"""Say which ratios rest on few people, from what is shown, so that saying it tells nothing more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from statpress.cube import STATUS, VALUE, key_columns
from statpress.disclosure.cells import Key, Rules
from statpress.disclosure.ratios import FRACTIONS, RATIOS, denominator_of, implied_counts, numerator_of

if TYPE_CHECKING:
    import pandas as pd

UNRELIABLE = "u"


def mark_unreliable(safe: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Protected observations with the status `u` on ratios whose numerator or denominator is less than the policy asks.

    A numerator that is not shown is taken for the least that the ratio may count. Figures with another status keep it.
    """
    limits = rules.policy.ratios
    if not (limits.reliable_numerator or limits.reliable_denominator):
        return safe
    keys = list(zip(*(safe[column].tolist() for column in key_columns(tuple(rules.dimensions))), strict=True))
    shown = {key: value for key, value in zip(keys, safe[VALUE].tolist(), strict=True) if not math.isnan(value)}
    marked = safe.copy()
    marked[STATUS] = [
        UNRELIABLE if status == "" and key in shown and _is_unreliable(key, shown, rules) else status
        for key, status in zip(keys, safe[STATUS].tolist(), strict=True)
    ]
    return marked


def _is_unreliable(key: Key, shown: Mapping[Key, float], rules: Rules) -> bool:
    measure, limits = rules.measures[key[0]], rules.policy.ratios
    if measure.kind not in FRACTIONS or measure.unprotected:
        return False
    whole = shown.get(denominator_of(key, rules) or (), measure.denominator_at_least)
    if whole is not None and whole < limits.reliable_denominator:
        return True
    count = shown.get(numerator_of(key, rules) or ())
    if count is None and whole is not None:
        count = implied_counts(shown[key], whole, measure)[0]
    return measure.kind in RATIOS and count is not None and count < limits.reliable_numerator
