"""What stands in the shaped table must be an observation: known codes, strict numbers, statuses that fit."""

from __future__ import annotations

import pytest
from workshop import Loaded, Workshop, unindent

HEADER = "measure,area,period,sex,value,status,note\n"
CODES = "2018-04-01/P1Y"
SEX = "sex: adds-up"


def load(workshop: Workshop, *cells: str, options: str = "", **declared: str) -> Loaded:
    """Load rows under `HEADER`, whose periods are codes already."""
    settings = {"measures": "children, share, rate", "dimensions": SEX} | declared
    return workshop.load(HEADER + "".join(f"{row}\n" for row in cells), "[]", options=options, **settings)


def value(workshop: Workshop, text: str, options: str = "", measure: str = "children") -> Loaded:
    """Load one row with a value cell."""
    return load(workshop, f'{measure},NEL,{CODES},,"{text}",,', options=options)


def test_columns_that_are_not_there_have_their_defaults(workshop: Workshop) -> None:
    loaded = workshop.load("period,value\n2018-04-01/P1Y,45\n", "[]", dimensions=SEX)
    assert list(loaded.table) == [
        "measure",
        "area",
        "period",
        "sex",
        "value",
        "status",
        "note",
        "means",
        "printed_decimals",
        "source",
        "source_row",
        "source_column",
    ]
    assert loaded.drawn("measure", "area", "sex", "value", "status", "note") == ["children E06000012 all 45 . ."]
    assert loaded.table["value"].dtype == "float64"


def test_a_measure_that_is_computed_needs_no_column_for_the_others(workshop: Workshop) -> None:
    measures = (workshop.project.pipelines / "measures.yml").read_text()
    parts = "numerator: children, denominator: pupils"
    more = measures.replace("kind: percentage", f"kind: percentage, {parts}")
    more += "pupils: {title: Pupils, definition: Pupils., unit: pupils, kind: count}\n"
    (workshop.project.pipelines / "measures.yml").write_text(more)
    table = "measure,period,value\nchildren,2018-04-01/P1Y,45\nshare,2018-04-01/P1Y,4.5\n"
    loaded = workshop.load(table, "[]", measures="children, pupils, share", compute="share")
    assert loaded.faults == [("unknown-code", 3, "measure")]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("period,value,unit\n2018-04-01/P1Y,45,children\n", "`unit` is not a column of the observations."),
        ("period,valu\n2018-04-01/P1Y,45\n", "no column `value` after its steps."),
        ("value\n45\n", "no column `period` after its steps."),
    ],
)
def test_columns_that_are_no_observation_are_issues(workshop: Workshop, table: str, words: str) -> None:
    loaded = workshop.load(table, "[]")
    assert {issue.rule for issue in loaded.issues} <= {"extra-column", "missing-column"}
    assert words in loaded.words
    assert loaded.issues[0].file == "pipelines/children/pipeline.yml"


def test_a_figure_in_the_wrong_column_is_not_shown(workshop: Workshop) -> None:
    loaded = load(workshop, f"children,3,{CODES},17%,45,,")
    assert loaded.faults == [("unknown-code", 2, "area"), ("unknown-code", 2, "sex")]
    assert "`3`" not in loaded.words
    assert "17" not in loaded.words


def test_several_measures_need_the_column_measure(workshop: Workshop) -> None:
    loaded = workshop.load("period,value\n2018-04-01/P1Y,45\n", "[]", measures="children, share")
    assert [issue.rule for issue in loaded.issues] == ["missing-column"]


@pytest.mark.parametrize("area", ["NEL", "North East Lincolnshire", "E06000012"])
@pytest.mark.parametrize("sex", ["male", "Boys", "Male"])
def test_codes_names_and_other_names_are_found(workshop: Workshop, area: str, sex: str) -> None:
    loaded = load(workshop, f"children,{area},{CODES},{sex},45,,")
    assert loaded.drawn("area", "sex") == ["E06000012 male"]


