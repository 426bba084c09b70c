"""Formulas and totals are exact, and where a part has no number the result has none either."""

from __future__ import annotations

import pytest
from workshop import Workshop

PERIOD = "- period: {kinds: [financial-year]}\n"
KEEP = "- keep: [period, value]\n" + PERIOD
MARKS = 'marks: {"<7": c, "-": x, n/a: z}\n'


def derive(formula: str) -> str:
    return f"- derive: {{column: value, formula: '{formula}'}}\n" + KEEP


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a + b", "0.3"),
        ("b - a", "0.1"),
        ("a * b", "0.02"),
        ("-a + 1.05", "0.95"),
        ("(a + b) * 100 / (`new cases` - 0)", "0.75"),
        ("`per-cent` / 3", "33.33"),
        ("2 / 3 + a - a", "0.67"),
        ("a / 8", "0.01"),
    ],
)
def test_a_formula_is_worked_out_exactly_and_rounded_where_it_divides(
    workshop: Workshop, formula: str, value: str
) -> None:
    table = """
        period,a,b,new cases,per-cent
        2018/19,0.1,0.2,40,100
        """
    assert workshop.load(table, derive(formula), measures="rate").drawn("value") == [value]


def test_a_mark_makes_the_result_a_mark_and_withheld_wins(workshop: Workshop) -> None:
    table = """
        period,a,b
        2018/19,<7,5
        2017/18,5,-
        2016/17,n/a,-
        2015/16,-,<7
        2014/15,n/a,6
        2013/14,5,6
        """
    loaded = workshop.load(table, derive("a + b"), options=MARKS)
    assert loaded.drawn("value", "status") == [". c", ". x", ". x", ". c", ". x", "11 ."]


def test_a_result_has_no_number_even_where_no_declared_mark_says_so(workshop: Workshop) -> None:
    table = """
        period,a,b
        2018/19,n/a,5
        """
    assert workshop.load(table, derive("a + b"), options="marks: {n/a: z}").drawn("value", "status") == [". x"]


def test_a_division_by_zero_names_its_row(workshop: Workshop) -> None:
    table = """
        period,a,b
        2018/19,17,4
        2017/18,18,0
        2016/17,19,0
        """
    for formula in ("a / b", "1 / (1 / b) + a", "a / (b - b * 1)", "1 / (a / b)"):
        loaded = workshop.load(table, derive(formula), measures="rate")
        assert [fault for fault in loaded.faults if fault[1] != 2] == [
            ("divides-by-zero", 3, "value"),
            ("divides-by-zero", 4, "value"),
        ]
        assert not any(value in loaded.words for value in ("17", "18", "19"))


def test_an_operand_that_is_no_number_is_an_issue(workshop: Workshop) -> None:
    table = """
        period,a,b
        2018/19,17 or so,4
        2017/18,,5
        2016/17,many,
        """
    loaded = workshop.load(table, derive("a + b"))
    assert loaded.faults == [
        ("empty-value", 3, "a"),
        ("not-a-number", 2, "a"),
        ("not-a-number", 4, "a"),
        ("empty-value", 4, "b"),
    ]
    assert "17" not in loaded.words
    assert "many" in loaded.words


@pytest.mark.parametrize(
    "formula",
    [
        "a ** 2",
        "a // 2",
        "a % 2",
        "+a",
        "a > 1",
        "a if a else 1",
        "abs(a)",
        "a.real",
        "a[0]",
        '__import__("os")',
        "lambda: a",
        "[a]",
        "(a, a)",
        "a + True",
        'a + "b"',
        "a + 0x10",
        "a + 1e5",
        "a + 1_000",
        "a + 1j",
        "a and a",
        "a := 1",
        "a +",
        "1 + 2",
        "_quoted_column_0 + `a`",
        "`a",
    ],
)
def test_a_formula_may_hold_nothing_else(workshop: Workshop, formula: str) -> None:
    table = """
        period,a
        2018/19,17
        """
    steps = f"- derive:\n    column: value\n    formula: |-\n      {formula}\n"
    loaded = workshop.load(table, steps)
    assert [(issue.rule, issue.key) for issue in loaded.issues] == [("bad-formula", "tables.0.steps.0.derive.formula")]


