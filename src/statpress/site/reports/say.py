"""What a call is given to say in place of its own words: never a number, never the contrary of its claim."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from statpress.site.reports.calls import Call
from statpress.site.reports.find import Faulty
from statpress.site.reports.stray import has_number

_NEVER: Final = re.compile(r"(?!)")
_RISING: Final = re.compile(
    r"\b(rose|up|grew|increased|higher|highest|more|most|above|larger|largest"
    r"|cod(i|odd|wyd)|i fyny|cynydd(u|odd)|uwch|uchaf|mwy|mwyaf|uwchlaw)\b",
    re.IGNORECASE,
)
_FALLING: Final = re.compile(
    r"\b(fell|down|shrank|decreased|dropped|lower|lowest|fewer|fewest|less|least|below|smaller"
    r"|gostw?ng(odd)?|gostyngodd|i lawr|cwympodd|isaf|llai|lleiaf)\b",
    re.IGNORECASE,
)
_CONTRARY: Final = MappingProxyType(
    dict.fromkeys(("rose", "higher", "highest", "more_than_half", "more_than", "twice", "more_than_twice"), _FALLING)
    | dict.fromkeys(("fell", "lower", "lowest", "less_than_half", "less_than", "half"), _RISING)
)
"""Words that say the contrary of a claim."""


def choose_words(call: Call, *words: str) -> str:
    """What a call prints: the first of `words`, or what it is given to `say`; that may have all of these in it.

    Raises Faulty where it has a number of its own.
    """
    said = call.named.get("say", words[0])
    if not isinstance(said, str):
        raise Faulty([call.place.complain("report-syntax", "say takes a text.", 'Write say="went up", with quotes.')])
    if _CONTRARY.get(call.name, _NEVER).search(said):
        hint = "Take another claim, or other words."
        raise Faulty([call.place.complain("report-claim", f"What {call.name} is to say means the contrary.", hint)])
    if has_number(re.sub("|".join(map(re.escape, words)), "", said, flags=re.IGNORECASE)):
        hint = "Take the number out of say, and draw it from a package beside it."
        raise Faulty([call.place.complain("report-number", "A number in say is drawn from no package.", hint)])
    return said
