"""The code lists of a cube: what each code of the observations stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from statpress.cube import PERIOD_KINDS
from statpress.issue import Issue, nearest
from statpress.packages.descriptor import Measure
from statpress.packages.load_model import load_model
from statpress.packages.package import Area, Code, Period, StatusWords
from statpress.packages.reading.rows import Rows

Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class CodeList:
    """One code list as rows of text, with the place for messages."""

    place: str
    rows: Rows

    def records(self) -> Iterator[tuple[int, Row]]:
        """Each row by column name, with its line."""
        for line, row in zip(self.rows.lines, self.rows.rows, strict=True):
            yield line, dict(zip(self.rows.header, row, strict=True))


def read_codes(codes: CodeList, key: str, make: Callable[[Row], T], issues: list[Issue]) -> dict[str, T]:
    """The code list as values by code. Faults are added to `issues`: a missing column, a code twice, a bad row."""
    if key not in codes.rows.header:
        hint = nearest(key, codes.rows.header)
        issues.append(Issue("column-missing", f"There is no column “{key}”.", codes.place, column=key, hint=hint))
        return {}
    found: dict[str, T] = {}
    for line, row in codes.records():
        if row[key] in found:
            issues.append(
                Issue("code-twice", f"The code “{row[key]}” is here twice.", codes.place, row=line, column=key)
            )
        try:
            found[row[key]] = make(row)
        except (KeyError, ValueError) as error:
            issues.append(Issue("code-unreadable", f"This row is not as expected: {error}.", codes.place, row=line))
    return found


def read_measures(codes: CodeList, issues: list[Issue]) -> dict[str, Measure]:
    """The measures by code."""
    found: dict[str, Measure] = {}
    for line, row in codes.records():
        measure = load_model(Measure, {name: text for name, text in row.items() if text}, codes.place, line)
        if isinstance(measure, list):
            issues += measure
        elif measure.id in found:
            issues.append(Issue("code-twice", f"The code “{measure.id}” is here twice.", codes.place, row=line))
        else:
            found[measure.id] = measure
    return found


def make_area(row: Row) -> Area:
    """One row of `areas.csv`."""
    return Area(row["area"], row["name"], row.get("kind", ""), row.get("parent", ""))


def make_period(row: Row) -> Period:
    """One row of `periods.csv`."""
    if row["kind"] not in PERIOD_KINDS:
        raise ValueError(f"the kind “{row['kind']}” is unknown. {nearest(row['kind'], PERIOD_KINDS)}")
    return Period(row["period"], row["label"], row["kind"], row.get("start", ""), row.get("end", ""))


def make_status(row: Row) -> StatusWords:
    """One row of `statuses.csv`."""
    return StatusWords(row["status"], row["mark"], row["title"], row["meaning"])


def make_code(row: Row) -> Code:
    """One row of the code list of a dimension."""
    return Code(row["code"], row["label"], row.get("parent", ""), int(row.get("order") or 0))
