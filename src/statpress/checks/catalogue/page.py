"""`docs/reference/checks.md`, made from the catalogue of rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from statpress.checks.catalogue.rule import FAMILIES, Change, Rule, read_families

_INTRODUCTION: Final = """\
# Checks

Every rule that statpress checks: why it matters, what to do where it is broken, and an example. The page is made from
the catalogue of rules (`src/statpress/checks/catalogue/`) by `statpress schema --checks docs/reference/checks.md`, and
every example on it is run by the tests. `statpress explain RULE` says the same in a terminal.

An example is a change to a tiny project that passes (`tests/project.py`): `-` marks what passes, and `+` what fails in
its place; a file without `-` is not there where all is well. A rule stops publishing unless it says *warning*. Where
another command than `statpress check` tells it, that is said.
"""
_LONGEST: Final = 1200
"""Characters of an example that are shown."""


def render_page() -> bytes:
    """The page as Markdown. The same catalogue gives the same bytes."""
    parts = [_INTRODUCTION]
    for family, rules in read_families().items():
        parts.append(f"## {FAMILIES[family]}\n")
        parts += [describe_rule(name, rule, heading=f"### `{name}`") for name, rule in sorted(rules.items())]
    return ("\n".join(parts).rstrip() + "\n").encode()


def describe_rule(name: str, rule: Rule, heading: str = "") -> str:
    """One rule in Markdown, under a heading of its own."""
    lines = [heading or name, "", " ".join([*_marks(rule), rule.why]), "", f"**What to do:** {rule.mend}", ""]
    return "\n".join([*lines, *_example(rule)])


def _marks(rule: Rule) -> Iterator[str]:
    if rule.severity == "warning":
        yield "*Warning.*"
    if rule.command.split()[0] != "check":
        yield f"*Told by `statpress {rule.command.split()[0]}`.*"


def _example(rule: Rule) -> Iterator[str]:
    if rule.no_example:
        yield f"There is no example: {rule.no_example}"
        yield ""
        return
    if rule.first or rule.command != "check":
        commands = [command for command in (rule.first, rule.command) if command]
        yield f"With {', then the change, then '.join(f'`statpress {command}`' for command in commands)}:"
        yield ""
    for path, change in rule.fails.items():
        yield from _file(path, change, rule.passes)


def _file(path: str, change: Change, passes: Mapping[str, Change]) -> Iterator[str]:
    yield f"`{path}`"
    yield ""
    if change is None:
        yield "There is no such file."
    elif isinstance(change, dict) and next(iter(change)).startswith("="):
        yield _made(change)
    else:
        yield "```diff"
        yield from _diff(change, passes.get(path))
        yield "```"
    yield ""


def _made(change: Mapping[str, object]) -> str:
    (kind, content), *_ = change.items()
    return f"A file made of {kind.removeprefix('=')}: `{json.dumps(content, ensure_ascii=False)[:_LONGEST]}`."


def _diff(change: str | Mapping[str, object], passing: Change) -> Iterator[str]:
    if isinstance(change, str):
        if isinstance(passing, str):
            yield from _lines("-", passing)
        yield from _lines("+", change)
        return
    for old, new in change.items():
        yield from _lines("-", old)
        yield from _lines("+", str(new))


def _lines(mark: str, text: str) -> Iterator[str]:
    for line in text[:_LONGEST].rstrip("\n").split("\n") if text else ():
        yield f"{mark} {_visible(line)}".rstrip()


def _visible(text: str) -> str:
    """A text whose invisible characters are written out, so that they show in an example."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
