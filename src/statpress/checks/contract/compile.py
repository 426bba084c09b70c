"""A Table Schema as declared, compiled: every field with its own missing values and constraints, and all keys.

What the schema itself has wrong is told as issues at its keys; a schema with faults judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from statpress.checks.contract.nouns import Column, Contract, Described, ForeignKey, Table
from statpress.issue import Issue, nearest

_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_LENGTHS: Final = ("minLength", "maxLength")
CONSTRAINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "any": ("required", "enum"),
    "array": ("required", *_LENGTHS, "enum"),
    "boolean": ("required", "enum"),
    "date": ("required", *_BOUNDS, "enum"),
    "datetime": ("required", *_BOUNDS, "enum"),
    "duration": ("required", "enum"),
    "geojson": ("required", "enum"),
    "geopoint": ("required", "enum"),
    "integer": ("required", *_BOUNDS, "enum"),
    "list": ("required", *_LENGTHS),
    "number": ("required", *_BOUNDS, "enum"),
    "object": ("required", *_LENGTHS, "enum"),
    "string": ("required", *_LENGTHS, "pattern", "enum"),
    "time": ("required", *_BOUNDS, "enum"),
    "year": ("required", *_BOUNDS, "enum"),
    "yearmonth": ("required", *_BOUNDS, "enum"),
}
"""The types of Table Schema version 2, each with the constraints that it may have besides `unique`."""
MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")
_LENGTH: Final = 2_000_000_000


def compile_contract(table: Table, place: str) -> tuple[Contract | None, list[Issue]]:
    """The contract of a table, or what is wrong with its schema. `place` is the descriptor, for messages."""
    schema = table.schema
    fields = schema.get("fields")
    prefix = f"{table.key}.schema".strip(".")
    if not isinstance(fields, list) or not all(_is_field(one) for one in fields):
        message = "The schema must have a list of fields, each with a name."
        return None, [Issue("bad-schema", message, place, key=f"{prefix}.fields")]
    issues = [*_form_faults(schema, place, prefix), *_field_faults(fields, place, prefix)]
    issues += [] if issues else _key_faults(schema, fields, place, prefix)
    if issues:
        return None, issues
    everywhere = _missing(schema.get("missingValues", [""]))
    columns = tuple(_column(one, everywhere) for one in fields)
    return Contract(
        columns,
        _match(schema),
        tuple(_names(schema.get("primaryKey"))),
        tuple(tuple(_names(key)) for key in schema.get("uniqueKeys", ())),
        tuple(_foreign(key, table.name) for key in schema.get("foreignKeys", ())),
    ), []


def _is_field(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("name"), str)


def _match(schema: Described) -> str:
    """The way in which fields match a header. The profile of version 2 has it as a list by mistake."""
    found = schema.get("fieldsMatch", "exact")
    return str(found[0] if isinstance(found, list) and found else found)


def _column(described: Described, everywhere: tuple[str, ...]) -> Column:
    kind = _type(described)
    constraints = described.get("constraints", {})
    missing = _missing(described["missingValues"]) if "missingValues" in described else everywhere
    listed = described.get("categories")
    return Column(
        described["name"],
        kind,
        described,
        {name: value for name, value in constraints.items() if value is not None and value is not False},
        missing,
        tuple(str(_value(one)) for one in listed) if listed is not None else None,
    )


def _type(described: Described) -> str:
    return str(described.get("type") or "string")


def _value(one: Any) -> Any:
    return one.get("value") if isinstance(one, dict) else one


def _missing(listed: Any) -> tuple[str, ...]:
    return tuple(str(_value(one)) for one in listed)


def _names(key: Any) -> list[str]:
    return [key] if isinstance(key, str) else list(key or ())


def _foreign(key: Described, own: str) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(
        tuple(_names(key["fields"])), str(reference.get("resource") or own), tuple(_names(reference["fields"]))
    )


def _form_faults(described: Described, place: str, key: str) -> Iterator[Issue]:
    """Parts that do not have the form that they must have."""
    for name, value in described.items():
        test, words = _FORM.get(name, (None, ""))
        if test is not None and not test(value):
            yield Issue("bad-schema", f"`{name}` must be {words}.", place, key=f"{key}.{name}")


def _field_faults(fields: Sequence[Described], place: str, prefix: str) -> Iterator[Issue]:
    seen: set[str] = set()
    for index, described in enumerate(fields):
        key, kind = f"{prefix}.fields.{index}", _type(described)
        if described["name"] in seen:
            yield Issue("bad-schema", f"Two fields are named `{described['name']}`.", place, key=key)
        seen.add(described["name"])
        yield from _form_faults(described, place, key)
        if kind not in CONSTRAINTS:
            hint = nearest(kind, CONSTRAINTS)
            yield Issue("bad-schema", f"Table Schema has no type `{kind}`.", place, key=f"{key}.type", hint=hint)
        else:
            yield from _constraint_faults(described, kind, place, f"{key}.constraints")


def _constraint_faults(described: Described, kind: str, place: str, key: str) -> Iterator[Issue]:
    constraints = described.get("constraints", {})
    if not isinstance(constraints, dict):
        yield Issue("bad-schema", "Constraints must be an object.", place, key=key)
        return
    allowed = (*CONSTRAINTS[kind], "unique")
    for name in constraints.keys() - set(allowed):
        message = f"A field of type {kind} cannot have the constraint `{name}`."
        yield Issue("bad-schema", message, place, key=f"{key}.{name}", hint=nearest(name, allowed))
    yield from _form_faults({name: constraints[name] for name in allowed if name in constraints}, place, key)


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LENGTH


def _are_values(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(_value(one), str) for one in value)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(f"^{text}$")
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _key_faults(schema: Described, fields: Sequence[Described], place: str, prefix: str) -> Iterator[Issue]:
    if _match(schema) not in MATCHES:
        message, hint = "`fieldsMatch` has a value that is not known.", nearest(_match(schema), MATCHES)
        yield Issue("bad-schema", message, place, key=f"{prefix}.fieldsMatch", hint=hint)
    known = {described["name"] for described in fields}
    for key, listed in _keys(schema):
        is_key = _is_key(listed)
        unknown = [name for name in _names(listed) if name not in known] if is_key else []
        if not is_key or listed in ("", []):
            yield Issue("bad-schema", "A key is a field, or a list of fields.", place, key=f"{prefix}.{key}")
        for name in unknown:
            hint = nearest(name, known)
            yield Issue("bad-schema", f"The schema has no field `{name}`.", place, key=f"{prefix}.{key}", hint=hint)
    yield from _foreign_faults(schema, place, prefix)


def _is_key(listed: Any) -> bool:
    return isinstance(listed, str) or (isinstance(listed, list) and all(isinstance(one, str) for one in listed))


def _keys(schema: Described) -> Iterator[tuple[str, Any]]:
    if "primaryKey" in schema:
        yield "primaryKey", schema["primaryKey"]
    unique = schema.get("uniqueKeys", [])
    yield from ((f"uniqueKeys.{index}", key) for index, key in enumerate(unique if isinstance(unique, list) else [0]))
    for index, key in enumerate(schema.get("foreignKeys", [])):
        if isinstance(key, dict):
            yield f"foreignKeys.{index}.fields", key.get("fields", [])


def _foreign_faults(schema: Described, place: str, prefix: str) -> Iterator[Issue]:
    for index, key in enumerate(schema.get("foreignKeys", [])):
        here = f"{prefix}.foreignKeys.{index}"
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(reference, dict) or "fields" not in key or not _is_key(reference.get("fields")):
            message = "A foreign key has `fields` and a `reference` with `resource` and `fields`."
            yield Issue("bad-schema", message, place, key=here)
        elif len(_names(key["fields"])) != len(_names(reference["fields"])):
            yield Issue("bad-schema", "A foreign key must refer to as many fields as it has.", place, key=here)


_FORM: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "required": (lambda value: isinstance(value, bool), "true or false"),
    "unique": (lambda value: isinstance(value, bool), "true or false"),
    "minLength": (_is_length, "a whole number, not below 0"),
    "maxLength": (_is_length, "a whole number, not below 0"),
    "pattern": (lambda value: isinstance(value, str) and _is_pattern(value), "a regular expression"),
    "enum": (lambda value: isinstance(value, list), "a list"),
    "missingValues": (_are_values, "a list of texts, or of objects with a text `value`"),
    "categories": (lambda value: isinstance(value, list), "a list"),
    "foreignKeys": (lambda value: isinstance(value, list), "a list"),
    "fieldsMatch": (lambda value: isinstance(value, str | list), "a text"),
    "format": (lambda value: isinstance(value, str), "a text"),
    "type": (lambda value: isinstance(value, str), "a text"),
}
"""The form that a part of a schema must have, as a test and in words."""
