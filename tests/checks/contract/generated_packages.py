"""Makes packages of two tables from a seed: good ones, and ones with every fault that a schema can forbid."""

from __future__ import annotations

import csv
import io
import random

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NULLS = ["", "", "NA", "-"]
BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
WORDS = [
    "a",
    "b",
    "ab",
    "abc",
    "E06000012",
    "E0600001",
    "éa",
    "2",
    "02",
    "ab\n",
    "all",
    "A-1",
    "a b",
    " a",
    "x,y",
    'q"t',
]
# type, format, options, values (good, odd and bad), limits for bounds
KINDS = [
    ("string", None, {}, WORDS, []),
    ("string", "uuid", {}, ["123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000", "x"], []),
    ("string", "email", {}, ["a@example.org", "a@b", "x@y.co"], []),
    ("string", "uri", {}, ["https://example.org/a", "example", "urn:x:y"], []),
    ("string", "binary", {}, ["aGVsbG8=", "x", "aGVsbG8"], []),
    ("any", None, {}, WORDS, []),
    (
        "integer",
        None,
        {},
        [
            "0",
            "1",
            "2",
            "3",
            "-4",
            "12",
            "007",
            "+5",
            " 6",
            "1_0",
            "-0",
            "1.0",
            "x",
            "99999999999999999999",
            "0x1A",
            "٣",
        ],
        [1, 3, "2", 12, 99999999999999999999],
    ),
    ("integer", None, {"bareNumber": False}, ["1", "£2", "3%", "x", "4 m"], [2, 3]),
    (
        "number",
        None,
        {},
        [
            "0",
            "1",
            "1.0",
            "1.50",
            "1.5",
            "-2",
            "-0.0",
            "1e1",
            ".5",
            "5.",
            " 2 ",
            "NaN",
            "INF",
            "-INF",
            "x",
            "1,5",
            "123456789012.123456789",
            "0.1",
        ],
        [1, 1.5, "0.1", 1e22],
    ),
    ("number", None, {"decimalChar": ",", "groupChar": "."}, ["1,5", "1.000", "2", "x", "1.000,25"], [2]),
    ("number", None, {"floatNumber": True}, ["1", "1.5", "x", "0.10"], [1.5]),
    ("boolean", None, {}, ["true", "false", "1", "0", "TRUE", "yes", "T"], []),
    ("boolean", None, {"trueValues": ["yes"], "falseValues": ["no"]}, ["yes", "no", "true"], []),
    (
        "date",
        None,
        {},
        ["2020-01-05", "2020-1-5", "2019-12-31", "2020-02-30", "0000-01-01", "20-01-05", "x", "2020-01-05 "],
        ["2020-01-05", "2019-12-31"],
    ),
    ("date", "%d/%m/%Y", {}, ["05/01/2020", "31/12/2019", "2020-01-05", "5/1/2020"], ["05/01/2020"]),
    ("date", "any", {}, ["2020-01-05", "5 Jan 2020", "x"], ["2020-01-05"]),
    (
        "datetime",
        None,
        {},
        [
            "2020-01-05T01:02:03",
            "2020-01-05T01:02:03.5",
            "2020-01-05 01:02:03",
            "2020-01-05",
            "2020-01-05T25:02:03",
            "2020-01-05T24:00:00",
        ],
        ["2020-01-05T01:02:03"],
    ),
    ("datetime", "%Y %H", {}, ["2020 01", "2020", "2021 23"], ["2020 01"]),
    ("time", None, {}, ["01:02:03", "1:02:03", "01:02", "23:59:59", "x"], ["01:02:03"]),
    ("year", None, {}, ["2020", "2019", "20", "-200", "20x0", " 202"], [2020]),
    ("yearmonth", None, {}, ["2020-01", "2020-13", "2019-12", "2020-1", "x"], ["2020-01"]),
    ("duration", None, {}, ["P1Y", "P1D", "PT1H", "1Y", "P12M"], []),
    ("geopoint", None, {}, ["1,2", "181,2", "1, 2", "x"], []),
    ("geopoint", "array", {}, ["[1,2]", "[1,91]", "1,2"], []),
    ("geopoint", "object", {}, ['{"lon": 1, "lat": 2}', '{"lon": 1}', "x"], []),
    ("geojson", None, {}, ['{"type": "Point", "coordinates": [1, 2]}', '{"type": "Po"}', "x"], []),
    ("array", None, {}, ["[1]", "[]", "[1, 2, 3]", "{}", "x"], []),
    (
        "array",
        None,
        {"arrayItem": {"type": "integer", "constraints": {"minimum": 2}}},
        ["[1]", "[2, 3]", '["x"]', "x"],
        [],
    ),
    ("object", None, {}, ["{}", '{"a": 1}', "[]", "x"], []),
    ("list", None, {}, ["a,b", "a", "a,b,c"], []),
    ("geojson", "topojson", {}, ['{"type": "Topology", "objects": {}, "arcs": []}', "{}", "x"], []),
    ("time", "any", {}, ["01:02", "1pm", "25:00"], ["01:02"]),
    ("time", "%H.%M", {}, ["01.02", "24.00", "01:02"], ["01.02"]),
    ("datetime", "any", {}, ["2020-01-05", "5 Jan 2020 3pm", "x"], ["2020-01-05"]),
    ("number", None, {"groupChar": ","}, ["1,000", "1000", "1,0,0", "x"], ["1,000"]),
    ("number", None, {"bareNumber": False}, ["£1.50", "1.5%", "x", "2"], [2]),
    ("list", None, {"itemType": "date"}, ["2020-01-05", "2020-01-05,2020-01-06", "x"], []),
    (
        "array",
        None,
        {"arrayItem": {"type": "string", "constraints": {"enum": ["a"]}}},
        ['["a"]', '["b"]', '["a", 1]'],
        [],
    ),
    ("list", None, {"itemType": "integer", "delimiter": ";"}, ["1;2", "1", "1;x"], []),
]
UNHASHABLE = ("array", "object", "geojson", "list")
PATTERNS = ["[a-c]+", "[A-Z][0-9]{8}", "a|b", "a.*", r"\d+", r"\w+", "[^a]+", r"a\Z", "a$"]


