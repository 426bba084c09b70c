"""Judge the cells of one column: which are null, which break the type or a constraint, and what they equal.

Each different text is judged once. Plain texts (see `plain`) are judged by pyarrow all together; frictionless reads
the others one by one, and says what it says of them.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from statpress.checks.contract.arrays import Array, bools, codes, keep, places, strings
from statpress.checks.contract.nouns import Column
from statpress.checks.contract.pattern import matches
from statpress.checks.contract.plain import find_reader, spell

_SAMPLE: Final = 1_000
_LOADING: Final = Lock()
_COMPARE: Final[Mapping[str, Callable[..., pa.Array]]] = {
    "minimum": pc.greater_equal,
    "maximum": pc.less_equal,
    "exclusiveMinimum": pc.greater,
    "exclusiveMaximum": pc.less,
    "minLength": pc.greater_equal,
    "maxLength": pc.less_equal,
}
_LIMITS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_FAMILIES: Final = dict.fromkeys(("integer", "number", "year", "boolean"), "number") | {"any": "string"}


@dataclass(frozen=True)
class Verdict:
    """What holds of each of some texts: whether it is null, and by kind of fault whether it has it.

    `equals` has one text for each value, null where there is none; it is there where it was asked for. Where `rows` is
    there, it has the place in `equals` for each of the texts.
    """

    null: Array
    faults: Mapping[str, Array]
    equals: pa.Array | None
    rows: Array | None = None

    def take(self, rows: Array) -> Verdict:
        """The verdict on rows, each with the place of its text."""
        faults = {kind: found[rows] for kind, found in self.faults.items() if found.any()}
        return Verdict(self.null[rows], faults, self.equals, rows)


class Judge:
    """One column, ready to judge. `is_key` asks for `equals`."""

    def __init__(self, column: Column, *, is_key: bool) -> None:
        """Nothing is opened before it is needed."""
        self.column = column
        self.is_key = is_key
        self._read_plain = find_reader(column)

    @property
    def family(self) -> str:
        """Values of different families are never equal."""
        return _FAMILIES.get(self.column.type, self.column.type)

    @property
    def is_plain(self) -> bool:
        """Whether values and limits have a plain spelling."""
        return self._read_plain is not None and self._bounds is not None

    @cached_property
    def read_cell(self) -> Callable[[str | None], tuple[Any, dict[str, str] | None]]:
        """What frictionless makes of one cell: a value and what is wrong. Raises FrictionlessException."""
        return _open_field(self.column)

    def judge(self, texts: pa.Array) -> Verdict:
        """The verdict on `texts`, which may hold nulls."""
        if not _repeats(texts):
            return self._judge(texts)
        coded = texts.dictionary_encode()
        words = pa.concat_arrays([coded.dictionary, strings([None])])
        rows = codes(coded.indices)
        return self._judge(words).take(np.where(rows < 0, len(words) - 1, rows))

    def _judge(self, words: pa.Array) -> Verdict:
        missing = self._find_missing(words)
        null = bools(pc.or_kleene(missing, pc.is_null(words)))
        given = keep(pc.invert(missing), words) if pc.any(missing).as_py() else words
        typed = self._plain(given)
        plain = bools(pc.is_valid(typed))
        faults = {kind: found & plain for kind, found in self._fast_faults(typed).items()}
        if "required" in self.column.constraints:
            faults["required"] = null
        equals = spell(typed) if self.is_key else None
        rest = np.flatnonzero(~plain & ~null)
        if len(rest):
            equals = self._add_others(rest, words, faults, equals)
        return Verdict(null, self._with_categories(faults, words, null, equals), equals)

    def _find_missing(self, words: pa.Array) -> pa.Array:
        """Which texts stand for no value."""
        listed = strings(self.column.missing)
        return pc.equal(words, listed[0]) if len(listed) == 1 else pc.is_in(words, value_set=listed)

    def _plain(self, given: pa.Array) -> pa.Array:
        if self._read_plain is None or not self.is_plain:
            return strings([None]).take(places(np.zeros(len(given), np.int64)))
        return self._read_plain(given)

    @cached_property
    def _bounds(self) -> dict[str, Any] | None:
        """The limits and lists of the constraints as plain values; None where one is not plain."""
        found: dict[str, Any] = {}
        for name, value in self.column.constraints.items():
            if name in ("minLength", "maxLength"):
                found[name] = pc.cast(strings([str(value)]), pa.int32())[0]
            elif name == "enum" or name in _COMPARE:
                listed = [one for one in (value if name == "enum" else [value]) if self._is_own(one)]
                texts = strings([str(one) for one in listed])
                typed = self._read_plain(texts) if self._read_plain else texts
                if typed.null_count or (name != "enum" and not listed):
                    return None
                found[name] = typed if name == "enum" else typed[0]
        return found

    def _is_own(self, value: Any) -> bool:
        """Whether a value of a constraint can equal a cell: numbers are numbers or texts, texts are texts."""
        kinds = (str, int, float) if self.column.type in ("integer", "number", "year") else str
        return isinstance(value, kinds) and not isinstance(value, bool)

    def _fast_faults(self, typed: pa.Array) -> dict[str, Array]:
        found: dict[str, Array] = {}
        bounds = self._bounds or {}
        lengths = pc.utf8_length(typed) if bounds.keys() & {"minLength", "maxLength"} else None
        for name, bound in bounds.items():
            if name == "enum":
                good = pc.is_in(typed, value_set=bound)
            else:
                good = _COMPARE[name](lengths if name in ("minLength", "maxLength") else typed, bound)
            found[name] = ~bools(good)
        if "pattern" in self.column.constraints and pa.types.is_string(typed.type):
            found["pattern"] = ~matches(typed, self.column.constraints["pattern"])
        return found

    def _add_others(self, rest: Array, words: pa.Array, faults: dict[str, Array], equals: pa.Array | None) -> Any:
        """Add what frictionless says of the words at `rest`, to `faults` and `equals`."""
        others: list[str | None] = [None] * len(words) if self.is_key else []
        for place, text in zip(rest.tolist(), words.take(places(rest)).to_pylist(), strict=True):
            value, kinds = self._read_one(text)
            for kind in kinds:
                faults.setdefault(kind, np.zeros(len(words), bool))[place] = True
            if self.is_key and value is not None:
                others[place] = _spell_one(value)
        return pc.coalesce(equals, strings(others)) if self.is_key else equals

    def _read_one(self, text: str) -> tuple[Any, Iterable[str]]:
        try:
            value, notes = self.read_cell(text)
        except (TypeError, ValueError, ArithmeticError):  # a value that cannot be compared with its limits
            return None, ("type",)
        return value, notes or ()

    def _with_categories(
        self, faults: dict[str, Array], words: pa.Array, null: Array, equals: pa.Array | None
    ) -> dict[str, Array]:
        if self.column.categories is not None:
            listed = strings(self.column.categories)
            known = bools(pc.is_in(words, value_set=listed))
            if equals is not None:
                known |= bools(pc.is_in(equals, value_set=listed))
            faults["categories"] = ~known & ~null & ~faults.get("type", np.zeros(len(words), bool))
        return faults


def explain_refusal(column: Column) -> str | None:
    """Why frictionless cannot read a field as it is declared, or None. Plain fields are not put to it."""
    judge = Judge(column, is_key=False)
    if judge.is_plain:
        return None
    try:
        judge.read_cell("")
    except Exception as fault:  # of its own kind, or whatever its constraints lead to
        note = getattr(getattr(fault, "error", None), "note", "")
        return str(note).rstrip(".") or f"{type(fault).__name__} in its constraints"
    return next((f"`{name}` is no value of the type" for name in _LIMITS if _is_no_limit(column, name)), None)


def _is_no_limit(column: Column, name: str) -> bool:
    limit = column.constraints.get(name)
    return limit is not None and _field(column).create_value_reader()(limit) is None


def _repeats(texts: pa.Array) -> bool:
    """Whether texts are often the same, so that it pays to judge each different one once."""
    start = texts.slice(0, _SAMPLE)
    return bool(2 * pc.count_distinct(start).as_py() <= max(len(start), 1))


def _open_field(column: Column) -> Callable[[str | None], tuple[Any, dict[str, str] | None]]:
    reader: Callable[[str | None], tuple[Any, dict[str, str] | None]] = _field(column).create_cell_reader()
    return reader


def _field(column: Column) -> Any:
    """The field as frictionless has it. Raises FrictionlessException.

    frictionless raises a limit of Python's csv for everybody when it loads its parts; it is put back.
    """
    with _LOADING:
        limit = csv.field_size_limit()
        try:
            return _make_field(column)
        finally:
            csv.field_size_limit(limit)


def _make_field(column: Column) -> Any:
    from frictionless import Schema

    field = {name: value for name, value in column.described.items() if name not in _UNUSED}
    field["constraints"] = {name: value for name, value in column.constraints.items() if name != "unique"}
    schema = Schema.from_descriptor(
        {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": [field], "missingValues": []}
    )
    return schema.fields[0]


_UNUSED: Final = ("missingValues", "example", "categories", "categoriesOrdered")


def _spell_one(value: Any) -> str:
    """A text for a value that is the same for equal values of a family."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal | float):
        return _spell_decimal(Decimal(str(value)))
    if isinstance(value, datetime.datetime):
        return _spell_datetime(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return json.dumps(value, sort_keys=True, default=str) if isinstance(value, list | dict) else str(value)


def _spell_datetime(value: datetime.datetime) -> str:
    aware = value.tzinfo is not None
    text = (value.astimezone(datetime.UTC).replace(tzinfo=None) if aware else value).isoformat(" ")
    return f"{text}Z" if aware else text


def _spell_decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > 100:
        return str(value)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if re.fullmatch("-?0*", text) else text
