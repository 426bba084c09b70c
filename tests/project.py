"""A tiny project in a folder, for tests: two areas, two years, counts by sex and a percentage."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

FILES = {
    "pipelines/publisher.yml": """\
        title: Exampleshire Council
        contact: open-data@example.org
        licence: OGL-UK-3.0
        """,
    "pipelines/documents.yml": """\
        report:
          title: Yearly report
          publisher: Exampleshire Council
          published: 2020
          licence: OGL-UK-3.0
        """,
    "pipelines/areas.yml": """\
        E1: {name: Exampleshire, kind: local-authority, parent: E9}
        E2: {name: Otherford, kind: local-authority, parent: E9}
        E9: {name: England, kind: country}
        """,
    "pipelines/topics.yml": """\
        missing: {title: Children who went missing, description: Who went missing., section: "1", order: 1}
        """,
    "pipelines/dimensions.yml": """\
        sex:
          title: Sex
          categories:
            male: {label: Boys, also: [M]}
            female: {label: Girls, also: [F]}
        """,
    "pipelines/policies.yml": """\
        strict:
          title: Numbers from 1 to 5 are withheld
          withhold: {counts: 1..5}
          source: Made up for a test
        """,
    "pipelines/caveats.yml": """\
        two-systems: {text: The two years come from two systems.}
        """,
    "pipelines/measures.yml": """\
        children-missing:
          title: Children who went missing
          matters: Children who go missing are at risk.
          definition: Children who went missing at least once in the year.
          unit: children
          kind: count
        children:
          title: Children looked after
          reading: A child who was looked after twice in the year counts once.
          definition: Children looked after at any time in the year.
          unit: children
          kind: count
        missing-share:
          title: Share of looked-after children who went missing
          reading: A higher share means more children at risk.
          definition: Children who went missing, of those looked after.
          unit: "%"
          kind: percentage
          decimals: 1
          numerator: children-missing
          denominator: children
        """,
    "pipelines/missing/pipeline.yml": """\
        title: Children who went missing
        description: Looked-after children who went missing.
        topic: missing
        area: E1
        tables:
          - path: source/missing.csv
            marks: {"..": x}
            origin: {document: report, section: "1"}
            steps:
              - period: {kinds: [financial-year]}
        measures: [children-missing, children, missing-share]
        compute: [missing-share]
        dimensions: {sex: adds-up}
        caveats: [two-systems]
        release: {version: 2020.1, date: 2020-06-01, next: none planned}
        methodology: Counted in the council's own records at the end of each year.
        """,
    "pipelines/missing/source/missing.csv": """\
        measure,area,period,sex,value
        children-missing,Exampleshire,2018/19,all,63
        children-missing,Exampleshire,2018/19,M,60
        children-missing,Exampleshire,2018/19,F,3
        children,Exampleshire,2018/19,all,449
        children,Exampleshire,2018/19,M,249
        children,Exampleshire,2018/19,F,200
        children-missing,Exampleshire,2019/20,all,51
        children-missing,Exampleshire,2019/20,M,30
        children-missing,Exampleshire,2019/20,F,21
        children,Exampleshire,2019/20,all,460
        children,Exampleshire,2019/20,M,250
        children,Exampleshire,2019/20,F,210
        children-missing,Otherford,2019/20,all,0
        children,Otherford,2019/20,all,..
        """,
    "mkdocs.yml": """\
        site_name: Exampleshire open data
        docs_dir: site_src
        theme: {name: material, font: false}
        plugins: [statpress]
        """,
    "site_src/about.md": "# About\n\nFigures of Exampleshire.\n",
}


def make_project(root: Path, **changes: str | None) -> Path:
    """Write the tiny project under `root`. `changes` maps a path to other text, or to None for no such file."""
    for path, text in (FILES | changes).items():
        if text is not None:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(dedent(text), encoding="utf-8")
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that must be there once in a file of the project."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), encoding="utf-8")
