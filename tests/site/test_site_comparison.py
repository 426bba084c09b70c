"""Where a figure is heading and how it compares: from shown figures only, and good or bad only with a polarity."""

import pytest
from fixture_packages import measure, write_package

from statpress.packages.read import read_package
from statpress.site.facts.comparison import describe_comparison
from statpress.site.facts.heading import describe_heading
from statpress.site.facts.indicator import describe_indicators

Y = {year: f"{year}-04-01/P1Y" for year in range(2015, 2020)}
RATE = {"unit": "%", "kind": "percentage", "decimals": 1}


@pytest.fixture
def indicator(tmp_path):
    """Makes an indicator from rows of `area, year, value, status`."""

    def _indicator(rows, areas, kinds=None, **more):
        made = [("m", area, Y[year], {}, value, status, "") for area, year, value, status in rows]
        folder = write_package(tmp_path / "p", made, [measure("m", "Rate", **more)], areas=areas, kinds=kinds or {})
        return describe_indicators(read_package(folder))[0]

    return _indicator


def heading(indicator):
    found = describe_heading(indicator.headline, indicator.of_shape(()), indicator.measure)
    return found and (found.sign, found.words, found.verdict)


KESTEVEN = {"K": "Kesteven"}


@pytest.mark.parametrize(
    ("polarity", "now", "expected"),
    [
        ("high", 12, ("▲", "Up 2.0 percentage points from 10.0% in 2017/18", "better")),
        ("low", 12, ("▲", "Up 2.0 percentage points from 10.0% in 2017/18", "worse")),
        ("none", 8, ("▼", "Down 2.0 percentage points from 10.0% in 2017/18", "")),
        ("high", 10, ("=", "The same as 10.0% in 2017/18", "")),
    ],
)
def test_a_heading_has_a_sign_words_and_a_verdict_where_there_is_a_polarity(indicator, polarity, now, expected):
    made = indicator([("K", 2017, 10, ""), ("K", 2018, now, "")], KESTEVEN, polarity=polarity, **RATE)
    assert heading(made) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [("K", 2018, 10, "")],
        [("K", 2017, "", "c"), ("K", 2018, 10, "")],
        [("K", 2017, 10, ""), ("K", 2018, "", "c")],
        [("K", 2017, 10, ""), ("K", 2018, 12, "b")],
    ],
    ids=["alone", "withheld before", "withheld now", "break"],
)
def test_no_heading_is_claimed_where_none_is_known(indicator, rows):
    assert heading(indicator(rows, KESTEVEN, **RATE)) is None


def crowd(number, hidden=()):
    areas = {"K": "Kesteven", "E": "England"} | {f"C{n}": f"Council {n}" for n in range(1, number)}
    rows = [("K", 2018, 10, ""), ("E", 2018, 12.5, "")]
    rows += [(f"C{n}", 2018, "" if n in hidden else 10 + n, "c" if n in hidden else "") for n in range(1, number)]
    return rows, areas, {"E": "country"}


def test_the_country_comes_first_with_a_difference_that_is_judged(indicator):
    comparison = describe_comparison(indicator(*crowd(3), polarity="low", **RATE))
    assert [(peer.area, peer.value, peer.difference, peer.verdict) for peer in comparison.peers] == [
        ("Kesteven", "10.0%", "", ""),
        ("England", "12.5%", "−2.5 percentage points (lower)", "better"),
        ("Council 2", "12.0%", "−2.0 percentage points (lower)", "better"),
        ("Council 1", "11.0%", "−1.0 percentage points (lower)", "better"),
    ]
    assert comparison.sentences == ("Kesteven is the lowest of the 3 areas of its kind (council) with a figure.",)


def test_a_place_says_how_many_have_no_figure_and_the_quarter_follows_the_polarity(indicator):
    comparison = describe_comparison(indicator(*crowd(10, hidden=(4,)), polarity="low", **RATE))
    assert comparison.sentences == (
        "Kesteven is the lowest of the 9 areas of its kind (council) with a figure.",
        "1 more has no figure that can be shown.",
        "That is in the lowest quarter, which is the best quarter, since lower is better.",
    )


def test_without_a_polarity_nothing_is_better(indicator):
    comparison = describe_comparison(indicator(*crowd(9), **RATE))
    assert {peer.verdict for peer in comparison.peers} == {""}
    assert comparison.sentences[-1] == "That is in the lowest quarter. Neither end is better in itself."


def test_equal_figures_share_a_place(indicator):
    rows, areas, kinds = crowd(3)
    rows = [(area, year, 10 if area == "C1" else value, status) for area, year, value, status in rows]
    told = describe_comparison(indicator(rows, areas, kinds, **RATE)).sentences[0]
    assert told == "Kesteven is the joint lowest of the 3 areas of its kind (council) with a figure."


def test_numbers_of_people_have_no_difference_and_no_place(indicator):
    comparison = describe_comparison(indicator(*crowd(9)))
    assert not comparison.has_differences
    assert comparison.sentences == ()


def test_where_others_have_figures_for_other_times_only_they_stand_beside_it_without_a_difference(indicator):
    made = indicator(
        [("K", 2018, 12, ""), ("E", 2016, 9, ""), ("E", 2017, 10, ""), ("L", 2015, "", "c")],
        {"K": "Kesteven", "E": "England", "L": "Lindsey"},
        kinds={"E": "country"},
        **RATE,
    )
    found = describe_comparison(made)
    assert [(peer.area, peer.value, peer.when, peer.focus) for peer in found.peers] == [
        ("Kesteven", "12.0%", "2018/19", True),
        ("England", "10.0%", "2017/18", False),
        ("Lindsey", "", "2015/16", False),
    ]
    assert not found.has_differences
    assert found.sentences == (
        "No other area has a figure for the same time. These are for other times, so we work out no difference.",
    )


@pytest.mark.parametrize(("other", "told"), [("E", 1), ("K", 0)])
def test_figures_of_groups_alone_say_what_can_be_compared(tmp_path, other, told):
    """A group is compared with the same group of another area; where there is no other area, nothing is said."""
    rows = [
        ("m", "K", Y[2018], {"age": "young"}, 12, "", ""),
        ("m", other, Y[2018 if told else 2017], {"age": "young"}, 9, "", ""),
    ]
    folder = write_package(
        tmp_path / "p", rows, [measure("m", "Rate", **RATE)], {"age": {"young": "Young"}},
        areas={"K": "Kesteven", "E": "England"}, area="K",
    )  # fmt: skip
    found = describe_comparison(describe_indicators(read_package(folder))[0])
    assert (found is not None) == bool(told)
    if found:
        assert found.peers == ()
        assert "the same group of another area" in found.sentences[0]


def test_a_withheld_figure_is_compared_with_nothing(indicator):
    rows, areas, kinds = crowd(9)
    rows[0] = ("K", 2018, "", "c")
    comparison = describe_comparison(indicator(rows, areas, kinds, **RATE))
    assert comparison.peers[0].status.code == "c"
    assert not comparison.has_differences
    assert comparison.sentences == ()
