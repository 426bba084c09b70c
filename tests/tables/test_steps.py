"""Each step does what its name says, and says what it cannot do with the line of the declaration."""

from __future__ import annotations

import pytest
from workshop import FIRST_STEP, Workshop, unindent

TABLE = """
    period,sex,value
    2018/19,male,20
    2018/19,female,25
    """
SEX = "sex: adds-up"
PERIOD = "- period: {kinds: [financial-year]}\n"


def test_rename_may_swap_two_columns(workshop: Workshop) -> None:
    table = """
        value,period,sex
        2018/19,45,Girls
        """
    steps = "- rename: {value: period, period: value}\n" + PERIOD
    assert workshop.load(table, steps, dimensions=SEX).drawn("period", "value", "sex") == ["2018-04-01/P1Y 45 female"]


def test_keep_and_drop_choose_columns_and_never_lose_the_source_row(workshop: Workshop) -> None:
    table = """
        period,value,unit,page
        2018/19,45,children,7
        """
    kept = workshop.load(table, "- keep: [value, period]\n" + PERIOD)
    dropped = workshop.load(table, "- drop: [unit, page]\n" + PERIOD)
    assert kept.drawn("value", "source_row") == dropped.drawn("value", "source_row") == ["45 2"]


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("rename: {vlaue: x}", "rename.vlaue"),
        ("keep: [period, vlaue]", "keep.1"),
        ("drop: [vlaue]", "drop.0"),
        ("drop: [source_row]", "drop.0"),
        ("filter: {drop: {vlaue: x}, reason: duplicate}", "filter.drop.vlaue"),
        ("recode: {column: vlaue, values: {a: b}}", "recode.column"),
        ("period: {column: vlaue, kinds: [month]}", "period.column"),
        ("unpivot: {columns: [sex, vlaue], names: n, values: v}", "unpivot.columns.1"),
        ("pivot: {names: vlaue}", "pivot.names"),
        ("derive: {column: x, formula: vlaue * 2}", "derive.formula"),
        ("derive: {column: x, cases: [{where: {vlaue: a}, is: b}]}", "derive.cases.0.where.vlaue"),
        ("total: {over: vlaue}", "total.over"),
        ("join: {catalogue: areas, on: vlaue, take: {name: x}}", "join.on"),
        ("spread: {names: vlaue, values: sex, into: {a: sex}}", "spread.names"),
    ],
)
def test_an_unknown_column_is_an_issue_with_its_key_and_the_nearest_name(
    workshop: Workshop, step: str, key: str
) -> None:
    loaded = workshop.load(TABLE, f"- {step}\n", dimensions=SEX)
    (issue,) = loaded.issues
    assert (issue.rule, issue.file, issue.row) == ("unknown-column", "pipelines/children/pipeline.yml", FIRST_STEP)
    assert issue.key == f"tables.0.steps.0.{key}"
    assert "source_row" in key or "value" in issue.hint or "source_row" in step


@pytest.mark.parametrize(
    "step",
    [
        "rename: {sex: value}",
        "recode: {column: sex, values: {male: m, female: f}, into: value}",
        "unpivot: {columns: [value], names: sex, values: count}",
        "unpivot: {columns: [sex], names: value, values: count}",
        "unpivot: {columns: [sex], names: n, values: n}",
        "join: {catalogue: measures, on: sex, take: {title: value}}",
        "spread: {names: sex, values: value, into: {male: period}}",
    ],
)
def test_a_new_column_cannot_have_the_name_of_another(workshop: Workshop, step: str) -> None:
    loaded = workshop.load(TABLE, f"- {step}\n", dimensions=SEX)
    assert [issue.rule for issue in loaded.issues] == ["column-exists"]


@pytest.mark.parametrize(
    "step", ["rename: {sex: source_row}", "derive: {column: source_row, value: x}", "pivot: {names: sex}"]
)
def test_the_name_source_row_is_reserved(workshop: Workshop, step: str) -> None:
    table = TABLE.replace("female", "source_row")
    assert [issue.rule for issue in workshop.load(table, f"- {step}\n").issues] == ["reserved-column"]


