"""The words of a text that tell something, to find it by, and the letter that it stands under."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_COMMON_WORDS: Final = (
    "a about all an and any are as at be been but by can each every few for from had has have how if in into is it its "
    "many may more most no not of on one only or other out over per so some than that the their them then there these "
    "they this those to was we were what when where which who whom whose will with without"
)
_TOO_COMMON: Final = frozenset(_COMMON_WORDS.split())


def pick_words(*texts: str) -> tuple[str, ...]:
    """The words of texts that tell something, each once, in order; never a number."""
    found = dict.fromkeys(word.lower() for text in texts for word in _WORD.findall(text))
    return tuple(word for word in found if len(word) > 1 and word not in _TOO_COMMON)


def find_letter(title: str) -> str:
    """The first letter of a title without its accents, or `0-9`."""
    plain = unicodedata.normalize("NFKD", title.lstrip(" “‘\"'(")).upper()
    return plain[:1] if plain[:1].isalpha() else "0-9"
