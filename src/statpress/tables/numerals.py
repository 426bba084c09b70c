"""Numbers in words, which tell a figure as well as digits do."""

from __future__ import annotations

import re
from typing import Final

NUMERALS: Final = re.compile(
    r"\b(zero|none|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty"
    r"|forty|fifty|eighty|hundred|dozen|half|third|quarter|single|once|twice)\w*",
    re.IGNORECASE,
)
"""Numbers from nought up, as English writes them."""


def tells_number(text: str) -> bool:
    """Whether a text has a digit of any script, or a numeral in words."""
    return any(letter.isnumeric() for letter in text) or NUMERALS.search(text) is not None
