"""Say what is wrong with a declaration: the models' faults as issues with line, key and the nearest valid name."""

from __future__ import annotations

from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel, ValidationError

from statpress.declare.document import Document, Key
from statpress.declare.steps import STEP_NAMES
from statpress.issue import Issue, nearest

_EXPECTED: Final = {
    "int_parsing": "a whole number",
    "bool_parsing": "true or false",
    "string_type": "a text",
    "dict_type": "a mapping: lines of `key: value`",
    "model_type": "a mapping: lines of `key: value`",
    "model_attributes_type": "a mapping: lines of `key: value`",
    "too_short": "at least one entry",
    "tuple_type": "a list: lines that start with `- `",
    "unknown_step": f"a mapping with one key, one of: {', '.join(STEP_NAMES)}",
}


_FORMS: Final = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower case letters and digits joined by hyphens, such as children-in-need",
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "a code of letters, digits, dots and hyphens, such as E06000012",
    r"^[0-9]{1,9}\.\.[0-9]{1,9}$": "two whole numbers, from..to, such as 1..5",
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": "a day, such as 2019-03-31",
    r"^[0-9]{1,6}(\.[0-9]{1,6}){0,3}$": "numbers with dots, such as 2019.1",
    r"^[^=+\-@\t\r]": "words that do not start with = + - or @, which a spreadsheet would run as a formula",
    r"^([^=+\-@\t\r]|$)": "words that do not start with = + - or @, which a spreadsheet would run as a formula",
    r"^https?://\S+$": "a web address that starts with https://",
    r"\.(csv|xlsx|ods)$": "a CSV, XLSX or ODS file in the pipeline's folder, such as source/table.csv",
    r"\.json$": "a JSON file in the pipeline's folder, such as source/table.schema.json",
    r"^[A-Za-z0-9_]+\.py$": "a Python file beside the pipeline, such as transform.py",
}
"""What the models' patterns mean, for people."""
_NOTHING: Final = object()


def explain_faults(fault: ValidationError, document: Document, model: Any) -> list[Issue]:
    """Every fault that pydantic found in `document` against `model`, as issues; each place is told once."""
    issues: dict[tuple[int, str], Issue] = {}
    errors = fault.errors(include_url=False, include_input=True)
    for error in (error for error in errors if not _follows(error["loc"], error["type"], [e["loc"] for e in errors])):
        issue = _explain(dict(error), document, model)
        issues.setdefault((issue.row or 0, issue.key or ""), issue)
    return list(issues.values())


def _follows(loc: Key, kind: str, others: list[Key]) -> bool:
    """Whether a fault only says that a list is too short because its items are faulty."""
    return kind == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in others)


def _explain(error: dict[str, Any], document: Document, model: Any) -> Issue:
    kind = error["type"]
    key = _key_in_file(error["loc"], document.data, is_missing=kind == "missing")
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        known = _known_keys(model, error["loc"][:-1])
        return document.issue("unknown-key", f"The key `{name}` is not known here.", key, nearest(name, known))
    if kind == "missing":
        return document.issue("missing-key", f"The key `{name}` is missing.", key, f"Add `{name}: ...` here.")
    if kind == "unknown_step":
        found = error.get("input")
        wrong = next(iter(found), "") if isinstance(found, dict) else str(found)
        return document.issue("unknown-step", f"Expected {_EXPECTED[kind]}.", key, nearest(str(wrong), STEP_NAMES))
    return document.issue("bad-value", f"{_expectation(error, kind)}{_found(error.get('input'))}", key, _hint(error))


def _expectation(error: dict[str, Any], kind: str) -> str:
    if kind == "value_error":
        return str(error["ctx"]["error"]).capitalize() + "."
    if kind == "literal_error":
        return f"Expected {error['ctx']['expected']}."
    if kind == "string_pattern_mismatch":
        return f"Expected {_FORMS[error['ctx']['pattern']]}."
    return f"Expected {_EXPECTED[kind]}." if kind in _EXPECTED else f"{error['msg']}."


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f" Found {value[:60]!r}."
    return " Found a list." if isinstance(value, list) else ""


def _hint(error: dict[str, Any]) -> str:
    if error["type"] != "literal_error" or not isinstance(error.get("input"), str):
        return ""
    return nearest(
        error["input"], [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    )


def _key_in_file(loc: tuple[str | int, ...], data: Any, *, is_missing: bool) -> Key:
    """The path of a fault as the file has it. Pydantic adds names of alternatives, which are no keys of the file.

    Only a missing key is told although the file has it not.
    """
    key: list[str | int] = []
    here = data
    for index, part in enumerate(loc):
        inner = _inside(here, part)
        if inner is _NOTHING and not (is_missing and index == len(loc) - 1):
            continue
        here = inner
        key.append(part)
    return tuple(key)


def _inside(here: Any, part: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(part, _NOTHING)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return _NOTHING


def _known_keys(annotation: Any, loc: tuple[str | int, ...]) -> set[str]:
    """The keys that the model at `loc` under `annotation` knows."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _known_in_model(annotation, loc)
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return _known_keys(arguments[1], loc[1:])
    if get_origin(annotation) is tuple:
        return _known_keys(arguments[0], loc[1:])
    chosen = [inner for inner in arguments if loc and loc[0] in _fields(inner)] or arguments
    return {key for inner in chosen for key in _known_keys(inner, loc)}


def _known_in_model(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    fields = _fields(model)
    for index, part in enumerate(loc):
        if part in fields:
            return _known_keys(fields[str(part)], loc[index + 1 :])
    return set(fields)


def _fields(annotation: Any) -> dict[str, Any]:
    """Key to annotation of a model; of its first model where it is wrapped in `Annotated`."""
    if get_origin(annotation) is Annotated:
        return _fields(get_args(annotation)[0])
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return {}
    return {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
