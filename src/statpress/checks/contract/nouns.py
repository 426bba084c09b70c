"""The words of the contract: tables to check, compiled columns, and faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Described = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One text table with what is declared of it. `place` is the file for messages, `key` the resource in its package.

    `schema` and `dialect` are as in Data Package v2, each written out (no references).
    """

    name: str
    place: str
    data: bytes = field(repr=False)
    schema: Described
    dialect: Described = field(default_factory=dict)
    encoding: str = "utf-8"
    key: str = ""


@dataclass(frozen=True)
class Column:
    """One declared field. `type` and `missing` are resolved; `constraints` are those that its type has."""

    name: str
    type: str
    described: Described
    constraints: Described
    missing: tuple[str, ...]
    categories: tuple[str, ...] | None = None

    @property
    def format(self) -> str:
        """The format, `default` where none is declared."""
        return str(self.described.get("format") or "default").removeprefix("fmt:")


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must be in columns of another table, or of the same one (`resource` is its name)."""

    columns: tuple[str, ...]
    resource: str
    referred: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """A compiled Table Schema."""

    columns: tuple[Column, ...]
    match: str
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]


@dataclass(frozen=True)
class Fault:
    """One kind of fault of a table: in which columns, and in which rows, counted from 1 with the header.

    `rows` is a sorted array of int64. Faults of the header have the row of the header and a `position` from 1.
    """

    kind: str
    columns: tuple[str, ...]
    rows: np.ndarray[Any, Any]
    position: int | None = None
