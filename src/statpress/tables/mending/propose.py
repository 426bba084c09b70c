"""Propose changes to the cells of a CSV source that lose nothing. Of a number only the spaces around it go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from statpress.tables.look_alike import plain_form
from statpress.tables.mending.records import Record
from statpress.tables.mending.words import Words

_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_LIKE_NUMBER: Final = re.compile(r"[-+<>~(£$€]*\s*[\d.,'\s]*\d[\s\d.,'%*)]*([Ee][+-]?\d+)?")


@dataclass(frozen=True)
class Change:
    """Another text for one cell. `row` is the line that its record starts on, `column` counts from 0."""

    row: int
    column: int
    name: str
    old: str
    new: str
    reason: str

    @property
    def is_declared(self) -> bool:
        """Whether the new text stands in a declaration, so that its digits are no figure."""
        return self.reason == DECLARED


SPACES: Final = "spaces"
DECLARED: Final = "looks like a declared text"
MARK: Final = "another spelling of a declared mark"


def propose_changes(records: Sequence[Record], words: Words) -> list[Change]:
    """Every change that loses nothing, in the order of the file."""
    if not records:
        return []
    changes = [*_propose_names(records[0])]
    names = [plain_form(name) for name in records[0].cells]
    for column, name in enumerate(names):
        cells = [record.cells[column] for record in records[1:] if column < len(record.cells)]
        wanted = _propose_texts(set(cells), words)
        changes += [
            Change(record.row, column, name, record.cells[column], *wanted[record.cells[column]])
            for record in records[1:]
            if column < len(record.cells) and record.cells[column] in wanted
        ]
    return sorted(changes, key=lambda change: (change.row, change.column))


def _propose_names(header: Record) -> Iterator[Change]:
    """Names of columns without odd spaces and look-alike letters, where they stay different from each other."""
    plain = [plain_form(name) for name in header.cells]
    for column, (old, new) in enumerate(zip(header.cells, plain, strict=True)):
        if old != new and new and plain.count(new) == 1:
            yield Change(header.row, column, new, old, new, SPACES if new == _tidy(old) else DECLARED)


def _propose_texts(texts: set[str], words: Words) -> dict[str, tuple[str, str]]:
    """The new text, and the reason, of each text of a column that is to change."""
    figures = _holds_figures(texts, words)
    found = {text: _propose_text(text, words, figures=figures) for text in texts}
    return {text: change for text, change in found.items() if change is not None}


def _propose_text(text: str, words: Words, *, figures: bool) -> tuple[str, str] | None:
    if text in words.texts or words.notation.read_number(text) is not None or "\n" in text or "\r" in text:
        return None
    if words.notation.read_number(text.strip()) is not None:
        return text.strip(), SPACES
    if figures and (mark := words.find_mark(text)) is not None:
        return mark, MARK
    if _LIKE_NUMBER.fullmatch(plain_form(text)):
        return None
    if not figures and (declared := words.find_text(text)) is not None:
        return declared, DECLARED
    tidy = _tidy(text)
    return (tidy, SPACES) if tidy != text else None


def _holds_figures(texts: Iterable[str], words: Words) -> bool:
    """Whether a column holds numbers, and nothing else but marks in whatever spelling."""
    has_number = False
    for text in filter(str.strip, texts):
        if words.notation.read_number(text.strip()) is not None:
            has_number = True
        elif text not in words.marks and words.find_mark(text) is None:
            return False
    return has_number


def _tidy(text: str) -> str:
    """A text of one line with single plain spaces inside, none around, and nothing that cannot be seen."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
