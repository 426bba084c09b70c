"""Protect one table that is a DataFrame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Final

import numpy as np
import pandas as pd

from statpress.alone.protect import Protected, protect_cells
from statpress.alone.prove import prove_safe
from statpress.alone.request import PEOPLE, Request, Source, Zeros
from statpress.alone.table import read_table
from statpress.alone.tree import CHILD, PARENT
from statpress.cube import STATUS, VALUE
from statpress.disclosure.grid import TOTAL
from statpress.disclosure.optimise.find import Effort
from statpress.disclosure.standards import Standard
from statpress.errors import BadSource, fail_if
from statpress.issue import Issue
from statpress.status import WITHHELD
from statpress.tables.numbers import MOST_DIGITS
from statpress.tables.place import SOURCE_ROW
from statpress.tables.reading.header import check_header

Grouping = Mapping[str, str] | pd.DataFrame
"""The parent of each code: a mapping, or a table with the columns `child` and `parent`."""
FRAME: Final = "frame"
"""The name of the table in issues, whose rows count from 1."""


def protect_table(  # noqa: PLR0913 - one word for each option of the command
    frame: pd.DataFrame,
    count: str,
    hierarchies: Mapping[str, Grouping | Sequence[Grouping]] | None = None,
    *,
    threshold: int = 5,
    standard: Standard = "symbol",
    effort: Effort = "good",
    zeros: Zeros = "shown",
    cost: str = PEOPLE,
    total: str = TOTAL,
    never: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
) -> pd.DataFrame:
    """A table with all its totals, in which no withheld count can be worked out.

    Every column but `count`, the column of weights (`cost`) and those to `ignore` is a dimension. `hierarchies` gives
    its groups, or several ways to group the same codes; without, its codes make the code `total`. See `Request` for
    the other words. The result has the dimensions as texts, `value` (Int64, NA where withheld) and `status` (`c` where
    withheld), and a row for each combination of codes, also for those that the frame has not: they count 0.

    Raises `BadUsage`, `BadDeclaration`, `BadSource` and `FailedCheck` (bad input: see their `issues`, whose rows count
    the frame's from 1), and `UnsafeRelease` where no pattern is safe.

        protect_table(frame, "freq", {"ward": {"W1": "North", "W2": "North", "North": "Total"}})
    """
    request = Request(count, threshold, standard, effort, zeros, cost, str(total), _list(never), _list(ignore))
    source = _read_frame(frame, FRAME, request.weights)
    sources = {name: _read_groupings(name, groupings) for name, groupings in (hierarchies or {}).items()}
    table = read_table(source, sources, request)
    protected, _ = prove_safe(protect_cells(table, request), table, request)
    return _as_frame(protected)


def _list(texts: str | Sequence[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _read_groupings(name: str, groupings: Grouping | Sequence[Grouping]) -> list[Source]:
    several = [groupings] if isinstance(groupings, Mapping | pd.DataFrame) else groupings
    return [_read_grouping(one, f"hierarchy {place} of {name}") for place, one in enumerate(several, 1)]


def _read_grouping(grouping: Grouping, file: str) -> Source:
    if isinstance(grouping, Mapping):
        grouping = pd.DataFrame({CHILD: list(grouping.keys()), PARENT: list(grouping.values())}, dtype=object)
    return _read_frame(grouping, file)


def _read_frame(frame: pd.DataFrame, file: str, weights: str | None = None) -> Source:
    """The cells as texts, `weights` among them. Raises `BadSource`."""
    names = [str(column) for column in frame.columns]
    fail_if(BadSource, check_header(names, file))
    if frame.empty:
        raise BadSource([Issue("no-rows", "The table has no rows.", file)])
    columns = {
        name: [_write_weight(cell) if name == weights else _write_text(cell) for cell in frame.iloc[:, place]]
        for place, name in enumerate(names)
    }
    rows = [str(row) for row in range(1, len(frame) + 1)]
    return Source(pd.DataFrame({**columns, SOURCE_ROW: rows}, dtype="str"), file)


def _write_weight(cell: object) -> str:
    """A weight, to the digits that are read: what was worked out has more of them than anybody means."""
    if isinstance(cell, float | np.floating) and np.isfinite(cell):
        return np.format_float_positional(cell, MOST_DIGITS, unique=False, fractional=False, trim="-")
    return _write_text(cell)


def _write_text(cell: object) -> str:
    """A cell as a CSV file would hold it: whole numbers without a point, nothing where there is nothing."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | np.bool_):
        return str(bool(cell))
    if pd.isna(cell):  # type: ignore[call-overload]  # pandas types no objects here
        return ""
    if isinstance(cell, Integral):
        return str(int(cell))
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    return str(cell)


def _as_frame(protected: Protected) -> pd.DataFrame:
    codes = pd.DataFrame(list(protected.cells), columns=list(protected.dimensions), dtype="str")
    values = pd.array(list(protected.cells.values()), dtype="Int64")
    status = pd.Series(["" if value is not None else WITHHELD for value in protected.cells.values()], dtype="str")
    return pd.concat([codes, pd.Series(values, name=VALUE), status.rename(STATUS)], axis=1)
