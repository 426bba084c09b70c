"""Check source tables beside the Table Schemas that pipelines declare for them, before anything is shaped."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from statpress.declare.nouns import Declarations
from statpress.issue import Issue
from statpress.paths import Project
from statpress.tables.place import Place

if TYPE_CHECKING:
    import pandas as pd

    from statpress.checks.contract.nouns import Table


@dataclass(frozen=True)
class _Source:
    """A source table with its schema, and the row of the file that each of its rows stands in."""

    place: Place
    schema: Mapping[str, Any]
    table: pd.DataFrame

    @property
    def name(self) -> str:
        """What foreign keys of other tables call it: the name of the file without its ending."""
        return _name(self.place)

    @property
    def key(self) -> str:
        """The key of the declaration that names the schema."""
        return f"tables.{self.place.index}.table-schema"


def _name(place: Place) -> str:
    return PurePosixPath(place.table.path).stem


def check_sources(project: Project, name: str, declared: Declarations) -> list[Issue]:
    """What is wrong with the source tables of a pipeline beside their schemas, with file, row and column.

    A table without a declared schema is not looked at; one that cannot be read is told by whoever reads it.
    """
    places = [Place(project, name, i, declared, ("tables", i)) for i in range(len(declared.pipelines[name].tables))]
    places = [place for place in places if place.table.table_schema is not None]
    if not places:
        return []
    from statpress.checks.contract.check import check_tables

    issues: list[Issue] = []
    sources = [source for place in places if (source := _read(place, issues)) is not None]
    lost = {_name(place) for place in places} - {source.name for source in sources}
    tables = [_table(source, lost) for source in sources]
    found = check_tables(tables, declared.files[name].file)
    return [*issues, *(_in_its_file(issue, sources, tables) for issue in found), *_check_names(sources)]


def _read(place: Place, issues: list[Issue]) -> _Source | None:
    from statpress.tables.read_table import read_table
    from statpress.tables.reading.source_file import read_source

    path = place.table.table_schema or ""
    content, faults = read_source(place.project, place.folder, path)
    issues += faults
    schema = _parse(content.content) if content is not None else None
    if content is not None and schema is None:
        issues.append(place.issue("bad-schema", f"{path} is no Table Schema in JSON.", "table-schema", hint=_SCHEMA))
    table, facts, _ = read_table(place)
    return None if schema is None or facts is None else _Source(place, schema, table)


_SCHEMA = "Write an object with `fields`, as https://datapackage.org/standard/table-schema/ says."


def _parse(content: bytes) -> Mapping[str, Any] | None:
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return schema if isinstance(schema, dict) else None


def _table(source: _Source, lost: Collection[str]) -> Table:
    """The table for the contract, without foreign keys to tables that were `lost`: their faults are told already."""
    from statpress.checks.contract.nouns import Table

    keys = source.schema.get("foreignKeys")
    kept = [key for key in keys if not _refers_to(key, lost)] if isinstance(keys, list) else keys
    schema = {**source.schema, "foreignKeys": kept} if keys is not None else source.schema
    return Table(source.name, source.key, _write(source.table), schema, key=source.key)


def _refers_to(key: Any, names: Collection[str]) -> bool:
    reference = key.get("reference") if isinstance(key, dict) else None
    return isinstance(reference, dict) and reference.get("resource") in names


def _write(table: pd.DataFrame) -> bytes:
    """The table as CSV, whatever format it came in; the contract counts its rows."""
    import csv
    import io

    from statpress.tables.columns import columns_of

    names = columns_of(table)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*(table[name] for name in names), strict=True))
    return text.getvalue().encode()


def _in_its_file(issue: Issue, sources: Sequence[_Source], tables: Sequence[Table]) -> Issue:
    """An issue of the contract with the file, and with the row of the file."""
    from statpress.tables.place import SOURCE_ROW

    for source, table in zip(sources, tables, strict=True):
        if issue.file == source.key:
            row = issue.row
            if row is not None and row > 1:
                row = int(source.table[SOURCE_ROW].iloc[_find_record(table.data, row) - 1])
            return replace(issue, file=source.place.file, row=row)
    return issue


def _find_record(data: bytes, line: int) -> int:
    """Which record after the header ends on a line."""
    import csv
    import io

    if b'"' not in data:
        return line - 1
    reader = csv.reader(io.StringIO(data.decode(), newline=""))
    return next(number for number, _ in enumerate(reader) if reader.line_num >= line)


def _check_names(sources: Iterable[_Source]) -> Iterator[Issue]:
    """Foreign keys could not tell two tables of one name apart."""
    seen: set[str] = set()
    for source in sources:
        if source.name in seen:
            message = f"Another table with a schema has the name `{source.name}` too."
            yield source.place.issue("two-tables", message, "path", hint="Give the files different names.")
        seen.add(source.name)
