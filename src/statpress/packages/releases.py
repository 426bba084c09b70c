"""What a descriptor says of its releases and of how they were checked, as frozen models.

All parts of a descriptor are taken as `descriptor.py` says.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

FORM: Final = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, populate_by_name=True)
"""How each part of a descriptor is read: unknown keys are left alone, and numbers may stand for text."""


class _Part(BaseModel):
    model_config = FORM


class ChangeReason(_Part):
    """Why a release takes figures away, or defines a measure anew."""

    removed: dict[str, str | list[str]] = {}
    redefined: str = ""
    reason: str = ""


class Changes(_Part):
    """What changed since the release before: how many figures in which way, and why."""

    since: str = ""
    date: str = ""
    figures: dict[str, int] = {}
    reasons: list[ChangeReason] = []


class Release(_Part):
    """This release."""

    version: str = ""
    date: str = ""
    next: str = ""
    notes: str = ""
    type: str = ""
    """What kind of release it is, such as `Official statistics`."""
    changes: Changes | None = None


class EarlierRelease(_Part):
    """A release that anyone can still download."""

    version: str
    date: str = ""
    path: str
    bytes: int | None = None
    hash: str = ""


class QualityCheck(_Part):
    """One check in a sentence, how it ended, and the reason where a known fault was let pass."""

    id: str
    title: str
    result: Literal["passed", "warned", "waived", "checked"]
    reason: str = ""
