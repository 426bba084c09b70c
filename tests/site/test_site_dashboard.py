"""Dashboards: what is printed stands beside what declared rules make of published figures, and differences are told."""

import csv
import html
import re
import shutil
from pathlib import Path

import pytest
from fixture_packages import measure, read_descriptor, write_descriptor, write_package
from fixture_site import MKDOCS, YEARS

from statpress.declare.load import load_declarations
from statpress.packages.dashboard import Dashboard
from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.site.build import build_site
from statpress.site.facts.dashboard import describe_dashboard
from statpress.site.facts.indicator import describe_indicators
from statpress.site.facts.tallied import describe_tallies, write_differences, write_tally_sentence

ROOT = Path(__file__).parents[2]
BEFORE, NOW = YEARS[-2:]
DECLARED = {
    "measure": "quartile",
    "by": "listed",
    "key": "Green is for the first two quartiles, if better.",
    "directions": {
        "better": ["Better."],
        "same": ["Similar."],
        "worse": ["Worse."],
        "higher": ["Higher."],
        "lower": ["Lower."],
    },
    "same_within": 5,
    "ratings": [
        {"name": "Green", "says": "Rated green.", "when": [{"quartile": [1]}, {"quartile": [2], "way": "better"}]},
        {"name": "Red", "says": "Rated red.", "when": [{"quartile": [2, 3, 4]}]},
    ],
    "tallies": [
        {"measure": "tally", "by": "way", "counts": {"up": "better", "level": "same", "down": "worse"}},
    ],
}
LISTED = {"good": "Good things", "slow": "Slow things", "big": "Big things", "few": "Few things", "old": "Old things"}
NOTES = {
    "good": (1, "Rated green. Better."),
    "slow": (2, "Rated green. Worse."),
    "big": ("", "Lower."),
    "few": (4, "Rated red. Worse."),
    "old": (3, "Rated red. Similar."),
}


def write(folder):
    """Five measures: one as printed, one rated against the key, one that went up though printed lower, one withheld, one
    that moved by less than is noticed."""
    rows = [
        ("quartile", "K", NOW, {"listed": code}, value, "" if value else "x", note)
        for code, (value, note) in NOTES.items()
    ]
    for code, before, now in (("good", 90, 95), ("slow", 90, 80), ("big", 50, 70), ("old", 100, 98)):
        rows += [(code, "K", BEFORE, {}, before, "", ""), (code, "K", NOW, {}, now, "", "")]
    rows += [("few", "K", NOW, {}, "", "c", ""), ("slow", "NK", NOW, {}, 85, "", "")]
    rows += [("tally", "K", NOW, {"way": way}, n, "", "") for way, n in (("up", 1), ("level", 2), ("down", 2))]
    rows += [("tally", "K", NOW, {}, 5, "", "")]
    percent = {"unit": "%", "kind": "percentage", "polarity": "high"}
    measures = [
        measure("quartile", "Quartiles", kind="rank"),
        *(measure(code, LISTED[code], **percent) for code in ("good", "slow", "old")),
        measure("big", LISTED["big"]),
        measure("few", LISTED["few"], polarity="low"),
        measure("tally", "Measures by way"),
    ]
    dimensions = {"listed": LISTED, "way": {"up": "Improved", "level": "No change", "down": "Declined"}}
    areas = {"K": ("Kesteven", "council", ""), "NK": ("Neighbours of Kesteven", "neighbour-group", "")}
    write_package(folder, rows, measures, dimensions, title="How we do", area="K", areas=areas)
    descriptor = read_descriptor(folder)
    descriptor["statpress"]["dashboard"] = DECLARED
    write_descriptor(folder, descriptor)
    return folder


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    package = read_package(write(tmp_path_factory.mktemp("dashboard") / "how-we-do"))
    indicators = describe_indicators(package)
    return describe_dashboard(package, indicators), indicators


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    write(root / "datapackages" / "how-we-do")
    (root / "site_src").mkdir()
    (root / "mkdocs.yml").write_text(MKDOCS)
    return build_site(Project(root)).path


def rows(facts):
    return {row.code: row for row in facts[0].rows}


def test_a_printed_direction_that_published_figures_bear_out_is_not_questioned(facts):
    row = rows(facts)["good"]
    assert (row.printed.way, row.way, row.differs) == ("better", "better", ())


def test_a_rating_that_the_key_does_not_allow_is_told_with_the_reason(facts):
    row = rows(facts)["slow"]
    assert row.differs == ("Printed green; the key gives red (second quartile and worse than before).",)


def test_a_printed_direction_that_published_figures_contradict_is_told(facts):
    assert rows(facts)["big"].direction_differs == "Printed: lower. By published figures: up."


def test_a_change_too_small_to_notice_does_not_contradict_about_the_same(facts):
    row = rows(facts)["old"]
    assert (row.way, row.differs) == ("worse", ())


