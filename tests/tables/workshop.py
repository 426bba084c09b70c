"""A tiny project on disk, whose one pipeline a test describes by its table and its steps."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from statpress.declare.load import load_declarations
from statpress.issue import Issue
from statpress.paths import Project
from statpress.tables.observations import Observations, load_observations

CATALOGUES = {
    "publisher": "{title: Test Council, contact: data@example.org, licence: OGL-UK-3.0}",
    "topics": "children: {title: Children, description: All about children., order: 1}",
    "documents": """
        report: {title: A report, publisher: Test Council, published: "2019", licence: OGL-UK-3.0}
        """,
    "policies": "strict: {title: Small numbers are withheld, withhold: {counts: 1..5}, source: Test Council}",
    "areas": """
        E92000001: {name: England, kind: country}
        E06000012: {name: North East Lincolnshire, kind: local-authority, parent: E92000001, also: [NEL]}
        """,
    "dimensions": """
        sex:
          title: Sex
          categories: {male: {label: Boys, also: [Male]}, female: {label: Girls, also: [Female]}}
        age:
          title: Age
          categories: {under-10: {label: Under 10, also: [0-9]}, 10-to-15: {label: 10 to 15}}
        """,
    "measures": """
        children: {title: Children, definition: Children., unit: children, kind: count}
        share: {title: Share of children, definition: Share., unit: "%", kind: percentage, decimals: 1}
        rate: {title: Rate of children, definition: Rate., unit: per 100, kind: rate, decimals: 2, base: "100"}
        """,
}
PIPELINE = """
title: Children
description: Children in a table.
topic: children
area: E06000012
measures: [{measures}]
compute: [{compute}]
dimensions: {{{dimensions}}}
release: {{version: "1", date: 2019-01-01, next: none planned}}
tables:
"""
TABLE = """
  - path: {path}
    origin: {{document: report}}
{options}
    steps:
{steps}
"""
FIRST_STEP = 16
"""The line of a declaration that the first step of the first table stands on, without options."""
PERIOD = "- period: {kinds: [financial-year]}"


@dataclass(frozen=True)
class Loaded:
    """What loading gave: observations, or the issues that stood in the way."""

    observations: Observations | None
    issues: list[Issue]

    @property
    def table(self) -> pd.DataFrame:
        """The observations, when there are any."""
        assert self.observations is not None, self.issues
        return self.observations.table

    def drawn(self, *columns: str) -> list[str]:
        """Some columns of the observations, drawn as one text a row; an empty value is a dot."""
        rows = self.table[list(columns)].astype("object")
        return [" ".join(_draw(cell) for cell in row) for row in rows.itertuples(index=False)]

    @property
    def faults(self) -> list[tuple[str, int | None, str | None]]:
        """Rule, row and column of every issue."""
        return [(issue.rule, issue.row, issue.column) for issue in self.issues]

    @property
    def words(self) -> str:
        """Everything that the issues say."""
        return " ".join(f"{issue.message} {issue.hint}" for issue in self.issues)


def _draw(cell: object) -> str:
    if isinstance(cell, float):
        return "." if math.isnan(cell) else f"{cell:g}"
    return str(cell) or "."


def unindent(text: str) -> str:
    """A table drawn in a test, without its indent and its first line end."""
    return textwrap.dedent(text).lstrip("\n")


class Workshop:
    """A project in a temporary folder; `load` writes a table and its declaration and loads the observations."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.folder = self.project.pipeline("children")
        self.folder.mkdir(parents=True)
        for name, text in CATALOGUES.items():
            (self.project.pipelines / f"{name}.yml").write_text(unindent(text))

    def write(self, content: str | bytes, name: str = "table.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else unindent(content).encode())
        return path

    def declare(
        self, steps: str = PERIOD, *, tables: str = "", path: str = "table.csv", options: str = "", **pipeline: str
    ) -> None:
        lists = {"measures": "children", "compute": "", "dimensions": ""} | pipeline
        table = TABLE.format(
            path=path,
            options=textwrap.indent(unindent(options), " " * 4),
            steps=textwrap.indent(unindent(steps), " " * 6),
        )
        (self.folder / "pipeline.yml").write_text(PIPELINE.format(**lists) + table + tables)

    def load(self, content: str | bytes | None = None, steps: str = PERIOD, **declared: str) -> Loaded:
        if content is not None:
            self.write(content, declared.get("path", "table.csv"))
        self.declare(steps, **declared)
        return Loaded(*load_observations(self.project, "children", load_declarations(self.project)))
