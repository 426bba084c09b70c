"""Averages of neighbours: worked out from published figures of their members, with what they include and who is missing."""

import pytest
from fixture_packages import measure, read_descriptor, write_descriptor, write_package
from fixture_site import YEARS

from statpress.packages.read import read_package
from statpress.site.facts.averages import describe_averages
from statpress.site.facts.indicator import describe_indicators
from statpress.site.facts.places import describe_places
from statpress.site.facts.shared import Holding

NOW = YEARS[-1]
AREAS = {code: (code, "council", "") for code in "KABC"} | {
    "N": ("Neighbours", "neighbour-group", ""),
    "O": ("Others", "neighbour-group", ""),
}


def averages(tmp_path, figures, kind="rate"):
    """The averages of the groups N, of A, B and C, and O, of which no members are known."""
    rows = [("plans", area, NOW, {}, value, "" if value else "c", "") for area, value in figures.items()]
    own = measure("plans", "Plans", kind=kind, decimals=1, base="100" if kind == "rate" else "")
    folder = write_package(tmp_path / "plans", rows, [own], areas=AREAS, area="K")
    descriptor = read_descriptor(folder)
    descriptor["statpress"]["groups"] = [{"area": "N", "members": ["A", "B", "C"]}]
    write_descriptor(folder, descriptor)
    package = read_package(folder)
    (indicator,) = describe_indicators(package)
    return describe_averages([Holding(figure, indicator) for figure in indicator.figures], describe_places([package]))


def test_an_average_says_what_it_includes_and_that_it_agrees(tmp_path):
    (found,) = averages(tmp_path, {"K": 90, "A": 10, "B": 20, "C": 33.1, "N": 21.0, "O": 5})
    assert ([area.code for area in found.included], found.missing) == (["A", "B", "C"], ())
    assert (found.shown.text, found.agrees, found.of.code) == ("21.0", True, "K")


def test_a_withheld_member_is_named_as_missing_and_not_counted(tmp_path):
    (found,) = averages(tmp_path, {"A": 10, "B": 20, "C": "", "N": 30})
    assert [area.code for area in found.missing] == ["C"]
    assert (found.shown.text, found.agrees, found.members) == ("15.0", False, 3)


def test_no_average_is_said_to_agree_with_a_figure_that_is_withheld(tmp_path):
    (found,) = averages(tmp_path, {"A": 10, "N": ""})
    assert (found.shown.text, found.agrees) == ("10.0", None)


def test_without_any_member_there_is_no_average(tmp_path):
    (found,) = averages(tmp_path, {"K": 10, "N": 30})
    assert (found.shown, len(found.missing)) == (None, 3)


@pytest.mark.parametrize("kind", ["count", "amount", "money"])
def test_numbers_of_people_have_no_average(tmp_path, kind):
    assert averages(tmp_path, {"A": 10, "B": 20, "N": 15}, kind) == ()
