"""Find the messages in the code, the templates and the scripts, and bring the catalogues up to date with them.

For those who work on statpress and translate it; no build needs it.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from statpress.language.speak import ENGLISH, LANGUAGES

_CODE: Final = Path(__file__).parents[1]
_METHODS: Final = [("site/**.html", "jinja2"), ("site/assets/*.js", "javascript"), ("**.py", "python")]
_OPTIONS: Final = {"site/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
_KEYWORDS: Final = {
    "say": None,
    "say_as": ((1, "c"), 2),
    "later": None,
    "count_of": (2, 3),
    "countOf": (2, 3),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
"""What says a message, and which of its arguments are the context, the message and its plural."""


def find_messages(code: Path = _CODE) -> Catalog:
    """Every message that a site can say."""
    found = Catalog(charset="utf-8")
    for _, _, message, _, context in extract_from_dir(code, _METHODS, _OPTIONS, _KEYWORDS):
        found.add(message, context=context)
    return found


def read_catalogue(language: str) -> Catalog:
    """The messages of a language with what they are in it."""
    with _locate(language).open("rb") as file:
        return read_po(file, locale=language)


def update_catalogues() -> None:
    """Add new messages to every catalogue, without a translation, and take out those that nothing says any more."""
    for language in LANGUAGES:
        if language != ENGLISH.code:
            catalogue = read_catalogue(language)
            catalogue.update(find_messages(), no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            _write(catalogue, _locate(language))


def _write(catalogue: Catalog, path: Path) -> None:
    """The catalogue under the header that it has, without dates, so that the same messages give the same bytes."""
    header, _, _ = path.read_text("utf-8").partition("\n\n")
    body = io.BytesIO()
    write_po(body, catalogue, width=120, sort_output=True, no_location=True, omit_header=True)
    path.write_bytes(f"{header}\n\n".encode() + body.getvalue())


def _locate(language: str) -> Path:
    return _CODE / "language" / f"{language}.po"
