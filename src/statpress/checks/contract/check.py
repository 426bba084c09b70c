"""Check tables beside their declared schemas, as issues with row and column. No issue shows the value of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from statpress.checks.contract.compile import compile_contract
from statpress.checks.contract.dialect import dialect_of, read_dialect
from statpress.checks.contract.explain import explain_faults
from statpress.checks.contract.nouns import Contract, Fault, Table
from statpress.issue import Issue, nearest

_MEND: Final = "Mend the schema or dialect as the specification of Data Package has it."


def check_tables(tables: Sequence[Table], place: str) -> list[Issue]:
    """What is wrong with the tables of one package, and with their schemas.

    `place` is the descriptor of the package, for messages. A fault of a column is told by its first rows.
    """
    contracts, issues = compile_contracts(tables, place)
    found, unreadable = find_faults(tables, contracts)
    for table in tables:
        if table.name in found:
            issues += explain_faults(table, contracts[table.name], found[table.name])
    return issues + unreadable


def compile_contracts(tables: Sequence[Table], place: str) -> tuple[dict[str, Contract], list[Issue]]:
    """The contract of each table by its name, and what is wrong with schemas."""
    contracts: dict[str, Contract] = {}
    issues: list[Issue] = []
    for table in tables:
        contract, faults = compile_contract(table, place)
        faults += _table_faults(table, tables, place)
        if contract is not None:
            faults += [*_refusals(contract, table, place), *_strange_references(contract, table, tables, place)]
        if contract is not None and not faults:
            contracts[table.name] = contract
        issues += [replace(one, hint=one.hint or _MEND) for one in faults]
    return contracts, issues


def find_faults(
    tables: Sequence[Table], contracts: Mapping[str, Contract]
) -> tuple[dict[str, tuple[Fault, ...]], list[Issue]]:
    """Every fault of each table that has a contract, by its name; and an issue for each that cannot be read."""
    from statpress.checks.contract.blocks import Unreadable, decode
    from statpress.checks.contract.table import Checked, check_keys, check_table

    referred = _referred(contracts)
    checked: dict[str, Checked] = {}
    issues: list[Issue] = []
    for table in tables:
        contract = contracts.get(table.name)
        if contract is not None:
            try:
                data = decode(table.data, table.encoding)
                checked[table.name] = check_table(data, contract, dialect_of(table), referred.get(table.name, ()))
            except Unreadable as fault:
                rule, message = fault.args
                issues.append(Issue(rule, message, table.place))
    keys = check_keys(checked, contracts)
    return {name: (*one.faults, *keys[name]) for name, one in checked.items()}, issues


def _referred(contracts: Mapping[str, Contract]) -> dict[str, set[str]]:
    """The columns of each table that others, or itself, refer to."""
    found: dict[str, set[str]] = {}
    for contract in contracts.values():
        for key in contract.foreign_keys:
            found.setdefault(key.resource, set()).update(key.referred)
    return found


def _table_faults(table: Table, tables: Sequence[Table], place: str) -> Iterator[Issue]:
    """What is wrong with what is declared of a table besides its schema."""
    if [one.name for one in tables].count(table.name) > 1:
        message = f"Two resources are named “{table.name}”."
        yield Issue("name-twice", message, place, key=f"{table.key}.name".strip("."))
    if read_dialect(table.dialect, table.place) is None:
        message = "This is no dialect of a text table."
        yield Issue("bad-dialect", message, place, key=f"{table.key}.dialect".strip("."))


def _refusals(contract: Contract, table: Table, place: str) -> Iterator[Issue]:
    """Fields that frictionless cannot read as they are declared."""
    from statpress.checks.contract.judge import explain_refusal

    for index, column in enumerate(contract.columns):
        reason = explain_refusal(column)
        if reason:
            key = f"{table.key}.schema.fields.{index}".strip(".")
            yield Issue("bad-schema", f"The field cannot be read as it is declared: {reason}.", place, key=key)


def _strange_references(contract: Contract, table: Table, tables: Sequence[Table], place: str) -> Iterator[Issue]:
    """Foreign keys to a table that is not there."""
    names = [one.name for one in tables]
    for index, key in enumerate(contract.foreign_keys):
        if key.resource not in names:
            message = f"The foreign key refers to `{key.resource}`, which is no table of this package."
            where = f"{table.key}.schema.foreignKeys.{index}.reference.resource".strip(".")
            yield Issue("bad-schema", message, place, key=where, hint=nearest(key.resource, names))
