"""A period has one code, one kind and one label; texts are read by the declared kinds only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop import FIRST_STEP, Workshop

from statpress.tables.period_texts import read_period
from statpress.tables.periods import Interval, describe_periods, read_code, write_code

READINGS = """
    financial-year | 2018/19                         | 2018-04-01/P1Y
    financial-year | 2018-19                         | 2018-04-01/P1Y
    financial-year | 2018/2019                       | 2018-04-01/P1Y
    financial-year | 1999/00                         | 1999-04-01/P1Y
    financial-year | 1 April 2018 to 31 March 2019   | 2018-04-01/P1Y
    financial-year | 2018-04-01/P1Y                  | 2018-04-01/P1Y
    academic-year  | 2018/19                         | 2018-09-01/P1Y
    academic-year  | 1 September 2018 to 31 August 2019 | 2018-09-01/P1Y
    calendar-year  | 2018                            | 2018-01-01/P1Y
    quarter        | 2018 Q2                         | 2018-04-01/P3M
    quarter        | 2018Q1                          | 2018-01-01/P3M
    quarter        | Q4 2018                         | 2018-10-01/P3M
    month          | January 2019                    | 2019-01-01/P1M
    month          | Jan 2019                        | 2019-01-01/P1M
    month          | 2019-02                         | 2019-02-01/P1M
    month          | March 2018                      | 2018-03-01/P1M
    snapshot       | 31 March 2019                   | 2019-03-31/P1D
    snapshot       | 24/07/2019                      | 2019-07-24/P1D
    snapshot       | 2019-03-31                      | 2019-03-31/P1D
    span           | 2011 to 2019                    | 2011-01-01/P9Y
    span           | 2012/13 to 2017/18              | 2012-04-01/P6Y
    span           | 31 December 2015 to 30 June 2019 | 2015-12-31/2019-06-30
    """
UNREAD = """
    financial-year | 2018/20
    financial-year | 2018/2020
    financial-year | 2018
    financial-year | 1 September 2018 to 31 August 2019
    calendar-year  | 2018/19
    calendar-year  | 18
    quarter        | 2018 Q5
    month          | Janvier 2019
    month          | 2019-13
    snapshot       | 31 February 2019
    snapshot       | 07/24/2019
    snapshot       | March 2019
    span           | 2019 to 2011
    span           | 2018 to 2018
    span           | 2018/20 to 2021/22
    snapshot       | ３1 March 2019
    """
LABELS = """
    2018-04-01/P1Y        | 2018/19             | financial-year | 2018-04-01 | 2019-03-31
    1999-04-01/P1Y        | 1999/00             | financial-year | 1999-04-01 | 2000-03-31
    2018-09-01/P1Y        | 2018/19             | academic-year  | 2018-09-01 | 2019-08-31
    2018-01-01/P1Y        | 2018                | calendar-year  | 2018-01-01 | 2018-12-31
    2018-04-01/P3M        | April to June 2018  | quarter        | 2018-04-01 | 2018-06-30
    2018-12-01/P3M        | December 2018 to February 2019 | quarter | 2018-12-01 | 2019-02-28
    2019-01-01/P1M        | January 2019        | month          | 2019-01-01 | 2019-01-31
    2019-03-31/P1D        | 31 March 2019       | snapshot       | 2019-03-31 | 2019-03-31
    2011-01-01/P9Y        | 2011 to 2019        | span           | 2011-01-01 | 2019-12-31
    2012-04-01/P6Y        | 2012/13 to 2017/18  | span           | 2012-04-01 | 2018-03-31
    2015-12-31/2019-06-30 | 31 December 2015 to 30 June 2019 | span | 2015-12-31 | 2019-06-30
    2018-05-15/P1Y        | 15 May 2018 to 14 May 2019 | span     | 2018-05-15 | 2019-05-14
    not-stated            | Not stated          | not-stated     |            |
    """


def rows(drawn: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text", "code"), rows(READINGS))
def test_a_text_of_a_declared_kind_is_read(kind: object, text: str, code: str) -> None:
    assert read_period(text, [kind]) == {code}


@pytest.mark.parametrize(("kind", "text"), rows(UNREAD))
def test_a_text_that_is_not_quite_of_the_kind_is_not_read(kind: object, text: str) -> None:
    assert read_period(text, [kind]) == set()


def test_two_readings_are_both_told() -> None:
    assert read_period("2018/19", ["financial-year", "academic-year"]) == {"2018-04-01/P1Y", "2018-09-01/P1Y"}
    assert read_period("2011-12", ["financial-year", "month"]) == {"2011-04-01/P1Y", "2011-12-01/P1M"}
    assert read_period("2018", ["financial-year", "calendar-year"]) == {"2018-01-01/P1Y"}


@pytest.mark.parametrize("row", rows(LABELS))
def test_a_code_has_a_label_a_kind_and_two_dates(row: list[str]) -> None:
    assert describe_periods([row[0]]).to_numpy().tolist() == [row]


def test_financial_and_school_years_side_by_side_have_different_labels() -> None:
    codes = ["2018-09-01/P1Y", "2018-04-01/P1Y", "2018-01-01/P1Y", "2016-04-01/P2Y"]
    assert list(describe_periods(codes)["label"]) == [
        "2016/17 to 2017/18 (financial years)",
        "2018",
        "2018/19 (financial year)",
        "2018/19 (school year)",
    ]


def test_periods_are_sorted_by_start_then_end() -> None:
    codes = ["2018-04-01/P1Y", "not-stated", "2018-04-01/P1D", "2011-01-01/P9Y", "2018-04-01/P3M"]
    assert list(describe_periods(codes)["period"]) == [
        "not-stated",
        "2011-01-01/P9Y",
        "2018-04-01/P1D",
        "2018-04-01/P3M",
        "2018-04-01/P1Y",
    ]


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_an_interval_and_its_code_stand_for_each_other(start: date, days: int) -> None:
    interval = Interval(start, start + timedelta(days=days))
    assert read_code(write_code(interval)) == interval


@settings(deadline=None)
@given(st.sampled_from("DMY"), st.integers(1, 40), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_code_written_again_stays_what_it_is(unit: str, number: int, start: date) -> None:
    interval = read_code(f"{start}/P{number}{unit}")
    assert interval is not None
    assert write_code(read_code(write_code(interval)) or interval) == write_code(interval)


@pytest.mark.parametrize(
    "code",
    [
        "2018-04-01",
        "2018-04-01/P0Y",
        "2018-02-30/P1Y",
        "2018-13-01/P1M",
        "9999-01-01/P1Y",
        "2019-01-01/2018-01-01",
        "P1Y",
    ],
)
def test_what_is_no_interval_is_no_code(code: str) -> None:
    assert read_code(code) is None


def table(period: str) -> str:
    return f"period,value\n{period},45\n"


@pytest.mark.parametrize(
    ("period", "kinds", "words"),
    [
        ("2018/20", "[financial-year]", "Give it under `values`."),
        ("2018", "[financial-year]", "Did you mean the kind calendar-year?"),
        ("2018/19", "[financial-year, academic-year]", "is ambiguous: 2018-04-01/P1Y or 2018-09-01/P1Y."),
        (" 2018/19", "[financial-year]", "has spaces around it"),
        ("31\u00a0March 2019", "[snapshot]", "or a character like a space"),
        ("", "[financial-year]", "is not one of: financial-year."),
    ],
)
def test_a_period_that_cannot_be_read_is_an_issue(workshop: Workshop, period: str, kinds: str, words: str) -> None:
    loaded = workshop.load(table(period), f"- period: {{kinds: {kinds}}}")
    assert loaded.faults == [("bad-period", 2, "period")]
    assert words in loaded.words


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("not-stated", "not-stated"),
        ("2015-12-31/2019-06-30", "2015-12-31/2019-06-30"),
        ("2018-04-01/2019-03-31", "2018-04-01/P1Y"),
        ("2018-01-01/P12M", "2018-01-01/P1Y"),
    ],
)
def test_values_name_periods_that_no_kind_reads(workshop: Workshop, code: str, read: str) -> None:
    steps = f"- period: {{kinds: [financial-year], values: {{end of 2015: {code}}}}}"
    assert workshop.load(table("end of 2015"), steps).drawn("period") == [read]


def test_a_value_that_is_no_interval_is_an_issue_of_the_declaration(workshop: Workshop) -> None:
    loaded = workshop.load(table("then"), "- period: {values: {then: some day}}")
    assert loaded.faults == [("bad-period", FIRST_STEP, None)]
    assert loaded.issues[0].key == "tables.0.steps.0.period.values.then"


def test_without_a_period_step_the_codes_themselves_are_checked(workshop: Workshop) -> None:
    assert workshop.load(table("2018-04-01/P1Y"), "[]").drawn("period") == ["2018-04-01/P1Y"]
    assert workshop.load(table("2018-19"), "[]").faults == [("bad-period", 2, "period")]
    assert "Write it as 2018-04-01/P1Y." in workshop.load(table("2018-04-01/2019-03-31"), "[]").words
