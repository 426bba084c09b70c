"""A site of two councils, with their districts, neighbours and wards, for what helps readers to find and compare."""

from fixture_packages import edit, measure, read_descriptor, table, write_descriptor, write_package
from fixture_site import DAY, MKDOCS, YEARS

LAST = YEARS[-1]
COUNCILS = {"K": "Kesteven", "L": "Lindsey", "H": "Holland"} | {f"D{n}": f"Dale {n}" for n in range(1, 8)}
AREAS = {
    "E": ("England", "country", ""),
    "R": ("The Ridings", "region", "E"),
    **{code: (name, "council", "R") for code, name in COUNCILS.items()},
    "W": ("Wold ward", "ward", "K"),
    "NK": ("Neighbours of Kesteven", "neighbour-group", ""),
}
LINDSEY = {code: AREAS[code] for code in ("E", "R", "L", "K")} | {
    "NL": ("Neighbours of Lindsey", "neighbour-group", "")
}
RATE = measure("repeat-rate", "Repeat plans", unit="per 100 plans", kind="rate", decimals=1, polarity="low", base="100")
CAVEATS = [
    {"id": "two", "text": "The source gives the rate in two ways.", "conflict": True},
    {"id": "care", "text": "Plans are not children."},
]
RATING = {
    "title": "The council's own targets",
    "bands": [{"name": "Green", "at_most": 15}, {"name": "Amber", "at_most": 20}, {"name": "Red", "above": 20}],
}


def write_project(root, mkdocs=MKDOCS):
    """The whole project; `mkdocs` is its configuration."""
    (root / "mkdocs.yml").write_text(mkdocs)
    (root / "site_src" / "notes").mkdir(parents=True)
    (root / "site_src" / "index.md").write_text("---\ntitle: Two councils\n---\nFigures for everybody.\n")
    (root / "site_src" / "notes" / "method.md").write_text("# How we count heads\n\nSlowly.\n")
    write_kesteven(root / "datapackages" / "plans")
    write_lindsey(root / "datapackages" / "lindsey-plans")
    return root


def write_kesteven(folder):
    """Ten councils of which one is withheld, a trend with a gap, and measures of every direction."""
    rates = [14.0, 12.0, 13.0, 16.0, 16.0, 18.0, 19.0, 22.0, 25.0]
    rows = [
        ("repeat-rate", "K", when, {}, *cells)
        for when, cells in zip(YEARS, [(20, "", ""), ("", "c", ""), (16, "", ""), (15.2, "p", "")], strict=True)
    ]
    rows += [
        ("repeat-rate", code, LAST, {}, rate, "", "")
        for code, rate in zip([c for c in COUNCILS if c not in "KD7"], rates, strict=False)
    ]
    rows += [("repeat-rate", "D7", LAST, {}, "", "c", "")]
    rows += [("repeat-rate", area, LAST, {}, rate, "", "") for area, rate in (("E", 20.8), ("R", 18.1), ("NK", 21.9))]
    rows += [("repeat-rate", "W", YEARS[2], {}, 30, "", "")]
    rows += [("on-time", "K", when, {}, value, "", "") for when, value in zip(YEARS, [90, 91, 93, 94.7], strict=True)]
    rows += [("late", "K", when, {}, value, "", "") for when, value in zip(YEARS, [1, 2, 3, 4], strict=True)]
    rows += [("open", "K", when, {}, value, "", "") for when, value in zip(YEARS[2:], [372, 373], strict=True)]
    rows += [("same", "K", when, {}, 7, "", "") for when in YEARS[2:]]
    rows += [("new-count", "K", YEARS[2], {}, 50, "", ""), ("new-count", "K", LAST, {}, 70, "b", "")]
    rows += [("gap", "K", YEARS[2], {}, "", "c", ""), ("gap", "K", LAST, {}, 70, "", "")]
    rows += [("hidden", "K", LAST, {}, "", "c", ""), ("unknown", "K", LAST, {}, "", "x", "")]
    rows += [("single", "K", DAY, {}, 449, "", ""), ("single", "E", DAY, {}, "", "c", "")]
    rows += [
        ("phases", a, LAST, {"phase": p}, v, "", "")
        for p, a, v in (
            ("primary", "K", 2.1),
            ("primary", "E", 1.4),
            ("secondary", "K", 12.9),
            ("secondary", "E", 10.1),
        )
    ]
    percent = {"unit": "%", "kind": "percentage", "decimals": 1}
    measures = [
        RATE,
        measure("on-time", "Reviews on time", polarity="high", **percent),
        measure("late", "Reviews late", polarity="low", **percent),
        measure("open", "Open plans", unit="plans"),
        measure("same", "Social workers", unit="people"),
        measure("new-count", "Referrals", unit="referrals"),
        measure("gap", "Visits", unit="visits"),
        measure("hidden", "Children in secure units"),
        measure("unknown", "Children placed far from home"),
        measure("single", "Children looked after", definition="Children in the care of the council on one day in 2019."),
        measure("phases", "Exclusions", unit="per 100 pupils", kind="rate", decimals=1, base="100"),
    ]  # fmt: skip
    phases = {"phase": {"primary": "Primary schools", "secondary": "Secondary schools"}}
    entries = [{"id": row[0], "dimensions": [], "sources": [0], "caveats": []} for row in measures]
    entries[0] |= {"also": ["Second plans"], "formerly": ["second-plans"], "rating": RATING, "caveats": ["two", "care"]}
    entries[2] |= {"caveats": ["care"]}
    topic = {"id": "safe", "title": "Safe from harm", "description": "Protection of children.", "order": 1}
    write_package(folder, rows, measures, phases, title="Child protection plans", areas=name(AREAS), topic=topic,
                  formerly=["old-plans"], area="K")  # fmt: skip
    return tell(place(folder, AREAS), entries, CAVEATS)


def write_lindsey(folder):
    """The same rate with neighbours of its own, a measure of the same name that counts something else, a newer release."""
    rows = [("repeat-rate", area, LAST, {}, rate, "", "") for area, rate in (("L", 12.0), ("E", 20.8), ("NL", 9.9))]
    rows += [("single", "L", DAY, {}, 80, "", "")]
    other = measure("single", "Children looked after", definition="Children in foster care only.")
    release = {"version": "2020.1", "date": "2020-02-01", "next": "none planned", "notes": "A new year.",
               "changes": {"since": "2019.1", "figures": {"added": 2}}}  # fmt: skip
    topic = {"id": "care", "title": "Children in care", "description": "Care.", "order": 2}
    write_package(folder, rows, [RATE, other], title="Plans in Lindsey", areas=name(LINDSEY), topic=topic, area="L",
                  version="2020.1", release=release)  # fmt: skip
    return place(folder, LINDSEY)


def name(areas):
    """The names of areas by code."""
    return {code: title for code, (title, _, _) in areas.items()}


def place(folder, areas):
    """Say of what kind the areas of a package are, and what they lie in."""
    text = table(["area", "name", "kind", "parent"], [[code, *rest] for code, rest in areas.items()]).decode()
    edit(folder, "areas", (folder / "data" / "areas.csv").read_text(), text)
    return folder


def tell(folder, entries, caveats):
    """Say more of the measures of a package."""
    descriptor = read_descriptor(folder)
    descriptor["statpress"] |= {"measures": entries, "caveats": caveats}
    write_descriptor(folder, descriptor)
    return folder
