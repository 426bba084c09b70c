"""Between pyarrow, numpy and lists without pandas, which pyarrow's own converters import (half a second, 60 MB)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Array = np.ndarray[Any, Any]


def strings(texts: Sequence[str | None]) -> pa.Array:
    """Texts as an array."""
    encoded = [b"" if text is None else text.encode() for text in texts]
    offsets = np.zeros(len(texts) + 1, np.int32)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    nulls = None
    if None in texts:
        valid = np.array([text is not None for text in texts], bool)
        nulls = pa.py_buffer(np.packbits(valid, bitorder="little"))
    buffers = [nulls, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(texts), buffers)


def places(found: Array) -> pa.Array:
    """Whole numbers as an array, without a copy."""
    return pa.Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(np.ascontiguousarray(found, np.int64))])


def bools(found: pa.Array) -> Array:
    """Truths as numpy has them; null is false."""
    bits = np.frombuffer(found.buffers()[1], np.uint8) if len(found) else np.zeros(0, np.uint8)
    truths = np.unpackbits(bits, bitorder="little")[found.offset : found.offset + len(found)].view(bool)
    return truths & _valid(found) if found.null_count else truths


def codes(found: pa.Array) -> Array:
    """Indices of a dictionary as numpy has them; null is -1."""
    values = np.frombuffer(found.buffers()[1], np.int32) if len(found) else np.zeros(0, np.int32)
    values = values[found.offset : found.offset + len(found)]
    return np.where(_valid(found), values, np.int32(-1)) if found.null_count else values


def null(kind: pa.DataType) -> pa.Scalar:
    """No value, of a type."""
    return pc.cast(strings([None]), kind)[0]


def keep(condition: pa.Array, found: pa.Array) -> pa.Array:
    """The values where `condition` is true; null elsewhere."""
    return pc.if_else(condition, found, null(found.type))


def _valid(found: pa.Array) -> Array:
    return bools(pc.is_valid(found))
