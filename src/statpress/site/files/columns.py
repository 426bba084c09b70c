"""The long table for programs: Parquet with types, and JSON. A number that is not there is null, with its status."""

from __future__ import annotations

import io
import json
from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from statpress.site.facts.tidy import Field, Tidy

Cell = str | Decimal | None
_EPOCH: Final = date(1970, 1, 1).toordinal()


def write_parquet(table: Tidy, about: Mapping[str, str]) -> bytes:
    """The table as Parquet: texts, dates, and values as 64-bit numbers. `about` goes into the metadata of the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}
    schema = pa.schema([(field.name, kinds[field.kind]) for field in table.fields], metadata=dict(about))
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.fields)
    arrays = [
        pa.Array.from_buffers(
            kinds[field.kind],
            len(cells),
            [None if part is None else pa.py_buffer(part) for part in _pack(field, cells)],
        )
        for field, cells in zip(table.fields, map(list, columns), strict=True)
    ]
    target = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=schema), target, compression="zstd")
    return target.getvalue()


def write_json(content: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, ended by a line feed."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=write_decimal) + "\n").encode()


def list_records(table: Tidy) -> list[dict[str, Any]]:
    """Each row as an object by name of column."""
    names = [field.name for field in table.fields]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def write_decimal(value: Decimal) -> int | float:
    """The number as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _pack(field: Field, cells: Sequence[Cell]) -> list[bytes | None]:
    """The cells as Arrow lays them out: which are there, then texts by their ends, or numbers, or days since 1970.

    After the Arrow columnar format 1.4, sections "Validity bitmaps" and "Variable-size binary layout". Arrow does the
    same for lists, but loads pandas first, which takes longer than all else here.
    """
    there = None if all(cell is not None for cell in cells) else _mark([cell is not None for cell in cells])
    if field.kind == "number":
        return [there, array("d", [float(cell or 0) for cell in cells]).tobytes()]
    if field.kind == "date":
        days = [date.fromisoformat(str(cell)).toordinal() - _EPOCH if cell is not None else 0 for cell in cells]
        return [there, array("i", days).tobytes()]
    texts = [b"" if cell is None else str(cell).encode() for cell in cells]
    return [there, array("i", accumulate(map(len, texts), initial=0)).tobytes(), b"".join(texts)]


def _mark(bits: Sequence[bool]) -> bytes:
    """Eight to a byte, the first the lowest."""
    eights = (bits[start : start + 8] for start in range(0, len(bits), 8))
    return bytes(sum(bit << place for place, bit in enumerate(eight)) for eight in eights)
