"""A fault as a value: where it is, which rule it breaks, what was expected and what to do next.

Checks return issues; they never print and never raise. An issue never carries the value of a cell.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Issue:
    """One fault. `file` is relative to the project; `row` counts its lines from 1.

    `key` is a path in a declaration, such as `steps.2.rename`.
    """

    rule: str
    message: str
    file: str = ""
    row: int | None = None
    column: str | None = None
    key: str | None = None
    hint: str = ""
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """Where the fault is, in one line: `pipelines/a/pipeline.yml:12, key steps.0`."""
        row = f":{self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column else ""
        key = f", key {self.key}" if self.key else ""
        return f"{self.file}{row}{column}{key}".strip(", ")

    def as_dict(self) -> dict[str, object]:
        """The issue for machines, without its empty parts."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues sorted by file, row, column and key, each once."""
    return tuple(
        sorted(set(issues), key=lambda i: (i.file, i.row or 0, i.column or "", i.key or "", i.rule, i.message))
    )


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that offers the names nearest to a misspelt one, or lists a few: `Did you mean area?`."""
    known = sorted(set(names))
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"Known: {', '.join(known[:12])}{more}." if known else ""