@pytest.mark.parametrize(
    ("rule", "kept", "gone"),
    [
        ("drop: {sex: male}", ["3 25"], ["2"]),
        ("keep: {sex: male}", ["2 20"], ["3"]),
        ("keep: {sex: [male, female], value: '25'}", ["3 25"], ["2"]),
    ],
)
def test_filter_leaves_rows_out_with_a_reason(workshop: Workshop, rule: str, kept: list[str], gone: list[str]) -> None:
    loaded = workshop.load(TABLE, f"- filter: {{{rule}, reason: uncertain}}\n" + PERIOD, dimensions=SEX)
    assert loaded.drawn("source_row", "value") == kept
    assert loaded.observations is not None
    left_out = loaded.observations.left_out
    assert (list(left_out["source_row"]), set(left_out["reason"])) == (gone, {"uncertain"})


def test_a_filter_that_matches_nothing_is_a_warning(workshop: Workshop) -> None:
    loaded = workshop.load(TABLE, "- filter: {drop: {sex: mael}, reason: uncertain}\n" + PERIOD, dimensions=SEX)
    assert len(loaded.table) == 2
    (issue,) = loaded.issues
    assert (issue.rule, issue.severity, issue.row) == ("matches-nothing", "warning", FIRST_STEP)


def test_recode_replaces_texts_and_refuses_the_others(workshop: Workshop) -> None:
    table = """
        period,who,value
        2018/19,boys and men,20
        2018/19,women,25
        """
    recode = "- recode: {column: who, values: {boys and men: male, girls and women: female}, into: sex}\n"
    loaded = workshop.load(table, recode, dimensions=SEX)
    assert loaded.faults == [("not-recoded", 3, "who")]
    assert "girls and women" in loaded.words
    kept = recode.replace("into: sex", "others: keep, into: sex") + "- drop: [who]\n" + PERIOD
    assert workshop.load(table.replace("women", "Girls"), kept, dimensions=SEX).drawn("sex") == ["male", "female"]


def test_recode_shows_no_text_with_digits(workshop: Workshop) -> None:
    loaded = workshop.load(TABLE, "- recode: {column: value, values: {a: b}}\n")
    assert loaded.faults == [("not-recoded", 2, "value"), ("not-recoded", 3, "value")]
    assert "20" not in loaded.words
    assert "25" not in loaded.words


WIDE = """
    period,boys,girls
    2018/19,20,25
    2017/18,18,<7
    """


def test_unpivot_makes_a_row_of_each_cell(workshop: Workshop) -> None:
    recode = "- recode: {column: sex, values: {boys: male, girls: female}}\n"
    steps = "- unpivot: {columns: [boys, girls], names: sex}\n" + recode
    loaded = workshop.load(WIDE, steps + PERIOD, dimensions=SEX, options="marks: {'<7': c}")
    assert loaded.drawn("source_row", "sex", "value", "status") == [
        "2 male 20 .",
        "2 female 25 .",
        "3 male 18 .",
        "3 female . c",
    ]


def test_pivot_makes_a_column_of_each_text(workshop: Workshop) -> None:
    table = """
        period,part,value
        2018/19,children,45
        2017/18,children,44
        2018/19,remark,rounded
        """
    steps = "- pivot: {names: part}\n- rename: {children: value, remark: note}\n" + PERIOD
    assert workshop.load(table, steps).drawn("source_row", "value", "note") == ["2 4 45 rounded", "3 44 ."]


def test_pivot_names_two_rows_that_fill_the_same_cell(workshop: Workshop) -> None:
    table = """
        period,part,value
        2018/19,children,45
        2018/19,,44
        2018/19,children,43
        """
    loaded = workshop.load(table, "- pivot: {names: part}\n")
    assert loaded.faults == [("empty-name", 3, "part"), ("cell-twice", 4, "part")]
    assert "row 2" in loaded.words
    assert not any(value in loaded.words for value in ("45", "44", "43"))


