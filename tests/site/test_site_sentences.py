"""Sentences as data: what each figure says, and what is never claimed."""

import pytest
from fixture_packages import measure, write_package

from statpress.packages.package import Period
from statpress.packages.read import read_package
from statpress.site.facts.indicator import describe_indicators
from statpress.site.facts.phrases import join_words, lower_first, write_place, write_when, write_without_by
from statpress.site.facts.sentences import write_brief
from statpress.site.pages.indicator import write_sentences

Y = {year: f"{year}-04-01/P1Y" for year in range(2014, 2020)}
DAY = "2019-03-31/P1D"


@pytest.fixture
def say(tmp_path):
    """The sentences of the first measure of a package made of these rows."""

    def _say(rows, made, dimensions=None, **words):
        rows = [("m", area, when, groups, *cells) for area, when, groups, *cells in rows]
        package = read_package(write_package(tmp_path / "p", rows, [made], dimensions, **words))
        return " ".join(write_sentences(describe_indicators(package)[0]))

    return _say


LOOKED_AFTER = measure("m", "Children looked after")
RATE = measure("m", "Rate of children looked after", unit="per 10,000 children", kind="rate", decimals=1)
SHARE = measure("m", "Share of young people in work", unit="%", kind="percentage", decimals=1, polarity="high")


@pytest.mark.parametrize(
    ("made", "value", "expected"),
    [
        (LOOKED_AFTER, 449, "There were 449 children looked after in Kesteven on 31 March 2019."),
        (LOOKED_AFTER, 1, "Children looked after: 1 in Kesteven on 31 March 2019."),
        (LOOKED_AFTER, 0, "There were 0 children looked after in Kesteven on 31 March 2019."),
        (RATE, 92, "The rate of children looked after in Kesteven on 31 March 2019 was 92.0 per 10,000 children."),
        (SHARE, 6.4, "The share of young people in work in Kesteven on 31 March 2019 was 6.4%."),
        (measure("m", "Fixed period exclusions", unit="exclusions"), 1349,
         "There were 1,349 fixed period exclusions in Kesteven on 31 March 2019."),
        (measure("m", "EHC plans", unit="plans"), 892, "There were 892 EHC plans in Kesteven on 31 March 2019."),
        (measure("m", "New entrants to care"), 157, "New entrants to care: 157 children in Kesteven on 31 March 2019."),
        (measure("m", "Cost of a place", unit="£", kind="money"), 1200,
         "The cost of a place in Kesteven on 31 March 2019 was £1,200."),
        (measure("m", "Change in pupils", unit="%", kind="percentage", decimals=1), -2,
         "Change in pupils: −2.0% in Kesteven on 31 March 2019."),
    ],
)  # fmt: skip
def test_a_figure_says_what_where_and_when(say, made, value, expected):
    assert say([("K", DAY, {}, value, "", "")], made) == expected


def test_where_only_others_have_a_number_a_list_says_why_there_is_none(tmp_path):
    rows = [("m", "K", DAY, {}, "", "x", ""), ("m", "E", DAY, {}, 41, "", "")]
    package = read_package(write_package(tmp_path / "p", rows, [SHARE]))
    assert write_brief(describe_indicators(package)[0]) == "The source does not give this number."


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("c", "We do not show this number, to protect the people that it counts."),
        ("x", "The source does not give this number."),
        ("z", "There can be no number here."),
        ("low", "The number rounds to zero, but is not zero."),
    ],
)
def test_an_empty_figure_says_why_and_nothing_else(say, status, expected):
    rows = [("K", Y[2017], {}, 92, "", ""), ("K", Y[2018], {}, "", status, ""), ("E", Y[2018], {}, 64, "", "")]
    assert say(rows, RATE) == expected


def test_a_change_names_both_times_and_the_direction(say):
    rows = [("K", Y[2016], {}, 464, "", ""), ("K", Y[2018], {}, 449, "", "")]
    assert say(rows, LOOKED_AFTER).endswith("in 2018/19. That is 15 fewer than in 2016/17 (464).")


def test_no_change_is_said_as_such(say):
    rows = [("K", Y[2017], {}, 449, "", ""), ("K", Y[2018], {}, 449, "", "")]
    assert say(rows, LOOKED_AFTER).endswith("That is the same as in 2017/18 (449).")


@pytest.mark.parametrize(("polarity", "word"), [("high", "better"), ("low", "worse"), ("none", "")])
def test_good_and_bad_are_named_only_where_the_measure_has_a_polarity(say, polarity, word):
    made = measure("m", "Share of young people in work", unit="%", kind="percentage", decimals=1, polarity=polarity)
    said = say([("K", Y[2017], {}, 60, "", ""), ("K", Y[2018], {}, 62.5, "", "")], made)
    assert "That is 2.5 percentage points higher than in 2017/18 (60.0%)" in said
    assert (f"a change for the {word}" in said) if word else ("change" not in said)


def test_no_change_is_claimed_between_times_of_different_kinds(say):
    rows = [("K", Y[2017], {}, 464, "", ""), ("K", "2019-03-31/P1D", {}, 449, "", "")]
    assert say(rows, LOOKED_AFTER) == "There were 449 children looked after in Kesteven on 31 March 2019."


