"""Keys over whole columns: what is there twice, and what is not there where it is referred to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Array = np.ndarray[Any, Any]
Texts: TypeAlias = pa.ChunkedArray


def find_repeats(columns: Sequence[Texts], numbers: Array, *, null_is_value: bool) -> Array:
    """Which rows have the same values in `columns` as a row with a smaller number.

    Rows without any value are left alone. So are rows that lack one of them, unless `null_is_value`.
    """
    codes, sizes = zip(*(_encode(column) for column in columns), strict=True)
    some = np.logical_or.reduce([code >= 0 for code in codes])
    every = np.logical_and.reduce([code >= 0 for code in codes])
    wanted = some if null_is_value else every
    if len(columns) == 1 and sizes[0] == np.count_nonzero(wanted):
        return np.zeros(len(numbers), bool)
    combined = _combine(codes, sizes)
    places = np.flatnonzero(wanted)
    found = np.zeros(len(numbers), bool)
    found[places[_later(combined[places], numbers[places])]] = True
    return found


def find_strangers(columns: Sequence[Texts], referred: Sequence[Texts]) -> Array:
    """Which rows have values in `columns` that no row of `referred` has. Rows without any value are left alone."""
    sizes, ours, theirs = [], [], []
    for column, other in zip(columns, referred, strict=True):
        codes, size = _encode(pa.chunked_array([*other.chunks, *column.chunks], pa.string()))
        sizes.append(size)
        theirs.append(codes[: len(other)])
        ours.append(codes[len(other) :])
    known = np.unique(_combine(theirs, sizes)) if len(referred[0]) else np.zeros(0, np.int64)
    some = np.logical_or.reduce([codes >= 0 for codes in ours])
    found: Array = some & ~np.isin(_combine(ours, sizes), known)
    return found


def _encode(texts: Texts) -> tuple[Array, int]:
    """A whole number for each text, -1 for null, and how many different ones there are."""
    coded = texts.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    return pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64), len(coded.dictionary)


def _combine(codes: Sequence[Array], sizes: Sequence[int]) -> Array:
    """One whole number for each row, the same where all codes are."""
    found, size = codes[0] + 1, sizes[0] + 1
    for code, more in zip(codes[1:], sizes[1:], strict=True):
        if size * (more + 1) >= 1 << 62:
            _, found = np.unique(found, return_inverse=True)
            size = int(found.max(initial=0)) + 1
        found, size = found * (more + 1) + code + 1, size * (more + 1)
    return found


def _later(values: Array, numbers: Array) -> Array:
    """The places of values that are there already with a smaller number."""
    ordered = np.sort(values)
    if not (ordered[1:] == ordered[:-1]).any():
        return np.zeros(0, np.int64)
    order = np.lexsort((numbers, values))
    same = values[order][1:] == values[order][:-1]
    found: Array = order[1:][same]
    return found
