"""The changes that are offered for the source files of a pipeline, and the bytes that the files would have."""

from __future__ import annotations

import codecs
import csv
import os
from dataclasses import dataclass, field
from pathlib import Path

from statpress.declare.nouns import Declarations
from statpress.issue import Issue
from statpress.paths import Project
from statpress.tables.mending.propose import Change, propose_changes
from statpress.tables.mending.records import Record, read_records, replace_cells
from statpress.tables.mending.words import words_of
from statpress.tables.place import Place
from statpress.tables.reading.decode import decode_text
from statpress.tables.reading.source_file import read_source


@dataclass(frozen=True)
class Mend:
    """What is offered for one file: `old` and `new` are its whole bytes, `path` its real place on disk."""

    file: str
    path: Path
    changes: tuple[Change, ...]
    old: bytes = field(repr=False)
    new: bytes = field(repr=False)


def propose_mends(project: Project, name: str, declared: Declarations) -> list[Mend]:
    """What is offered for each CSV file of a pipeline. A file that cannot be taken apart safely gets no offer.

    Workbooks get none either: no library writes them back as they were.
    """
    mends: dict[str, Mend] = {}
    for index, table in enumerate(declared.pipelines[name].tables):
        place = Place(project, name, index, declared, ("tables", index))
        mend = _propose_mend(place) if table.sheet is None else None
        if mend is not None:
            mends.setdefault(mend.file, mend)
    return list(mends.values())


def _propose_mend(place: Place) -> Mend | None:
    source, _ = read_source(place.project, place.folder, place.table.path)
    if source is None:
        return None
    content, unread = decode_text(source.content, place.table.encoding, place.file)
    text = content.decode()
    records = [] if unread else _read(text, place.table.delimiter)
    changes = propose_changes(records, words_of(place))
    if not changes:
        return None
    new = replace_cells(text, place.table.delimiter, {(one.row, one.column): one.new for one in changes})
    if _read(new, place.table.delimiter) != _apply(records, changes):
        return None
    path = Path(os.path.realpath(place.folder / place.table.path))
    return Mend(place.file, path, tuple(changes), source.content, _encode(new, source.content, place.table.encoding))


def _read(text: str, delimiter: str) -> list[Record]:
    """The records; none where a quote does not close, which only a person can mend."""
    try:
        return read_records(text, delimiter)
    except csv.Error:
        return []


def _apply(records: list[Record], changes: list[Change]) -> list[Record]:
    """The records with the changes, made without the text that is to be written, to prove that nothing else changes."""
    wanted = {(change.row, change.column): change.new for change in changes}
    return [
        Record(record.row, tuple(wanted.get((record.row, i), cell) for i, cell in enumerate(record.cells)))
        for record in records
    ]


def _encode(text: str, old: bytes, encoding: str) -> bytes:
    """The text in the encoding that the file had, with its byte order mark if it had one."""
    if encoding == "utf-16":
        order = "utf-16-be" if old.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
        mark = old[:2] if old.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) else b""
        return mark + text.encode(order)
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode(encoding)


def check_unchanged(mend: Mend, project: Project, now: bytes) -> list[Issue]:
    """Whether the file is still the one that the offer was made for."""
    if now == mend.old:
        return []
    message = "The file has changed since the offer was made, so nothing was written."
    return [Issue("changed-file", message, project.relative(mend.path), hint="Run `statpress check --fix` again.")]
