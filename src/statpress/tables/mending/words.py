"""The texts that declarations know, which a cell of a source may have been meant to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from statpress.cube import ALL
from statpress.tables.look_alike import fold_digits, plain_form
from statpress.tables.numbers import Notation, notation_of
from statpress.tables.place import Place

_SHORT = 4
"""Codes of fewer characters are too short to tell letters from digits by their look."""


@dataclass(frozen=True)
class Words:
    """The codes, names and other texts of the declarations of one table, its marks, and how it writes numbers."""

    texts: frozenset[str]
    marks: frozenset[str]
    notation: Notation

    def find_text(self, text: str) -> str | None:
        """The one declared text that a cell only looks like; none if it is one itself, or fits none or several."""
        if text in self.texts:
            return None
        plain = self._by_form.get(plain_form(text), [])
        folded = self._by_digits.get(fold_digits(text), []) if len(text) >= _SHORT else []
        found = plain or folded
        return found[0] if len(found) == 1 else None

    def find_mark(self, text: str) -> str | None:
        """The one declared mark that a cell is another spelling of: other case, spaces, dashes or dots."""
        found = self._by_spelling.get(_spell(text), [])
        return found[0] if len(found) == 1 and text not in self.marks else None

    @cached_property
    def _by_form(self) -> dict[str, list[str]]:
        return _index(self.texts, plain_form)

    @cached_property
    def _by_digits(self) -> dict[str, list[str]]:
        return _index((text for text in self.texts if len(text) >= _SHORT), fold_digits)

    @cached_property
    def _by_spelling(self) -> dict[str, list[str]]:
        return _index(self.marks, _spell)


def words_of(place: Place) -> Words:
    """Everything that a cell of the table may hold by its declarations."""
    marks = frozenset(text for text in place.table.marks if text)
    return Words(frozenset(_list_texts(place)) - {""} | marks, marks, notation_of(place.table))


def _index(texts: Iterable[str], fold: Any) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for text in sorted(texts):
        index.setdefault(fold(text), []).append(text)
    return index


def _spell(text: str) -> str:
    return plain_form(text).casefold().replace(" ", "")


def _list_texts(place: Place) -> Iterator[str]:
    declared, pipeline = place.declared, place.pipeline
    for code, area in declared.areas.items():
        yield from (code, area.name, *area.also)
    for name in pipeline.measures:
        yield from (name, declared.measures[name].title)
    for dimension in pipeline.dimensions:
        yield ALL
        for code, category in declared.dimensions[dimension].categories.items():
            yield from (code, category.label, *category.also)
    yield from place.table.columns
    for step in place.table.steps:
        yield from _walk(step.model_dump())


def _walk(part: Any) -> Iterator[str]:
    """Every text of a step, names of columns among them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield str(key)
            yield from _walk(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _walk(value)
