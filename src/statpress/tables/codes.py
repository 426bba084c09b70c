"""Find the code that a source means by a code, a name or a label; say what is near when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from statpress.cube import ALL
from statpress.declare.nouns import Declarations
from statpress.issue import nearest
from statpress.tables.look_alike import find_different, find_like
from statpress.tables.texts import has_odd_space, show_label


@dataclass(frozen=True)
class CodeList:
    """What is listed, and the code of each text that may stand for it."""

    noun: str
    codes: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The code that a text stands for; none if it is not listed."""
        return self.codes.get(text)

    def explain(self, text: str) -> tuple[str, str]:
        """Why a text stands for nothing, and what to do."""
        if has_odd_space(text):
            message = f"The {self.noun} {show_label(text)} has spaces around it, or a character like a space."
            return message, "Remove them in the source, or recode the text."
        if not text:
            return f"The {self.noun} is empty.", "Fill it, or derive it."
        if like := find_like(text, self.codes):
            message = f"The {self.noun} {show_label(text)} looks like {show_label(like)}, but is another text"
            return f"{message}: {find_different(text, like)}.", "Write it as it is declared."
        return f"There is no {self.noun} {show_label(text)}.", nearest(text[:200], filter(None, self.codes))


def list_areas(declared: Declarations) -> CodeList:
    """The areas by code, by name and by other names."""
    return _list("area", ((code, (area.name, *area.also)) for code, area in declared.areas.items()))


def list_measures(declared: Declarations) -> CodeList:
    """The measures by id and by title."""
    return _list("measure", ((code, (measure.title,)) for code, measure in declared.measures.items()))


def list_categories(declared: Declarations, dimension: str) -> CodeList:
    """The categories of a dimension by code, by label and by other labels. `all`, or nothing, is the whole."""
    categories = declared.dimensions[dimension].categories
    listed = _list(f"category of {dimension}", ((code, (c.label, *c.also)) for code, c in categories.items()))
    return CodeList(listed.noun, {**listed.codes, ALL: ALL, "": ALL})


def _list(noun: str, entries: Iterable[tuple[str, tuple[str, ...]]]) -> CodeList:
    """Codes come before names, where a name of one is the code of another."""
    listed = list(entries)
    names = {name: code for code, names in listed for name in names}
    return CodeList(noun, {**names, **{code: code for code, _ in listed}})