def make_package(seed):
    """A descriptor, and the bytes of each of its files by path."""
    chance = random.Random(seed)
    areas, areas_fields = _table(chance, "areas", None)
    cells, _ = _table(chance, "cells", areas_fields)
    resources, files = zip(cells, areas, strict=True)
    return {"$schema": PROFILE, "name": "p", "resources": list(resources)}, dict(files)


def _table(chance, name, other):
    kinds = [
        chance.choice(KINDS if chance.random() < 0.6 else KINDS[:1] + KINDS[6:7] + KINDS[8:9] + KINDS[13:14])
        for _ in range(chance.randint(1, 4))
    ]
    fields = [_field(chance, f"f{index}", kind) for index, kind in enumerate(kinds)]
    schema = {"fields": fields}
    if chance.random() < 0.5:
        schema["missingValues"] = chance.choice([[""], ["", "NA"], [], ["-"], [{"value": "NA", "label": "not known"}]])
    hashable = [field["name"] for field in fields if field.get("type") not in (*UNHASHABLE, "number")]
    hashable += [field["name"] for field in fields if field.get("type") == "number"] if chance.random() < 0.2 else []
    _keys(chance, schema, hashable, other, name)
    rows = [[_cell(chance, kind) for kind in kinds] for _ in range(chance.randint(0, 12))]
    if set(hashable) & {field["name"] for field in fields if field.get("type") == "number"}:
        rows = [["7" if cell == "NaN" else cell for cell in row] for row in rows]
    header = [field["name"] for field in fields]
    if chance.random() < 0.3:
        _spoil_rows(chance, rows)
    if chance.random() < 0.2:
        header = _spoil_header(chance, header, schema)
    if chance.random() < 0.4:
        _order(chance, header, rows, schema)
    dialect = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False, "header": True}
    if chance.random() < 0.15:
        dialect |= {"header": False}
    if chance.random() < 0.1:
        dialect |= {"delimiter": ";"}
    if chance.random() < 0.1:
        dialect |= {"commentChar": "#"}
    resource = {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "mediatype": "text/csv",
    }
    data = _csv(chance, ([header] if dialect["header"] else []) + rows, dialect)
    return (resource | {"dialect": dialect, "schema": schema}, (f"{name}.csv", data)), [(n, schema) for n in hashable]