def test_no_direction_is_made_of_a_withheld_figure(facts):
    row = rows(facts)["few"]
    assert (row.way, row.direction.words, row.direction.amount) == (None, "Withheld", "")


def test_neighbours_stand_beside_their_council_at_the_same_time(facts):
    near = rows(facts)["slow"].near
    assert (near.shown.text, near.than) == ("85%", "lower")


def test_tallies_are_counted_by_row_and_differences_are_told(facts):
    tallies = describe_tallies(*facts)
    lines = {line.label: (line.value, line.counted, line.ours) for line in tallies[0].lines}
    assert lines == {
        "Improved": (1, 1, 1),
        "No change": (2, 1, 0),
        "Declined": (2, 2, 2),
        "Cannot be told": (None, None, 1),
        "All": (5, 4, 5),
    }
    assert [words.split(":")[0] for words in write_differences(tallies)] == [
        "Measures by way, no change",
        "Measures by way, all",
    ]
    assert write_tally_sentence(facts[0], tallies).startswith("Of 5 measures, 1 improved, 2 stayed about the same")


def test_the_page_tells_all_of_it_in_words(built):
    page = (built / "dashboards/how-we-do/index.html").read_text()
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
    for said in (
        "Printed green; the key gives red",
        "Our rule: down, worse (−10 percentage points) since",
        "Average of neighbours",
        "Some numbers are withheld to protect people",
        "Higher is better.",
        "Measures by way, no change: the source counts 2; the measures as it prints them come to 1.",
    ):
        assert said in words, said
    assert 'href="../../indicators/how-we-do/slow/"' in page


def test_the_table_of_the_dashboard_has_a_row_a_measure_and_no_empty_cell(built):
    rows = list(csv.DictReader((built / "dashboards/how-we-do/dashboard.csv").read_text().splitlines()))
    assert [row["Measure"] for row in rows] == list(LISTED.values())
    assert all(cell for row in rows for cell in row.values())
    assert {row["Measure"]: row["Figure"] for row in rows}["Few things"] == "[c]"
    assert rows[1]["Rating by the key"] == "Red"


def test_the_page_of_a_measure_leads_to_its_row(built):
    page = (built / "indicators/how-we-do/slow/index.html").read_text()
    assert 'href="../../../dashboards/how-we-do/#slow"' in page or "dashboards/how-we-do/#slow" in page
    assert "Among all councils: second quartile. Rating: Green." in page


def test_every_way_in_leads_to_the_dashboard(built):
    for page in ("", "areas/K/", "data/how-we-do/", "dashboards/", "indicators/how-we-do/quartile/"):
        text = (built / page / "index.html").read_text()
        assert re.search(r'href="[^"]*(dashboards/)?how-we-do/"[^>]*>[^<]*(dashboard|How we do)', text), page
        assert "dashboards/how-we-do/" in text.replace('href="how-we-do/"', "dashboards/how-we-do/"), page


def test_a_dashboard_has_no_fault_for_those_who_cannot_see_it(built):
    from browser import DESKTOP, PHONE, open_browser, serve, violations

    with serve(built) as origin, open_browser() as browser:
        for size in (DESKTOP, PHONE):
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport=size, color_scheme=scheme, java_script_enabled=True)
                page = context.new_page()
                page.goto(f"{origin}dashboards/how-we-do/")
                assert violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
                context.close()


def test_the_published_dashboard_is_whole_and_says_where_the_council_differs(tmp_path):
    """Leicestershire's 42 measures, with what its inventory says of tallies and ratings."""
    name = "leicestershire-dashboard"
    folder = Path(shutil.copytree(ROOT / "datapackages" / name, tmp_path / name))
    declared = load_declarations(Project(ROOT)).pipelines[name].dashboard.model_dump(mode="json", exclude_none=True)
    descriptor = read_descriptor(folder)
    descriptor["statpress"]["dashboard"] = declared
    write_descriptor(folder, descriptor)
    package = read_package(folder)
    indicators = describe_indicators(package)
    facts = describe_dashboard(package, indicators)
    tallies = describe_tallies(facts, indicators)
    assert len(facts.rows) == 42
    assert [len(theme.rows) for theme in facts.themes] == [10, 9, 3, 3, 13, 2, 2]
    counted = {line.label: (line.value, line.counted) for line in tallies[0].lines if line.printed}
    assert list(counted.values()) == [(12, 12), (11, 12), (9, 9), (10, 9), (42, 42)]
    assert [(line.value, line.counted) for line in tallies[1].lines] == [(6, 6), (6, 6), (4, 4), (4, 2), (20, 18)]
    assert [row.code for row in facts.rows if row.rating_differs] == [
        "child-protection-reviews-in-time-share",
        "open-child-protection-plans-two-years-share",
    ]
    assert [row.code for row in facts.rows if row.direction_differs] == ["sexual-exploitation-referrals"]
    assert Dashboard.model_validate(declared).same_within == 5
