"""Consistency of a cube with its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from statpress.cube import ALL, AREA, MEASURE, PERIOD, VALUE, key_columns
from statpress.declare.nouns import Declarations
from statpress.declare.pipeline import Pipeline
from statpress.issue import Issue

if TYPE_CHECKING:
    import pandas as pd


def check_cube(observations: pd.DataFrame, name: str, declared: Declarations) -> list[Issue]:
    """What is wrong with the observations of a pipeline (columns: the key, `value`, `status`)."""
    return [
        *_empty_measures(observations, name, declared),
        *_percentages(observations, name, declared),
        *_sums(observations, name, declared),
    ]


def _empty_measures(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    pipeline, file = declared.pipelines[name], declared.files[name]
    present = set(observations[MEASURE]) | set(pipeline.compute)
    for index, measure in enumerate(pipeline.measures):
        if measure not in present:
            message = f"The measure {measure} has no figure."
            yield file.issue("empty-measure", message, ("measures", index), "Leave it out, or mend the steps.")


def _percentages(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    """A percentage of a whole lies between 0 and 100."""
    for measure in declared.pipelines[name].measures:
        if declared.measures[measure].kind == "percentage":
            rows = observations[observations[MEASURE] == measure]
            for row in rows[(rows[VALUE] < 0) | (rows[VALUE] > 100)].to_dict("records"):
                message = f"The percentage {measure} is not between 0 and 100 in {row[AREA]}, {row[PERIOD]}."
                yield Issue(
                    "percentage-range", message, _file(name), hint="Mend the source, or the kind of the measure."
                )


def _sums(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    """Counts by a dimension declared to add up make the total, where all of them have a number."""
    pipeline = declared.pipelines[name]
    counts = [measure for measure in pipeline.measures if declared.measures[measure].kind == "count"]
    rows = observations[observations[MEASURE].isin(counts)]
    for dimension, adds in pipeline.dimensions.items():
        if adds == "adds-up":
            yield from _sums_of(rows, dimension, pipeline, declared, name)


def _sums_of(
    rows: pd.DataFrame, dimension: str, pipeline: Pipeline, declared: Declarations, name: str
) -> Iterator[Issue]:
    keys = key_columns(tuple(pipeline.dimensions))
    values = dict(zip(map(tuple, rows[keys].to_numpy()), rows[VALUE], strict=True))
    column = keys.index(dimension)
    top = [code for code, category in declared.dimensions[dimension].categories.items() if category.parent == ALL]
    for key, total in values.items():
        parts = [values.get((*key[:column], code, *key[column + 1 :])) for code in top]
        if key[column] == ALL and _differs(total, parts):
            message = f"The parts of {key[0]} by {dimension} do not make the total in {key[1]}, {key[2]}."
            hint = "Mend the source, declare `does-not-add-up`, or say so in a caveat."
            yield Issue("parts-and-total", message, _file(name), hint=hint, severity="warning")


def _differs(total: float, parts: list[float | None]) -> bool:
    known = [part for part in parts if part is not None]
    return len(known) > 1 and abs(sum(known) - total) > 0.5


def _file(name: str) -> str:
    return f"pipelines/{name}/pipeline.yml"