def test_unpivot_undoes_pivot(workshop: Workshop) -> None:
    there_and_back = "- pivot: {names: sex}\n- unpivot: {columns: [male, female], names: sex}\n" + PERIOD
    plain = workshop.load(TABLE, PERIOD, dimensions=SEX)
    assert workshop.load(TABLE, there_and_back, dimensions=SEX).drawn("sex", "value") == plain.drawn("sex", "value")


def test_derive_fills_a_column_with_a_text(workshop: Workshop) -> None:
    loaded = workshop.load(TABLE, "- derive: {column: area, value: England}\n" + PERIOD, dimensions=SEX)
    assert loaded.drawn("area") == ["E92000001", "E92000001"]


def test_derive_takes_the_first_case_that_matches(workshop: Workshop) -> None:
    steps = """
        - derive:
            column: note
            cases:
              - {where: {sex: male, value: "25"}, is: neither}
              - {where: {sex: [male, boys]}, is: first}
              - {where: {value: ["20", "25"]}, is: second}
        """
    loaded = workshop.load(TABLE, unindent(steps) + PERIOD, dimensions=SEX)
    assert loaded.drawn("note") == ["first", "second"]


def test_derive_refuses_a_row_that_no_case_matches_unless_told_otherwise(workshop: Workshop) -> None:
    cases = "- derive: {column: note, cases: [{where: {sex: male}, is: x}]%s}\n" + PERIOD
    assert workshop.load(TABLE, cases % "", dimensions=SEX).faults == [("no-case", 3, "note")]
    assert workshop.load(TABLE, cases % ", otherwise: ''", dimensions=SEX).drawn("note") == ["x", "."]


def test_spread_makes_a_column_of_each_dimension(workshop: Workshop) -> None:
    table = """
        period,kind,what,value
        2018/19,total,All,45
        2018/19,,,46
        2018/19,sex,Male,20
        2018/19,age band,0-9,12
        2018/19,age,10 to 15,33
        """
    steps = "- spread: {names: kind, values: what, into: {sex: sex, age: age, age band: age}, whole: [total]}\n"
    first = "- filter: {drop: {value: '46'}, reason: duplicate}\n" + steps
    assert workshop.load(table, first + PERIOD, dimensions=f"{SEX}, age: adds-up").drawn("sex", "age", "value") == [
        "all all 45",
        "male all 20",
        "all under-10 12",
        "all 10-to-15 33",
    ]


def test_spread_names_rows_that_it_cannot_place(workshop: Workshop) -> None:
    table = """
        period,kind,what,value
        2018/19,sexx,Male,20
        2018/19,sex,,21
        2018/19,,Male,22
        """
    loaded = workshop.load(table, "- spread: {names: kind, values: what, into: {sex: sex}}\n", dimensions=SEX)
    assert loaded.faults == [("unknown-breakdown", 2, "kind"), ("no-breakdown", 4, "kind"), ("no-category", 3, "what")]
    assert "Did you mean sex?" in loaded.words


def test_join_takes_keys_of_the_catalogue(workshop: Workshop) -> None:
    table = """
        place,period,value
        NEL,2018/19,45
        England,2018/19,46
        """
    steps = "- join: {catalogue: areas, on: place, take: {code: area, kind: note, parent: place}}\n"
    joined = workshop.load(table, steps + "- drop: [place]\n" + PERIOD)
    assert joined.drawn("area", "note") == ["E06000012 local-authority", "E92000001 country"]


def test_join_names_texts_and_keys_that_the_catalogue_has_not(workshop: Workshop) -> None:
    table = TABLE.replace("female", "Nel").replace("male", "NEL")
    steps = "- join: {catalogue: areas, on: sex, take: {%s: area}}\n"
    loaded = workshop.load(table, steps % "name")
    assert loaded.faults == [("unknown-code", 3, "sex")]
    assert "NEL" in loaded.words
    (issue,) = workshop.load(table, steps % "nmae").issues
    assert (issue.rule, issue.row) == ("unknown-key", FIRST_STEP)
    assert "Did you mean name?" in issue.hint


