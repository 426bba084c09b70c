"""The packages of the fixture site: every shape of figures that a page must handle."""

from pathlib import Path

from fixture_packages import measure, table, write_descriptor, write_package

MKDOCS = (Path(__file__).parents[2] / "mkdocs.yml").read_text()
YEARS = [f"{year}-04-01/P1Y" for year in (2015, 2016, 2017, 2018)]
DAY = "2019-03-31/P1D"
SEX = {"male": "Boys", "female": "Girls"}
AGE = {"0-9": "Aged 0 to 9", "10-15": "Aged 10 to 15", "16-17": "Aged 16 or 17 and living away from home"}


def write_project(root: Path):
    """A whole project with every kind of page: packages, words and configuration; no pipelines."""
    (root / "mkdocs.yml").write_text(MKDOCS)
    write_words(root / "site_src")
    write_report(root / "site_src")
    write_reference(root / "site_src")
    packages = root / "datapackages"
    write_looked_after(packages / "looked-after")
    write_missing(packages / "missing")
    write_exclusions(packages / "exclusions")
    write_foreign(packages / "bus-stops")
    return root


def write_words(folder: Path):
    """Words in Markdown, one topic without figures, and a template of the project's own."""
    (folder / "topics").mkdir(parents=True)
    (folder / "index.md").write_text("---\ntitle: Kesteven in figures\n---\nFigures for everybody.\n")
    (folder / "how-we-protect-people.md").write_text("We withhold small numbers.\n\n## Why\n\nPeople come first.\n")
    (folder / "topics" / "asylum-seekers.md").write_text(
        '---\ntitle: Asylum seekers\nsection: "9.11"\norder: 11\n---\nThe source gives no figures by age.\n'
    )


def write_looked_after(folder: Path):
    """A trend with comparators, a withheld year, a provisional year; and a single snapshot."""
    trend = [(84, "", ""), ("", "c", ""), (92, "", ""), (95, "p", "")]
    rows = [("rate", "K", when, {}, *cells) for when, cells in zip(YEARS, trend, strict=True)]
    rows += [("rate", "E", when, {}, 60 + n, "", "") for n, when in enumerate(YEARS)]
    rows += [("rate", "R", when, {}, 70 + n, "", "") for n, when in enumerate(YEARS)]
    rows += [("number", "K", DAY, {}, 449, "", "The source says 'just over'")]
    rows += [("hidden", "K", DAY, {}, "", "c", ""), ("missing-figure", "K", DAY, {}, "", "x", "")]
    measures = [
        measure(
            "rate", "Rate of children looked after", unit="per 10,000 children", kind="rate", decimals=1, base="10000"
        ),
        measure("number", "Children looked after"),
        measure("hidden", "Children in secure units"),
        measure("missing-figure", "Children placed far from home"),
    ]
    return write_package(folder, rows, measures, title="Children looked after")


def write_missing(folder: Path):
    """Two breakdowns with a withheld, a rounded and a true zero, and a crossing of both."""
    year = YEARS[-1]
    rows = [("missing", "K", year, {}, 45, "", "")]
    rows += [("missing", "K", year, {"sex": code}, value, "", "") for code, value in (("male", 25), ("female", 20))]
    rows += [
        ("missing", "K", year, {"age": code}, *cells)
        for code, cells in zip(AGE, [(0, "", ""), (43, "", ""), ("", "c", "")], strict=True)
    ]
    rows += [
        ("share", "K", year, {"sex": sex, "age": age}, *cells)
        for sex, ages in zip(SEX, [[(0, "", ""), (60.0, "", ""), ("", "low", "")],
                                   [(12.5, "", ""), ("", "c", ""), ("", "x", "")]], strict=True)
        for age, cells in zip(AGE, ages, strict=True)
    ]  # fmt: skip
    measures = [
        measure("missing", "Children missing from care", polarity="low"),
        measure("share", "Share of incidents", unit="%", kind="percentage", decimals=1),
    ]
    topic = {
        "id": "missing",
        "title": "Children missing from care",
        "description": "A topic.",
        "section": "9.7",
        "order": 7,
    }
    quality = [
        {"id": "sources", "title": "Every source table was read.", "result": "passed"},
        {"id": "totals", "title": "Parts add to totals.", "result": "waived", "reason": "The source says <b>so</b>."},
        {"id": "agreement", "title": "Figures agree.", "result": "checked"},
        {"id": "expectation-1", "title": "There are many areas.", "result": "warned"},
    ]
    changes = {
        "since": "2018.1", "date": "2018-12-01", "figures": {"added": 2, "revised": 1},
        "reasons": [{"redefined": "missing", "reason": "A new law."}],
    }  # fmt: skip
    release = {"version": "2019.1", "date": "2019-12-01", "next": "none planned", "notes": "", "changes": changes}
    words = {"topic": topic, "quality": quality, "release": release, "methodology": "Counted in records."}
    return write_package(folder, rows, measures, {"sex": SEX, "age": AGE}, **words)


