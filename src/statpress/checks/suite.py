"""Expectation suites: one plain JSON file a package in `validations/`, as Great Expectations has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from statpress.issue import Issue

SEVERITIES = ("critical", "warning", "info")


@dataclass(frozen=True)
class Suite:
    """The expectations of one package. `file` is for messages."""

    file: str
    data: bytes
    expectations: tuple[dict[str, Any], ...]


def read_suite(path: Path, file: str) -> tuple[Suite | None, list[Issue]]:
    """The suite at `path`, or what is wrong with its form."""
    if not path.is_file():
        return None, [Issue("bad-suite", "This is not a regular file.", file)]
    try:
        data = path.read_bytes()
        content = json.loads(data, object_pairs_hook=_once)
        json.dumps(content, ensure_ascii=False).encode()  # half of a character, which JSON can write, is no text
    except _Twice as fault:
        return None, [Issue("bad-suite", f"The key {fault.args[0]!r} is there twice in one object.", file)]
    except (OSError, ValueError, RecursionError) as fault:
        row = getattr(fault, "lineno", None)
        return None, [Issue("bad-suite", "The file is not JSON that can be read.", file, row)]
    issues = [replace(issue, row=line_of(data, issue.key)) for issue in _form(content, file)]
    return (None, issues) if issues else (Suite(file, data, tuple(content["expectations"])), [])


def line_of(data: bytes, key: str | None) -> int | None:
    """The line on which a part of a suite begins, by its path such as `expectations.2.kwargs`. JSON is YAML."""
    import yaml

    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    for part in (key or "").split("."):
        if isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == part), node)
    return node.start_mark.line + 1 if node is not None and key else None


class _Twice(Exception):
    """A key is in one object twice, of which JSON would keep the last."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _form(content: Any, file: str) -> Iterator[Issue]:
    if not isinstance(content, dict) or not isinstance(content.get("expectations"), list):
        yield Issue("bad-suite", 'A suite is an object with a list "expectations".', file)
        return
    for index, expectation in enumerate(content["expectations"]):
        if not isinstance(expectation, dict) or not isinstance(expectation.get("type"), str):
            yield Issue(
                "bad-suite", 'An expectation is an object with a text "type".', file, key=f"expectations.{index}"
            )
        elif not isinstance(expectation.get("kwargs"), dict):
            message = 'An expectation has its arguments in an object "kwargs".'
            yield Issue("bad-suite", message, file, key=f"expectations.{index}.kwargs")
        elif not isinstance(expectation.get("meta", {}), dict):
            yield Issue("bad-suite", '"meta" must be an object.', file, key=f"expectations.{index}.meta")
        elif expectation.get("severity", "critical") not in SEVERITIES:
            message = f"The severity must be one of {', '.join(SEVERITIES)}."
            yield Issue("bad-suite", message, file, key=f"expectations.{index}.severity")
