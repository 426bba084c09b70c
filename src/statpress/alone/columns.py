"""Which columns of a table are dimensions, and whether the request and the table know the same columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from statpress.alone.request import Request, Source
from statpress.cube import STATUS, VALUE
from statpress.issue import Issue, nearest
from statpress.tables.place import SOURCE_ROW
from statpress.tables.texts import is_formula, show_text

MADE: Final = (VALUE, STATUS)
"""The columns that protection makes."""


def find_dimensions(source: Source, request: Request) -> tuple[str, ...]:
    """The columns that are neither counts nor weights nor ignored, in the order of the table."""
    others = {request.count, request.weights, SOURCE_ROW, *request.ignore}
    return tuple(str(column) for column in source.table if column not in others)


def check_request(source: Source, request: Request, hierarchies: Collection[str]) -> list[Issue]:
    """Every column that is asked for and is not there, or is asked for twice."""
    columns = [str(column) for column in source.table if column != SOURCE_ROW]
    asked = [("--count", request.count), *(("--ignore", column) for column in request.ignore)]
    asked += [("--cost", request.weights)] if request.weights else []
    asked += [("--hierarchy", column) for column in hierarchies]
    unknown = [_unknown(option, column, columns, source) for option, column in asked if column not in columns]
    numbers = [name for name in (request.count, request.weights) if name is not None]
    both = [_both(column, source) for column in [*hierarchies, *numbers] if column in request.ignore]
    both += [_both(column, source) for column in hierarchies if column in numbers]
    return [*unknown, *both, *([] if unknown or both else _check_any(source, request))]


def check_names(source: Source, request: Request) -> Iterator[Issue]:
    """Dimensions whose names the result cannot have."""
    for column in find_dimensions(source, request):
        if column in MADE:
            message = f"The result has a column `{column}` of its own."
            yield Issue("reserved-column", message, source.file, 1, column, hint="Rename the column, or --ignore it.")
        if is_formula(column):
            message = f"A spreadsheet would run the name {show_text(column)} as a formula."
            yield Issue("formula", message, source.file, 1, column, hint="Start it with a letter.")


def _unknown(option: str, column: str, columns: list[str], source: Source) -> Issue:
    message = f"The table has no column {show_text(column)}."
    return Issue("unknown-column", message, source.file, 1, column[:60], key=option, hint=nearest(column, columns))


def _both(column: str, source: Source) -> Issue:
    message = f"{show_text(column)} is asked for in two ways."
    hint = "A column is a dimension, or counts, or weighs, or is ignored."
    return Issue("two-uses", message, source.file, 1, column, hint=hint)


def _check_any(source: Source, request: Request) -> list[Issue]:
    if find_dimensions(source, request):
        return []
    hint = "A table has at least one column of codes beside its counts."
    return [Issue("no-dimension", "No column is left that tells the cells apart.", source.file, 1, hint=hint)]
