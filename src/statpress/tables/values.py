"""Read figures and their statuses, by the rules of the package format: an empty value always has a status."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

import pandas as pd

from statpress.cube import MEANS, MEASURE, PRINTED, STATUS, VALUE
from statpress.declare.steps import Derive
from statpress.issue import Issue, nearest
from statpress.status import EMPTY, MAY_BE_EMPTY, STATUSES
from statpress.tables.cells import Cells, check_cells, read_cells
from statpress.tables.numbers import Notation, count_decimals, notation_of
from statpress.tables.place import Place, explain_rows, take_rows
from statpress.tables.texts import map_texts, map_to_texts, show_label

_NOT_NEGATIVE: Final = ("count", "amount", "rate")
_ROUNDING: Final = Context(prec=50, rounding=ROUND_HALF_UP)
_WITH_NUMBER: Final = ("The figure has a number, and a status that means that it is empty.", "Correct one of them.")
_DIFFERENT: Final = ("The mark in the value and the status of the row say different things.", "Correct one of them.")
_NOT_WHOLE: Final = ("A count must be a whole number.", "Correct the figure, or the kind of the measure.")
_SIGNED: Final = (
    "The figure has a percent sign, and its measure is no percentage.",
    "Correct the figure or its measure.",
)
_NEGATIVE: Final = ("A count or rate cannot be less than zero.", "Correct the figure, or declare it as a mark.")


def read_values(table: pd.DataFrame, place: Place) -> tuple[dict[str, pd.Series], list[Issue]]:
    """The columns `value` (not a number where it is empty), `status`, `means`, `printed_decimals`; and all faults."""
    notation = notation_of(place.table)
    marked = read_cells(table[VALUE], notation)
    cells = _with_given(table, marked)
    issues = [
        *_check_statuses(table, marked, place),
        *check_cells(table, cells, VALUE, place),
        *_check_numbers(table, cells.numbers, notation, place),
    ]
    numbers = _round(table, cells.numbers, place) if _divides(place) else cells.numbers
    statuses = cells.statuses.mask(cells.statuses == "", table[STATUS])
    means = map_to_texts(table[VALUE], lambda text: _meaning(text, place))
    printed = map_texts(table[VALUE], notation.count_printed).where(cells.are_numbers, -1).astype("int64")
    return {VALUE: numbers.astype("float64") + 0.0, STATUS: statuses, MEANS: means, PRINTED: printed}, issues


def _meaning(text: str, place: Place) -> str:
    mark = place.table.marks.get(text)
    return mark.means or "" if mark else ""


def _with_given(table: pd.DataFrame, cells: Cells) -> Cells:
    """The cells, with the status beside an empty one as if it were its mark."""
    explained = (table[VALUE] == "") & (cells.statuses == "") & table[STATUS].isin(MAY_BE_EMPTY)
    return Cells(cells.numbers, cells.statuses.mask(explained, table[STATUS]))


def _check_statuses(table: pd.DataFrame, cells: Cells, place: Place) -> list[Issue]:
    given = table[STATUS]
    unknown = take_rows(table, ~given.isin(["", *STATUSES]))
    numbered = take_rows(table, cells.are_numbers & given.isin(EMPTY))
    different = take_rows(table, (cells.statuses != "") & (given != "") & (given != cells.statuses))
    return [
        *explain_rows("unknown-status", unknown, STATUS, lambda row: _explain_status(row[STATUS]), file=place.file),
        *explain_rows("status-with-number", numbered, STATUS, lambda _: _WITH_NUMBER, file=place.file),
        *explain_rows("two-statuses", different, STATUS, lambda _: _DIFFERENT, file=place.file),
    ]


def _explain_status(text: str) -> tuple[str, str]:
    return f"There is no status {show_label(text)}.", nearest(text, STATUSES)


def _check_numbers(table: pd.DataFrame, numbers: pd.Series, notation: Notation, place: Place) -> list[Issue]:
    """Whether each number is one that its measure can have."""
    kinds = _of_measure(table, "kind", place)
    places = map_texts(table[VALUE], lambda text: count_decimals(notation.read_number(text) or Decimal(0)))
    places = places.where(numbers.notna(), 0)
    broken = (kinds == "count") & (places > 0)
    negative = kinds.isin(_NOT_NEGATIVE) & (numbers.astype("float64") < 0)
    allowed = _of_measure(table, "decimals", place)
    more = take_rows(table, (kinds != "count") & (places > allowed) & (not _divides(place)))
    signed = numbers.notna() & table[VALUE].str.endswith("%") & (kinds != "percentage") & kinds.notna()
    return [
        *explain_rows("percent-sign", take_rows(table, signed), VALUE, lambda _: _SIGNED, file=place.file),
        *explain_rows("not-whole", take_rows(table, broken), VALUE, lambda _: _NOT_WHOLE, file=place.file),
        *explain_rows("negative", take_rows(table, negative), VALUE, lambda _: _NEGATIVE, file=place.file),
        *explain_rows("too-many-decimals", more, VALUE, lambda row: _explain_decimals(row, place), file=place.file),
    ]


def _explain_decimals(row: pd.Series, place: Place) -> tuple[str, str]:
    allowed = place.declared.measures[row[MEASURE]].decimals
    hint = f"Round it in the source, or declare more decimals for {row[MEASURE]}."
    return f"The number has more decimals than its measure, which has {allowed}.", hint


def _of_measure(table: pd.DataFrame, key: str, place: Place) -> pd.Series:
    """What the catalogue says about the measure of each row; nothing where the measure is not known."""
    measures = place.declared.measures
    known = {name: getattr(measures[name], key) for name in table[MEASURE].unique() if name in measures}
    return table[MEASURE].map(known)


def _divides(place: Place) -> bool:
    """Whether a formula of the table divides. Its results seldom end, so the table's numbers are rounded."""
    steps = [step.derive for step in place.table.steps if isinstance(step, Derive)]
    return any("/" in (rule.formula or "") for rule in steps)


def _round(table: pd.DataFrame, numbers: pd.Series, place: Place) -> pd.Series:
    """Numbers at the decimals of their measures, halves away from zero."""
    rounded = [
        number
        if number is None or pd.isna(decimals)
        else number.quantize(Decimal(1).scaleb(-int(decimals)), context=_ROUNDING)
        for number, decimals in zip(numbers, _of_measure(table, "decimals", place), strict=True)
    ]
    return pd.Series(rounded, index=numbers.index, dtype=object)