def test_a_failed_step_stops_its_table_and_not_the_others(workshop: Workshop) -> None:
    workshop.write("period,value\n2018/19,many\n", "other.csv")
    other = "  - {path: other.csv, origin: {document: report}, steps: [{period: {kinds: [financial-year]}}]}\n"
    loaded = workshop.load(TABLE, "- drop: [gone]\n- drop: [gone too]\n", tables=other)
    assert loaded.faults == [("unknown-column", FIRST_STEP, None), ("not-a-number", 2, "value")]


def test_a_table_that_is_left_out_is_read_and_counted(workshop: Workshop) -> None:
    workshop.write("what,how much\na,many\nb,few\n", "words.csv")
    words = "  - {path: words.csv, origin: {document: report}, left-out: words-only}\n"
    loaded = workshop.load(TABLE, PERIOD, tables=words, dimensions=SEX)
    assert loaded.observations is not None
    assert loaded.observations.left_out.to_dict("list") == {
        "source": [1, 1],
        "source_row": ["2", "3"],
        "reason": ["words-only", "words-only"],
    }
    assert [source.rows for source in loaded.observations.sources] == [2, 2]


def test_leaving_everything_out_is_an_issue(workshop: Workshop) -> None:
    loaded = workshop.load(TABLE, "- filter: {drop: {period: 2018/19}, reason: duplicate}\n" + PERIOD, dimensions=SEX)
    assert [issue.rule for issue in loaded.issues] == ["no-observations"]


def test_unpivot_may_give_new_columns_the_names_of_old_ones(workshop: Workshop) -> None:
    table = """
        period,male,value
        2018/19,20,45
        """
    steps = (
        "- unpivot: {columns: [male, value], names: sex}\n- recode: {column: sex, values: {value: all, male: male}}\n"
    )
    assert workshop.load(table, steps + PERIOD, dimensions=SEX).drawn("sex", "value") == ["male 20", "all 45"]


def test_pivot_makes_as_many_columns_as_there_are_texts(workshop: Workshop) -> None:
    rows = "".join(f"2018/19,part {number},{number}\n" for number in range(150))
    steps = "- pivot: {names: part}\n- rename: {part 7: value}\n- keep: [period, value]\n" + PERIOD
    loaded = workshop.load("period,part,value\n" + rows, steps)
    assert loaded.drawn("value") == ["7"]
    assert len(loaded.table["source_row"][0].split()) == 150


@pytest.mark.parametrize(
    "step",
    [
        "rename: {sex: age}",
        "keep: [period, value]",
        "drop: [sex]",
        "filter: {keep: {period: 2018/19}, reason: duplicate}",
        "recode: {column: sex, values: {a: b}}",
        "unpivot: {columns: [value], names: age}",
        "pivot: {names: sex}",
        "derive: {column: value, value: '1'}",
        "derive: {column: value, formula: value / 2}",
        "derive: {column: age, cases: [{where: {sex: a}, is: b}]}",
        "total: {over: sex}",
        "join: {catalogue: areas, on: sex, take: {name: age}}",
        "spread: {names: sex, values: period, into: {a: age}}",
        "transform: transform.py",
    ],
)
def test_every_step_takes_a_table_without_rows(workshop: Workshop, step: str) -> None:
    (workshop.folder / "transform.py").write_text("def transform(table):\n    return table\n")
    empty = "- filter: {drop: {sex: [male, female]}, reason: duplicate}\n"
    loaded = workshop.load(TABLE, f"{empty}- {step}\n{PERIOD}", dimensions="sex: adds-up, age: adds-up")
    assert {issue.rule for issue in loaded.issues if issue.severity == "error"} <= {
        "no-observations",
        "unknown-column",
        "missing-column",
    }


def test_a_table_whose_rows_are_all_left_out_stands_beside_others(workshop: Workshop) -> None:
    workshop.write("period,value\n2018/19,45\n", "other.csv")
    other = "  - {path: other.csv, origin: {document: report}, steps: [{period: {kinds: [financial-year]}}]}\n"
    empty = "- filter: {drop: {sex: [male, female]}, reason: duplicate}\n" + PERIOD
    loaded = workshop.load(TABLE, empty, tables=other, dimensions=SEX)
    assert loaded.drawn("source", "value") == ["1 45"]
    assert loaded.table["value"].dtype == "float64"
