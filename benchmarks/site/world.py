"""A made-up country: councils that each publish the same measures by topic, through the real writer of packages.

Each package has 20 indicators of one council on one topic: ten counts by sex and age with small numbers withheld, and
ten percentages beside other councils, the region and the country, over six years. All figures are drawn with a seed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from statpress.declare.load import load_declarations
from statpress.declare.nouns import Declarations
from statpress.packages.describe.package import render_package
from statpress.packages.describe.publication import Ledger, Publication, SourceFact
from statpress.packages.write import write_folders
from statpress.paths import Project

EACH: Final = 20
"""Indicators of a package."""
YEARS: Final = range(2018, 2024)
SEXES: Final = {"female": "Girls", "male": "Boys"}
AGES: Final = {"0-4": "0 to 4", "5-9": "5 to 9", "10-14": "10 to 14", "15-17": "15 to 17"}
WHO: Final = (
    "Children looked after", "Children in need", "Children with a protection plan", "Care leavers",
    "Children in foster homes", "Pupils with a support plan", "Children referred", "Children adopted",
    "Young carers", "Children who went missing",
)  # fmt: skip
WHAT: Final = (
    "at the end of the year", "for the first time", "again within twelve months", "for longer than two years",
    "placed near home", "seen within ten days", "reviewed on time", "with a health check", "in school at sixteen",
    "with one social worker all year",
)  # fmt: skip
ENDS: Final = ("shire", "borough", "vale", "ridge", "wold")
SITE: Final = """\
site_name: Open data of a made-up country
site_description: Figures on children's services, drawn by lot.
site_url: https://example.org/
docs_dir: site_src
theme: {name: material, font: false}
plugins: [statpress]
"""


def write_world(root: Path, pages: int, seed: int = 1) -> None:
    """Write a project whose packages have `pages` indicators together (a multiple of 20)."""
    packages = [(council, topic) for council in range(-(-pages // (EACH * len(WHO)))) for topic in range(len(WHO))]
    packages = packages[: pages // EACH]
    project = Project(root)
    declare(project, packages)
    declared = load_declarations(project)
    contents = {}
    for council, topic in packages:
        publication = publish(declared, council, topic, random.Random(f"{seed} {council} {topic}"))
        contents[project.package(publication.name)] = render_package(publication)
    write_folders(contents)


def change_package(root: Path, seed: int) -> None:
    """Draw the figures of one package anew."""
    project = Project(root)
    publication = publish(load_declarations(project), 0, 0, random.Random(f"changed {seed}"))
    write_folders({project.package(publication.name): render_package(publication)})


def change_figure(root: Path, number: int, seed: int = 1) -> None:
    """Give one package the figures that it was written with, but for one of them."""
    project = Project(root)
    publication = publish(load_declarations(project), 0, 0, random.Random(f"{seed} 0 0"))
    rows = publication.observations
    rows.loc[rows.index[rows["measure"] == "share-0-0"][0], "value"] += number / 10
    write_folders({project.package(publication.name): render_package(publication)})


def change_indicator(root: Path, name: str, seed: int) -> None:
    """Give one package the figures that it was written with, but for those of one indicator, which are drawn anew."""
    project = Project(root)
    declared = load_declarations(project)
    publication, drawn = (publish(declared, 0, 0, random.Random(f"{dice} 0 0")) for dice in (1, f"changed {seed}"))
    rows = publication.observations
    own = rows["measure"] == name
    rows.loc[own, ["value", "status"]] = drawn.observations.loc[own, ["value", "status"]]
    write_folders({project.package(publication.name): render_package(publication)})


def declare(project: Project, packages: list[tuple[int, int]]) -> None:
    """Write the declarations that the packages are described with, and the configuration of the site."""
    councils = max(council for council, _ in packages) + 1
    catalogues = {
        "publisher": {"title": "Council of councils", "contact": "data@example.org", "licence": "OGL-UK-3.0"},
        "documents": {"return": {"title": "Yearly return of children's services", "publisher": "A made-up ministry",
                                 "published": "2024", "licence": "OGL-UK-3.0"}},
        "areas": dict(list_areas(councils)),
        "topics": {f"topic-{n}": {"title": who, "description": f"Figures on {who.lower()}.", "order": n}
                   for n, who in enumerate(WHO)},
        "dimensions": {"sex": _dimension("Sex", SEXES), "age": _dimension("Age", AGES)},
        "caveats": {"systems": {"text": "Two years come from two systems, so compare them with care."}},
        "measures": dict(list_measures()),
    }  # fmt: skip
    files = {f"{name}.yml": content for name, content in catalogues.items()}
    files |= {f"{name_package(*each)}/pipeline.yml": describe_pipeline(*each) for each in packages}
    for name, content in files.items():
        path = project.pipelines / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    (project.root / "site_src").mkdir(exist_ok=True)
    (project.root / "site_src" / "about.md").write_text("# About\n\nEvery figure here is drawn by lot.\n", "utf-8")
    project.mkdocs.write_text(SITE, "utf-8")


def list_areas(councils: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """England, three regions, and the councils in them."""
    yield "E92", {"name": "Middleland", "kind": "country"}
    for region in range(3):
        yield (
            f"E12{region}",
            {"name": f"{('North', 'West', 'South')[region]} Marches", "kind": "region", "parent": "E92"},
        )
    for council in range(max(councils, 4)):
        name = f"{chr(65 + council % 26)}{ENDS[council % 5]} {council + 1}"
        yield f"E06{council:03}", {"name": name, "kind": "local-authority", "parent": f"E12{council % 3}"}


def list_measures() -> Iterator[tuple[str, dict[str, Any]]]:
    """Ten counts a topic, each with the percentage that it is of all children known."""
    for topic, who in enumerate(WHO):
        for number, what in enumerate(WHAT):
            said = {"definition": f"{who} {what}, on 31 March.", "matters": "Children do better when it is known.",
                    "reading": "A child who is counted twice in a year counts once."}  # fmt: skip
            yield f"count-{topic}-{number}", {"title": f"{who} {what}", "unit": "children", "kind": "count", **said}
            yield f"share-{topic}-{number}", {
                "title": f"Share of {who.lower()} {what}", "unit": "%", "kind": "percentage", "decimals": 1,
                "polarity": ("high", "low", "none")[number % 3], **said,
            }  # fmt: skip


def describe_pipeline(council: int, topic: int) -> dict[str, Any]:
    """The declaration of one package."""
    return {
        "title": f"{WHO[topic]}, council {council + 1}",
        "description": f"{WHO[topic]} in one council, by sex and age, beside other areas.",
        "topic": f"topic-{topic}", "area": f"E06{council:03}",
        "tables": [{"path": "source.csv", "origin": {"document": "return", "section": str(topic + 1)}}],
        "measures": [f"{kind}-{topic}-{number}" for number in range(len(WHAT)) for kind in ("count", "share")],
        "dimensions": {"sex": "adds-up", "age": "adds-up"}, "caveats": ["systems"],
        "release": {"version": "2024.1", "date": "2024-06-01", "next": "2025-06-01"},
        "methodology": "Counted in the records of the council at the end of each year.",
    }  # fmt: skip


def publish(declared: Declarations, council: int, topic: int, dice: random.Random) -> Publication:
    """One package with its figures."""
    name = name_package(council, topic)
    rows = pd.DataFrame(list(_draw(council, topic, dice)), columns=["measure", "area", "period", "sex", "age", *_TAIL])
    periods = [(f"{y}-04-01/P1Y", f"{y}/{(y + 1) % 100:02}", "financial-year", f"{y}-04-01", f"{y + 1}-03-31")
               for y in YEARS]  # fmt: skip
    withheld = int((rows["status"] == "c").sum())
    return Publication(
        name=name, pipeline=declared.pipelines[name], declared=declared, observations=rows,
        periods=pd.DataFrame(periods, columns=["period", "label", "kind", "start", "end"]),
        sources=(SourceFact(None, len(rows)),), ledger=Ledger(len(rows) - withheld, withheld, {}),
        measure_sources=dict.fromkeys(declared.pipelines[name].measures, (0,)),
    )  # fmt: skip


def name_package(council: int, topic: int) -> str:
    """The name of the package of a council on a topic."""
    return f"topic-{topic}-council-{council}"


_TAIL: Final = ["value", "status", "note"]


def _dimension(title: str, categories: dict[str, str]) -> dict[str, Any]:
    return {"title": title, "categories": {code: {"label": label} for code, label in categories.items()}}


def _draw(council: int, topic: int, dice: random.Random) -> Iterator[tuple[object, ...]]:
    for number in range(len(WHAT)):
        for year in YEARS:
            period = f"{year}-04-01/P1Y"
            yield from _draw_count(f"count-{topic}-{number}", f"E06{council:03}", period, dice)
            yield from _draw_share(f"share-{topic}-{number}", council, period, dice)


def _draw_count(measure: str, area: str, period: str, dice: random.Random) -> Iterator[tuple[object, ...]]:
    """A count with its parts. Where one part is small, the next smallest is withheld with it."""
    ages = {age: dice.choice((dice.randint(0, 9), dice.randint(20, 90))) for age in AGES}
    whole = sum(ages.values())
    girls = dice.randint(0, whole)
    yield (measure, area, period, "all", "all", float(whole), "", "")
    for column, parts in (("sex", {"female": girls, "male": whole - girls}), ("age", ages)):
        small = any(0 < count < 6 for count in parts.values())
        hidden = set(sorted(parts, key=lambda part: (parts[part] == 0, parts[part]))[:2]) if small else set()
        for part, count in parts.items():
            groups = (part, "all") if column == "sex" else ("all", part)
            value, status = (float("nan"), "c") if part in hidden else (float(count), "")
            yield (measure, area, period, *groups, value, status, "")


def _draw_share(measure: str, council: int, period: str, dice: random.Random) -> Iterator[tuple[object, ...]]:
    """A percentage of the council, of three others beside it, of its region and of the country."""
    others = (
        [f"E06{(council + step) % 4:03}" for step in range(1, 4)] if council < 4 else ["E06000", "E06001", "E06002"]
    )
    for area in (f"E06{council:03}", *others, f"E12{council % 3}", "E92"):
        status = "c" if area.startswith("E06") and dice.random() < 0.05 else "p" if period.startswith("2023") else ""
        value = float("nan") if status == "c" else round(dice.uniform(20, 95), 1)
        yield (measure, area, period, "all", "all", value, status, "")
