"""A language that nobody speaks: every letter of a message in wide letters, months and numbers in Greek.

Whatever a page says in plain letters is then data, or a word that is in no catalogue.
"""

import csv
import io
import json
import re
from gettext import NullTranslations
from html.parser import HTMLParser

from statpress.language.speak import make_language

_KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>|&\w+;)")
_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SAID = ("aria-label", "title", "alt", "placeholder", "content")
_SILENT = ("script", "style", "code", "pre")
_MARKS = re.compile(
    r"\[(c|x|z|low|u|p|r|e|f|b)\]|\b[0-9a-f]{64}\b|^[A-Z]$|^[\w/.-]+\.(json|md|csv|xlsx|ods|parquet|zip)$"
)
"""Marks, checksums, letters of the alphabet, and names of files."""
FORMATS = (
    "CSV", "Excel", "XLSX", "ODS", "Parquet", "JSON", "zip", "SVG", "PNG", "BibTeX", "Python", "SHA-256", "R",
    "any",
)  # fmt: skip
"""Names of formats and languages of programs, which are the same everywhere, and words for browsers."""


class Pseudo(NullTranslations):
    """Messages in wide letters."""

    def gettext(self, message):
        return widen(message)

    def ngettext(self, one, many, number):
        return widen(one if number == 1 else many)

    def pgettext(self, context, message):
        return widen(message)


def widen(message):
    """The message in wide letters, but for its places and its markup."""
    return "".join(part if n % 2 else part.translate(_WIDE) for n, part in enumerate(_KEPT.split(message)))


def speak_pseudo(code="cy"):
    """The language in the place of another one."""
    return make_language(code, Pseudo(), "el", version="pseudo")


def list_data(root, *more):
    """Every text that packages and the words of a project have, the longest first."""
    found = {*FORMATS, *more}
    for path in (root / "datapackages").rglob("datapackage.json"):
        found |= set(_texts(json.loads(path.read_text())))
        found |= {path.parent.name}
    for path in (root / "datapackages").rglob("*.csv"):
        found |= {path.stem}
        rows = list(csv.DictReader(io.StringIO(path.read_text())))
        found |= {cell for row in rows for pair in row.items() for cell in pair}
        found |= {_upper(row["unit"]) for row in rows if row.get("unit")}
    for path in (root / "site_src").rglob("*.md"):
        words = re.sub(r"^(title|description|document|section|order): |^---$", "", path.read_text(), flags=re.M)
        found |= set(re.findall(r'say="([^"]+)"', words))
        found |= {part.strip(' \n"') for part in re.split(r"\{\{.*?\}\}|^#+ |\n|\|", words, flags=re.M)}
    found |= {change(text) for text in found for change in (_lower, _upper) if " " in text or text[:1].isupper()}
    found |= {change for text in found for change in (text.split(", by ")[0], text.rstrip("."))}
    return sorted((text for text in found if re.search("[A-Za-z]", text)), key=len, reverse=True)


def find_bare(texts, data):
    """The texts that say something in plain letters that is no data."""
    known = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(text)}(?![A-Za-z])" for text in data))
    return sorted({text for text in texts if re.search("[A-Za-z]", known.sub(" ", _MARKS.sub("", text)))})


def read_texts(page):
    """Everything that a page says: its texts, and the attributes that are read out."""
    reader = _Reader()
    reader.feed(page)
    return [re.sub(r"\s+", " ", text).strip() for text in reader.found]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.silent = [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag in _SILENT:
            self.silent.append(tag)
        if tag == "meta" and named.get("name") != "description":
            return
        self.found += [named[name] for name in _SAID if named.get(name)]

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.found.append(data)


def _texts(content):
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str):
        yield content


def _lower(text):
    return text[:1].lower() + text[1:]


def _upper(text):
    return text[:1].upper() + text[1:]
