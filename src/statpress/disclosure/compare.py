"""What each way to protect a table would cost its readers: withholding under every standard, effort, and rounding."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statpress.cube import STATUS, VALUE, key_columns
from statpress.declare.policy import LEAST_BASE, METHODS, Policy, Rounding, Small
from statpress.disclosure.assemble.part import Part
from statpress.disclosure.assemble.quantity import Quantity, quantity_of
from statpress.disclosure.cells import Cells, Key, Rules, read_cells
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.protect import EFFORTS, protect_tables
from statpress.disclosure.rounding.parts import describe_sums, is_rounded
from statpress.disclosure.standards import STANDARDS
from statpress.status import WITHHELD

if TYPE_CHECKING:
    import pandas as pd

USUAL_BASE = 5
"""What is rounded to where the policy does not round: the base of Ofqual and of NHS England."""


@dataclass(frozen=True)
class Way:
    """What one way costs. Shares are parts of 1; changes are in people. No figure of a cell is in it."""

    name: str
    figures: int
    """numbers that there are to publish"""
    withheld: int
    value: float
    """share of the value of all counts that is withheld, to whole percents"""
    largest_change: float
    mean_change: float
    """of the counts that are shown, `low` taken for 0"""
    adds_up: bool
    """whether the totals that readers can add up still do"""
    faults: int
    """numbers that it cannot protect, or round"""

    @property
    def share(self) -> float:
        """The share of figures that is withheld."""
        return self.withheld / self.figures if self.figures else 0.0


def compare_ways(table: Unprotected) -> Iterator[Way]:
    """Every way for one table, each tried in full, in the order of the standards and efforts, then roundings."""
    policy = table.rules.policy
    base = policy.rounding.base if policy.rounding else USUAL_BASE
    for standard in STANDARDS:
        for effort in EFFORTS:
            protection = policy.protection.model_copy(update={"standard": standard, "effort": effort})
            yield _try(table, f"withhold, {standard}, {effort}", {"rounding": None, "protection": protection})
    shown = policy.withhold.model_copy(update={"zeros": "shown"})
    for method in METHODS:
        small: Small = "rounded" if base >= LEAST_BASE[method] else "withheld"
        rounding = Rounding(base=base, method=method, small=small)
        yield _try(table, f"round to {base}, {method}", {"rounding": rounding, "withhold": shown})


def _try(table: Unprotected, name: str, changes: Mapping[str, object]) -> Way:
    policy: Policy = table.rules.policy.model_copy(update=changes)
    tried = replace(table, rules=replace(table.rules, policy=policy))
    (protected,), (issues,) = protect_tables([tried])
    cells = read_cells(table.observations, tried.rules)
    return _measure(name, cells, protected.observations, tried.rules, len(issues))


def _measure(name: str, cells: Cells, protected: pd.DataFrame, rules: Rules, faults: int) -> Way:
    printed = _printed(protected, rules)
    true = {key: value for key, value in cells.values.items() if value is not None}
    counts = {key: value for key, value in true.items() if rules.measures[key[0]].kind == "count"}
    hidden = sum(value for key, value in counts.items() if printed[key] is None)
    moves = [abs(number - value) for key, value in counts.items() if (number := printed[key]) is not None]
    return Way(
        name=name,
        figures=len(true),
        withheld=sum(printed[key] is None for key in true),
        value=round(hidden / sum(counts.values()), 2) if hidden else 0.0,
        largest_change=max(moves, default=0.0),
        mean_change=sum(moves) / len(moves) if moves else 0.0,
        adds_up=_adds_up(cells, printed, rules),
        faults=faults,
    )


def _printed(protected: pd.DataFrame, rules: Rules) -> dict[Key, float | None]:
    """What readers get of each cell: None where it is withheld, 0 where it is marked as close to zero."""
    keys = zip(*(protected[column].tolist() for column in key_columns(tuple(rules.dimensions))), strict=True)
    figures = zip(keys, protected[VALUE].tolist(), protected[STATUS].tolist(), strict=True)
    return {key: None if status == WITHHELD else 0.0 if math.isnan(value) else value for key, value, status in figures}


def _adds_up(cells: Cells, printed: Mapping[Key, float | None], rules: Rules) -> bool:
    if rules.policy.rounding is None:
        return True
    shown: dict[Quantity, float | None] = {
        quantity_of(key, rules): printed[key] for key in printed if is_rounded(key[0], rules)
    }
    _, sums = describe_sums([Part(cells, rules, {})])
    found = [(shown.get(total), [shown.get(part) for part in parts]) for total, parts in sums]
    return all(
        total == sum(part for part in parts if part is not None)
        for total, parts in found
        if total is not None and None not in parts
    )