def write_exclusions(folder: Path):
    """Areas by school phase with no figure for the whole, and areas alone."""
    phases = {"primary": "Primary schools", "secondary": "Secondary schools"}
    values = {"primary": {"K": 2.1, "R": 1.4, "E": 1.4}, "secondary": {"K": 12.9, "R": 23.3, "E": 10.1}}
    rows = [("rate", a, YEARS[2], {"phase": p}, v, "", "") for p, areas in values.items() for a, v in areas.items()]
    rows += [("neet", a, YEARS[3], {}, v, "", "") for a, v in {"K": 6.4, "R": 6.0, "E": 5.5}.items()]
    measures = [
        measure("rate", "Fixed period exclusions per 100 pupils", unit="per 100 pupils", kind="rate", decimals=1,
                base="100"),
        measure("neet", "Share of 16 and 17 year olds not in education", unit="%", kind="percentage", decimals=1,
                polarity="low"),
    ]  # fmt: skip
    return write_package(folder, rows, measures, {"phase": phases})


def write_foreign(folder: Path):
    """A package of other software: semicolons, no statpress key, no names, and scripts in its words."""
    (folder / "parts").mkdir(parents=True)
    (folder / "stops.csv").write_text("id;name\n1;High Street\n2;=HYPERLINK(1)\n")
    (folder / "parts" / "a.csv").write_bytes(table(["x"], [[1]]))
    (folder / "parts" / "b #2.csv").write_bytes(table(["x"], [[2]]))
    write_descriptor(folder, {
        "title": "Bus stops <script>alert(1)</script>",
        "description": "Stops & <b>shelters</b>",
        "licenses": [{"path": "javascript:alert(1)", "title": "Mine"}],
        "resources": [
            {"path": "stops.csv", "dialect": {"delimiter": ";"},
             "schema": {"fields": [{"name": "id", "type": "integer", "constraints": {"minimum": 1}},
                                   {"name": "name", "description": "<img src=x onerror=alert(1)>"}]}},
            {"name": "parts", "path": [["parts/a.csv"], "parts/b #2.csv"]},
        ],
    })  # fmt: skip
    return folder


REPORT = """\
---
title: What the report found
description: Looked-after children in Kesteven, and who went missing.
document: A report
area: Kesteven
order: 1
not-figures: [more than one system]
---
## Looked after

{{ figure("number", show="unit period area") }}. The rate {{ rose("rate", from="2015/16", to="2017/18", package="looked-after") }} from
{{ figure("rate", "2015/16", package="looked-after") }} to {{ figure("rate", "2018/19", package="looked-after") }}.
In secure units there were {{ withheld("hidden") }}. There is more than one system, since 31 March 2019.

## Missing

| Who | Children |
| --- | --- |
| Boys | {{ figure("missing", sex="male") }} |

{{ more_than_half("missing", sex="male", say="More than half") }} were boys, and they were {{ highest("missing", sex="male", among="sex") }}.
"""


def write_reference(folder: Path):
    """A page that explains a measure."""
    (folder / "reference").mkdir()
    (folder / "reference" / "duration.md").write_text(
        "---\ntitle: How long is missing\ndescription: How it is counted.\nmeasures: [missing]\n---\nFrom 10 minutes.\n"
    )


def write_report(folder: Path, text: str = REPORT):
    """A report of the fixture packages."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "reports" / "kesteven.md").write_text(text)