@pytest.mark.parametrize("sex", ["", "all"])
def test_nothing_and_all_are_the_whole(workshop: Workshop, sex: str) -> None:
    assert load(workshop, f"children,NEL,{CODES},{sex},45,,").drawn("sex") == ["all"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (f"childern,NEL,{CODES},,45,,", "measure", "Did you mean children?"),
        (f",NEL,{CODES},,45,,", "measure", "is empty"),
        (f"children,Lincoln,{CODES},,45,,", "area", "There is no area `Lincoln`."),
        (f"children,,{CODES},,45,,", "area", "is empty"),
        (f"children,NEL,{CODES},Boy,45,,", "sex", "Did you mean Boys"),
        (f"children,NEL ,{CODES},,45,,", "area", "has spaces around it"),
        (f"children,North\u00a0East Lincolnshire,{CODES},,45,,", "area", "North\\xa0East"),
        (f"children,NEL,{CODES}, male,45,,", "sex", "has spaces around it"),
        (f"children,{'x' * 90},{CODES},,45,,", "area", "`" + "x" * 59 + "…`"),
    ],
)
def test_an_unknown_code_is_an_issue_with_the_nearest_names(
    workshop: Workshop, row: str, column: str, words: str
) -> None:
    loaded = load(workshop, row)
    assert loaded.faults == [("unknown-code", 2, column)]
    assert words in loaded.words
    assert "45" not in loaded.words


@pytest.mark.parametrize(
    ("text", "options", "number"),
    [
        ("45", "", 45),
        ("0", "", 0),
        ("1,234,567", "thousands: ','", 1_234_567),
        ("1234567", "thousands: ','", 1_234_567),
        ("1 234", "thousands: ' '", 1234),
        ("1.234", "thousands: '.'", 1234),
        ("45.0", "", 45),
    ],
)
def test_a_number_is_read_as_declared(workshop: Workshop, text: str, options: str, number: float) -> None:
    assert value(workshop, text, options).table["value"].tolist() == [number]


@pytest.mark.parametrize(
    "text",
    [
        "1e3",
        "NaN",
        "inf",
        "45%",
        "£45",
        "1,234",
        "4 5",
        "45 ",
        "+45",
        ".5",
        "45.",
        "４５",
        "45*",
        "<7",
        "45 (r)",
        "--45",
        "0x45",
        "1_000",
        "4" * 16,
        "9" * 29,
    ],
)
def test_a_text_that_is_no_number_is_never_shown_with_its_digits(workshop: Workshop, text: str) -> None:
    loaded = value(workshop, text)
    assert loaded.faults == [("not-a-number", 2, "value")]
    if any(character.isdigit() for character in text):
        assert text not in loaded.words
        assert "45" not in loaded.words


@pytest.mark.parametrize("text", ["12,34", "1,2345", ",123", "1,,234", "1 234"])
def test_thousands_must_stand_where_they_belong(workshop: Workshop, text: str) -> None:
    assert value(workshop, text, "thousands: ','").faults == [("not-a-number", 2, "value")]


def test_an_undeclared_mark_without_digits_is_shown(workshop: Workshop) -> None:
    assert "`suppressed`" in value(workshop, "suppressed").words


@pytest.mark.parametrize(
    ("text", "mark", "status"),
    [
        ("<7", "{status: c, means: 0..6}", "c"),
        ("..", "x", "x"),
        ("", "x", "x"),
        ("-", "z", "z"),
        ("0", "low", "low"),
        ("[c]", "c", "c"),
    ],
)
def test_a_declared_mark_is_an_empty_value_with_a_status(workshop: Workshop, text: str, mark: str, status: str) -> None:
    loaded = value(workshop, text, f'marks: {{"{text}": {mark}}}')
    assert loaded.drawn("value", "status") == [f". {status}"]


def test_an_empty_value_is_an_issue(workshop: Workshop) -> None:
    assert value(workshop, "").faults == [("empty-value", 2, "value")]