def _field(chance, name, kind):
    kind_name, form, options, values, limits = kind
    field = {"name": name, "type": kind_name, **options} | ({"format": form} if form else {})
    if kind_name == "string" and chance.random() < 0.1:
        del field["type"]  # it is the default
    constraints = {}
    if chance.random() < 0.3:
        constraints["required"] = chance.random() < 0.9
    if chance.random() < 0.2 and kind_name not in UNHASHABLE and kind_name != "number":
        constraints["unique"] = True
    if limits and chance.random() < 0.6:
        constraints[chance.choice(BOUNDS)] = chance.choice(limits)
    if kind_name in ("string", "array", "object", "list") and chance.random() < 0.4:
        constraints[chance.choice(["minLength", "maxLength"])] = chance.randint(0, 3)
    if kind_name == "string" and chance.random() < 0.3:
        constraints["pattern"] = chance.choice(PATTERNS)
    if kind_name not in ("list", "boolean") and chance.random() < 0.2:
        constraints["enum"] = chance.sample(values, 2)
    if constraints:
        field["constraints"] = constraints
    if chance.random() < 0.1:
        field["missingValues"] = chance.choice([["-"], ["NA", ""]])
    return field


def _keys(chance, schema, names, other, name):
    if names and chance.random() < 0.5:
        schema["primaryKey"] = chance.sample(names, chance.randint(1, len(names)))
    if names and other and chance.random() < 0.7:
        size = chance.randint(1, min(len(names), len(other)))
        refer = {"resource": "areas", "fields": [field for field, _ in chance.sample(other, size)]}
        schema["foreignKeys"] = [{"fields": chance.sample(names, size), "reference": refer}]
    if names and chance.random() < 0.2:
        refer = {"resource": chance.choice(["", name]), "fields": [chance.choice(names)]}
        schema.setdefault("foreignKeys", []).append({"fields": [chance.choice(names)], "reference": refer})


def _cell(chance, kind):
    values = kind[3]
    if chance.random() < 0.1:
        return chance.choice(NULLS)
    return chance.choice(values[: max(2, len(values) // 2)] if chance.random() < 0.7 else values)


def _spoil_rows(chance, rows):
    for row in rows:
        if chance.random() < 0.2:
            row[:] = chance.choice([row[:-1], [*row, "more"], [], [""] * len(row), ["NA"] * len(row), row[:1]])


def _spoil_header(chance, header, schema):
    schema["fieldsMatch"] = chance.choice(["exact", "equal", "subset", "superset", "partial"])
    changed = list(header)
    changed[chance.randrange(len(changed))] = chance.choice(["", "other", "F0", changed[0]])
    reverse = list(reversed(header))
    return chance.choice([header[:-1] or header, [*header, "extra"], [*header, ""], changed, reverse])


def _order(chance, header, rows, schema):
    """Nothing wrong: columns in another order, where the schema allows it."""
    if schema.get("fieldsMatch") in ("equal", "superset"):
        order = list(range(len(header)))
        chance.shuffle(order)
        header[:] = [header[index] for index in order]
        rows[:] = [[row[index] for index in order] if len(row) == len(order) else row for row in rows]


def _csv(chance, rows, dialect):
    text = io.StringIO()
    csv.writer(text, delimiter=dialect["delimiter"], lineterminator=chance.choice(["\n", "\r\n"])).writerows(rows)
    return text.getvalue().encode()
