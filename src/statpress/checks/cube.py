"""Whether a cube holds what its pipeline declares. How its figures agree is for `consistency/`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from statpress.cube import MEASURE
from statpress.declare.nouns import Declarations
from statpress.issue import Issue

if TYPE_CHECKING:
    import pandas as pd


def check_cube(observations: pd.DataFrame, name: str, declared: Declarations) -> Iterator[Issue]:
    """An issue for every measure that a pipeline declares and that has no row (columns: the key, `value`, `status`)."""
    pipeline, file = declared.pipelines[name], declared.files[name]
    present = set(observations[MEASURE]) | set(pipeline.compute)
    for index, measure in enumerate(pipeline.measures):
        if measure not in present:
            message = f"The measure {measure} has no figure."
            yield file.issue("empty-measure", message, ("measures", index), "Leave it out, or mend the steps.")
