"""Texts that a person reads as the same, and a computer does not: odd spaces, letters of other scripts, dashes.

The letters are those of "confusables.txt" of Unicode Technical Standard 39 that are drawn like a Latin letter in most
typefaces; compatibility forms (full-width letters and digits, ligatures) are told by Unicode itself (NFKC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_CYRILLIC: Final = dict(zip("АВЕЅІЈКМНОРСТУХԌԚԜаеосрхуѕіјһԛԝԁ", "ABESIJKMHOPCTYXGQWaeocpxysijhqwd", strict=True))
_GREEK: Final = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ", "ABEZHIKMNOPTYXovc", strict=True))
_OTHERS: Final = dict(zip("‐‑‒–—―−﹣’‘ʼ′`´“”„″…ıɑɡℓ", "--------''''''\"\"\"\"\0iagl", strict=True))
_PLAIN: Final = {"…": "..."}
_FOREIGN: Final = _CYRILLIC | _GREEK
_TABLE: Final = str.maketrans(_FOREIGN | _OTHERS | _PLAIN)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES: Final = re.compile(r"\s+")
_LATIN: Final = re.compile("[A-Za-z0-9]")


def plain_form(text: str) -> str:
    """The text as it would be typed on a British keyboard: plain letters, dashes and quotes, single plain spaces."""
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    plain = unicodedata.normalize("NFC", text.translate(_TABLE))
    wide = "".join(unicodedata.normalize("NFKC", c) if _is_compatible(c) else c for c in plain)
    return _SPACES.sub(" ", _INVISIBLE.sub("", wide)).strip()


def _is_compatible(character: str) -> bool:
    """Whether a character is another form of letters or digits of the keyboard, such as a full-width one."""
    return ord(character) > 127 and unicodedata.normalize("NFKC", character).isascii() and character.isalnum()


def find_foreign(text: str) -> str:
    """The first letter that only looks Latin and stands in a word with Latin ones, in words; nothing if none does."""
    for word in _SPACES.split(text):
        if _LATIN.search(word):
            for character in word:
                if character in _FOREIGN or (character.isalnum() and _is_compatible(character)):
                    return name_character(character)
    return ""


def name_character(character: str) -> str:
    """A character in words: `U+0430 CYRILLIC SMALL LETTER A`. No digit is told, since it may be one of a figure."""
    if character.isdigit():
        return "a digit" if character.isascii() else "a digit of another script"
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"


def find_different(text: str, like: str) -> str:
    """How a text differs from one that looks the same: the first character that the other does not have."""
    for place, character in enumerate(text, start=1):
        if place > len(like) or character != like[place - 1]:
            return f"character {place} is {name_character(character)}"
    return "it ends early"


_CONFUSED: Final = str.maketrans({"0": "O", "o": "O", "1": "l", "I": "l", "i": "l", "L": "l", "5": "S", "s": "S"})


def find_like(text: str, known: Iterable[str]) -> str | None:
    """The one known text that a person may take `text` for; none if there is none, or more than one.

    First spaces, dashes and letters of other scripts are told apart, then also O and 0, I, l and 1, S and 5.
    """
    for fold in (plain_form, fold_digits):
        folded = fold(text)
        found = {other for other in known if other and fold(other) == folded}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def fold_digits(text: str) -> str:
    """The plain form, with digits and the letters that look like them made the same."""
    return plain_form(text).translate(_CONFUSED)
