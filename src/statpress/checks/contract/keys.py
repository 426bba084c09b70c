"""Keys over whole columns: what is there twice, and what is not there where it is referred to.

Values are compared as whole numbers: equal values of all columns that are compared with each other have the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa

from statpress.checks.contract.arrays import Array, codes

_THREADS: Final = 2
_SPARSE: Final = 16
"""How many times as many numbers there may be as values for which one mark a number is the quickest."""
Name = tuple[str, str]
"""A column: its table, and its name."""
Chunk = tuple[pa.Array, Array | None]
"""Some values of a column as texts; and, where texts are there once, the place of the text of each row."""


def number_values(
    chunks: Mapping[Name, Sequence[Chunk]], families: Mapping[Name, str], links: Iterable[tuple[Name, Name]]
) -> dict[Name, Array]:
    """A whole number for each value of each column, the same for the same text, or -1 for none.

    Only columns of one family that are linked are numbered together; see `tell_apart` for the others.
    """
    groups = _groups(chunks, families, links)
    with ThreadPoolExecutor(_THREADS) as pool:
        numbered = list(pool.map(partial(_number_group, chunks), groups))
    return {name: values for group in numbered for name, values in group.items()}


def _number_group(chunks: Mapping[Name, Sequence[Chunk]], group: Sequence[Name]) -> dict[Name, Array]:
    texts = [text for name in group for text, _ in chunks[name]]
    numbered = iter(pa.chunked_array(texts, pa.string()).dictionary_encode().chunks)
    found: dict[Name, Array] = {}
    for name in group:
        parts = [_of_rows(codes(next(numbered).indices), rows) for _, rows in chunks[name]]
        found[name] = np.concatenate([np.zeros(0, np.int32), *parts])
    return found


def _of_rows(values: Array, rows: Array | None) -> Array:
    return values if rows is None else values[rows]


def tell_apart(values: Array, others: Array) -> Array:
    """The numbers `values` of a column, so that none is one of `others`, which are of another family."""
    return np.where(values < 0, values, values + np.int64(others.max(initial=0)) + 1)


def find_repeats(columns: Sequence[Array], numbers: Array, *, null_is_value: bool) -> Array:
    """Which rows have the same values in `columns` as a row with a smaller number.

    Rows without any value are left alone. So are rows that lack one of them, unless `null_is_value`.
    """
    given = [column >= 0 for column in columns]
    wanted = np.logical_or.reduce(given) if null_is_value else np.logical_and.reduce(given)
    found = np.zeros(len(numbers), bool)
    if wanted.all():
        (combined,) = _combine([columns])
        found[_later(combined, numbers)] = True
    else:
        rows = np.flatnonzero(wanted)
        (combined,) = _combine([[column[rows] for column in columns]])
        found[rows[_later(combined, numbers[rows])]] = True
    return found


def find_strangers(columns: Sequence[Array], referred: Sequence[Array]) -> Array:
    """Which rows have values in `columns` that no row of `referred` has. Rows without any value are left alone."""
    some: Array = np.logical_or.reduce([column >= 0 for column in columns])
    ours, theirs = _combine([columns, referred])
    return some & ~_is_in(ours, theirs)


def _is_in(values: Array, known: Array) -> Array:
    """Whether each value is known. -1 stands for none, and is known where there is one."""
    largest = int(max(values.max(initial=0), known.max(initial=0)))
    if largest > _SPARSE * (len(values) + len(known) + 1):
        return np.isin(values, known)
    marks = np.zeros(largest + 2, bool)
    marks[known] = True
    return marks[values]


def _groups(
    chunks: Mapping[Name, Sequence[Chunk]], families: Mapping[Name, str], links: Iterable[tuple[Name, Name]]
) -> list[list[Name]]:
    """The columns that are linked, directly or through others, in their order."""
    group = {name: [name] for name in chunks}
    for one, other in links:
        if one in group and other in group and families[one] == families[other] and group[one] is not group[other]:
            group[one] += group[other]
            group |= dict.fromkeys(group[other], group[one])
    return list({id(names): names for names in group.values()}.values())


def _combine(tables: Sequence[Sequence[Array]]) -> list[Array]:
    """For each table one whole number for each row, the same where the values of all its columns are the same.

    One column stays as it is, with -1 for none. Of several, the numbers are made in place, in arrays of their own.
    """
    if len(tables[0]) == 1:
        return [table[0] for table in tables]
    found = [table[0] + np.int64(1) for table in tables]
    for index in range(1, len(tables[0])):
        more = [table[index] for table in tables]
        size, step = (int(max(part.max(initial=0) for part in parts)) + 2 for parts in (found, more))
        if size * step >= 1 << 62:
            found, more = _renumber(found), [part - 1 for part in _renumber(more)]
            step = int(max(part.max(initial=0) for part in more)) + 2
        for part, other in zip(found, more, strict=True):
            np.multiply(part, step, out=part)
            np.add(part, other, out=part)
            np.add(part, 1, out=part)
    return found


def _renumber(parts: Sequence[Array]) -> list[Array]:
    """The same with small numbers."""
    _, found = np.unique(np.concatenate(parts), return_inverse=True)
    return np.split(found, np.cumsum([len(part) for part in parts])[:-1])


def _are_different(values: Array) -> bool:
    """Whether no value, from 0 up, is there twice.

    Values in a short range are marked, which is quicker than sorting them.
    """
    if int(values.max(initial=0)) <= _SPARSE * len(values):
        marks = np.zeros(int(values.max(initial=0)) + 1, bool)
        marks[values] = True
        return int(np.count_nonzero(marks)) == len(values)
    ordered = np.sort(values)
    return not (ordered[1:] == ordered[:-1]).any()


def _later(values: Array, numbers: Array) -> Array:
    """The places of values that are there already with a smaller number."""
    if _are_different(values):
        return np.zeros(0, np.int64)
    order = np.lexsort((numbers, values))
    same = values[order][1:] == values[order][:-1]
    found: Array = order[1:][same]
    return found
