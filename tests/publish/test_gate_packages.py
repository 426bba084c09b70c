"""Two pipelines of one project: what one prints of the counts of the other."""

import csv

import pytest

from statpress.paths import Project
from statpress.publish.publish import publish

SECOND = """\
title: Rates
description: Children who went missing, of all children.
topic: missing
area: E1
tables:
  - path: source/rates.csv
    origin: {document: report, section: "2"}
    steps: [{period: {kinds: [financial-year]}}]
measures: [population, missing-rate]
dimensions: {sex: adds-up}
release: {version: 2020.1, date: 2020-06-01, next: none planned}
"""
MEASURES = """\
population:
  title: Population
  definition: All children.
  unit: children
  kind: count
  unprotected: Populations are public.
missing-rate:
  title: Rate
  definition: Children who went missing.
  unit: per 1,000 children
  kind: rate
  base: 1000
  decimals: 1
  numerator: children-missing
  denominator: population
"""
ROWS = """\
measure,area,period,sex,value
population,Exampleshire,2018/19,M,6000
population,Exampleshire,2018/19,F,5000
missing-rate,Exampleshire,2018/19,M,10.0
"""


@pytest.fixture
def two(project):
    """The tiny project, with a second pipeline that prints the rate of boys: 60 of 6,000, and so 3 girls of 63."""
    measures = project / "pipelines/measures.yml"
    measures.write_text(measures.read_text() + MEASURES)
    folder = project / "pipelines/rates/source"
    folder.mkdir(parents=True)
    (folder / "rates.csv").write_text(ROWS)
    (folder.parent / "pipeline.yml").write_text(SECOND)
    return project


def test_a_rate_in_another_package_does_not_tell_what_is_withheld(two):
    publish(Project(two))
    shown = {**_shown(two, "missing"), **_shown(two, "rates")}
    assert shown["children-missing", "female"] == ""
    assert "" in (shown["missing-rate", "male"], shown["children-missing", "all"])


def test_nor_does_it_when_only_one_of_them_is_published_again(two):
    publish(Project(two), ["missing"])
    assert _shown(two, "missing")["children-missing", "all"] == "63"
    publish(Project(two), ["rates"])
    assert _shown(two, "rates")["missing-rate", "male"] == ""


def _shown(root, name):
    """Measure and sex to the value printed of the first year."""
    with (root / "datapackages" / name / "data/observations.csv").open() as file:
        return {
            (row["measure"], row["sex"]): row["value"]
            for row in csv.DictReader(file)
            if row["area"] == "E1" and row["period"].startswith("2018")
        }


PART = """\
runaways:
  title: Children who ran away
  definition: Looked-after children who left without telling anyone, once or more in the year.
  unit: children
  kind: count
runaway-share:
  title: Share who ran away
  definition: Children who ran away, of those looked after.
  unit: "%"
  kind: percentage
  decimals: 1
  numerator: runaways
  denominator: children
"""
RUNAWAYS = """\
measure,area,period,sex,value
runaways,Exampleshire,2018/19,all,445
runaways,Exampleshire,2018/19,M,247
runaways,Exampleshire,2018/19,F,198
runaway-share,Exampleshire,2018/19,all,99.1
"""


def test_what_a_count_leaves_of_the_whole_in_another_package_is_withheld(project):
    """Of 449 children in one package 445 are counted in the other, and 247 of 249 boys, and 198 of 200 girls."""
    measures = project / "pipelines/measures.yml"
    measures.write_text(measures.read_text() + PART)
    folder = project / "pipelines/runaways/source"
    folder.mkdir(parents=True)
    (folder / "runaways.csv").write_text(RUNAWAYS)
    declared = SECOND.replace("population, missing-rate", "runaways, runaway-share").replace(
        "rates.csv", "runaways.csv"
    )
    (folder.parent / "pipeline.yml").write_text(declared)
    publish(Project(project))
    shown = {**_shown(project, "missing"), **_shown(project, "runaways")}
    for sex in ("all", "male", "female"):
        assert "" in (shown["children", sex], shown["runaways", sex])
    assert shown["runaway-share", "all"] == ""
