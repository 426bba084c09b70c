"""Read a part of a descriptor, or a row of a code list, as a model: what has the wrong type becomes an issue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from statpress.issue import Issue

T = TypeVar("T", bound=BaseModel)


def load_model(kind: type[T], content: object, file: str, row: int | None = None) -> T | list[Issue]:
    """`content` as a model, or an issue for each key that has the wrong type."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)
        inside = {fault["loc"][:place] for fault in faults for place in _inner(fault["loc"])}
        told = {(_key_of(fault["loc"]), fault["msg"]) for fault in faults if fault["loc"][:-1] not in inside}
        return [
            Issue("descriptor-key", f"This is not as expected: {message}.", file, row, key=key or None, hint=_FORMAT)
            for key, message in sorted(told)
        ]


_FORMAT: Final = "Mend it as the specification of Data Package has it."
_FORMS: Final = ("Dialect", "Schema", "list[any]", "list[str]", "str")
"""The forms of values that may have one of several, as pydantic names them in the place of a fault."""


def _key_of(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place if part not in _FORMS)


def _inner(place: tuple[int | str, ...]) -> Iterator[int]:
    """Where a fault goes on into a form that the value has; that it has none of the others need not be told."""
    yield from (number for number, part in enumerate(place[:-1]) if part in _FORMS)
