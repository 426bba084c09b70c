"""Cells that nobody prints, and what they join: areas with categories, parts with wholes, packages with packages."""

from tables import flat, package

from statpress.audit.attack import attack
from statpress.audit.printed import Measure, Rules

RULES = Rules(complements=False)
SEX = flat("sex", "all boys girls none")


def found(*tables):
    """What can be worked out: measure, area and categories of what it is first about."""
    return {
        " ".join(
            [finding.target.name.measure, finding.target.name.area, *(code for _, code in finding.target.name.groups)]
        )
        for finding in attack(tables).findings
        if finding.target.is_cell
    }


def wards(**cells):
    """Counts of a city and its two wards by sex, drawn as `area_sex=value`."""
    keys = {f"n {' '.join([name.split('_')[0], 'year', name.split('_')[1]])}": text for name, text in cells.items()}
    return package(
        keys, {"n": Measure()}, dimensions=(SEX,), rules=RULES, area_parents={"East": "City", "West": "City"}
    )


def test_a_cell_that_is_not_available_is_what_the_city_leaves():
    """Boys of the west: 71 of the city less 60 of the east. Those not stated are then 51 - 38 - 11."""
    told = {"City_all": "188", "City_boys": "71", "City_girls": "103", "East_boys": "60", "West_all": "51"}
    table = wards(**told, West_girls="38", West_boys="x", West_none="c", East_all="x")
    assert found(table) == {"n West none"}


def test_a_quarter_that_is_not_printed_is_what_the_year_leaves():
    quarters = {"Q1": "2019-01-01/P3M", "Q2": "2019-04-01/P3M", "Q3": "2019-07-01/P3M", "Q4": "2019-10-01/P3M"}
    year = {"n City 2019-01-01/P1Y all": "100", "n City 2019-01-01/P1Y boys": "60"}
    boys = {f"n City {quarters[name]} boys": value for name, value in {"Q1": "20", "Q2": "15", "Q3": "14"}.items()}
    fourth = {f"n City {quarters['Q4']} all": "20", f"n City {quarters['Q4']} girls": "c"}
    two = flat("sex", "all boys girls")
    table = package(year | boys | fourth, {"n": Measure()}, dimensions=(two,), rules=RULES)
    assert found(table) == {"n City girls"}


def test_a_part_is_no_more_than_its_whole_where_neither_is_printed():
    """Of the 24 girls who are missing 23 at most are young, so that one old girl is there to be missing."""
    dimensions = (flat("sex", "all boys girls"), flat("age", "all young old"))
    measures = {"n": Measure(), "d": Measure(), "p": Measure("percentage", 1, "n", "d")}
    cells = {
        "n City year all young": "23",
        "n City year girls all": "24",
        "n City year all all": "60",
        "d City year girls young": "30",
        "d City year girls old": "c",
        "d City year girls all": "c",
        "p City year all all": "50.0",
    }
    assert _least_old_girls(package(cells, measures, dimensions=dimensions, rules=MAY_BE_ZERO)) == 1
    rate = {**measures, "p": Measure("rate", 1, "n", "d", base=100)}
    assert _least_old_girls(package(cells, rate, dimensions=dimensions, rules=MAY_BE_ZERO)) == 0


MAY_BE_ZERO = Rules(zeros_shown=False, complements=False)


def _least_old_girls(table):
    """The least that the cell of old girls may be."""
    groups = (("age", "old"), ("sex", "girls"))
    targets = [one for one in attack([table]).outcomes if one.target.is_cell and one.target.name.groups == groups]
    return targets[0].low
