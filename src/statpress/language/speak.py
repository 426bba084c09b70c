"""Say a message in the language of the site that is being made. The messages in the code are the English ones.

Messages have named places (`%(name)s`), are found by Babel (`make words`) and are translated in `<language>.po`. Plural
forms follow the rule that each catalogue states: Welsh has six.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "cy")
"""The languages that are complete."""
FORMS: Final = ("zero", "one", "two", "few", "many", "other")
"""The plural forms that a language may have, after Unicode CLDR."""
_VOWELS: Final = re.compile(r"\W*([aeiouâêîôûáéíóúäëïöü]|y[nr]?\b|(1|8|1[1-9]|8\d|8\d\d)(?!\d|,\d))", re.IGNORECASE)


@dataclass(frozen=True)
class Language:
    """A language: its messages, the names of its months, and how it writes numbers."""

    code: str
    messages: NullTranslations = field(default_factory=NullTranslations, repr=False, compare=False)
    months: tuple[str, ...] = tuple(calendar.month_name[1:])
    group: str = ","
    point: str = "."
    plurals: tuple[int, ...] = (1, 2)
    """A number for each plural form, in the order of `FORMS`."""
    version: str = ""
    """What its catalogue holds, as a checksum. English has none: its messages are in the code."""

    def say(self, message: str, **parts: object) -> str:
        """The message with its parts in their places."""
        told = self.messages.gettext(message)
        return told % parts if parts else told

    def say_as(self, context: str, message: str, **parts: object) -> str:
        """A message whose English has several meanings; `context` says which is meant."""
        told = self.messages.pgettext(context, message)
        return told % parts if parts else told

    def count_of(self, number: int, one: str, many: str, **parts: object) -> str:
        """The message for a number of things, in the plural form that the language has for it."""
        return self.messages.ngettext(one, many, number) % {"number": self.write_number(f"{number:,}"), **parts}

    def plural_forms(self, one: str, many: str) -> list[str]:
        """Every plural form of a message, from none to many, as browsers name them."""
        return [self.messages.ngettext(one, many, number) for number in self.plurals]

    def write_number(self, number: str) -> str:
        """A number as Python formats it with `,`, with the signs of the language, and a true minus."""
        number = number.replace("-", "−")
        if self.group == "," and self.point == ".":
            return number
        return number.translate({ord(","): self.group, ord("."): self.point})


ENGLISH: Final = Language("en")
_SPOKEN: Final = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """The language that is spoken now; English unless something else was asked for."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for a while."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@lru_cache(maxsize=4)
def read_language(code: str) -> Language:
    """A language by its code, which is one of `LANGUAGES`."""
    if code == ENGLISH.code:
        return ENGLISH
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    content = files("statpress.language").joinpath(f"{code}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(content), locale=code))
    compiled.seek(0)
    return make_language(code, Translations(compiled), version=hashlib.sha256(content).hexdigest())


def make_language(code: str, messages: NullTranslations, locale: str = "", version: str = "") -> Language:
    """A language whose months and numbers are those of a locale that Babel knows."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    found = Locale.parse(locale or code)
    months = tuple(found.months["format"]["wide"][number] for number in range(1, 13))
    group = get_group_symbol(found, numbering_system="latn")
    point = get_decimal_symbol(found, numbering_system="latn")
    samples = {found.plural_form(number): number for number in reversed(range(200))}
    plurals = tuple(samples[form] for form in FORMS if form in samples)
    return Language(code, messages, months, group, point, plurals, version)


def say(message: str, **parts: object) -> str:
    """A message in the language that is spoken, with its parts in their places."""
    return spoken().say(message, **parts)


def say_as(context: str, message: str, **parts: object) -> str:
    """A message whose English has several meanings, in the language that is spoken."""
    return spoken().say_as(context, message, **parts)


def count_of(number: int, one: str, many: str, **parts: object) -> str:
    """A message with a number of things: `1 page`, `12 pages`. Its place is `%(number)s`."""
    return spoken().count_of(number, one, many, **parts)


def later(message: str) -> str:
    """The message itself, which is in the catalogues and is said later."""
    return message


def starts_with_vowel(text: str) -> bool:
    """Whether a text, said aloud in Welsh, starts with a vowel: `England`, `8`, `1,000` does not (`mil`)."""
    return bool(_VOWELS.match(text))
