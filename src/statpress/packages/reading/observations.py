"""The observations of a cube, each checked against its code lists. No issue ever carries the value of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from statpress.cube import AREA, MEASURE, NOTE, PERIOD, STATUS, TAIL, VALUE, key_columns
from statpress.issue import Issue, nearest
from statpress.packages.descriptor import Measure
from statpress.packages.package import Area, Dimension, Observation, Period
from statpress.packages.reading.code_lists import CodeList
from statpress.status import STATUSES

SHOWN_PER_RULE = 20
"""A file with the same fault on each row is explained by its first rows."""


@dataclass(frozen=True)
class Known:
    """The code lists that observations refer to."""

    measures: dict[str, Measure]
    areas: dict[str, Area]
    periods: dict[str, Period]
    dimensions: tuple[Dimension, ...]

    def lists(self) -> dict[str, dict[str, object]]:
        """The known codes of each key column."""
        fixed: dict[str, dict[str, object]] = {
            MEASURE: {**self.measures},
            AREA: {**self.areas},
            PERIOD: {**self.periods},
        }
        return fixed | {dimension.id: {**dimension.codes} for dimension in self.dimensions}


def read_observations(table: CodeList, known: Known, issues: list[Issue]) -> tuple[Observation, ...]:
    """Every figure, in the order of the file."""
    keys = key_columns(tuple(dimension.id for dimension in known.dimensions))
    missing = [name for name in [*keys, *TAIL] if name not in table.rows.header]
    if missing:
        issues += [
            Issue("column-missing", f"There is no column “{name}”.", table.place, column=name,
                  hint=nearest(name, table.rows.header))
            for name in missing
        ]  # fmt: skip
        return ()
    issues += _few_of_each(_check(table, keys, known.lists()))
    return make_observations(table, known)


def make_observations(table: CodeList, known: Known) -> tuple[Observation, ...]:
    """Every figure of a table that has been checked."""
    place = {name: number for number, name in enumerate(table.rows.header)}
    dimensions = [place[dimension.id] for dimension in known.dimensions]
    measure, area, period, value, status, note = (place[name] for name in (MEASURE, AREA, PERIOD, VALUE, STATUS, NOTE))
    return tuple(
        Observation(
            row[measure],
            row[area],
            row[period],
            tuple([row[dimension] for dimension in dimensions]),
            _number(row[value]) if row[value] else None,
            row[status],
            row[note],
        )
        for row in table.rows.rows
    )


def _check(table: CodeList, keys: list[str], lists: dict[str, dict[str, object]]) -> Iterator[Issue]:
    seen: set[tuple[str, ...]] = set()
    for line, row in table.records():
        for column in keys:
            if row[column] not in lists[column]:
                message = f"The code “{row[column]}” is not in the code list of {column}."
                yield Issue(
                    "code-unknown", message, table.place, line, column, hint=nearest(row[column], lists[column])
                )
        fault = _fault(row[VALUE], row[STATUS])
        if fault:
            yield Issue(fault[0], fault[1], table.place, line, fault[2])
        key = tuple(row[column] for column in keys)
        if key in seen:
            yield Issue("row-twice", "This figure is here twice.", table.place, line)
        seen.add(key)


def _fault(value: str, status: str) -> tuple[str, str, str] | None:
    if status and status not in STATUSES:
        return "status-unknown", f"The status “{status}” is unknown. {nearest(status, STATUSES)}", STATUS
    if not value and not status:
        return "status-missing", "An empty value has no status, so that nobody can know why it is empty.", STATUS
    if not value and not STATUSES[status].may_be_empty:
        return "value-missing", f"The status “{status}” goes with a number, but the value is empty.", VALUE
    if value and status and STATUSES[status].empty:
        return "value-shown", f"The status “{status}” goes with an empty value, but there is one.", VALUE
    if value and _number(value) is None:
        return "value-not-a-number", "The value is not a number.", VALUE
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _few_of_each(issues: Iterator[Issue]) -> Iterator[Issue]:
    counts: dict[tuple[str, str | None], int] = {}
    place = ""
    for issue in issues:
        place = issue.file
        counts[issue.rule, issue.column] = counts.get((issue.rule, issue.column), 0) + 1
        if counts[issue.rule, issue.column] <= SHOWN_PER_RULE:
            yield issue
    for (rule, column), count in counts.items():
        if count > SHOWN_PER_RULE:
            yield Issue(rule, f"The same is true of {count - SHOWN_PER_RULE} more rows.", place, column=column)
