"""The calls in prose: `{{ figure("children-missing", "2018/19", sex="male") }}`, read by a grammar of our own.

Nothing is ever run. A call is a name with texts, numbers and other calls in brackets; whatever else is an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Union

from statpress.issue import Issue

Value = Union[str, Decimal, "Call"]
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)|(?P<text>"[^"\n]*"|'[^'\n]*')|(?P<number>\d+(\.\d+)?)|(?P<name>[a-z][a-z0-9_-]*)|(?P<mark>[(),=])"""
)
_BRACES: Final = re.compile(r"\{\{|\{%|\{#")
_END: Final = re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|[^"'}]|\}(?!\}))*?\}\}""")
_EXAMPLE: Final = 'Write {{ figure("measure", "period", sex="male") }}, with straight quotes around every text.'


@dataclass(frozen=True)
class Place:
    """Where something stands: the file as seen from the project, its line and the column in it, both from 1."""

    file: str
    line: int
    column: int

    def complain(self, rule: str, message: str, hint: str = "") -> Issue:
        """An issue about what stands here."""
        return Issue(rule, message, self.file, self.line, str(self.column), hint=hint)


@dataclass(frozen=True)
class Call:
    """One call: its name, what it is given in order and by name, and where it stands."""

    name: str
    given: tuple[Value, ...]
    named: dict[str, Value]
    place: Place


@dataclass(frozen=True)
class Prose:
    """A Markdown text. `first_line` is the number of its first line in the file."""

    text: str
    file: str
    first_line: int = 1

    def place(self, offset: int) -> Place:
        """The place of a character."""
        before = self.text[:offset]
        return Place(self.file, self.first_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1)


def read_calls(prose: Prose) -> list[tuple[slice, Call | Issue]]:
    """Every call of a text in order, each with where it stands; an issue in the place of one that cannot be read."""
    found: list[tuple[slice, Call | Issue]] = []
    offset = 0
    while start := _BRACES.search(prose.text, offset):
        whole = _END.match(prose.text, start.end()) if start.group() == "{{" else None
        offset = whole.end() if whole else start.end()
        part = slice(start.start(), offset)
        found.append((part, _read(prose, part, closed=whole is not None)))
    return found


def _read(prose: Prose, part: slice, *, closed: bool) -> Call | Issue:
    if not closed:
        opened = prose.text[part]
        message = "This is not closed." if opened == "{{" else f"A report has no {opened} of templates."
        return prose.place(part.start).complain("report-syntax", message, _EXAMPLE)
    try:
        return _Reader(prose, part.start + 2, part.stop - 2).read()
    except _Fault as fault:
        return prose.place(fault.offset).complain("report-syntax", fault.message, _EXAMPLE)


class _Fault(Exception):
    """The call is not as the grammar wants it; never leaves this module."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    offset: int


class _Reader:
    """Reads one call from its tokens, with one token looked ahead."""

    def __init__(self, prose: Prose, start: int, stop: int) -> None:
        self.prose, self.stop = prose, stop
        self.tokens = list(_split(prose.text, start, stop))
        self.at = 0

    def read(self) -> Call:
        call = self._call()
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            raise _Fault(f"Nothing can follow the call, and here is {token.text}.", token.offset)
        return call

    def _call(self) -> Call:
        name = self._take("name", "the name of what is to be drawn")
        self._take("(", f"a bracket after {name.text}")
        given: list[Value] = []
        named: dict[str, Value] = {}
        while not self._is(")"):
            self._argument(given, named)
            if not self._is(")"):
                self._take(",", "a comma")
        self._take(")", "a closing bracket")
        return Call(name.text, tuple(given), named, self.prose.place(name.offset))

    def _argument(self, given: list[Value], named: dict[str, Value]) -> None:
        if not (self._is("name") and self._is("=", 1)):
            given.append(self._value())
            return
        key = self._take("name", "a name")
        self._take("=", "an equals sign")
        if key.text in named:
            raise _Fault(f"{key.text} is given twice.", key.offset)
        named[key.text] = self._value()

    def _value(self) -> Value:
        if self._is("text"):
            return self._take("text", "a text").text[1:-1]
        if self._is("number"):
            return Decimal(self._take("number", "a number").text)
        return self._call()

    def _is(self, kind: str, ahead: int = 0) -> bool:
        place = self.at + ahead
        return place < len(self.tokens) and self.tokens[place].kind == kind

    def _take(self, kind: str, expected: str) -> _Token:
        if not self._is(kind):
            token = self.tokens[self.at] if self.at < len(self.tokens) else None
            here = token.text if token else "the end"
            raise _Fault(f"Here is {here}, and {expected} was expected.", token.offset if token else self.stop)
        self.at += 1
        return self.tokens[self.at - 1]


def _split(text: str, start: int, stop: int) -> Iterator[_Token]:
    offset = start
    while offset < stop:
        token = _TOKEN.match(text, offset, stop)
        if token is None:
            raise _Fault(f"Nothing begins with {text[offset]}.", offset)
        kind = token.lastgroup or ""
        kind = "number" if kind not in ("space", "text", "name", "mark") else kind
        if kind != "space":
            yield _Token(token.group() if kind == "mark" else kind, token.group(), offset)
        offset = token.end()
