"""Periods that overlap: what they share is part of each, so that together they tell what none of them tells alone."""

import pytest
from project import edit

from statpress.paths import Project
from statpress.publish.publish import publish

ROLLING = {"2016": 30, "2019": 3, "2016-01-01/P3Y": 95, "2017-01-01/P3Y": 68}
"""What 2017 and 2018 are, which nothing prints, is 65 in the one and 68 less the 3 in the other."""
YEARS = {"2019": 80, "2019-04-01/P1Y": 73, "2019-01-01/P3M": 10, "2020-01-01/P3M": 3}
"""A calendar year and a financial year share three quarters that nothing prints."""
APART = {"2016": 30, "2019": 3, "2017-01-01/P3Y": 68}
NESTED = {"2018-01-01/P2Y": 80, "2019": 30, "2019-01-01/P3M": 3}


@pytest.mark.parametrize(
    ("figures", "withheld"),
    [(ROLLING, {"2016-01-01/P1Y", "2019-01-01/P1Y"}), (YEARS, {"2019-01-01/P3M", "2020-01-01/P3M"})],
)
def test_what_two_overlapping_periods_share_does_not_tell_the_rest(project, figures, withheld):
    assert _withheld(project, figures) == withheld


@pytest.mark.parametrize("figures", [APART, NESTED])
def test_nothing_more_is_withheld_where_none_overlap(project, figures):
    assert len(_withheld(project, figures)) == 1


def _withheld(root, figures):
    rows = "".join(f"children-missing,E1,{period},all,{value}\n" for period, value in figures.items())
    source = root / "pipelines/missing/source/missing.csv"
    source.write_text(f"measure,area,period,sex,value\nchildren,E1,2016,all,900\n{rows}")
    edit(
        root,
        "pipelines/missing/pipeline.yml",
        "kinds: [financial-year]",
        "kinds: [calendar-year, financial-year, span, quarter]",
    )
    edit(root, "pipelines/measures.yml", "numerator: children-missing", "numerator: children")
    publish(Project(root))
    lines = (root / "datapackages/missing/data/observations.csv").read_text().splitlines()
    cells = [line.split(",") for line in lines if line.startswith("children-missing,")]
    return {cell[2] for cell in cells if cell[5] == "c"}
