"""How a text table is written: the dialect of Data Package, with its defaults. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from statpress.checks.contract.nouns import Described, Table


@dataclass(frozen=True)
class Dialect:
    """A dialect with every part resolved. `header_rows` is empty where there is no header."""

    delimiter: str = ","
    quote: str = '"'
    double_quote: bool = True
    escape: str | None = None
    skip_space: bool = False
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    header_case: bool = True
    comment: str = ""
    comment_rows: tuple[int, ...] = ()
    skip_blank_rows: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether only delimiter and quote differ from the usual, so that pyarrow reads it as Python's csv does."""
        usual = Dialect(delimiter=self.delimiter, quote=self.quote, header_case=self.header_case)
        is_usual = self in (usual, replace(usual, header_rows=()))
        return is_usual and len(self.quote) == 1 and self.quote.isascii() and self.delimiter.isascii()

    def python(self) -> dict[str, Any]:
        """The arguments of `csv.reader`."""
        import csv

        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "doublequote": self.double_quote if self.escape else True,
            "escapechar": self.escape,
            "skipinitialspace": self.skip_space,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
        }


def read_dialect(described: Described, place: str) -> Dialect | None:
    """The dialect that a resource declares, or None where it cannot be one.

    A file whose name ends in `.tsv` has tabs if nothing else is said.
    """
    more = described.get("csv", {})
    parts = {**described, **more} if isinstance(more, dict) else {}
    found = Dialect(
        delimiter=parts.get("delimiter", "\t" if place.lower().endswith(".tsv") else ","),
        quote=parts.get("quoteChar", '"'),
        double_quote=parts.get("doubleQuote", True),
        escape=parts.get("escapeChar"),
        skip_space=parts.get("skipInitialSpace", False),
        header_rows=_rows(parts.get("headerRows", [1])) if parts.get("header", True) else (),
        header_join=parts.get("headerJoin", " "),
        header_case=parts.get("headerCase", parts.get("caseSensitiveHeader", True)),
        comment=parts.get("commentChar") or "",
        comment_rows=_rows(parts.get("commentRows", [])),
        skip_blank_rows=parts.get("skipBlankRows", False),
    )
    return found if _is_dialect(found) else None


def dialect_of(table: Table) -> Dialect:
    """The dialect of a table whose dialect was found to be one."""
    found = read_dialect(table.dialect, table.place)
    if found is None:
        raise ValueError(f"{table.key}.dialect is no dialect")
    return found


def _rows(listed: Any) -> tuple[int, ...]:
    return tuple(listed) if isinstance(listed, list) and all(isinstance(one, int) for one in listed) else (0,)


def _is_dialect(found: Dialect) -> bool:
    import csv

    texts = (found.delimiter, found.quote, found.header_join, found.comment)
    truths = (found.double_quote, found.skip_space, found.header_case, found.skip_blank_rows)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, bool) for one in truths):
        return False
    if 0 in (*found.header_rows, *found.comment_rows) or found.delimiter in ("\r", "\n", found.quote) or "\0" in texts:
        return False
    try:
        csv.reader([], **found.python())
    except (TypeError, ValueError, csv.Error):
        return False
    return True
