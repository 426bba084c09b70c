"""How a source table is written, as far as it is declared. Nothing of it is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statpress.declare.pipeline import Table


@dataclass(frozen=True)
class Form:
    """The declared form of a file. `columns` are names by place with what the header says there, if not the same.

    `percent` and `text_numbers` allow percentages and numbers stored as texts in sheets. `marks` are texts that stand
    for a status, whatever else they look like.
    """

    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    skips_blank: bool = False
    percent: bool = False
    text_numbers: bool = False
    marks: frozenset[str] = frozenset()


def form_of(table: Table) -> Form:
    """The form of a declared table."""
    return Form(
        delimiter=table.delimiter,
        encoding=table.encoding,
        sheet=table.sheet,
        columns=table.columns,
        skips_blank=table.blank_rows == "skip",
        percent=table.percent_sign == "allowed",
        text_numbers=table.text_numbers == "allowed",
        marks=frozenset(table.marks),
    )
