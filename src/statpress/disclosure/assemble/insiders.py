"""Insiders: somebody who is alone in a withheld cell knows it, and must not learn the cells beside it.

The only child of one age knows that the count is 1; then 6 withheld in two cells tells the other. After the ESSnet
Handbook on SDC, 2nd edition, 4.2 (singletons).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from statpress.disclosure.problem import Need, Problem
from statpress.linear.system import Ints


def shield(problem: Problem, needs: Sequence[Need], alone: Iterable[int]) -> Iterator[tuple[int, Need]]:
    """For each need that shares a row with a column of `alone`, whose true value is 1: the need of that insider.

    Yields the place of the need with the other one: that its form is not determined for who knows the column.
    """
    for column in alone:
        near = set(_near(problem, column))
        for place, need in enumerate(needs):
            if near.issuperset(need.form.columns):
                yield place, shielded(problem, need, column)


def shielded(problem: Problem, need: Need, column: int) -> Need:
    """That the form of a need is not determined for whoever knows a column."""
    value = need.form.value(problem.truth)
    return Need(need.form, value, value, need.item, ((column, float(problem.truth[column])),), width=1.0)


def _near(problem: Problem, column: int) -> Iterator[int]:
    """The columns that share a row with one, of others: who is alone knows the groups she makes, and where she is."""
    upright = problem.matrix.tocsc()
    near: set[int] = set()
    own = {column}
    for row in upright.indices[upright.indptr[column] : upright.indptr[column + 1]]:
        members, signs = _row(problem, row)
        near.update(members.tolist())
        own.update(_own(problem, column, members, signs))
    yield from near - own


def _row(problem: Problem, row: int) -> tuple[Ints, Ints]:
    ends = slice(problem.matrix.indptr[row], problem.matrix.indptr[row + 1])
    return problem.matrix.indices[ends], problem.matrix.data[ends]


def _own(problem: Problem, column: int, members: Ints, signs: Ints) -> Iterator[int]:
    """The members of a sum that an insider knows: where she makes the whole of it, she is in one of its parts."""
    wholes = members[signs < 0]
    if len(wholes) == 1 and (abs(signs) == 1).all() and problem.truth[wholes[0]] == problem.truth[column]:
        yield from members.tolist()
