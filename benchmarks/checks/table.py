"""Write a package of two tables: many rows of eight columns, with every constraint that their types can have."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

AREAS = [f"E{number:08}" for number in range(1, 331)]
SEXES = ["all", "female", "male"]
START = date(2000, 1, 1)
CODE = {"pattern": "[A-Z]-?[0-9]{8}", "minLength": 9, "maxLength": 10}
DAYS = {"minimum": "2000-01-01", "exclusiveMinimum": "1999-12-31", "maximum": "2049-12-31"}
FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, **CODE}},
    {"name": "parent", "type": "string", "constraints": CODE},
    {"name": "area", "type": "string", "constraints": {"required": True, "enum": AREAS, **CODE}},
    {"name": "day", "type": "date", "constraints": {"required": True, **DAYS, "exclusiveMaximum": "2050-01-01"}},
    {
        "name": "sex",
        "type": "string",
        "constraints": {"required": True, "enum": SEXES, "pattern": "[a-z]+", "minLength": 3, "maxLength": 6},
    },
    {
        "name": "count",
        "type": "integer",
        "constraints": {"minimum": 0, "exclusiveMinimum": -1, "maximum": 9_999_999, "exclusiveMaximum": 10_000_000},
    },
    {
        "name": "rate",
        "type": "number",
        "constraints": {"minimum": 0, "exclusiveMinimum": -1, "maximum": 1_000, "exclusiveMaximum": 1_001},
    },
    {
        "name": "status",
        "type": "string",
        "categories": ["c", "x"],
        "constraints": {"enum": ["c", "x"], "pattern": "[a-z]", "minLength": 1, "maxLength": 1},
    },
]
SCHEMA = {
    "fields": FIELDS,
    "missingValues": [""],
    "primaryKey": ["area", "day", "sex"],
    "uniqueKeys": [["id", "area"]],
    "foreignKeys": [
        {"fields": ["area"], "reference": {"resource": "areas", "fields": ["area"]}},
        {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}},
    ],
}
AREAS_SCHEMA = {
    "fields": [{"name": "area", "type": "string", "constraints": {"required": True, "unique": True}}],
    "primaryKey": ["area"],
}


def write_package(folder: Path, rows: int, faults: int = 0) -> None:
    """Write the package; `faults` rows are spread over it with a wrong cell each."""
    folder.mkdir(parents=True, exist_ok=True)
    spoilt = set(range(0, rows, max(rows // faults, 1))) if faults else set()
    with (folder / "cells.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(str(field["name"]) for field in FIELDS) + "\n")
        file.writelines(_line(number, number in spoilt) for number in range(rows))
    (folder / "areas.csv").write_text("area\n" + "".join(f"{area}\n" for area in AREAS))
    resources = [_resource("cells", SCHEMA), _resource("areas", AREAS_SCHEMA)]
    profile = "https://datapackage.org/profiles/2.0/datapackage.json"
    descriptor = {"$schema": profile, "name": "large", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def _line(number: int, is_spoilt: bool) -> str:
    area = AREAS[number % len(AREAS)]
    sex = SEXES[number // len(AREAS) % len(SEXES)]
    day = START + timedelta(days=number // (len(AREAS) * len(SEXES)))
    count = "many" if is_spoilt else number * 7919 % 100_000
    rate = f"{number * 104_729 % 100_000 / 100:.2f}"
    parent = f"R-{number // 2:08}" if number % 3 else ""
    cells = [f"R-{number:08}", parent, area, str(day), sex, str(count), *([rate, ""] if number % 11 else ["", "x"])]
    return ",".join(cells) + "\n"


def _resource(name: str, schema: dict[str, object]) -> dict[str, object]:
    dialect = {"delimiter": ",", "quoteChar": '"', "header": True}
    described = {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv", "encoding": "utf-8"}
    return {**described, "mediatype": "text/csv", "dialect": dialect, "schema": schema}