def test_thousands_are_read_and_results_need_none(workshop: Workshop) -> None:
    table = """
        period,a,b
        2018/19,"1,200","12,300,000"
        """
    loaded = workshop.load(table, derive("a + b"), options="thousands: ','")
    assert loaded.table["value"].tolist() == [12_301_200]


def test_a_point_for_thousands_means_a_comma_for_decimals(workshop: Workshop) -> None:
    table = """
        period;a
        2018/19;1.200,25
        """
    options = "thousands: '.'\ndelimiter: ;\n"
    assert workshop.load(table, derive("a * 2"), options=options, measures="rate").drawn("value") == ["2400.5"]


TOTAL = "- total: {over: sex}\n" + PERIOD
SEX = "sex: adds-up"


def test_a_total_is_added_for_each_group(workshop: Workshop) -> None:
    table = """
        period,sex,value
        2018/19,male,20
        2018/19,female,25
        2017/18,male,19
        2017/18,female,<7
        2016/17,male,-
        2016/17,female,18
        2015/16,male,-
        2015/16,female,<7
        """
    loaded = workshop.load(table, TOTAL, dimensions=SEX, options=MARKS)
    assert loaded.drawn("period", "sex", "value", "status", "source_row")[8:] == [
        "2018-04-01/P1Y all 45 . .",
        "2017-04-01/P1Y all . c .",
        "2016-04-01/P1Y all . x .",
        "2015-04-01/P1Y all . c .",
    ]


def test_a_total_has_no_note_and_the_status_of_its_parts(workshop: Workshop) -> None:
    table = """
        period,sex,value,status,note
        2018/19,male,20,p,early
        2018/19,female,25,,
        """
    loaded = workshop.load(table, TOTAL, dimensions=SEX)
    assert loaded.drawn("sex", "value", "status", "note")[2:] == ["all 45 p ."]


def test_parts_of_different_statuses_have_no_total(workshop: Workshop) -> None:
    table = """
        period,sex,value,status
        2018/19,male,20,p
        2018/19,female,25,e
        """
    loaded = workshop.load(table, TOTAL, dimensions=SEX)
    assert loaded.faults == [("mixed-status", 2, "status"), ("mixed-status", 3, "status")]


def test_a_total_that_is_there_already_is_an_issue(workshop: Workshop) -> None:
    table = """
        period,sex,value
        2018/19,male,20
        2018/19,all,45
        """
    loaded = workshop.load(table, TOTAL, dimensions=SEX)
    assert loaded.faults == [("total-there", 3, "sex")]
    assert "45" not in loaded.words


def test_a_part_that_is_no_number_is_an_issue(workshop: Workshop) -> None:
    table = """
        period,sex,value
        2018/19,male,2o
        2018/19,female,25
        """
    assert workshop.load(table, TOTAL, dimensions=SEX).faults == [("not-a-number", 2, "value")]


def test_a_total_under_another_name(workshop: Workshop) -> None:
    steps = "- total: {over: age, as: 10-to-15, values: children}\n- rename: {children: value}\n" + PERIOD
    table = """
        period,age,children
        2018/19,under-10,20
        """
    loaded = workshop.load(table, steps, dimensions="age: adds-up")
    assert loaded.drawn("age", "value", "source_row") == ["under-10 20 2", "10-to-15 20 ."]


def test_a_division_for_an_unknown_measure_names_its_code(workshop: Workshop) -> None:
    table = """
        measure,period,a
        ratee,2018/19,8
        """
    steps = "- derive: {column: value, formula: a / 4}\n- keep: [measure, period, value]\n" + PERIOD
    assert workshop.load(table, steps, measures="rate").faults == [("unknown-code", 2, "measure")]
