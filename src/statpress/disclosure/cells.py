"""The cells of a cube under one policy: every figure with its key, and what the policy needs to know about it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statpress.cube import ALL, AREA, FIXED, MEANS, MEASURE, PERIOD, key_columns
from statpress.declare.base import band
from statpress.declare.catalogues import Area, Dimension, Measure
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.declare.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, ...]
"""Measure, area, period, then a category a dimension."""


@dataclass(frozen=True)
class Rules:
    """A policy with everything that it is applied to."""

    policy: Policy
    measures: Mapping[str, Measure]
    areas: Mapping[str, Area]
    dimensions: Mapping[str, Dimension]
    """The dimensions of the cube, in the order of its columns."""
    adds_up: frozenset[str]
    """The dimensions whose parts add up to their whole."""
    computed: frozenset[str] = frozenset()
    """The measures that are made after protection, from numerator and denominator."""
    beside: Mapping[str, Measure] = field(default_factory=dict)
    """The measures of other packages that ratios of this one are made of."""

    def measure(self, name: str) -> Measure | None:
        """A measure of the package, or one that its ratios are made of, by its name."""
        return self.measures.get(name) or self.beside.get(name)

    @property
    def small(self) -> tuple[int, int]:
        """The first and last count that may not be shown."""
        low, high = band(self.policy.withhold.counts)
        return (0 if self.policy.withhold.zeros == "withheld" else max(low, 1)), high

    def is_small(self, low: float, high: float) -> bool:
        """Whether a count known to lie between `low` and `high` may be one that is withheld."""
        first, last = self.small
        return high >= first and low <= last

    @property
    def mark_may_hide_zero(self) -> bool:
        """Whether a withheld count may be zero, as far as readers of the policy know."""
        return "withheld" in (self.policy.withhold.zeros, self.policy.withhold.groups)


@dataclass(frozen=True)
class Cells:
    """True values by key. A value is None where the source has none; `hidden` are those withheld by the source."""

    values: Mapping[Key, float | None]
    hidden: frozenset[Key]
    means: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    """The least and the largest count that the mark of a hidden cell may stand for, where its source says so."""
    contributions: Mapping[Key, tuple[float | None, ...]] = field(default_factory=dict)
    """The largest contribution to each sum, the second largest, and so on; None where it is not known."""
    rounded: Mapping[Key, float] = field(default_factory=dict)
    """What is printed of a cell whose policy rounds it."""
    told: Mapping[Key, tuple[float, float]] = field(default_factory=dict)
    """What readers know of such a cell: the least and the largest count that it may be."""
    helpers: frozenset[Key] = frozenset()
    """The figures that are for protection only and never published: contributions."""

    def number(self, key: Key) -> float | None:
        """The true value of a cell, or None where the cube has no such cell or no value for it."""
        return self.values.get(key)

    def says(self, key: Key | None) -> bool:
        """Whether the cube has the cell with a number, shown or withheld."""
        return key is not None and (self.values.get(key) is not None or key in self.hidden)


def rules_of(declared: Declarations, pipeline: Pipeline) -> Rules:
    """The rules of a pipeline's policy."""
    measures = {name: declared.measures[name] for name in pipeline.measures}
    parts = {part for one in measures.values() for part in (one.numerator, one.denominator) if part is not None}
    return Rules(
        policy=declared.policies[pipeline.disclosure],
        measures=measures,
        areas=declared.areas,
        dimensions={name: declared.dimensions[name] for name in pipeline.dimensions},
        adds_up=frozenset(name for name, adds in pipeline.dimensions.items() if adds == "adds-up"),
        computed=frozenset(pipeline.compute),
        beside={name: declared.measures[name] for name in sorted(parts - measures.keys())},
    )


def read_cells(observations: pd.DataFrame, rules: Rules) -> Cells:
    """The cells of a table of observations (columns: the key, `value`, `status`, and where there is one, `means`)."""
    columns = key_columns(tuple(rules.dimensions))
    keys = list(zip(*(observations[column].tolist() for column in columns), strict=True))
    numbers = [None if math.isnan(value) else float(value) for value in observations["value"].tolist()]
    values = dict(zip(keys, numbers, strict=True))
    hidden = {key for key, status in zip(keys, observations["status"].tolist(), strict=True) if status == "c"}
    means = zip(keys, observations[MEANS].tolist(), strict=True) if MEANS in observations else ()
    return Cells(
        {key: value for key, value in values.items() if key[0] in rules.measures},
        frozenset(key for key in hidden if key[0] in rules.measures),
        {key: band(meaning) for key, meaning in means if meaning and key in hidden},
        dict(_contributions(values, rules)),
        helpers=frozenset(key for key in keys if key[0] not in rules.measures),
    )


def without_helpers(observations: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The observations without the rows and columns that are for protection only."""
    return observations[observations[MEASURE].isin(list(rules.measures))].drop(columns=MEANS, errors="ignore")


def _contributions(values: Mapping[Key, float | None], rules: Rules) -> Iterator[tuple[Key, tuple[float | None, ...]]]:
    for key in values:
        if key[0] in rules.measures and (parts := rules.measures[key[0]].contributions):
            yield key, tuple(values.get(of_measure(key, part)) for part in parts)


def of_measure(key: Key, measure: str) -> Key:
    """The cell of another measure with the same area, period and categories."""
    return (measure, *key[1:])


def whole(key: Key) -> Key:
    """The cell of the same measure, area and period with every dimension at `all`."""
    return (*key[: len(FIXED)], *(ALL for _ in key[len(FIXED) :]))


def with_part(key: Key, column: int, code: str) -> Key:
    """The cell with another code at one place of its key."""
    return (*key[:column], code, *key[column + 1 :])


AREA_AT = FIXED.index(AREA)
PERIOD_AT = FIXED.index(PERIOD)
FIRST_DIMENSION = len(FIXED)
