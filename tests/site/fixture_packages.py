"""Makes small packages for tests, in the format of docs/reference/package-format.md, with hashes."""

import csv
import hashlib
import io
import json
from pathlib import Path

STATUSES = {
    "c": ("Withheld", "We do not show this number, to protect the people that it counts."),
    "x": ("Not available", "The source does not give this number."),
    "z": ("Not applicable", "There can be no number here."),
    "low": ("Close to zero", "The number rounds to zero, but is not zero."),
    "p": ("Provisional", "The number may still change."),
    "b": ("Break in series", "The number is not comparable with those before it."),
}
AREAS = {"K": "Kesteven", "R": "The Ridings", "E": "England"}


def period(code):
    """A period as a row of periods.csv, from its code."""
    start, _, length = code.partition("/")
    if code == "not-stated":
        return [code, "Not stated", "not-stated", "", ""]
    year = int(start[:4])
    if length == "P1D":
        months = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
        return [code, f"{int(start[8:])} {months[int(start[5:7]) - 1]} {year}", "snapshot", start, start]
    if start[5:7] == "04":
        return [code, f"{year}/{(year + 1) % 100:02d}", "financial-year", start, f"{year + 1}-03-31"]
    return [code, str(year), "calendar-year", start, f"{year}-12-31"]


def table(header, rows):
    """A CSV file as bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue().encode()


def measure(code, title, *, unit="children", kind="count", decimals=0, polarity="none", base="", **more):
    """A row of measures.csv."""
    definition = more.get("definition", f"What {title} means.")
    matters, reading = more.get("matters", "It matters."), more.get("reading", "")
    return [code, title, definition, unit, kind, decimals, polarity, "", "", base, matters, reading]


MEASURES = ["measure", "title", "definition", "unit", "kind", "decimals", "polarity", "numerator", "denominator"]
MEASURES += ["base", "matters", "reading"]


def write_package(folder: Path, observations, measures, dimensions=None, **words):
    """Write one package.

    An observation is `measure, area, period, {dimension: code}, value, status, note`. `dimensions` maps an identifier
    to `{code: label}`. `words` replace parts of the `statpress` key.
    """
    dimensions = dimensions or {}
    areas = words.pop("areas", AREAS)
    kinds = words.pop("kinds", {})
    areas = {
        code: (facts, kinds.get(code, "council"), "") if isinstance(facts, str) else facts
        for code, facts in areas.items()
    }
    files = _tables(observations, measures, dimensions, areas)
    if "measures_words" in words:
        words["measures"] = words.pop("measures_words")
    extra = words.pop("files", {})
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": folder.name,
        "title": words.pop("title", folder.name.replace("-", " ").capitalize()),
        "description": words.pop("description", "A package for tests."),
        "version": words.pop("version", "2019.1"),
        "created": "2019-12-01T00:00:00Z",
        "licenses": words.pop("licenses", [{"name": "OGL-UK-3.0", "title": "Open Government Licence 3.0",
                                            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/"}]),
        "sources": words.pop("sources", [{"title": "A report", "publisher": "Kesteven Council", "section": "9.1",
                                          "lines": "62"}]),
        "contributors": [{"title": "Kesteven Council", "roles": ["publisher"]}],
        "resources": [_resource(name, content) for name, content in files.items()],
        "statpress": _words(folder.name, observations, measures, dimensions) | words,
    }  # fmt: skip
    for name, content in files.items():
        path = folder / "data" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, content in extra.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "README.md").write_text("# Read me\n")
    write_descriptor(folder, descriptor)
    return folder


def write_descriptor(folder, descriptor):
    """Write `datapackage.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2))


def read_descriptor(folder):
    """Read `datapackage.json`."""
    return json.loads((folder / "datapackage.json").read_text())


def edit(folder, name, before, after):
    """Change a data file of a package, and its promised size and hash."""
    path = folder / "data" / f"{name}.csv"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    descriptor = read_descriptor(folder)
    for entry in descriptor["resources"]:
        if entry["name"] == name:
            entry.update(_promise(path.read_bytes()))
    write_descriptor(folder, descriptor)


def _tables(observations, measures, dimensions, areas):
    rows = [
        [m, a, p, *(groups.get(name, "all") for name in dimensions), value, status, note]
        for m, a, p, groups, value, status, note in observations
    ]
    header = ["measure", "area", "period", *dimensions, "value", "status", "note"]
    periods = sorted({row[2] for row in rows})
    lists = {
        name: table(
            ["code", "label", "parent", "order"],
            [["all", "All", "", 0], *([code, label, "", n] for n, (code, label) in enumerate(codes.items(), 1))],
        )
        for name, codes in dimensions.items()
    }
    return {
        "observations": table(header, rows),
        "measures": table(MEASURES, measures),
        "areas": table(["area", "name", "kind", "parent"], [[code, *facts] for code, facts in areas.items()]),
        "periods": table(["period", "label", "kind", "start", "end"], [period(code) for code in periods]),
        "statuses": table(
            ["status", "mark", "title", "meaning"], [[c, f"[{c}]", t, m] for c, (t, m) in STATUSES.items()]
        ),
        **lists,
    }


def _resource(name, content):
    header = content.decode().splitlines()[0].split(",")
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_promise(content),
        "schema": {
            "fields": [{"name": column, "type": "string", "description": f"The {column}."} for column in header],
            "primaryKey": header[:1],
        },
    }


def _promise(content):
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _words(name, observations, measures, dimensions):
    withheld = sum(row[5] == "c" for row in observations)
    return {
        "format": 1,
        "topic": {"id": name, "title": name.replace("-", " ").capitalize(), "description": "A topic.", "section": "9.1",
                  "order": 1},
        "area": "K",
        "release": {"version": "2019.1", "date": "2019-12-01", "next": "none planned", "notes": "First release."},
        "releases": [],
        "contact": "data@example.org",
        "coverage": {"start": "2018-04-01", "end": "2019-03-31", "areas": ["K"]},
        "dimensions": [{"id": d, "title": d.capitalize(), "adds_up": True} for d in dimensions],
        "measures": [
            {"id": row[0], "dimensions": list(dimensions), "sources": [0], "caveats": ["care"]} for row in measures
        ],
        "caveats": [{"id": "care", "text": "Incidents are not children."}],
        "disclosure": {"policy": "strict", "title": "Numbers from 1 to 5 are withheld",
                       "words": ["Numbers from 1 to 5 are withheld."], "rules": {"smallest_shown": 6},
                       "source": "DfE", "withheld": withheld, "observations": len(observations)},
        "ledger": {"source_rows": len(observations) + 1, "published": len(observations) - withheld,
                   "withheld": withheld, "left_out": {"words-only": 1}},
    }  # fmt: skip
