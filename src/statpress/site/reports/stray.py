"""What prose may not have of its own: numbers, comparisons, and markup.

A number in prose is drawn from a package, or is a date, an age, a school year, a section, or part of a phrase that the
report declares to be no figure. So no number can leak by hand, and none goes stale.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from statpress.issue import Issue
from statpress.site.reports.calls import Prose
from statpress.site.reports.welsh import comparison_patterns, free_patterns, number_patterns

_MONTH: Final = "(January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR: Final = r"(19|20)\d\d"
_FREE: Final = re.compile(
    rf"\b\d{{1,2}} {_MONTH}( {_YEAR})?\b"
    rf"|\b{_MONTH} {_YEAR}\b"
    rf"|\b{_YEAR}/\d\d\b(?!,\d)"
    rf"|(?<=\b)(?i:in|since|until|from|to|by|of|and|between|before|after|during) {_YEAR}\b(?![,.]?\d|/)"
    r"|\b[Pp]er 1(00|,000|0,000|00,000)\b(?![,.]?\d)"
    r"|\b[Ss]ections? \d+(\.\d+)*( (to|and) \d+(\.\d+)*)?"
    r"|(?<=\n)\s*1\. |(?<=\n)#+ \d+(\.\d+)*( (to|and) \d+(\.\d+)*)? "
    r"|\b([Aa]ged|[Aa]ges?( of)?) \d{1,2}( (to|and|or) \d{1,2})?\b(?![,.]?\d|%)"
    r"|\b\d{1,2}( (to|and|or) \d{1,2})?[ -]year[ -]olds?\b"
    r"|\bYears? \d{1,2}( (to|and|or) \d{1,2})?\b(?![,.]?\d|%)",
)
_SPELT: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen "
    "both half halves twice thrice double treble triple couple"
)
_NUMBER: Final = re.compile(
    rf"\b({'|'.join(_SPELT.split())})\b"
    r"|\bone (?:(?:single|young|looked-after) )?(child|boy|girl|person|family|pupil|baby|adult|case|death)\b"
    r"|\b(a|one|per) (third|quarter|fifth|sixth|tenth)\b|\b(thirds|quarters|fifths|sixths|tenths) of\b",
    re.IGNORECASE,
)
_COMPARISON: Final = re.compile(
    r"\b(rose|risen|fell|fallen|increased|decreased|doubled|halved|tripled|grew|shrank|went (up|down)|highest|lowest|"
    r"majority|most of|(more|fewer|less|higher|lower|larger|smaller|greater) than)\b",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"<[A-Za-z/!?]|!\[|\{ ?:|&#?\w+;|\]\(\s*(?!https?:|mailto:|[\w./#-]+\))[^)]*\)|^\s*\[[^\]]+\]:", re.M
)
_TARGET: Final = re.compile(r"(?<=\])\([^)\n]*\)")


def check_prose(prose: Prose, calls: Sequence[slice], phrases: Sequence[str]) -> Iterator[Issue]:
    """Every number, comparison and piece of markup of a text that stands outside its calls and declared `phrases`."""
    text = _blank(prose.text, calls)
    for found in _MARKUP.finditer(text):
        message = "A report has no markup but that of plain Markdown: no HTML, pictures or attributes."
        yield prose.place(found.start()).complain("report-markup", message, "Write it in plain Markdown.")
    yield from _check_signs(prose, text)
    text = _blank(text, [slice(*found.span()) for found in _TARGET.finditer(text)])
    text, unused = _blank_phrases(text, phrases)
    for number in unused:
        message = "A phrase is declared to be no figure, and is not in the text."
        yield Issue("report-front-matter", message, prose.file, 1, key=f"not-figures.{number}", hint="Take it out.")
    text = _blank_free(text)
    yield from _check_numbers(prose, text)
    yield from _check_comparisons(prose, text)


def has_number(text: str) -> bool:
    """Whether a text has a number, in figures or in words, that is no date, age or section."""
    text = _blank_free(text)
    spelt = any(pattern.search(text) for pattern in number_patterns(_NUMBER))
    return spelt or any(sign.isnumeric() and not sign.isalpha() for sign in text)


def check_phrases(file: str, phrases: Iterable[str], units: Iterable[str]) -> Iterator[Issue]:
    """An issue for each phrase that is said to be no figure, and looks like one: a number with what is counted."""
    counted = "|".join(sorted({re.escape(unit) for unit in units if unit.replace(" ", "").isalpha()}))
    figure = re.compile(rf"^[\W\d]*$|\d[\d,.]*\s*(%|per cent|{counted or 'children'})(?!\w)", re.IGNORECASE)
    for number, phrase in enumerate(phrases):
        if figure.search(phrase):
            message = "A phrase is declared to be no figure, and looks like one."
            hint = "Draw it from a package, or write more of the phrase that it is part of."
            yield Issue("report-front-matter", message, file, 1, key=f"not-figures.{number}", hint=hint)


def _check_signs(prose: Prose, text: str) -> Iterator[Issue]:
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Co", "Cs") or (
            unicodedata.category(sign) == "Cc" and sign not in "\n\t"
        ):
            message = "Here is a sign that cannot be seen."
            yield prose.place(place).complain("report-markup", message, "Take it out, and type the word anew.")


def _check_numbers(prose: Prose, text: str) -> Iterator[Issue]:
    hint = "Draw it from a package, or list the phrase that it is part of under not-figures at the top of the report."
    for found in re.finditer(r"\w*\d(?:[\w,.]*\w)?%?", text):
        yield prose.place(found.start()).complain("report-number", "This number is drawn from no package.", hint)
    for place, sign in enumerate(text):
        if sign.isnumeric() and not sign.isdecimal() and not sign.isalpha():
            yield prose.place(place).complain("report-number", "This number is drawn from no package.", hint)
    for found in (found for pattern in number_patterns(_NUMBER) for found in pattern.finditer(text)):
        yield prose.place(found.start()).complain(
            "report-number", "This number in words is drawn from no package.", hint
        )


def _check_comparisons(prose: Prose, text: str) -> Iterator[Issue]:
    hint = (
        "Claim it with rose(...), higher(...) and so on, or list the phrase under not-figures at the top of the report."
    )
    for found in (found for pattern in comparison_patterns(_COMPARISON) for found in pattern.finditer(text)):
        message = f"“{found.group()}” is held against no figure."
        yield prose.place(found.start()).complain("report-comparison", message, hint)


def _blank_phrases(text: str, phrases: Sequence[str]) -> tuple[str, list[int]]:
    """The text without the phrases, and the numbers of those that are not in it. Longer ones go first."""
    unused = []
    for number, phrase in sorted(enumerate(phrases), key=lambda pair: -len(pair[1])):
        pattern = r"\s+".join(re.escape(word) for word in phrase.split())
        found = [slice(*match.span()) for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
        unused += [] if found else [number]
        text = _blank(text, found)
    return text, unused


def _blank_free(text: str) -> str:
    spans = [found.span() for pattern in free_patterns(_FREE) for found in pattern.finditer(text)]
    return _blank(text, [slice(*span) for span in spans])


def _blank(text: str, parts: Iterable[slice]) -> str:
    """The text with other signs in the place of some parts, and every line as long as it was."""
    signs = list(text)
    for part in parts:
        signs[part] = ["\n" if sign == "\n" else "\u00b7" for sign in text[part]]
    return "".join(signs)
