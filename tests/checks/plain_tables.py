"""Plain tables as facts for the rules: what each table is comes from a short declaration, nothing from its faults."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from statpress.checks.consistency.facts import Facts, collect_facts
from statpress.declare.document import read_document
from statpress.declare.rules import Rules

FIGURES: Final = (
    "value",
    "numerator",
    "denominator",
    "plans",
    "children",
    "percent",
    "rate",
    "number_printed",
    "count_printed",
    "quartile_printed",
    "quartile_stated",
    "statistical_neighbour_printed",
)
"""Columns of figures, if a table has them. A table with none has one fact a row, without a number."""
MAIN: Final = ("value", "plans", "children", "row")
KEYS: Final = (
    "table",
    "area",
    "period",
    "year",
    "indicator",
    "measure",
    "category",
    "rationale",
    "reason",
    "breakdown_type",
    "breakdown",
    "unit",
    "figure",
)
_WORDS: Final = {
    word: float(number)
    for number, words in enumerate(
        [
            "no zero",
            "one top first",
            "two second",
            "three third",
            "four fourth",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
        ]
    )
    for word in words.split()
} | {"ten": 10.0}
_HEDGES: Final = {
    "over": (1, np.inf),
    "at least": (1, np.inf),
    "around": (0.98, 1.02),
    "about": (0.98, 1.02),
    "approximately": (0.95, 1.05),
    "in the region of": (0.9, 1.1),
    "nearly": (0.9, 1),
}
"""What words beside a figure make of it: it stands for so many times itself."""
EVERY: Final = Path(__file__).parent / "inventories" / "every.yml"
_NUMBER: Final = re.compile(r"£?([+-]?[0-9][0-9,]*)(?:\.([0-9]+))?%?")


def read_plain(folder: Path, declaration: Path) -> tuple[Facts, Rules]:
    """The facts of all CSV files of a folder, and the rules of a declaration.

    Columns of texts: those of the tables, and `table`, `row`, `figure` (the column of the figure), `at` (table and row,
    and the column where it is not the main one), `percent` (yes or no), `same-as` (what `measures` of the declaration
    says that a row is about).
    """
    declared = read_document(declaration, declaration.name)[0].data
    named = {row: name for name, rows in declared.pop("measures", {}).items() for row in rows}
    long = pd.concat([_table(path) for path in sorted(folder.glob("*.csv"))], ignore_index=True)
    long = long.astype("object").fillna("")
    long["same-as"] = long["at"].str.split(" ").str[:2].str.join(" ").map(lambda row: named.get(row, ""))
    values, halves = _read(long)
    places = pd.DataFrame({"file": long["table"] + ".csv", "row": long["row"], "column": long["figure"]})
    facts = collect_facts(
        long.drop(columns=["text", "printed"]), [key for key in KEYS if key in long], values, halves, places
    )
    return _hedge(facts, long["qualifier"].str.lower()), _rules(declared)


def _rules(declared: dict[str, Any]) -> Rules:
    """The rules. One that names figures by `at` names them fully, so that nothing else needs to agree."""
    every = read_document(EVERY, EVERY.name)[0].data
    declared = {**declared, "rules": {**every["rules"], **declared["rules"]}}
    for rule in declared["rules"].values():
        claim = next(claim for name, claim in rule.items() if name not in ("why", "severity"))
        if "'at'" in str(claim):
            claim.setdefault("by", [])
    return TypeAdapter(Rules).validate_python(declared)


def _table(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    row = pd.Series([str(number) for number in range(2, len(table) + 2)])
    table = table.drop(columns=[name for name in ("quote", "note", "text_printed") if name in table])
    table = table.assign(table=path.stem, row=row, at=path.stem + " " + row)
    figures = [figure for figure in FIGURES if figure in table]
    if not figures:
        return table.assign(figure="row", text="", printed="")
    return pd.concat([_figures(table, figure) for figure in figures], ignore_index=True)


def _figures(table: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The facts of one column. Figures have the decimals of the column with what was printed, if there is one."""
    printed = next((name for name in ("value_printed", "current_performance_printed") if name in table), figure)
    told = table[printed] if figure == "value" else table[figure]
    at = table["at"] if figure in MAIN else table["at"] + " " + figure
    long = table.assign(figure=figure, text=table[figure], printed=told, at=at)
    return long[(long["text"] != "") & (long["text"] != "n/a")]


def _read(long: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Values, and half of the last printed decimal of those that are rounded: percentages, rates and scores."""
    rows = zip(long["text"], long["printed"], long["unit"], long["figure"], strict=True)
    read = [_read_one(text.strip(), printed.strip(), unit, figure) for text, printed, unit, figure in rows]
    values, halves, percent = zip(*read, strict=True)
    long["percent"] = ["yes" if one else "no" for one in percent]
    return np.array(values), np.array(halves)


def _read_one(text: str, printed: str, unit: str, figure: str) -> tuple[float, float, bool]:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()], 0.0, False
    found = _NUMBER.fullmatch(text)
    value = float(f"{found[1].replace(',', '')}.{found[2] or 0}") if found else np.nan
    percent = figure in ("percent", "rate") or (figure == "value" and unit.startswith(("%", "per cent")))
    rounded = percent or "statistical" in figure or (figure == "value" and ("per " in unit or "%" in unit))
    shown = _NUMBER.search(printed)
    return value, 0.5 * 10.0 ** -len((shown[2] if shown else "") or "") if rounded else 0.0, percent


def _hedge(facts: Facts, words: pd.Series) -> Facts:
    low, high = facts.low.copy(), facts.high.copy()
    for word, (least, most) in _HEDGES.items():
        cells = ((words == word) & ~np.isnan(facts.value)).to_numpy()
        low[cells], high[cells] = facts.value[cells] * least, facts.value[cells] * most
    return Facts(facts.keys, facts.codes, facts.words, facts.value, low, high, facts.places, frozenset({""}))
