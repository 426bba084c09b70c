"""Facts drawn in a test as a table of texts: `12` is a count, `12.3%` a percentage, `1..4` a range, `?` unknown."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from statpress.checks.consistency.facts import Facts, collect_facts
from statpress.checks.consistency.run import run_rules
from statpress.declare.rules import Rule


def draw(text: str, *, keys: str = "measure area period group") -> Facts:
    """The facts of a table whose columns stand in its first line, `value` among them."""
    table = pd.read_csv(io.StringIO(text), sep=r"\s+", dtype=str)
    texts = table.drop(columns="value")
    read = [_read(cell) for cell in table["value"]]
    values, halves = (np.array(part, dtype=np.float64) for part in zip(*read, strict=True))
    rows = [str(number) for number in range(2, len(table) + 2)]
    places = pd.DataFrame({"file": "t.csv", "row": rows, "column": "value"})
    return collect_facts(texts, [key for key in keys.split() if key in texts], values, halves, places)


def _read(cell: str) -> tuple[float, float]:
    if cell == "?":
        return np.nan, 0.0
    if ".." in cell:
        low, high = map(float, cell.split(".."))
        return (low + high) / 2, (high - low) / 2
    number, percent = cell.rstrip("%"), cell.endswith("%")
    return float(number), 0.5 * 10.0 ** -len(number.partition(".")[2]) if percent else 0.0


def broken(facts: Facts, **claim: Any) -> list[tuple[int, ...]]:
    """The rows (counted from 1, without the header) of each fault that one rule finds, and that it compares something."""
    rule = TypeAdapter(Rule).validate_python({name.replace("_", "-"): parts for name, parts in claim.items()})
    findings, idle = run_rules(facts, {"rule": rule})
    assert not idle
    return [tuple(cell + 1 for cell in finding.cells) for finding in findings]
