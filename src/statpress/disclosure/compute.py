"""Percentages and rates made from what remains after protection, so that they can tell nothing more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from statpress.cube import key_columns
from statpress.disclosure.cells import Key, Rules, of_measure
from statpress.disclosure.ratios import FRACTIONS, PER, RATIOS, denominator_of, numerator_of

if TYPE_CHECKING:
    import pandas as pd

Figure = tuple[float | None, str]
"""A value or None, and its status."""


def compute_ratios(
    safe: pd.DataFrame, rules: Rules, measures: Iterable[str], notes: Mapping[Key, str] | None = None
) -> pd.DataFrame:
    """Protected observations with rows added for `measures`, each made from its shown numerator and denominator.

    A part that is withheld makes the ratio withheld, one that is missing makes it missing, one that is close to zero
    makes it close to zero, as does rounding, and a denominator of zero makes it not applicable. Ratios on fewer than
    the policy's smallest denominator or numerator are withheld. `notes` has the reasons of those withheld by hand.
    """
    import pandas as pd

    notes = notes or {}
    columns = key_columns(tuple(rules.dimensions))
    figures = _figures(safe, columns)
    rows = [
        {
            **dict(zip(columns, key, strict=True)),
            "value": math.nan if value is None else value,
            "status": status,
            "note": notes.get(key, ""),
            "source_row": "",
        }
        for measure in measures
        for key, (value, status) in _ratios(measure, figures, rules)
    ]
    return pd.concat([safe, pd.DataFrame(rows, columns=safe.columns)], ignore_index=True) if rows else safe


def remake_ratios(safe: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Protected observations whose percentages, rates and means are made again from the figures beside them.

    Under a policy that rounds, what the source gives was made from numbers that are not rounded, and would tell them.
    """
    columns = key_columns(tuple(rules.dimensions))
    figures = _figures(safe, columns)
    for key, (value, status) in figures.items():
        if value is not None and rules.measures[key[0]].kind in FRACTIONS and not rules.measures[key[0]].unprotected:
            made, mark = _divide(*_parts(key, figures, rules), key[0], rules)
            figures[key] = (made, mark or status)
    made_again = safe.copy()
    made_again["value"] = [math.nan if value is None else value for value, _ in figures.values()]
    made_again["status"] = [status for _, status in figures.values()]
    return made_again


def _parts(key: Key, figures: Mapping[Key, Figure], rules: Rules) -> tuple[Figure, Figure]:
    numerator, denominator = numerator_of(key, rules), denominator_of(key, rules)
    nothing: Figure = (None, "c")
    return figures.get(numerator or (), nothing), figures.get(denominator or (), nothing)


def _figures(safe: pd.DataFrame, columns: list[str]) -> dict[Key, Figure]:
    keys: Iterable[Any] = zip(*(safe[column].tolist() for column in columns), strict=True)
    values = [None if math.isnan(value) else value for value in safe["value"].tolist()]
    return dict(zip(keys, zip(values, safe["status"].tolist(), strict=True), strict=True))


def _ratios(measure: str, figures: dict[Key, Figure], rules: Rules) -> Iterator[tuple[Key, Figure]]:
    numerator = rules.measures[measure].numerator
    for key in [key for key in figures if key[0] == numerator]:
        ratio = of_measure(key, measure)
        denominator = denominator_of(ratio, rules)
        if ratio not in figures and denominator in figures:
            yield ratio, _divide(figures[key], figures[denominator], measure, rules)


def _divide(numerator: Figure, denominator: Figure, measure: str, rules: Rules) -> Figure:
    (part, part_status), (whole, whole_status) = numerator, denominator
    declared, limits = rules.measures[measure], rules.policy.ratios
    if whole_status == "low" or "c" in (part_status, whole_status):
        return None, "c"
    if whole is None or (part is None and part_status != "low"):
        return None, "x"
    if whole == 0:
        return None, "z"
    if whole < limits.smallest_denominator or (declared.kind in RATIOS and (part or 0) < limits.smallest_numerator):
        return None, "c"
    if part is None:
        return None, "low"
    exact = Decimal(str(part)) * (declared.base or PER[declared.kind]) / Decimal(str(whole))
    rounded = float(exact.quantize(Decimal(1).scaleb(-declared.decimals), ROUND_HALF_UP))
    return (None, "low") if part and not rounded else (rounded, "")
