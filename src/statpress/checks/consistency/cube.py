"""The facts of packages: the true figures of one or several pipelines, each where it stands in its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from statpress.checks.consistency.facts import Facts, Floats, collect_facts
from statpress.checks.consistency.select import select
from statpress.checks.consistency.series import SPAN
from statpress.cube import ALL, MEANS, MEASURE, NOTE, PERIOD, PRINTED, STATUS, VALUE, key_columns
from statpress.declare.base import band
from statpress.declare.nouns import Declarations
from statpress.declare.rules import Rules

if TYPE_CHECKING:
    import pandas as pd

PACKAGE: Final = "package"
"""The column that says which package a figure is of."""
COUNTED: Final = ("count", "rank")
"""Kinds whose figures stand for themselves, and not for what rounds to them."""


def read_facts(cubes: Mapping[str, pd.DataFrame], declared: Declarations, rules: Rules) -> Facts:
    """The facts of packages by name. Cubes have the columns of observations, `source`, `source_row` and
    `source_column`. A package without some dimension of another has `all` there."""
    import pandas as pd

    table = pd.concat([_of(cube, name, declared) for name, cube in cubes.items()], ignore_index=True)
    dimensions = dict.fromkeys(dim for name in cubes for dim in declared.pipelines[name].dimensions)
    keys = [*((PACKAGE,) if len(cubes) > 1 else ()), *key_columns(tuple(dimensions))]
    texts = table[[PACKAGE, *key_columns(tuple(dimensions)), STATUS, NOTE]].fillna(ALL)
    texts = texts.assign(**{SPAN: texts[PERIOD].str.rpartition("/")[2]})
    values = table[VALUE].to_numpy(dtype=np.float64)
    facts = collect_facts(texts, keys, values, _halves(table, declared), table[["file", "row", "column"]])
    return _widen(facts, table[MEANS].fillna(""), rules)


def _of(cube: pd.DataFrame, name: str, declared: Declarations) -> pd.DataFrame:
    files = {index: f"pipelines/{name}/{table.path}" for index, table in enumerate(declared.pipelines[name].tables)}
    places = {"file": cube["source"].map(files), "row": cube["source_row"], "column": cube["source_column"]}
    return cube.assign(**{PACKAGE: name}, **places)


def _halves(table: pd.DataFrame, declared: Declarations) -> Floats:
    """Half of the last printed decimal, for figures that are rounded to it; of the declared one if a step made them."""
    places = {name: measure.decimals for name, measure in declared.measures.items()}
    counted = table[MEASURE].isin([name for name, measure in declared.measures.items() if measure.kind in COUNTED])
    decimals = table[PRINTED].where(table[PRINTED] >= 0, table[MEASURE].map(places))
    return np.asarray((0.5 * 10.0 ** -decimals.astype("float64")).where(~counted, 0.0), dtype=np.float64)


def _widen(facts: Facts, means: pd.Series, rules: Rules) -> Facts:
    """Facts with the ranges of marks that say what they may stand for, and of figures that their source rounds."""
    low, high = facts.low.copy(), facts.high.copy()
    for text in filter(None, means.unique()):
        low[means == text], high[means == text] = band(text)
    for rounding in rules.rounding:
        cells = select(facts, rounding.where)
        low[cells] = np.maximum(facts.value[cells] - rounding.to / 2, np.minimum(facts.value[cells], 0))
        high[cells] = facts.value[cells] + rounding.to / 2
    missing = np.isnan(low)
    low[missing], high[missing] = facts.low[missing], facts.high[missing]
    return Facts(facts.keys, facts.codes, facts.words, facts.value, low, high, facts.places, facts.whole)
