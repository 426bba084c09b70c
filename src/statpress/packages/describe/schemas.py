"""The Table Schema of every file of a package: declared here once, never inferred from the data that it judges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from statpress.cube import FIXED, NOT_STATED, NOTE, PERIOD_KINDS, STATUS, VALUE, key_columns
from statpress.declare.catalogues import MeasureKind
from statpress.status import STATUSES

Schema = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a file."""

    name: str
    type: str
    description: str
    constraints: Mapping[str, Any] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    """Each value that the field may have, with its label; none where it may have others"""

    def as_dict(self) -> dict[str, Any]:
        """The field as Table Schema has it."""
        described: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.description}
        if self.categories:
            described["categories"] = [{"value": value, "label": label} for value, label in self.categories.items()]
        return described | ({"constraints": dict(self.constraints)} if self.constraints else {})


_NEEDED: Final = {"required": True}
_DAY: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PERIOD: Final = f"({NOT_STATED}|{_DAY}/(P[0-9]+[YMWD]|{_DAY}))"
_MEASURE: Final = "[a-z0-9][a-z0-9_.-]*"
CODE_LISTS: Final[dict[str, tuple[Field, ...]]] = {
    "measures": (
        Field("measure", "string", "Code of the measure.", {"required": True, "unique": True, "pattern": _MEASURE}),
        Field("title", "string", "Title of the measure, without area or period.", _NEEDED),
        Field("definition", "string", "What exactly is counted, and what is not.", _NEEDED),
        Field("unit", "string", "What one is.", _NEEDED),
        Field("kind", "string", "How the figure is made.", {"required": True, "enum": list(get_args(MeasureKind))}),
        Field(
            "decimals", "integer", "Decimals of the published figure.", {"required": True, "minimum": 0, "maximum": 12}
        ),
        Field(
            "polarity",
            "string",
            "Which direction is good: high, low or none.",
            {"required": True, "enum": ["high", "low", "none"]},
        ),
        Field("numerator", "string", "The measure that a percentage or rate counts, if it is in this package."),
        Field("denominator", "string", "The measure that a percentage or rate is out of, if it is in this package."),
        Field(
            "denominator_at",
            "string",
            "Whether a percentage or rate is out of the same group (same) or of everybody (total).",
            {"enum": ["same", "total"]},
        ),
        Field(
            "denominator_at_least",
            "integer",
            "The number that no denominator is smaller than, where denominators are not in this package.",
            {"minimum": 1},
        ),
        Field("change_of", "string", "The measure whose change since the period before a percentage gives."),
        Field("base", "integer", "What a rate counts per.", {"minimum": 1}),
        Field("matters", "string", "Why the figure matters."),
        Field("reading", "string", "How to read the figure, and how not to."),
    ),
    "areas": (
        Field("area", "string", "Code of the area, of the Government Statistical Service where one exists.", _NEEDED),
        Field("name", "string", "Name of the area.", _NEEDED),
        Field("kind", "string", "Kind of area.", _NEEDED),
        Field("parent", "string", "Code of the area that it is part of, if any."),
    ),
    "periods": (
        Field(
            "period",
            "string",
            "ISO 8601 interval, or not-stated.",
            {"required": True, "unique": True, "pattern": _PERIOD},
        ),
        Field("label", "string", "The period in words.", _NEEDED),
        Field("kind", "string", "Kind of period.", {"required": True, "enum": list(PERIOD_KINDS)}),
        Field("start", "date", "First day; empty where the source states no period."),
        Field("end", "date", "Last day, included; empty where the source states no period."),
    ),
    "statuses": (
        Field("status", "string", "Code of the status.", {"required": True, "unique": True}),
        Field("mark", "string", "The status as tables for people show it.", {"required": True, "unique": True}),
        Field("title", "string", "The status in a word or two.", _NEEDED),
        Field("meaning", "string", "What the status means.", _NEEDED),
    ),
}
DIMENSION_FIELDS: Final = (
    Field("code", "string", "Code of the category; all is the whole.", {"required": True, "unique": True}),
    Field("label", "string", "The category in words.", _NEEDED),
    Field("parent", "string", "Code of the category that it is part of; empty for the whole."),
    Field("order", "integer", "Place in lists, from 0.", {"required": True, "minimum": 0}),
)
_KEYS: Final = {"measures": "measure", "areas": "area", "periods": "period", "statuses": "status"}


def describe_code_list(name: str) -> Schema:
    """The schema of one of the code lists that every package has."""
    schema = _schema(CODE_LISTS[name], [_KEYS[name]])
    if name in ("measures", "areas"):
        parts = ("numerator", "denominator", "change_of") if name == "measures" else ("parent",)
        schema["foreignKeys"] = [_foreign(part, "", _KEYS[name]) for part in parts]
    return schema


def describe_dimension() -> Schema:
    """The schema of the code list of a dimension."""
    keys = {"uniqueKeys": [["order"]], "foreignKeys": [_foreign("parent", "", "code")]}
    return _schema(DIMENSION_FIELDS, ["code"]) | keys


def describe_observations(titles: Mapping[str, str]) -> Schema:
    """The schema of the observations. `titles` has the title of each dimension, in order."""
    fields = [
        Field("measure", "string", "Code of measures.csv.", _NEEDED),
        Field("area", "string", "Code of areas.csv.", _NEEDED),
        Field("period", "string", "Code of periods.csv.", _NEEDED),
        *(_dimension(name, title) for name, title in titles.items()),
        Field(VALUE, "number", "The figure, or empty with a status that says why."),
        Field(
            STATUS,
            "string",
            "Code of statuses.csv, or empty for a plain figure.",
            {"enum": list(STATUSES)},
            {code: status.title for code, status in STATUSES.items()},
        ),
        Field(NOTE, "string", "A remark about this figure."),
    ]
    schema = _schema(fields, key_columns(tuple(titles)))
    lists = {**dict(zip(FIXED, ("measures", "areas", "periods"), strict=True)), STATUS: "statuses"}
    codes = [_foreign(column, resource, column) for column, resource in lists.items()]
    return schema | {"foreignKeys": codes + [_foreign(name, name, "code") for name in titles]}


def _dimension(name: str, title: str) -> Field:
    return Field(name, "string", f"{title}: code of {name}.csv; all for the whole.", _NEEDED)


def _schema(fields: Iterable[Field], key: list[str]) -> Schema:
    return {"fields": [field.as_dict() for field in fields], "primaryKey": key, "missingValues": [""]}


def _foreign(column: str, resource: str, key: str) -> dict[str, Any]:
    return {"fields": [column], "reference": {"resource": resource, "fields": [key]}}
