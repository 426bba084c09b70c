"""What is said of areas beside one another: directions, tallies, ranks, neighbours, and words to search by."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from finding_site import COUNCILS, LAST, RATING, place, write_project
from finding_site import name as name_areas
from fixture_packages import measure, write_package
from fixture_site import DAY, YEARS
from hypothesis import given
from hypothesis import strategies as st

from statpress.packages.descriptor import Measure
from statpress.packages.package import Area, Period
from statpress.packages.rating import Rating
from statpress.packages.read import read_package, read_packages
from statpress.paths import Project
from statpress.site.facts.catalogue import describe_catalogue
from statpress.site.facts.direction import TALLIES, count_ways, describe_direction, write_tally
from statpress.site.facts.entries import Finding, describe_findings, read_words
from statpress.site.facts.glance import Row, describe_glance
from statpress.site.facts.indicator import Figure, describe_indicators
from statpress.site.facts.places import area_path, describe_kinds, describe_places
from statpress.site.facts.related import find_related
from statpress.site.facts.rows import describe_rows
from statpress.site.facts.shared import share_measures
from statpress.site.facts.standing import describe_standing, find_band, tone_of_quarter, write_first, write_quarter
from statpress.site.facts.topics import describe_topics
from statpress.site.facts.versus import describe_versus
from statpress.site.facts.words import find_letter, pick_words
from statpress.site.pages.sparkline import draw_sparkline


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    packages = read_packages(Project(write_project(tmp_path_factory.mktemp("finding"))))
    indicators = [indicator for package in packages for indicator in describe_indicators(package)]
    return describe_catalogue(packages, indicators, describe_topics(packages, indicators, ()))


@pytest.fixture(scope="module")
def rows(catalogue):
    """The rows of Kesteven by measure."""
    return find_rows(catalogue, "K")


def find_rows(catalogue, code):
    """The rows of an area by measure."""
    found = [describe_rows(one, catalogue.places) for one in catalogue.shelves.measures]
    return {rows[code].indicator.measure.id: rows[code] for rows in found if code in rows}


def glance_at(catalogue, code):
    """An area at a glance."""
    found = [describe_rows(one, catalogue.places).get(code) for one in catalogue.shelves.measures]
    rows = [Row(row.shared, row.indicator, row.direction.way, (), "") for row in found if row]
    return describe_glance(catalogue.places.by_code[code], rows, catalogue)


def shared(catalogue, name):
    return next(one for one in catalogue.shelves.measures if one.id == name)


@pytest.mark.parametrize(
    ("name", "way", "words", "amount"),
    [
        ("repeat-rate", "better", "Down, better", "−0.8"),
        ("on-time", "better", "Up, better", "+1.7 percentage points"),
        ("late", "worse", "Up, worse", "+1.0 percentage points"),
        ("open", "moved", "Up", "+1"),
        ("same", "same", "No change", "0"),
        ("new-count", "apart", "Break in the series", ""),
        ("gap", "apart", "The figure before is withheld", ""),
        ("hidden", "withheld", "Withheld", ""),
        ("unknown", "empty", "Not available", ""),
        ("single", "alone", "No earlier figure", ""),
        ("phases", "grouped", "Given by group only", ""),
    ],
)
def test_a_direction_is_told_or_why_it_is_not(rows, name, way, words, amount):
    direction = rows[name].direction
    assert (direction.way, direction.words, direction.amount) == (way, words, amount)


def test_a_tally_counts_every_measure_of_an_area_once(catalogue, rows):
    glance = glance_at(catalogue, "K")
    assert sum(tally.number for tally in glance.tallies) == len(rows) == 11
    assert write_tally(glance.tallies).startswith(
        "Of 11 measures: 2 improved, 1 stayed the same, 1 declined, 1 changed"
    )
    assert {tally.way for tally in glance.tallies} == set(TALLIES)


def test_better_and_worse_are_told_where_there_are_none(rows):
    assert [(t.way, t.number) for t in count_ways([rows["single"].direction.way])] == [
        ("better", 0),
        ("worse", 0),
        ("alone", 1),
    ]


def test_the_rank_is_among_areas_of_its_kind_and_tells_who_is_missing(rows):
    verdicts = rows["repeat-rate"].verdicts
    assert [verdict.words for verdict in verdicts] == ["Amber", "Second best quarter"]
    assert verdicts[1].more == "Rank 4 of 9; 1 more without a figure (1 is the lowest, which is better)"
    assert [verdict.tone for verdict in verdicts] == ["middling", "middling"]


def test_an_area_stands_beside_its_own_neighbours_first_and_what_it_lies_in(catalogue, rows):
    assert [(b.words, b.area.code) for b in rows["repeat-rate"].beside] == [
        ("Lower than", "NK"),
        ("Lower than", "R"),
        ("Lower than", "E"),
    ]
    row = find_rows(catalogue, "L")["repeat-rate"]
    assert row.indicator.package.id == "lindsey-plans"
    assert [(b.words, b.area.code) for b in row.beside] == [
        ("Higher than", "NL"),
        ("Lower than", "R"),
        ("Lower than", "E"),
    ]


def test_neighbours_belong_to_one_council_and_are_never_ranked(catalogue):
    places = catalogue.places
    assert (places.by_code["NK"].of.code, places.by_code["NL"].of.code) == ("K", "L")
    assert "NL" not in [area.code for area in places.beside(places.by_code["K"].area)]
    table = describe_versus(shared(catalogue, "repeat-rate"), places)[0]
    groups = [row for row in table.rows if row.area.code in ("NK", "NL")]
    assert [row.standing for row in groups] == [None, None]
    assert {row.of.code for row in groups} == {"K", "L"}


def test_neighbours_that_several_councils_claim_belong_to_none(tmp_path):
    group = {"N": ("Neighbours", "neighbour-group", "")}
    for name, code in (("one", "K"), ("two", "L")):
        areas = {code: (COUNCILS[code], "council", ""), **group}
        rows = [("m", code, DAY, {}, 5, "", ""), ("m", "N", DAY, {}, 6, "", "")]
        write_package(tmp_path / name, rows, [measure("m", "Things")], areas=name_areas(areas), area=code)
        place(tmp_path / name, areas)
    places = describe_places([read_package(tmp_path / "one"), read_package(tmp_path / "two")])
    assert places.by_code["N"].of is None
    assert places.beside(places.by_code["K"].area) == []


def test_a_measure_that_packages_define_alike_is_compared_over_them_and_others_are_kept_apart(catalogue):
    assert {i.package.id for i in shared(catalogue, "repeat-rate").indicators} == {"plans", "lindsey-plans"}
    assert {one.id for one in catalogue.shelves.measures if one.measure.id == "single"} == {
        "single--plans",
        "single--lindsey-plans",
    }


def test_the_package_about_an_area_is_believed_before_others(catalogue):
    holding = shared(catalogue, "repeat-rate").wholes[LAST, ""]["L"]
    assert (holding.indicator.package.id, holding.figure.value) == ("lindsey-plans", Decimal("12.0"))


def test_areas_are_compared_at_the_time_that_most_have_and_the_rest_apart(catalogue):
    table, rest = describe_versus(shared(catalogue, "repeat-rate"), catalogue.places)
    assert table.period.code == LAST
    assert (table.benchmark.code, table.hidden) == ("E", 1)
    assert [row.area.code for row in table.rows][:3] == ["H", "L", "D1"]
    assert next(row for row in table.rows if row.area.code == "K").difference == "−5.6"
    assert next(row for row in table.rows if row.area.code == "E").difference == ""
    withheld = next(row for row in table.rows if row.area.code == "D7")
    assert (withheld.share, withheld.standing, withheld.difference, withheld.shown.text) == (None, None, "", "")
    assert max(row.share for row in table.rows if row.share is not None) == 1
    assert [(row.area.code, row.standing) for row in rest.rows] == [("W", None)]


def test_areas_without_a_common_time_stand_each_at_its_own(tmp_path):
    for name, code, when in (("one", "K", YEARS[0]), ("two", "L", YEARS[1])):
        rows = [("m", code, when, {}, 5, "", "")]
        write_package(tmp_path / name, rows, [measure("m", "Things")], area=code, areas={code: COUNCILS[code]})
    packages = [read_package(tmp_path / name) for name in ("one", "two")]
    [one] = share_measures([i for package in packages for i in describe_indicators(package)]).measures
    [table] = describe_versus(one, describe_places(packages))
    assert (table.period, table.alone, [row.area.code for row in table.rows]) == (None, True, ["K", "L"])


def test_without_whole_figures_groups_are_compared(catalogue):
    tables = describe_versus(shared(catalogue, "phases"), catalogue.places)
    assert [table.groups for table in tables] == [("Primary schools",), ("Secondary schools",)]


def test_dates_that_are_not_stated_are_never_taken_for_the_same(tmp_path):
    for name, code in (("one", "K"), ("two", "L")):
        rows = [("m", code, "not-stated", {}, 5, "", "")]
        write_package(tmp_path / name, rows, [measure("m", "Things")], area=code, areas={code: COUNCILS[code]})
    found = [i for name in ("one", "two") for i in describe_indicators(read_package(tmp_path / name))]
    assert [len(areas) for areas in share_measures(found).measures[0].wholes.values()] == [1, 1]


def test_a_measure_that_two_packages_give_for_an_area_is_told_once(catalogue):
    for code, package in (("E", "lindsey-plans"), ("K", "plans"), ("L", "lindsey-plans")):
        assert find_rows(catalogue, code)["repeat-rate"].indicator.package.id == package


def test_measures_of_one_title_are_told_apart(tmp_path):
    topic = {"id": "t", "title": "T"}
    for name in ("one", "two"):
        rows = [("m", "K", DAY, {}, 5, "", "")]
        write_package(tmp_path / name, rows, [measure("m", "Things", definition=f"Things, {name}.")], topic=topic)
    packages = [read_package(tmp_path / name) for name in ("one", "two")]
    indicators = [indicator for package in packages for indicator in describe_indicators(package)]
    found = describe_catalogue(packages, indicators, describe_topics(packages, indicators, ()))
    assert [row.place for row in glance_at(found, "K").rows] == ["One", "Two"]


FIGURE = Figure(
    Area("K", "Kesteven", "council", ""),
    Period(DAY, "31 March 2019", "snapshot", "2019-03-31", "2019-03-31"),
    {},
    Decimal(5),
    "",
    "",
)


def peers(values):
    return [replace(FIGURE, value=None if value is None else Decimal(value)) for value in values]


def of_measure(polarity="none"):
    return Measure.model_validate({"measure": "m", "title": "Things", "polarity": polarity, "kind": "rate"})


@given(st.lists(st.none() | st.integers(-50, 50), min_size=1, max_size=40), st.sampled_from(["high", "low", "none"]))
def test_a_standing_says_how_many_are_before_and_missing(values, polarity):
    figures, of = peers(values), of_measure(polarity)
    shown = [value for value in values if value is not None]
    for figure, value in zip(figures, values, strict=True):
        standing = describe_standing(figure, figures, of)
        if value is None or len(shown) < 3:
            assert standing is None
            continue
        before = sum(other < value if polarity == "low" else other > value for other in shown)
        assert (standing.rank, standing.of, standing.missing) == (before + 1, len(shown), len(values) - len(shown))
        higher = sum(other > value for other in shown)
        from_top = higher * 4 // len(shown)
        assert standing.quarter == (0 if len(shown) < 8 else 4 - from_top if polarity == "low" else from_top + 1)
        assert standing.ties == shown.count(value)


@pytest.mark.parametrize(("polarity", "first", "words", "tone"), [
    ("high", "1 is the highest, which is better", "Best quarter", "good"),
    ("low", "1 is the lowest, which is better", "Worst quarter", "poor"),
    ("none", "1 is the highest", "Highest quarter", ""),
])  # fmt: skip
def test_nothing_is_good_or_bad_without_a_polarity(polarity, first, words, tone):
    figures, of = peers([80, *range(1, 12)]), of_measure(polarity)
    standing = describe_standing(figures[0], figures, of)
    assert (write_first(of), write_quarter(standing, of), tone_of_quarter(standing, of)) == (first, words, tone)


def test_numbers_of_people_are_set_side_by_side_and_never_ranked(catalogue):
    counted = Measure.model_validate({"measure": "m", "title": "Things", "polarity": "high"})
    assert describe_standing(FIGURE, peers(range(1, 12)), counted) is None
    assert describe_versus(shared(catalogue, "single--plans"), catalogue.places)[0].benchmark is None


def test_few_areas_have_no_quarters():
    figures = peers(range(7))
    standing = describe_standing(figures[0], figures, of_measure("high"))
    assert write_quarter(standing, of_measure("high")) == ""


@pytest.mark.parametrize(
    ("value", "name", "tone"), [("15", "Green", "good"), ("15.1", "Amber", "middling"), ("20.1", "Red", "poor")]
)
def test_a_rating_keeps_to_its_declared_bands(value, name, tone):
    assert find_band(Decimal(value), Rating.model_validate(RATING)) == (name, tone)


def test_a_figure_in_no_band_has_no_rating():
    rating = Rating.model_validate(
        {"bands": [{"name": "Low", "below": 3}, {"name": "Mid", "at_least": 4, "at_most": 5}]}
    )
    assert find_band(Decimal("3.5"), rating) == ("", "")


def test_a_direction_is_never_told_from_a_withheld_figure():
    hidden = replace(FIGURE, value=None, status="c")
    assert describe_direction(hidden, [FIGURE, hidden], of_measure("high")).amount == ""


def test_a_withheld_point_of_a_sparkline_is_a_gap_with_a_mark_and_no_zero(rows):
    row = rows["repeat-rate"]
    drawn = str(draw_sparkline(row.series, row.indicator.measure))
    assert drawn.count("<path") == 1
    assert "1 figure not shown" in drawn
    runs = re.findall(r'points="([^"]+)"', drawn)
    assert [len(run.split()) for run in runs] == [2]
    assert drawn.count("<circle") == 2


def test_a_series_without_two_shown_figures_is_not_drawn(rows):
    for name in ("hidden", "single"):
        assert draw_sparkline(rows[name].series, rows[name].indicator.measure) == ""


def test_a_flat_or_negative_series_is_drawn(rows):
    row = rows["same"]
    assert 'points="4,14 92,14"' in str(draw_sparkline(row.series, row.indicator.measure))
    fallen = [replace(figure, value=Decimal(n)) for figure, n in zip(row.series, (3, -3), strict=True)]
    assert "From 3 in 2017/18 to −3 in 2018/19" in str(draw_sparkline(fallen, row.indicator.measure))


def test_places_know_what_they_lie_in_and_what_lies_in_them(catalogue):
    places = catalogue.places.by_code
    assert [area.code for area in places["W"].above] == ["K", "R", "E"]
    assert [area.code for area in places["K"].parts] == ["W"]
    assert list(catalogue.places.kinds) == ["country", "region", "council", "ward", "neighbour-group"]


def test_parents_in_a_circle_come_to_an_end(tmp_path):
    areas = {"K": ("Kesteven", "council", "L"), "L": ("Lindsey", "council", "K")}
    write_package(tmp_path / "one", [("m", "K", DAY, {}, 5, "", "")], [measure("m", "Things")], areas=name_areas(areas))
    place(tmp_path / "one", areas)
    assert [area.code for area in describe_places([read_package(tmp_path / "one")]).by_code["K"].above] == ["L", "K"]


@pytest.mark.parametrize(
    ("kind", "title"), [("local-authority", "Local authorities"), ("ward", "Wards"), ("", "Areas")]
)
def test_kinds_have_headings(kind, title):
    assert describe_kinds(kind) == title


def test_the_address_of_an_area_is_safe():
    assert area_path(Area("../a b", "x", "", "")) == "areas/a-b/"


def test_the_words_of_the_index_hold_no_number(catalogue):
    for finding in describe_findings(catalogue, []):
        assert not any(character.isdigit() for word in finding.words for character in word)
    found = next(f for f in describe_findings(catalogue, []) if f.path == "indicators/plans/single/")
    assert "care" in found.words
    assert "2019" not in str(found)


def test_findings_of_one_title_say_which_package_they_are_of(catalogue):
    found = {f.path: f.about for f in describe_findings(catalogue, []) if f.title == "Children looked after"}
    assert found == {
        "indicators/plans/single/": "Child protection plans",
        "indicators/lindsey-plans/single/": "Plans in Lindsey",
    }


def test_synonyms_are_names(catalogue):
    found = next(f for f in describe_findings(catalogue, []) if f.path == "indicators/plans/repeat-rate/")
    assert found.also == ("Second plans",)


def test_pages_of_words_are_found_by_their_heading(tmp_path):
    root = write_project(tmp_path)
    assert read_words(root / "site_src", ["index.md"]) == [Finding("Page", "How we count heads", "notes/method/", "")]


@pytest.mark.parametrize(("title", "letter"), [("Éducation", "E"), ("16 year olds", "0-9"), ("“Plans”", "P")])
def test_a_title_stands_under_its_letter(title, letter):
    assert find_letter(title) == letter


def test_words_are_picked_once_without_the_common_ones():
    assert pick_words("The rate of plans per 10,000 plans", "Plans 2019/20") == ("rate", "plans")


def test_related_indicators_are_the_same_measure_elsewhere_and_then_what_is_alike(catalogue):
    by_path = {indicator.path: indicator for indicator in catalogue.indicators}
    found = find_related(by_path["indicators/plans/repeat-rate/"], catalogue.indicators, 2)
    assert [other.path for other in found] == ["indicators/lindsey-plans/repeat-rate/", "indicators/plans/open/"]
    assert find_related(by_path["indicators/plans/on-time/"], catalogue.indicators, 1)[0].measure.id == "late"


def test_the_latest_year_is_the_one_that_is_shown(rows):
    assert (rows["on-time"].when, rows["on-time"].shown.text) == ("2018/19", "94.7%")
    assert len(rows["on-time"].series) == len(YEARS)


def test_a_figure_stands_in_the_place_of_another_figure_for_its_area():
    figures = [replace(f, area=Area(f"{f.value}", "", "council", "")) for f in peers(range(10, 20))]
    other = replace(figures[0], value=Decimal(5))
    standing = describe_standing(other, figures, of_measure("high"))
    assert (standing.rank, standing.of, standing.quarter) == (10, 10, 4)
    beyond = replace(figures[0], value=Decimal(99))
    assert describe_standing(beyond, figures, of_measure("low")).rank == 10
