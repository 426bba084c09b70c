"""Texts in the plain spelling of their type, read a column at a time by pyarrow.

Plain is the one spelling in which a value is normally written: `12`, `-3.50`, `2020-04-01`. What is spelt otherwise
(` 12`, `1e3`, `2020-4-1`) may still be a value; that is for frictionless to say (see `judge`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from statpress.checks.contract.arrays import keep, strings
from statpress.checks.contract.nouns import Column

Reader = Callable[[pa.Array], pa.Array]
_INTEGER: Final = r"^(?:0|-?[1-9][0-9]{0,17})$"
_NUMBER: Final = r"^-?[0-9]{1,9}(?:\.[0-9]{1,6})?$"
"""At most 15 digits, which floats keep apart, so that floats compare as the decimals that they stand for."""
_YEAR: Final = r"^[1-9][0-9]{3}$"
_TRUE: Final = ("true", "True", "TRUE", "1")
_FALSE: Final = ("false", "False", "FALSE", "0")
_YEAR_ONE: Final = r"^(?:[1-9]...|0[1-9]..|00[1-9].|000[1-9])-"


def find_reader(column: Column) -> Reader | None:
    """What reads plain texts of a column: texts to typed values, null where a text is null or not plain.

    None where the type or its format has no plain spelling.
    """
    is_listed = column.type == "boolean" and "enum" in column.constraints
    if column.format != "default" or is_listed or _OPTIONS & column.described.keys():
        return None
    return _READERS.get(column.type)


def is_plain_text(column: Column) -> bool:
    """Whether the values of a column are its texts as they are."""
    return find_reader(column) is _texts


def spell(typed: pa.Array) -> pa.Array:
    """Typed values as texts, one text for each value."""
    if pa.types.is_floating(typed.type):
        return pc.replace_substring_regex(pc.cast(typed, pa.string()), r"\.0$", "")
    return typed if pa.types.is_string(typed.type) else pc.cast(typed, pa.string())


def _texts(texts: pa.Array) -> pa.Array:
    return texts


def _integers(texts: pa.Array) -> pa.Array:
    try:
        return _same(pc.cast(texts, pa.int64()), texts)
    except pa.ArrowInvalid:
        return pc.cast(_matching(texts, _INTEGER), pa.int64())


def _numbers(texts: pa.Array) -> pa.Array:
    """Adding zero makes -0.0 the same as 0.0."""
    return pc.add(pc.cast(_matching(texts, _NUMBER), pa.float64()), pc.cast(strings(["0"]), pa.float64())[0])


def _years(texts: pa.Array) -> pa.Array:
    return pc.cast(_matching(texts, _YEAR), pa.int64())


def _truths(texts: pa.Array) -> pa.Array:
    """1 for true and 0 for false, which they equal."""
    true, false = (pc.is_in(texts, value_set=strings(listed)) for listed in (_TRUE, _FALSE))
    return keep(pc.or_(true, false), pc.cast(true, pa.int8()))


def _dates(texts: pa.Array) -> pa.Array:
    try:
        found = pc.cast(texts, pa.date32())
    except pa.ArrowInvalid:
        found = pc.cast(pc.strptime(texts, "%Y-%m-%d", "s", error_is_null=True), pa.date32())
    return _same(found, _matching(texts, _YEAR_ONE))


def _datetimes(texts: pa.Array) -> pa.Array:
    found = pc.strptime(texts, "%Y-%m-%dT%H:%M:%S", "s", error_is_null=True)
    return _same(found, pc.replace_substring(_matching(texts, _YEAR_ONE), "T", " "))


def _matching(texts: pa.Array, pattern: str) -> pa.Array:
    return keep(pc.match_substring_regex(texts, pattern), texts)


def _same(found: pa.Array, texts: pa.Array) -> pa.Array:
    """The values that are printed as they were spelt."""
    same = pc.equal(pc.cast(found, pa.string()), texts)
    return found if pc.all(same, skip_nulls=False).as_py() else keep(same, found)


_READERS: Final[Mapping[str, Reader]] = {
    "any": _texts,
    "boolean": _truths,
    "date": _dates,
    "datetime": _datetimes,
    "integer": _integers,
    "number": _numbers,
    "string": _texts,
    "year": _years,
}
_OPTIONS: Final = {"groupChar", "decimalChar", "bareNumber", "arrayItem", "trueValues", "falseValues"}
"""What a field may declare with which its values are spelt otherwise."""
