"""A workbook as plain values: a cover, contents, notes, and one table a sheet, as the Analysis Function asks for.

After "Releasing statistics in spreadsheets" (Government Analysis Function, 2023): real numbers, marks in the place of
numbers that are not there, remarks in a column of their own, no merged and no empty cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from statpress.language.speak import later, say
from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.numbers import describe_unit
from statpress.site.facts.phrases import join_words, lower_first, write_date
from statpress.site.facts.table import Cell, Notes, Row, Table, describe_tables, find_statuses
from statpress.site.facts.tidy import read_day

NO_FIGURE: Final = later("[no figure]")
NOTES_SHEET: Final = later("Notes")
MOST_ROWS: Final = 1_000_000
LONGEST_TEXT: Final = 32_767
"""What a sheet and a cell of a spreadsheet hold."""

Value = Decimal | str


@dataclass(frozen=True)
class Sheet:
    """One table. The first `heads` columns name rows. `above` are the lines over it, the title first."""

    name: str
    above: tuple[str, ...]
    header: tuple[str, ...]
    heads: int
    decimals: int
    rows: tuple[tuple[Value, ...], ...]

    @property
    def title(self) -> str:
        """The title of the table."""
        return self.above[0]


@dataclass(frozen=True)
class Book:
    """A workbook. `cover` are lines, the title first; `date` is an ISO date or empty."""

    cover: tuple[str, ...]
    author: str
    date: str
    notes: Sheet
    sheets: tuple[Sheet, ...]
    names: tuple[str, str] = ("Cover", "Contents")
    """What its first two sheets are called."""
    listed: tuple[str, str] = ("Sheet", "Title")
    """What heads the list of contents."""

    @property
    def title(self) -> str:
        """What the workbook is about."""
        return self.cover[0]

    @property
    def fits(self) -> bool:
        """Whether spreadsheets can hold it whole."""
        sheets = (self.notes, *self.sheets)
        texts = [*self.cover, *(cell for s in sheets for row in (s.above, *s.rows) for cell in row)]
        longest = max(len(text) for text in texts if isinstance(text, str))
        return longest <= LONGEST_TEXT and all(len(sheet.rows) <= MOST_ROWS for sheet in sheets)


def describe_book(package: Package, indicators: Sequence[Indicator], title: str) -> Book:
    """The workbook of some indicators of a package."""
    notes = Notes()
    family = [one for indicator in indicators for one in indicator.family]
    tables = [(one, table) for one in family for table in describe_tables(one, notes)]
    sheets = tuple(_sheet(number, *pair) for number, pair in enumerate(tables, start=1))
    publisher = _publisher(package)
    return Book(
        tuple(_cover(package, title, publisher)),
        publisher,
        read_day(package.released) or "",
        _notes(family, notes),
        sheets,
        (say("Cover"), say("Contents")),
        (say("Sheet"), say("Title")),
    )


def _publisher(package: Package) -> str:
    return join_words([person.title for person in package.descriptor.contributors if person.title])


def _cover(package: Package, title: str, publisher: str) -> Iterator[str]:
    words = package.words
    yield title
    licences = [licence.title or licence.name for licence in package.descriptor.licenses]
    for label, text in {
        "": package.descriptor.description if title == package.title else _write_origin(package),
        say("Publisher"): publisher,
        say("Released"): write_date(package.released),
        say("Version"): package.version,
        say("Next release"): write_date(words.release.next) if words else "",
        say("Licence"): join_words(licences),
        say("Sources"): join_words([source.title for source in package.descriptor.sources if source.title]),
        say("Questions"): words.contact if words else "",
    }.items():
        if text:
            yield f"{label}: {text}" if label else text
    for caveat in words.caveats if words else ():
        yield say("Before you use this: %(caveat)s", caveat=caveat.text)
    yield say(
        "Each table is on a sheet of its own. Marks such as [c] are explained on the sheet %(sheet)s.",
        sheet=say(NOTES_SHEET),
    )


def _write_origin(package: Package) -> str:
    return say("From the data package “%(title)s”.", title=package.title)


def _notes(indicators: Sequence[Indicator], notes: Notes) -> Sheet:
    statuses = find_statuses([figure for indicator in indicators for figure in indicator.figures])
    rows = [(status.mark, f"{status.title}. {status.meaning}") for status in statuses]
    rows += [(say(NO_FIGURE), say("The data has no figure for this row and column."))]
    rows += [(say("[note %(number)s]", number=number), text) for number, text in enumerate(notes.texts, start=1)]
    return Sheet(say(NOTES_SHEET), (say(NOTES_SHEET),), (say("Mark"), say("Meaning")), 1, 0, tuple(rows))


def _sheet(number: int, indicator: Indicator, table: Table) -> Sheet:
    remarked = any(_remarks(table, row) for row in table.rows)
    header = _distinct([*table.heads, *table.columns, *([say(NOTES_SHEET)] if remarked else [])])
    rows = tuple(tuple(_cells(table, row, remarked=remarked)) for row in table.rows)
    sources = join_words([source.title for source in indicator.sources if source.title]) or indicator.package.title
    above = (
        _title(indicator, table),
        say("Unit: %(unit)s", unit=describe_unit(indicator.measure) or say("number")),
        say("Source: %(sources)s", sources=sources),
        say(
            "This sheet holds one table. Marks such as [c] are explained on the sheet %(sheet)s.",
            sheet=say(NOTES_SHEET),
        ),
    )
    return Sheet(
        say("Table_%(number)s", number=number), above, header, len(table.heads), indicator.measure.decimals, rows
    )


def _title(indicator: Indicator, table: Table) -> str:
    first = table.caption.startswith(indicator.measure.title[:20])
    return table.caption if first else f"{indicator.measure.title}: {lower_first(table.caption)}"


def _cells(table: Table, row: Row, *, remarked: bool) -> Iterator[Value]:
    yield from row.heads
    yield from (_value(cell) for cell in row.cells)
    if remarked:
        yield _remarks(table, row) or say("No notes")


def _value(cell: Cell | None) -> Value:
    if cell is None:
        return say(NO_FIGURE)
    if cell.value is not None:
        return cell.value
    return cell.status.mark if cell.status else say(NO_FIGURE)


def _remarks(table: Table, row: Row) -> str:
    """What stands beside the figures of a row: statuses of numbers, and remarks, each with its column."""
    found = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        marks = [cell.status.mark] if cell and cell.status and cell.value is not None else []
        marks += [say("[note %(number)s]", number=cell.note)] if cell and cell.note else []
        place = f"{column}: " if len(table.columns) > 1 else ""
        found += [f"{place}{' '.join(marks)}"] if marks else []
    return "; ".join(found)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, with a number after one that is there already."""
    found: list[str] = []
    for name in names:
        number, distinct = 2, name
        while distinct.lower() in {other.lower() for other in found}:
            distinct, number = f"{name} ({number})", number + 1
        found.append(distinct)
    return tuple(found)
