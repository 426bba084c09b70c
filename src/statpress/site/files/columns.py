"""The long table for programs: Parquet with types, and JSON. A number that is not there is null, with its status."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from statpress.site.facts.tidy import Field, Tidy


def write_parquet(table: Tidy, about: Mapping[str, str]) -> bytes:
    """The table as Parquet: texts, dates, and values as 64-bit numbers. `about` goes into the metadata of the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"text": pa.string(), "number": pa.float64(), "date": pa.date32()}
    schema = pa.schema([(field.name, kinds[field.kind]) for field in table.fields], metadata=dict(about))
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.fields)
    arrays = [[_typed(field, cell) for cell in cells] for field, cells in zip(table.fields, columns, strict=True)]
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


def _typed(field: Field, cell: str | Decimal | None) -> str | float | date | None:
    if cell is None:
        return None
    if field.kind == "number":
        return float(cell)
    return date.fromisoformat(str(cell)) if field.kind == "date" else str(cell)
