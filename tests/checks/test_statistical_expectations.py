"""Expectations for statistics, by name in a suite: what they let pass, and on which line they fail."""

import json
import re
from pathlib import Path

import pytest

from statpress.checks.expectations import check_expectations
from statpress.checks.intervals import find_jumps, find_overlaps
from statpress.paths import Project


def check(root, table, kind, *, resource="observations", **kwargs):
    """The messages of one expectation about a table that is drawn as text."""
    rows = [",".join(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]
    suite = {"expectations": [{"type": kind, "kwargs": kwargs, "meta": {"resource": resource}}]}
    (root / "validations").mkdir(exist_ok=True)
    (root / "validations/p.json").write_text(json.dumps(suite))
    issues = check_expectations(Project(root), {"p": {resource: "\n".join([*rows, ""]).encode()}})
    return [issue.message.removeprefix(f"`{kind}` ") for issue in issues]


VALUES = ["value", "status"]


@pytest.mark.parametrize(
    ("row", "fails"),
    [
        ("12 |", False),
        (" | c", False),
        ("7 | p", False),
        ("7 | c", True),
        (" | p", True),
        ("0 | x", True),
        (" | ", False),
    ],
)
def test_value_and_status_agree(tmp_path, row, fails):
    found = check(tmp_path, f"value|status\n1|\n{row}", "expect_value_and_status_to_agree", column_list=VALUES)
    assert found == (["fails in 1 row, on line 3."] if fails else [])


def test_an_empty_value_needs_a_status(tmp_path):
    table = """
        value | status
        1     |
              | c
              |
        """
    kind = "expect_empty_value_to_have_status"
    assert check(tmp_path, table, kind, column_list=VALUES) == ["fails in 1 row, on line 4."]


def test_a_zero_is_a_true_zero(tmp_path):
    table = """
        measure | area | value | status
        count   | a    | 3     |
        count   | b    | 0     |
        share   | a    | 0.0   |
        share   | b    | 0.0   |
        count   | c    | 0     | e
        count   | d    | 0     | p
        """
    kind, columns = "expect_zero_to_be_true_zero", ["measure", "area", *VALUES]
    assert check(tmp_path, table, kind, column_list=VALUES) == ["fails in 1 row, on line 6."]
    found = check(tmp_path, table, kind, column_list=columns, numerators={"share": "count"})
    assert found == ["fails in 2 rows, on line 4, 6."]


def test_codes_and_names_pair(tmp_path):
    table = """
        area | name
        E1   | Here
        E2   | There
        E3   | There
        E4   |
        """
    kind = "expect_codes_and_names_to_pair"
    found = check(tmp_path, table, kind, resource="areas", column_list=["area", "name"])
    assert found == ["fails in 3 rows, on line 3, 4, 5."]


def test_periods_of_a_series_neither_overlap_nor_jump(tmp_path):
    table = """
        period          | area | value
        2017-04-01/P1Y  | a    | 1
        2018-04-01/P1Y  | a    | 1
        2020-04-01/P1Y  | a    | 1
        2018-04-01/P1Y  | b    | 1
        2019-01-01/P1Y  | b    | 1
        not-stated      | b    | 1
        2019-03-31/P1D  | b    | 1
        """
    kind, columns = "expect_periods_not_to_overlap_or_jump", ["period", "area"]
    assert check(tmp_path, table, kind, column_list=columns) == ["fails in 2 rows, on line 4, 6."]
    assert check(tmp_path, table, kind, column_list=columns, jumps=True) == ["fails in 1 row, on line 6."]
    assert check(tmp_path, table, kind, column_list=columns, jumps=True, overlaps=True) == []


@pytest.mark.parametrize(
    ("codes", "overlaps", "jumps"),
    [
        (["2018-01-01/P1M", "2018-02-01/P1M", "2018-03-01/P1M"], set(), set()),
        (["2018-01-01/P1M", "2018-03-01/P1M"], set(), {"2018-03-01/P1M"}),
        (["2017-03-31/P1D", "2018-03-31/P1D", "2019-03-31/P1D"], set(), set()),
        (["2017-03-31/P1D", "2018-03-31/P1D", "2020-03-31/P1D"], set(), {"2020-03-31/P1D"}),
        (["2015-04-01/P3Y", "2016-04-01/P3Y"], {"2016-04-01/P3Y"}, set()),
        (["2015-01-01/2015-06-30", "2015-07-01/2015-12-31"], set(), set()),
        (["2015-01-01/2015-06-30", "2015-06-30/2015-12-31"], {"2015-06-30/2015-12-31"}, set()),
        (["2020-02-29/P1Y", "not-stated", "2018/19"], set(), set()),
        (["2018-04-01/P1Y", "2019-03-31/P1D"], set(), set()),
    ],
)
def test_periods_are_compared_with_the_next_of_their_form(codes, overlaps, jumps):
    assert (find_overlaps(codes), find_jumps(codes)) == (overlaps, jumps)


def test_a_table_that_is_not_there_is_an_error(tmp_path):
    (tmp_path / "validations").mkdir()
    expectation = {"type": "expect_column_to_exist", "kwargs": {"column": "area"}, "meta": {"resource": "area"}}
    (tmp_path / "validations/p.json").write_text(json.dumps({"expectations": [expectation]}))
    (issue,) = check_expectations(Project(tmp_path), {"p": {"areas": b"area\nE1\n"}})
    assert (issue.rule, issue.key, issue.hint) == (
        "unknown-resource",
        "expectations.0.meta.resource",
        "Did you mean areas?",
    )


def test_a_warning_and_its_reason_are_told(tmp_path):
    (tmp_path / "validations").mkdir()
    expectation = {"type": "expect_empty_value_to_have_status", "kwargs": {"column_list": VALUES}, "severity": "warning",
                   "meta": {"why": "A gap needs a reason."}}  # fmt: skip
    (tmp_path / "validations/p.json").write_text(json.dumps({"expectations": [expectation]}))
    (issue,) = check_expectations(Project(tmp_path), {"p": {"observations": b"value,status\n,\n"}})
    assert (issue.severity, issue.hint) == ("warning", "A gap needs a reason.")


def test_a_changed_table_or_suite_is_judged_anew(tmp_path):
    kind, table = "expect_empty_value_to_have_status", "value|status\n1|\n"
    assert check(tmp_path, table, kind, column_list=VALUES) == []
    assert check(tmp_path, f"{table}|\n", kind, column_list=VALUES) == ["fails in 1 row, on line 3."]
    assert check(tmp_path, f"{table}|\n", kind, column_list=VALUES, mostly=0.4) == []


PAGE = Path(__file__).parents[2] / "docs/reference/expectations.md"


def test_the_page_of_expectations_names_those_that_there_are(tmp_path):
    from statpress.checks import statistics

    ours = {name for name in vars(statistics) if name.startswith("Expect")}
    named = set(re.findall(r"^\| `(expect_\w+)` \|", PAGE.read_text(), re.MULTILINE))
    assert named == {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in ours}
    (suite,) = re.findall(r"```json title=\"validations/missing.json\"\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "validations").mkdir()
    (tmp_path / "validations/missing.json").write_text(suite)
    tables = {"observations": b"value,status\n1,\n,c\n", "areas": b"area,name\nE1,Here\n"}
    assert check_expectations(Project(tmp_path), {"missing": tables}) == []
    issues = check_expectations(Project(tmp_path), {"missing": tables | {"areas": b"area,name\nE1,\n"}})
    assert [(issue.key, issue.severity) for issue in issues] == [("expectations.1", "warning")]


def test_what_is_written_down_once_is_what_great_expectations_would_write_each_time():
    from great_expectations.expectations.expectation import MulticolumnMapExpectation

    from statpress.checks.statistics import ExpectZeroToBeTrueZero

    one = ExpectZeroToBeTrueZero(column_list=["value", "status"], statuses=["", "r"], mostly=0.5)
    assert one.configuration == MulticolumnMapExpectation.configuration.fget(one)
    assert one.configuration is one.configuration
    one.mostly = 0.9
    assert one.configuration == MulticolumnMapExpectation.configuration.fget(one)
    assert one.configuration.kwargs["mostly"] == 0.9
