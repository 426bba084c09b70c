"""Check one table beside its contract: header, rows and cells, block by block; then keys, over all tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from statpress.checks.contract.arrays import Array
from statpress.checks.contract.blocks import Block, read_blocks, read_labels
from statpress.checks.contract.dialect import Dialect
from statpress.checks.contract.header import check_header, find_columns
from statpress.checks.contract.judge import Judge, Verdict
from statpress.checks.contract.keys import Chunk, Name, find_repeats, find_strangers, number_values, tell_apart
from statpress.checks.contract.nouns import Contract, Fault

_THREADS: Final = 2
Found = dict[tuple[str, tuple[str, ...]], list[Array]]


@dataclass(frozen=True)
class Checked:
    """What is left of a table once its cells are checked: its faults, and the values of its key columns as texts.

    `numbers` has the number of each row, in the order of the values.
    """

    faults: tuple[Fault, ...]
    numbers: Array = field(repr=False)
    values: Mapping[str, Sequence[Chunk]] = field(repr=False)
    families: Mapping[str, str]
    is_read: bool = True
    """False where it cannot be told which column is which field"""


def check_table(data: bytes, contract: Contract, dialect: Dialect, wanted: Iterable[str]) -> Checked:
    """The faults of a table in UTF-8, but for its keys. `wanted` are columns that other tables refer to.

    Raises `Unreadable`.
    """
    labels = read_labels(data, dialect)
    header = check_header(labels, contract, dialect) if data else [Fault("empty-table", (), np.array([1], np.int64))]
    if any(fault.kind == "duplicate-label" and not fault.columns for fault in header):
        return Checked(tuple(header), np.zeros(0, np.int64), {}, {}, is_read=False)
    keys = _key_columns(contract) | set(wanted)
    columns = find_columns(labels, contract, dialect)
    judges = [Judge(one, is_key=one.name in keys or bool(one.categories)) for one in columns]
    found, numbers, values = _check_blocks(read_blocks(data, dialect, len(judges)), judges, keys)
    families = {judge.column.name: judge.family for judge in judges}
    return Checked((*header, *_faults(found)), numbers, values, families)


def check_keys(checked: Mapping[str, Checked], contracts: Mapping[str, Contract]) -> dict[str, tuple[Fault, ...]]:
    """The faults of the keys of every table."""
    chunks = {(name, column): values for name, one in checked.items() for column, values in one.values.items()}
    families = {(name, column): checked[name].families[column] for name, column in chunks}
    values = number_values(chunks, families, _links(checked, contracts))
    found: dict[str, tuple[Fault, ...]] = {}
    for name, one in checked.items():
        faults: Found = {}
        own = {column: values[name, column] for column in one.values}
        _add(faults, _repeats(contracts[name], own, one.numbers))
        for key in contracts[name].foreign_keys:
            other = checked.get(key.resource)
            if other is not None and other.is_read and set(key.columns) <= own.keys():
                theirs = [
                    _referred(values, other, (key.resource, column), families[name, ours], own[ours])
                    for ours, column in zip(key.columns, key.referred, strict=True)
                ]
                strangers = find_strangers([own[column] for column in key.columns], theirs)
                _add(faults, [("foreign-key", key.columns, one.numbers[strangers])])
        found[name] = tuple(_faults(faults))
    return found


def _referred(values: Mapping[Name, Array], other: Checked, column: Name, family: str, ours: Array) -> Array:
    """The numbers of a column that `ours` refers to, which differ where it is of another family or is not there."""
    if column not in values:
        return np.full(len(other.numbers), -1, np.int64)
    return values[column] if other.families[column[1]] == family else tell_apart(values[column], ours)


def _links(checked: Mapping[str, Checked], contracts: Mapping[str, Contract]) -> Iterator[tuple[Name, Name]]:
    """The columns that are compared with each other."""
    for name in checked:
        for key in contracts[name].foreign_keys:
            for column, other in zip(key.columns, key.referred, strict=True):
                yield (name, column), (key.resource, other)


def _check_blocks(
    blocks: Iterator[Block], judges: Sequence[Judge], keys: Set[str]
) -> tuple[Found, Array, dict[str, list[Chunk]]]:
    """The faults of cells and rows, the numbers of all rows, and the values of the columns `keys`.

    The next block is read, and columns are judged, at the same time: pyarrow leaves Python to others meanwhile.
    """
    found: Found = {}
    numbers: list[Array] = [np.zeros(0, np.int64)]
    kept: dict[str, list[Chunk]] = {name: [] for name in (judge.column.name for judge in judges) if name in keys}
    with ThreadPoolExecutor(_THREADS) as pool:
        ahead = pool.submit(next, blocks, None)
        while (block := ahead.result()) is not None:
            ahead = pool.submit(next, blocks, None)
            verdicts = list(pool.map(_judge, judges, block.columns))
            _add(found, _row_faults(block, judges, verdicts))
            numbers.append(block.numbers)
            for judge, verdict in zip(judges, verdicts, strict=True):
                if judge.column.name in keys:
                    kept[judge.column.name].append((verdict.equals, verdict.rows))
    return found, np.concatenate(numbers), kept


def _judge(judge: Judge, texts: pa.Array) -> Verdict:
    return judge.judge(texts)


def _key_columns(contract: Contract) -> set[str]:
    unique = {one.name for one in contract.columns if one.constraints.get("unique")}
    keys = [contract.primary_key, *contract.unique_keys, *(key.columns for key in contract.foreign_keys)]
    return unique.union(*keys)


def _row_faults(
    block: Block, judges: Sequence[Judge], verdicts: Sequence[Verdict]
) -> Iterator[tuple[str, tuple[str, ...], Array]]:
    """The faults of the rows of a block. A blank row has no others."""
    blank = np.logical_and.reduce([verdict.null for verdict in verdicts])
    kept = ~blank
    shortest = block.widths.min(initial=len(judges))
    yield "blank-row", (), block.numbers[blank]
    for index, (judge, verdict) in enumerate(zip(judges, verdicts, strict=True)):
        name = (judge.column.name,)
        for kind, bad in verdict.faults.items():
            yield kind, name, block.numbers[bad & kept]
        if shortest <= index:
            yield "missing-cell", name, block.numbers[(block.widths <= index) & kept]
    yield "extra-cell", (), block.numbers[(block.widths > len(judges)) & kept]


def _repeats(
    contract: Contract, values: Mapping[str, Array], numbers: Array
) -> Iterator[tuple[str, tuple[str, ...], Array]]:
    different: set[str] = set()
    for one in contract.columns:
        if one.constraints.get("unique") and one.name in values:
            repeats = find_repeats([values[one.name]], numbers, null_is_value=False)
            different |= set() if repeats.any() else {one.name}
            yield "unique", (one.name,), numbers[repeats]
    key = contract.primary_key
    if key and set(key) <= values.keys():
        columns = [values[name] for name in key]
        yield "primary-key", key, numbers[find_repeats(columns, numbers, null_is_value=True)]
        yield "empty-key", key, numbers[np.logical_and.reduce([column < 0 for column in columns])]
    for key in contract.unique_keys:
        if set(key) <= values.keys() and not different & set(key):
            repeats = find_repeats([values[name] for name in key], numbers, null_is_value=False)
            yield "unique-key", key, numbers[repeats]


def _add(found: Found, faults: Iterable[tuple[str, tuple[str, ...], Array]]) -> None:
    for kind, columns, rows in faults:
        if len(rows):
            found.setdefault((kind, columns), []).append(rows)


def _faults(found: Found) -> list[Fault]:
    return [Fault(kind, columns, np.sort(np.concatenate(rows))) for (kind, columns), rows in found.items()]
