"""The header of a table beside its declared fields: which column is which field, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from statpress.checks.contract.dialect import Dialect
from statpress.checks.contract.nouns import Column, Contract, Fault

_MORE_LABELS = ("subset", "partial")
_FEWER_LABELS = ("superset", "partial")


def find_columns(labels: Sequence[str], contract: Contract, dialect: Dialect) -> list[Column]:
    """The field of each column of the file. A column that is no field may hold anything.

    Without a header the fields are taken in their order.
    """
    if not labels:
        return list(contract.columns)
    found = [_field(place, label, contract, dialect) for place, label in enumerate(labels)]
    taken = {column.name for column in found if column is not None}
    columns: list[Column] = []
    for label, column in zip(labels, found, strict=True):
        if column is None:
            column = _unknown(label, taken)  # noqa: PLW2901 - the name of one that has none
            taken.add(column.name)
        columns.append(column)
    return columns


def check_header(labels: Sequence[str], contract: Contract, dialect: Dialect) -> list[Fault]:
    """What is wrong with the labels of a header."""
    if not labels:
        return []
    row = np.array([dialect.header_rows[0]], np.int64)
    found = [*_extra(labels, contract, dialect), *_missing(labels, contract, dialect)]
    if contract.match == "exact":
        found += _in_order(labels, contract, dialect)
    elif len({_fold(label, dialect) for label in labels}) < len(labels):
        return [Fault("duplicate-label", (), row, 0)]
    elif contract.match == "partial" and not any(
        _field(place, label, contract, dialect) for place, label in enumerate(labels)
    ):
        found.append(("unmatched-header", "", 0))
    return [Fault(kind, (name,) if name else (), row, place) for kind, name, place in found]


def _unknown(label: str, taken: set[str]) -> Column:
    name, number = label, 2
    while name in taken:
        name, number = f"{label}{number}", number + 1
    return Column(name, "any", {"name": name, "type": "any"}, {}, ("",))


def _fold(name: str, dialect: Dialect) -> str:
    return name if dialect.header_case else name.lower()


def _field(place: int, label: str, contract: Contract, dialect: Dialect) -> Column | None:
    if contract.match == "exact":
        return contract.columns[place] if place < len(contract.columns) else None
    return next((one for one in contract.columns if _fold(one.name, dialect) == _fold(label, dialect)), None)


def _extra(labels: Sequence[str], contract: Contract, dialect: Dialect) -> Iterator[tuple[str, str, int]]:
    if contract.match not in _MORE_LABELS:
        for place, label in enumerate(labels):
            if _field(place, label, contract, dialect) is None:
                yield "extra-label", "", place + 1


def _missing(labels: Sequence[str], contract: Contract, dialect: Dialect) -> Iterator[tuple[str, str, int]]:
    folded = {_fold(label, dialect) for label in labels}
    missing = (
        contract.columns[len(labels) :]
        if contract.match == "exact"
        else [one for one in contract.columns if _fold(one.name, dialect) not in folded]
    )
    if contract.match in _FEWER_LABELS:
        missing = [one for one in missing if one.constraints.get("required") or one.name in contract.primary_key]
    yield from (("missing-label", one.name, len(labels) + place) for place, one in enumerate(missing, start=1))


def _in_order(labels: Sequence[str], contract: Contract, dialect: Dialect) -> Iterator[tuple[str, str, int]]:
    for place, (column, label) in enumerate(zip(contract.columns, labels, strict=False), start=1):
        if not label:
            yield "blank-label", column.name, place
        elif label in labels[: place - 1]:
            yield "duplicate-label", column.name, place
        elif _fold(label, dialect) != _fold(column.name, dialect):
            yield "incorrect-label", column.name, place
