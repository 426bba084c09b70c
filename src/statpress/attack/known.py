"""Numbers that somebody has anyway: those that are public elsewhere, an insider's own, and those of a maintainer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from statpress.attack.plain import COUNT, read_number
from statpress.attack.texts import read_texts
from statpress.audit.facts import Range
from statpress.audit.printed import PrintedTable, Quantity
from statpress.cube import ALL, AREA, MEASURE, NOTE, PERIOD, STATUS, VALUE
from statpress.errors import BadUsage
from statpress.issue import Issue, nearest
from statpress.tables.place import SOURCE_ROW

PART = "part"
_WORDS = (MEASURE, AREA, PERIOD, PART, VALUE, STATUS, NOTE, SOURCE_ROW)


def read_known(path: Path, total: str) -> tuple[dict[Quantity, Range], list[Issue]]:
    """Quantity to its value, from a table with the columns of what is attacked and `value`.

    A column `part` (`numerator` or `denominator`) says that the row is about what stands behind a ratio.
    """
    table, issues = read_texts(path)
    if not issues and VALUE not in table:
        issues = [Issue("missing-column", "There is no column `value`.", str(path), 1, VALUE)]
    found: dict[Quantity, Range] = {}
    for row in [] if issues else table.to_dict("records"):
        value = _whole(str(row[VALUE]))
        if value is None:
            message, hint = "The value is no whole number from 0 up.", "Write a count, or leave the row out."
            issues.append(Issue("not-a-count", message, str(path), int(row[SOURCE_ROW]), VALUE, hint=hint))
        else:
            found[_quantity({str(name): str(text) for name, text in row.items()}, total)] = (value, value)
    return found, issues


def read_key(text: str, tables: Iterable[PrintedTable], total: str) -> Quantity:
    """The quantity of a key such as `ward=A,need=x`. Raises `BadUsage` where no table has such a cell."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    name = _quantity({key.strip(): value.strip() for key, _, value in pairs}, total)
    cells = [quantity for table in tables for quantity, _ in table.quantities()]
    if name not in cells:
        codes = {code for quantity in cells for _, code in quantity.groups}
        hint = nearest(pairs[-1][2], codes)
        raise BadUsage([Issue("unknown-cell", f"No table has the cell {text}.", key="--insider", hint=hint)])
    return name


def _quantity(row: Mapping[str, str], total: str) -> Quantity:
    groups = sorted((name, code) for name, code in row.items() if name not in _WORDS and code not in (total, ALL, ""))
    return Quantity(
        row.get(MEASURE, "") or COUNT, row.get(AREA, ""), row.get(PERIOD, ""), tuple(groups), row.get(PART, "")
    )


def _whole(text: str) -> int | None:
    number = read_number(text)
    return int(number) if number is not None and number == int(number) else None
