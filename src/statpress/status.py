"""The statuses a figure may have: why it is empty, or how to read it.

The shorthand is that of the Government Analysis Function, "Symbols in tables" (2022), without brackets in files.
`c` covers every withheld value alike, so that a mark never tells a small number from one withheld to protect it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from statpress.language.speak import Language, later, spoken


@dataclass(frozen=True)
class Status:
    """One status: its code in files, whether the value is empty, and the words that explain it."""

    code: str
    empty: bool
    title: str
    meaning: str
    blank_meaning: str = ""
    """Of a status that goes with a number: what it means where there is none, if it can stand alone."""

    @property
    def may_be_empty(self) -> bool:
        """Whether a value with this status may be empty."""
        return self.empty or bool(self.blank_meaning)

    @property
    def why_empty(self) -> str:
        """What the status means where the value is empty."""
        return self.blank_meaning or self.meaning

    @property
    def mark(self) -> str:
        """The code in brackets, as tables for people print it."""
        return f"[{self.code}]"


_ALL = (
    Status("c", True, later("Withheld"), later("We do not show this number, to protect the people that it counts.")),
    Status("x", True, later("Not available"), later("The source does not give this number.")),
    Status("z", True, later("Not applicable"), later("There can be no number here.")),
    Status("low", True, later("Close to zero"), later("The number rounds to zero, but is not zero.")),
    Status(
        "u",
        False,
        later("Low reliability"),
        later("The number rests on few people, so treat it with care."),
        later("The number rests on too few people to be shown."),
    ),
    Status("p", False, later("Provisional"), later("The number may still change.")),
    Status("r", False, later("Revised"), later("The number has changed since it was first published.")),
    Status("e", False, later("Estimated"), later("The number is an estimate.")),
    Status("f", False, later("Forecast"), later("The number is a forecast.")),
    Status("b", False, later("Break in series"), later("The number is not comparable with those before it.")),
)
STATUSES: Final[dict[str, Status]] = {status.code: status for status in _ALL}
WITHHELD: Final = "c"
NOT_AVAILABLE: Final = "x"
EMPTY: Final = tuple(status.code for status in _ALL if status.empty)
"""The statuses that no number has."""
MAY_BE_EMPTY: Final = tuple(status.code for status in _ALL if status.may_be_empty)
"""The statuses that a mark in the place of a number may have."""


def speak_statuses() -> dict[str, Status]:
    """The statuses by code, explained in the language that is spoken."""
    return _translate(spoken())


@lru_cache(maxsize=8)
def _translate(language: Language) -> dict[str, Status]:
    return {
        code: replace(
            status,
            title=language.say(status.title),
            meaning=language.say(status.meaning),
            blank_meaning=language.say(status.blank_meaning) if status.blank_meaning else "",
        )
        for code, status in STATUSES.items()
    }
