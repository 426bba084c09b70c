"""The tables of the Department for Education as facts: area codes and what is rounded come from a declaration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from statpress.checks.consistency.facts import Facts, collect_facts
from statpress.declare.document import read_document
from statpress.declare.rules import Rules

DECLARED = Path(__file__).parent / "dfe" / "tables.yml"
LEVELS = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
GROUPS = ("population_type", "care_leaver_age", "breakdown", "cla_group", "placement_stability")


def read_dfe(folder: Path) -> tuple[Facts, Rules]:
    """The facts of every declared table of `folder`, and the rules."""
    declared = read_document(DECLARED, DECLARED.name)[0].data
    tables: dict[str, Any] = declared.pop("tables")
    long = pd.concat([_table(folder, name, own) for name, own in tables.items()], ignore_index=True).fillna("")
    keys = ["table", "period", "area", "figure", *GROUPS]
    values = pd.to_numeric(long["number"], errors="coerce").to_numpy(dtype=np.float64)
    places = pd.DataFrame({"file": long["table"] + ".csv", "row": long["row"], "column": long["figure"]})
    texts = long[[*keys, "level", "inside", "additive", "slips"]]
    facts = collect_facts(texts, keys, values, long["half"].to_numpy(dtype=np.float64), places)
    return facts, TypeAdapter(Rules).validate_python(declared)


def _table(folder: Path, name: str, own: dict[str, Any]) -> pd.DataFrame:
    table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    codes = [row[LEVELS[row["geographic_level"]]] for row in table.to_dict("records")]
    base = pd.DataFrame(
        {
            "table": name,
            "row": [str(number) for number in range(2, len(table) + 2)],
            "period": table["time_period"],
            "area": codes,
            "level": table["geographic_level"],
            "inside": ["England" if code.startswith("E12") else "London" for code in codes],
            **{group: table[group] for group in own.get("by", []) if group in GROUPS},
        }
    )
    halves = dict.fromkeys(own.get("figures", []), float(own.get("to", 0)) / 2)
    halves |= dict.fromkeys(own.get("exact", []), 0.0)
    additive = set(halves)
    halves |= {figure: 0.5 * 10.0 ** -int(places) for figure, places in own.get("decimals", {}).items()}
    parts = [
        base.assign(
            figure=figure,
            number=table[figure],
            half=half,
            additive="yes" if figure in additive else "no",
            slips="no" if "percent" in figure else "yes",
        )
        for figure, half in halves.items()
    ]
    return pd.concat(parts, ignore_index=True)
