"""What every declared noun has in common: frozen, keys in kebab-case, unknown keys refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day") from None
    return text


def _without_figures(text: str) -> str:
    if any(letter.isnumeric() for letter in _YEAR.sub("", text)):
        raise ValueError(
            "these words must have no figures, which nothing would protect; years such as 2019/20 may stand"
        )
    return text


_YEAR = re.compile(r"\b(19|20)\d\d([/-]\d\d)?\b")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name in kebab-case: lower case letters, digits and hyphens."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
"""A code of a code list, such as `E06000012` or `10-to-15`."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=5000, strip_whitespace=True, pattern=r"^[^=+\-@\t\r]")]
"""Words for readers, which no spreadsheet would run as a formula."""
OptionalText = Annotated[str, StringConstraints(max_length=5000, strip_whitespace=True, pattern=r"^([^=+\-@\t\r]|$)")]
"""Words for readers, or nothing."""
AltText = Annotated[OptionalText, AfterValidator(_without_figures)]
"""Words for those who cannot see a chart. Nobody checks words for withheld numbers, so they have none but years."""
Column = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The name of a column of a table."""
Band = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}\.\.[0-9]{1,9}$")]
"""Whole numbers from..to, both included, such as `1..5`."""
StatusCode = Literal["c", "x", "z", "low", "u", "p", "r", "e", "f", "b"]
Date = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"), AfterValidator(_real_day)
]
"""A day, as `2019-03-31`."""
Version = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){0,3}$"),
    Field(json_schema_extra={"type": ["string", "number"]}),
]
"""Numbers with dots, such as `2019.1`."""


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Declared(BaseModel):
    """A declared noun. Checked once, when it is loaded; trusted afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_kebab, str_strip_whitespace=True)


def band(text: Band) -> tuple[int, int]:
    """The two ends of a band such as `1..5`."""
    low, high = text.split("..")
    return int(low), int(high)