def test_a_mark_of_a_status_with_a_number_is_an_issue_of_the_declaration(workshop: Workshop) -> None:
    loaded = value(workshop, "45", "marks: {'45p': p}")
    assert [(issue.rule, issue.key) for issue in loaded.issues] == [("mark-with-number", "tables.0.marks.45p")]


@pytest.mark.parametrize(
    ("measure", "text", "rule"),
    [
        ("children", "45.5", "not-whole"),
        ("children", "-45", "negative"),
        ("rate", "-0.45", "negative"),
        ("rate", "4.455", "too-many-decimals"),
        ("share", "45.45", "too-many-decimals"),
        ("share", "-45.5", None),
        ("rate", "4.450", None),
        ("share", "145", None),
    ],
)
def test_a_number_must_fit_its_measure(workshop: Workshop, measure: str, text: str, rule: str | None) -> None:
    loaded = value(workshop, text, measure=measure)
    assert loaded.faults == ([] if rule is None else [(rule, 2, "value")])
    assert "45" not in loaded.words


def test_no_negative_zero_comes_out(workshop: Workshop) -> None:
    assert str(value(workshop, "-0.0", measure="share").table["value"].tolist()) == "[0.0]"


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        ("45,q", "unknown-status", "status"),
        ("45,[p]", "unknown-status", "status"),
        ("45,c", "status-with-number", "status"),
        ("<7,x", "two-statuses", "status"),
        ("<7,p", "two-statuses", "status"),
        (",p", "empty-value", "value"),
        (",", "empty-value", "value"),
    ],
)
def test_value_and_status_must_agree(workshop: Workshop, cells: str, rule: str, column: str) -> None:
    loaded = load(workshop, f"children,NEL,{CODES},,{cells},", options="marks: {'<7': c}")
    assert loaded.faults == [(rule, 2, column)]
    assert "45" not in loaded.words


@pytest.mark.parametrize(("cells", "drawn"), [("45,p", "45 p"), (",x", ". x"), ("<7,c", ". c"), ("0,", "0 .")])
def test_a_status_beside_the_value_is_read(workshop: Workshop, cells: str, drawn: str) -> None:
    loaded = load(workshop, f"children,NEL,{CODES},,{cells},", options="marks: {'<7': c}")
    assert loaded.drawn("value", "status") == [drawn]


def test_a_figure_that_is_there_twice_names_both_places(workshop: Workshop) -> None:
    workshop.write("period,value\n2018-04-01/P1Y,44\n", "other.csv")
    other = "  - {path: other.csv, origin: {document: report}}\n"
    table = "area,period,value\nNEL,2018-04-01/P1Y,45\nEngland,2018-04-01/P1Y,46\nE06000012,2018-04-01/P1Y,47\n"
    loaded = workshop.load(table, "[]", tables=other)
    assert [(issue.rule, issue.file.split("/")[-1], issue.row) for issue in loaded.issues] == [
        ("figure-twice", "table.csv", 4),
        ("figure-twice", "other.csv", 2),
    ]
    assert all("table.csv, row 2" in issue.message for issue in loaded.issues)
    assert not any(number in loaded.words for number in ("44", "45", "47"))


def test_every_kind_of_fault_is_counted_after_fifty(workshop: Workshop) -> None:
    rows = [f"children,nowhere {i},{CODES},,{i}x,," for i in range(60)]
    loaded = load(workshop, *rows)
    rules = [issue.rule for issue in loaded.issues]
    assert (rules.count("unknown-code"), rules.count("not-a-number")) == (51, 51)
    assert "10 more rows have the same fault." in loaded.words


def test_nothing_that_a_source_holds_is_taken_for_a_mark_of_ours(workshop: Workshop) -> None:
    for text in ("c", "[c]", "x"):
        assert value(workshop, text).faults == [("not-a-number", 2, "value")]


def test_the_same_table_gives_the_same_observations(workshop: Workshop) -> None:
    table = unindent("""
        period,value
        2018-04-01/P1Y,45
        2017-04-01/P1Y,44
        """)
    first, second = workshop.load(table, "[]"), workshop.load(table, "[]")
    assert first.table.equals(second.table)
