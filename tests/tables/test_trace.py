"""Figures are followed back to the column of the source that they stand in."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter
from workshop import Workshop

from statpress.declare.steps import Step
from statpress.tables.numbers import Notation
from statpress.tables.trace import trace_column


@pytest.mark.parametrize(
    ("steps", "column"),
    [
        ([], "value"),
        ([{"rename": {"Number": "value"}}], "Number"),
        ([{"rename": {"Number": "count"}}, {"rename": {"count": "value"}}], "Number"),
        ([{"rename": {"Number": "value"}}, {"drop": ["remarks"]}, {"keep": ["period", "value"]}], "Number"),
        ([{"recode": {"column": "Number", "into": "value", "values": {"none": "0"}, "others": "keep"}}], "Number"),
        ([{"rename": {"value": "old", "Number": "value"}}], "Number"),
        ([{"derive": {"column": "value", "formula": "boys + girls"}}], ""),
        ([{"pivot": {"names": "indicator", "values": "Number"}}], ""),
        ([{"transform": "transform.py"}], ""),
        ([{"unpivot": {"columns": ["boys", "girls"], "names": "sex", "values": "value"}}], None),
        ([{"unpivot": {"columns": ["a", "b"], "names": "sex", "values": "n"}}, {"rename": {"n": "value"}}], None),
    ],
)
def test_the_column_of_a_figure(steps: list[dict[str, object]], column: str | None) -> None:
    assert trace_column("value", TypeAdapter(tuple[Step, ...]).validate_python(steps)) == column


def test_rows_that_an_unpivot_made_keep_their_column_through_later_steps(workshop: Workshop) -> None:
    steps = """
        - rename: {"Boys (under 18)": boys}
        - unpivot: {columns: [boys, girls], names: sex, values: number}
        - total: {over: sex, values: number}
        - rename: {number: value}
        - keep: [period, sex, value]
        - recode: {column: sex, values: {boys: male, girls: female, all: all}}
        - period: {kinds: [financial-year]}
        """
    loaded = workshop.load('period,"Boys (under 18)",girls\n2018/19,30,12\n', steps, dimensions="sex: adds-up")
    assert loaded.drawn("sex", "value", "source_row", "source_column") == [
        "male 30 2 Boys (under 18)",
        "female 12 2 girls",
        "all 42 . .",
    ]


@pytest.mark.parametrize(
    ("text", "thousands", "decimals"),
    [
        ("21", None, 0),
        ("21.0", None, 1),
        ("1,234.50", ",", 2),
        ("1,234", ",", 0),
        ("1.234,5", ".", 1),
        ("-0.25", None, 2),
    ],
)
def test_printed_decimals_keep_their_zeros(text: str, thousands: str | None, decimals: int) -> None:
    assert Notation(thousands, {}).count_printed(text) == decimals


def test_figures_that_steps_made_have_no_printed_decimals(workshop: Workshop) -> None:
    steps = '- derive: {column: value, formula: "a / b"}\n- keep: [period, value]\n- period: {kinds: [financial-year]}'
    loaded = workshop.load("period,a,b\n2018/19,1,4\n", steps, measures="share")
    assert loaded.drawn("value", "printed_decimals") == ["0.3 -1"]
