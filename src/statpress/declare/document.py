"""YAML files as plain texts, with the line of every key. Nothing is guessed: `no`, `2019.10` and `1e3` stay texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from statpress.issue import Issue

LARGEST: Final = 1_000_000
"""Bytes of the largest declaration that is read."""
DEEPEST: Final = 40
"""Levels of nesting that a declaration may have."""

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A declaration as it was read: `data` holds dicts, lists and texts; `lines` the line of each key, from 1."""

    file: str
    data: Any
    lines: dict[Key, int] = field(repr=False)
    parts: Mapping[str | int, Document] = field(default_factory=dict, repr=False)
    """Of a declaration in several files: the file of each key of its first level, where that is not `file`."""

    def line(self, key: Key) -> int:
        """The line of the deepest part of `key` that the file has. Parts that it has not are passed over."""
        if key and key[0] in self.parts:
            return self.parts[key[0]].line(key)
        here: Key = ()
        for part in key:
            if (*here, part) in self.lines:
                here = (*here, part)
        return self.lines.get(here, 1)

    def issue(self, rule: str, message: str, key: Key, hint: str = "") -> Issue:
        """An issue at `key` of this file."""
        file = self.parts[key[0]].file if key and key[0] in self.parts else self.file
        return Issue(rule, message, file, row=self.line(key), key=".".join(map(str, key)) or None, hint=hint)

    def locate(self, issue: Issue) -> Issue:
        """An issue of this file that was found in what it declares, with the line of its key."""
        key: Key = tuple(int(part) if part.isdigit() else part for part in issue.key.split(".")) if issue.key else ()
        return replace(issue, file=self.file, row=self.line(key) if key else None)

    def warning(self, rule: str, message: str, key: Key, hint: str = "") -> Issue:
        """A warning at `key` of this file."""
        return replace(self.issue(rule, message, key, hint), severity="warning")


def read_document(path: Path, file: str) -> tuple[Document, list[Issue]]:
    """Read a YAML file. Returns the document (empty where unreadable) and every fault of its form."""
    empty = Document(file, {}, {})
    try:
        text = _read_text(path)
        if unsafe := _unsafe(text, file):
            return empty, [unsafe]
        node = yaml.compose(text, Loader=_loader())
    except (_Unreadable, OSError, UnicodeDecodeError) as fault:
        return empty, [Issue("unreadable-file", _words(fault), file, hint="Save the file as UTF-8 text.")]
    except yaml.YAMLError as fault:
        return empty, [_syntax(fault, file)]
    if not isinstance(node, yaml.MappingNode):
        return empty, [Issue("not-a-mapping", "The file must be a mapping: lines of `key: value`.", file, row=1)]
    lines: dict[Key, int] = {}
    issues = list(_faults(node, (), file, lines))
    return Document(file, _plain(node) if not issues else {}, lines), issues


def join_documents(first: Document, others: Iterable[Document]) -> tuple[Document, list[Issue]]:
    """One declaration in several files as one document, and each key that is there twice."""
    data, parts, issues = dict(first.data), dict(first.parts), []
    for other in others:
        for name, value in other.data.items():
            if name in data:
                message = f"The key `{name}` is there twice: in {parts.get(name, first).file} already."
                issues.append(other.issue("repeated-key", message, (name,), "Remove one of them."))
            else:
                data[name], parts[name] = value, other
    return replace(first, data=data, parts=parts), issues


class _Unreadable(Exception):
    pass


def _read_text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise _Unreadable(f"The file is larger than {LARGEST:,} bytes.")
    return path.read_bytes().decode("utf-8-sig")


def _words(fault: Exception) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return f"Byte {fault.start + 1} is not UTF-8."
    return str(fault) if isinstance(fault, _Unreadable) else "The file cannot be opened."


def _loader() -> Any:
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _syntax(fault: yaml.YAMLError, file: str) -> Issue:
    mark = getattr(fault, "problem_mark", None)
    problem = getattr(fault, "problem", None) or "it is not YAML"
    hint = "Quote texts that hold `: `, ` #`, or start with one of * & ! % @ ` [ {."
    return Issue(
        "yaml-syntax", f"The file cannot be read: {problem}.", file, mark.line + 1 if mark else None, hint=hint
    )


def _unsafe(text: str, file: str) -> Issue | None:
    """The first alias, or nesting too deep to compose safely, found in the stream of events."""
    depth = 0
    for event in yaml.parse(text, Loader=_loader()):
        row = event.start_mark.line + 1 if event.start_mark else None
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return Issue("too-deep", "The file is nested too deeply.", file, row)
        if isinstance(event, yaml.AliasEvent):
            return Issue("yaml-alias", "Anchors and aliases are not supported; write it out.", file, row)
    return None


def _faults(node: Any, key: Key, file: str, lines: dict[Key, int]) -> Iterator[Issue]:
    """Walk every node: note its line; find keys that are there twice, or are no texts."""
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _faults(item, (*key, index), file, lines)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _entry_faults(name, value, key, file, lines)


def _entry_faults(name: Any, value: Any, key: Key, file: str, lines: dict[Key, int]) -> Iterator[Issue]:
    line = name.start_mark.line + 1
    if not isinstance(name, yaml.ScalarNode):
        yield Issue("yaml-key", "A key must be a text.", file, line)
        return
    here = (*key, name.value)
    if here in lines:
        yield Issue("repeated-key", f"The key `{name.value}` is there twice.", file, line, key=".".join(map(str, here)))
    lines[here] = line
    yield from _faults(value, here, file, lines)


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plain(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value
