"""How a text table is written: the dialect of Data Package, with its defaults. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from statpress.checks.contract.nouns import Described


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
        return self in (usual, Dialect(**{**vars(usual), "header_rows": ()})) and len(self.quote) == 1

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


def read_dialect(described: Described, place: str) -> Dialect:
    """The dialect that a resource declares; a file whose name ends in `.tsv` has tabs if nothing else is said."""
    parts = {**described, **described.get("csv", {})}
    rows = tuple(parts.get("headerRows", (1,))) if parts.get("header", True) else ()
    return Dialect(
        delimiter=parts.get("delimiter", "\t" if place.lower().endswith(".tsv") else ","),
        quote=parts.get("quoteChar", '"'),
        double_quote=parts.get("doubleQuote", True),
        escape=parts.get("escapeChar"),
        skip_space=parts.get("skipInitialSpace", False),
        header_rows=rows,
        header_join=parts.get("headerJoin", " "),
        header_case=parts.get("headerCase", parts.get("caseSensitiveHeader", True)),
        comment=parts.get("commentChar", ""),
        comment_rows=tuple(parts.get("commentRows", ())),
        skip_blank_rows=parts.get("skipBlankRows", False),
    )
