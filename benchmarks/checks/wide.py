"""Write a package of one table of another shape: 30 columns, most of them dates, categories or long texts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

START = date(1990, 1, 1)
TEXT = "the quick brown fox jumps over a lazy dog while nobody in this whole street is looking out of a window"
WORDS = TEXT.split()
CATEGORIES = [f"category-{number:04}" for number in range(2_000)]
COLUMNS = {"date": 8, "category": 8, "text": 5, "number": 5, "truth": 2, "time": 2}


def write_wide(folder: Path, rows: int, faults: int = 0) -> None:
    """Write the package; `faults` rows are spread over it with a wrong cell each."""
    folder.mkdir(parents=True, exist_ok=True)
    spoilt = set(range(0, rows, max(rows // faults, 1))) if faults else set()
    fields = [_field(kind, number) for kind, count in COLUMNS.items() for number in range(count)]
    with (folder / "wide.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(str(field["name"]) for field in fields) + "\n")
        file.writelines(_line(number, number in spoilt) for number in range(rows))
    schema = {"fields": fields, "missingValues": ["", "n/a"], "primaryKey": ["date_0", "category_0", "text_0"]}
    described = {"name": "wide", "path": "wide.csv", "type": "table", "format": "csv", "encoding": "utf-8"}
    dialect = {"delimiter": ",", "quoteChar": '"', "header": True}
    resource = {**described, "mediatype": "text/csv", "dialect": dialect, "schema": schema}
    profile = "https://datapackage.org/profiles/2.0/datapackage.json"
    descriptor = {"$schema": profile, "name": "wide", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def _field(kind: str, number: int) -> dict[str, object]:
    types = {"category": "string", "text": "string", "truth": "boolean", "time": "datetime"}
    constraints: dict[str, object] = {
        "date": {"minimum": "1990-01-01", "maximum": "2049-12-31"},
        "category": {"enum": CATEGORIES, "required": True},
        "text": {"maxLength": 400, "pattern": "[a-z0-9 ,é]+"},
        "number": {"minimum": -1_000_000, "maximum": 1_000_000},
    }.get(kind, {})
    return {"name": f"{kind}_{number}", "type": types.get(kind, kind), "constraints": constraints}


def _line(number: int, is_spoilt: bool) -> str:
    cells = [str(START + timedelta(days=(number * 37 + column * 101) % 20_000)) for column in range(COLUMNS["date"])]
    cells += [CATEGORIES[(number * 31 + column * 7) % 2_000] for column in range(COLUMNS["category"])]
    cells += [_text(number, column) for column in range(COLUMNS["text"])]
    cells += [f"{(number * 7919 + column) % 2_000_000 / 3 - 300_000:.3f}" for column in range(COLUMNS["number"])]
    cells += ["true" if (number + column) % 3 else "n/a" for column in range(COLUMNS["truth"])]
    day = START + timedelta(days=number % 9_000)
    cells += [f"{day}T{number % 24:02}:{number % 60:02}:00" for _ in range(COLUMNS["time"])]
    return ",".join(["soon" if is_spoilt else cells[0], *cells[1:]]) + "\n"


def _text(number: int, column: int) -> str:
    words = [WORDS[(number * (column + 3) + place * 5) % len(WORDS)] for place in range(8 + (number + column) % 24)]
    quoted = number % 5 == 0
    text = " ".join(words) + f" {number} caf" + ("é" if column % 2 else "e")
    return f'"{text}, and so on"' if quoted else text