def test_no_change_is_claimed_from_a_withheld_figure(say):
    rows = [("K", Y[2016], {}, 7, "", ""), ("K", Y[2017], {}, "", "c", ""), ("K", Y[2018], {}, 9, "", "")]
    said = say(rows, LOOKED_AFTER)
    assert "We give no change, because the figure in 2017/18 is withheld." in said
    assert "7" not in said.replace("2017", "")


def test_no_change_is_claimed_across_a_break(say):
    rows = [("K", Y[2017], {}, 464, "", ""), ("K", Y[2018], {}, 449, "b", "")]
    assert "464" not in say(rows, LOOKED_AFTER)
    assert "break in the series" in say(rows, LOOKED_AFTER)


def test_other_areas_at_the_same_time_are_compared(say):
    rows = [("K", Y[2018], {}, 6.4, "", ""), ("R", Y[2018], {}, 6.0, "", ""), ("E", Y[2018], {}, 6.4, "", "")]
    assert say(rows, SHARE).endswith("The figure is higher than The Ridings (6.0%) and the same as England (6.4%).")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (50, "All 7 other areas with a figure are lower."),
        (1, "All 7 other areas with a figure are higher."),
        (7, "Of the 7 other areas with a figure, 3 are higher and 3 are lower."),
    ],
)
def test_where_an_area_stands_among_many_is_told_without_counting_to_nought(say, value, expected):
    others = [(area, DAY, {}, 4 + number, "", "") for number, area in enumerate("ABCDEFG")]
    areas = {area: f"Area {area}" for area in "KABCDEFG"}
    assert expected in say([("K", DAY, {}, value, "", ""), *others], RATE, areas=areas)


def test_areas_at_another_time_or_withheld_are_not_compared(say):
    rows = [("K", Y[2018], {}, 6.4, "", ""), ("R", Y[2017], {}, 6.0, "", ""), ("E", Y[2018], {}, "", "c", "")]
    assert say(rows, SHARE) == "The share of young people in work in Kesteven in 2018/19 was 6.4%."


def test_a_remark_and_a_status_are_told(say):
    said = say([("K", Y[2018], {}, 70, "p", "The source says 'just over'")], LOOKED_AFTER)
    assert "The source says 'just over'. This figure is provisional and may still change." in said


def test_without_a_leading_figure_the_groups_are_told_and_compared(say):
    rows = [
        (area, Y[2017], {"phase": phase}, value, "", "")
        for phase, values in (("a", (2.1, 1.4)), ("b", (12.9, 23.3)))
        for area, value in zip("KE", values, strict=True)
    ]
    made = measure("m", "Exclusions per 100 pupils", unit="per 100 pupils", kind="rate", decimals=1)
    assert say(rows, made, {"phase": {"a": "Primary schools", "b": "Secondary schools"}}) == (
        "Exclusions per 100 pupils, in Kesteven in 2017/18. Primary schools: 2.1; Secondary schools: 12.9. "
        "For primary schools, the figure is higher than England (1.4). For secondary schools, the figure is lower than England (23.3)."
    )


def test_a_range_speaks_of_shown_figures_only(say):
    sizes = [40, 30, "", 20, 12]
    rows = [("K", Y[2018], {"age": str(n)}, value, "" if value else "c", "") for n, value in enumerate(sizes)]
    said = say(rows, LOOKED_AFTER, {"age": {str(n): f"Aged {n}" for n in range(5)}})
    assert said.endswith("Of the figures that are shown, the highest is 40 (aged 0) and the lowest is 12 (aged 4).")


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [
        ("snapshot", "31 March 2019", "on 31 March 2019"),
        ("snapshot", "January 2019", "in January 2019"),
        ("financial-year", "2018/19", "in 2018/19"),
        ("month", "January 2019", "in January 2019"),
        ("span", "2012/13 to 2017/18", "between 2012/13 and 2017/18"),
        ("not-stated", "Not stated", "(the source gives no date)"),
    ],
)
def test_times_read_well_inside_a_sentence(kind, label, expected):
    assert write_when(Period("p", label, kind, "", "")) == expected


def test_a_place_in_an_order_says_what_the_first_place_is(say):
    made = measure("m", "Place in the region", unit="where 1 is the highest", kind="rank")
    assert say([("K", DAY, {}, 3, "", "")], made) == (
        "Place in the region: 3 in Kesteven on 31 March 2019, where 1 is the highest."
    )


def test_names_of_places_keep_their_capitals_in_a_range(say):
    rows = [(area, Y[2018], {"age": "a"}, value, "", "") for area, value in zip("KRE", (3, 2, 1), strict=True)]
    rows += [(area, Y[2018], {"age": "b"}, value, "", "") for area, value in zip("KRE", (3, 2, 1), strict=True)]
    assert "The Ridings" in say(rows, LOOKED_AFTER, {"age": {"a": "Young", "b": "Old"}})


def test_pieces_of_english():
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert lower_first("EHC plans") == "EHC plans"
    assert lower_first("Children") == "children"
    assert write_place("United Kingdom") == "the United Kingdom"
    assert write_without_by("Share of pupils, by age") == "Share of pupils"
