"""What the contract finds, where it says it is, and what it never shows."""

import csv

import pytest
from commands import run
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.checks.contract.check import check_tables
from statpress.checks.contract.nouns import Table
from statpress.checks.contract.package import check_package


def field(name, kind="string", **constraints):
    return {"name": name, "type": kind} | ({"constraints": constraints} if constraints else {})


def table(text, *fields, name="t", dialect=None, encoding="utf-8", **schema):
    data = text if isinstance(text, bytes) else text.encode()
    return Table(
        name, f"data/{name}.csv", data, {"fields": list(fields), **schema}, dialect or {}, encoding, "resources.0"
    )


def check(*tables):
    return check_tables(tables, "datapackage.json")


def places(*tables):
    return [(issue.rule, issue.row, issue.column) for issue in check(*tables)]


A, B = field("a"), field("b", "integer")


@pytest.mark.parametrize(
    ("text", "fields", "schema", "expected"),
    [
        ("a,b\nx,1\nx,2\n", [A, B], {}, []),
        ("a,b\nx,one\n", [A, B], {}, [("cell-type", 2, "b")]),
        ("a\n\nx\n", [A], {}, [("blank-row", 2, None)]),
        ("a,b\nx\n", [A, B], {}, [("missing-cell", 2, "b")]),
        ("a,b\nx,1,2\n", [A, B], {}, [("extra-cell", 2, None)]),
        ("b,a\n1,x\n", [A, B], {"fieldsMatch": "equal"}, []),
        ("b,a\nx,1\n", [A, B], {}, [("incorrect-label", 1, "a"), ("incorrect-label", 1, "b")]),
        ("a\nx\nx\n", [field("a", unique=True)], {}, [("cell-unique", 3, "a")]),
        ("a\nx\ny\n", [field("a", enum=["x"])], {}, [("cell-enum", 3, "a")]),
        ("a\nE06000012\nE1\n", [field("a", pattern="E[0-9]{8}")], {}, [("cell-pattern", 3, "a")]),
        ("b\n1\n-1\n", [field("b", "integer", minimum=0)], {}, [("cell-minimum", 3, "b")]),
        ("b\n1\n2\n", [field("b", "integer", exclusiveMaximum=2)], {}, [("cell-exclusive-maximum", 3, "b")]),
        ("a,b\nx,1\nx,1\n", [A, B], {"primaryKey": ["a", "b"]}, [("primary-key", 3, "a, b")]),
        ("a,b\nx,1\nx,1\nx,\nx,\n", [A, B], {"uniqueKeys": [["a", "b"]]}, [("unique-key", 3, "a, b")]),
        ("a\nx\nz\n\"\"\n", [{**A, "categories": ["x", {"value": "y", "label": "Y"}]}, ], {}, [("blank-row", 4, None), ("cell-categories", 3, "a")]),
        ("b\n1\n02\n3\n", [{**B, "categories": [{"value": 1}, {"value": 2}]}], {}, [("cell-categories", 4, "b")]),
        ("a,b\nx,1\nNA,2\n", [field("a", required=True), B], {"missingValues": ["", "NA"]}, [("cell-required", 3, "a")]),
        ("", [A], {}, [("empty-table", 1, None)]),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_row_and_column(text, fields, schema, expected):
    assert sorted(places(table(text, *fields, **schema)), key=str) == sorted(expected, key=str)


def test_a_foreign_key_leads_to_another_table_or_to_the_same():
    areas = table("area,parent\nE1,E9\nE9,\n", field("area"), field("parent"), name="areas", foreignKeys=[
        {"fields": "parent", "reference": {"resource": "", "fields": "area"}}])  # fmt: skip
    key = {"fields": ["a"], "reference": {"resource": "areas", "fields": ["area"]}}
    assert places(areas, table("a\nE1\nE2\n", A, foreignKeys=[key])) == [("foreign-key", 3, "a")]
    alone = check(
        table("a\nE1\n", A, foreignKeys=[{"fields": ["a"], "reference": {"resource": "area", "fields": ["a"]}}])
    )
    assert [(issue.rule, issue.file, issue.key) for issue in alone] == [
        ("bad-schema", "datapackage.json", "resources.0.schema.foreignKeys.0.reference.resource")
    ]


def test_rows_are_counted_by_the_lines_of_the_file():
    assert places(table('a,b\n"x\ny\nz",1\nw,one\n', A, B)) == [("cell-type", 5, "b")]


def test_a_file_that_is_not_in_its_encoding_or_holds_nul_is_told_once():
    assert places(table(b"a\ncaf\xe9\n", A)) == [("encoding", None, None)]
    assert places(table(b"a\ncaf\xe9\n", field("a", enum=["caf\xe9"]), encoding="cp1252")) == []
    assert places(table(b"a\n\0\n", A)) == [("encoding", None, None)]
    assert places(table(b"\xef\xbb\xbfa\nx\n", A)) == []


def test_a_fault_of_many_rows_is_told_by_the_first_and_their_number():
    issues = check(table("b\n" + "x\n" * 1_050, B))
    assert [issue.row for issue in issues] == [*range(2, 22), None]
    assert "1,030 more rows" in issues[-1].message


@pytest.mark.parametrize(
    ("fields", "schema", "key"),
    [
        ([field("a", "strnig")], {}, "fields.0.type"),
        ([field("a", minimum=1)], {}, "fields.0.constraints.minimum"),
        ([field("a", pattern="(")], {}, "fields.0.constraints.pattern"),
        ([field("a", "integer", minimum="many")], {}, "fields.0"),
        ([{**A, "format": "wkx"}], {}, "fields.0"),
        ([A, A], {}, "fields.1"),
        ([A], {"primaryKey": ["c"]}, "primaryKey"),
        ([A], {"uniqueKeys": [["c"]]}, "uniqueKeys.0"),
        ([A], {"uniqueKeys": "c"}, "uniqueKeys.0"),
        ([A], {"fieldsMatch": "some"}, "fieldsMatch"),
        ([A], {"foreignKeys": [{"fields": ["a"]}]}, "foreignKeys.0"),
        ([], {"fields": "a"}, "fields"),
    ],
)
def test_what_is_wrong_with_a_schema_is_told_at_its_key(fields, schema, key):
    made = table("a\nx\n", *fields)
    made = Table(made.name, made.place, made.data, {**made.schema, **schema}, key="resources.0")
    assert [(issue.rule, issue.key) for issue in check(made)] == [("bad-schema", f"resources.0.schema.{key}")]


def test_no_message_shows_a_value():
    fields = [
        field("a", "integer", minimum=90, unique=True),
        field("b", pattern="[a-z]+", maxLength=2),
        field("c", "date"),
    ]
    key = {"fields": ["a"], "reference": {"resource": "o", "fields": ["a"]}}
    other = table("a\n1\n", field("a"), name="o")
    issues = check(other, table("a,b,c\n77,7777,77x\n77,7777,77x\n", *fields, foreignKeys=[key], primaryKey=["a"]))
    assert len({issue.rule for issue in issues}) >= 7
    assert not [issue for issue in issues if "77" in issue.message + issue.hint]


def test_a_table_of_many_blocks_is_checked_as_one(monkeypatch):
    from statpress.checks.contract import blocks

    rows = [f"{number},k{number % 5_000}\n" for number in range(30_000)]
    rows[20_000] = "x,k1\n"
    rows[25_000] = "ragged\n"
    made = table("b,a\n" + "".join(rows), field("b", "integer", unique=True), field("a"), primaryKey=["b"])
    monkeypatch.setattr(blocks, "BLOCK", 1 << 14)
    assert sorted(places(made), key=str) == [
        *[("cell-type", 20_002, "b"), ("cell-type", 25_002, "b"), ("missing-cell", 25_002, "a")],
        *[("primary-key", 20_002, "b"), ("primary-key", 25_002, "b")],
    ]


@pytest.mark.parametrize("text", ["a,b\n{},1,2\n", "a\n\n{}\n", '"a"\n{}\n'])
def test_a_cell_of_any_length_never_stops_us(text):
    before = csv.field_size_limit(131_072)
    try:
        found = places(table(text.format("x" * 200_000), field("a", maxLength=3), field("b")))
    finally:
        csv.field_size_limit(before)
    assert found


KEYS = st.sampled_from(["name", "value", "fields", "reference", "resource", "minimum"])
LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.sampled_from(["a", "", "integer", "(", "t", "exact", "2020-01-01"])
)
NODE = LEAF | st.lists(LEAF, max_size=2) | st.dictionaries(KEYS, LEAF, max_size=2)
JUNK = NODE | st.lists(NODE, max_size=2) | st.dictionaries(KEYS, NODE, max_size=2)
CONSTRAINT = st.sampled_from(["required", "unique", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"])
JUNK_FIELD = st.fixed_dictionaries(
    {"name": st.just("a")},
    optional={
        "type": st.sampled_from(["string", "integer", "date", "array", "any", 1, None, "list"]),
        "format": JUNK,
        "missingValues": JUNK,
        "categories": JUNK,
        "constraints": JUNK | st.dictionaries(CONSTRAINT, JUNK, max_size=2),
    },
)
JUNK_SCHEMA = st.fixed_dictionaries(
    {"fields": st.lists(JUNK_FIELD, max_size=2) | JUNK},
    optional=dict.fromkeys(("primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "fieldsMatch"), JUNK),
)
JUNK_DIALECT = st.dictionaries(
    st.sampled_from(["delimiter", "quoteChar", "header", "headerRows", "escapeChar", "commentChar", "csv"]),
    JUNK,
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(JUNK_SCHEMA, JUNK_DIALECT, st.binary(max_size=12) | st.sampled_from([b"a\nx\n2020-01-01\n", b"a,b\n1\n"]))
def test_a_package_of_any_shape_has_issues_and_never_stops_us(schema, dialect, data):
    described = {"resources": [{"name": "t", "path": "t.csv", "schema": schema, "dialect": dialect}]}
    for issue in check_package(described, {"t.csv": data}.get, "p"):
        assert issue.message
        assert issue.file in ("p/datapackage.json", "p/t.csv")


def test_frictionless_changes_no_limit_of_csv_for_others(tmp_path):
    code = """
import csv, sys
from statpress.checks.contract.package import check_package
schema = {"fields": [{"name": "a", "type": "time"}]}
described = {"resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
print(len(check_package(described, {"t.csv": b"a\\nx\\n"}.get, "p")), "frictionless" in sys.modules, csv.field_size_limit())
"""
    assert run(tmp_path, "python", "-c", code).stdout == "1 True 131072\n"
