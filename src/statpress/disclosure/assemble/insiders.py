"""Insiders: somebody who is alone in a withheld cell knows it, and must not learn the cells beside it.

The only child of one age knows that the count is 1; then 6 withheld in two cells tells the other. After the ESSnet
Handbook on SDC, 2nd edition, 4.2 (singletons).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from statpress.disclosure.problem import Need, Problem


def shield(problem: Problem, needs: Sequence[Need], alone: Iterable[int]) -> Iterator[tuple[int, Need]]:
    """For each need that shares a row with a column of `alone`, whose true value is 1: the need of that insider.

    Yields the place of the need with the other one: that its form is not determined for who knows the column.
    """
    upright = problem.matrix.tocsc()
    for column in alone:
        rows = upright.indices[upright.indptr[column] : upright.indptr[column + 1]]
        near = set(np.unique(problem.matrix[rows].indices).tolist())
        for place, need in enumerate(needs):
            if not need.given and need.form.columns != (column,) and near.issuperset(need.form.columns):
                value = need.form.value(problem.truth)
                known = ((column, float(problem.truth[column])),)
                yield place, Need(need.form, value, value, need.item, known, width=1.0)
