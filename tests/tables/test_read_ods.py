"""An ODS sheet is read as a person sees it; what a person cannot see is refused, and so is a document that is a trap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from books import PLAIN, Xml, ods, ods_row, pack, repack
from workshop import Loaded, Workshop


def load(workshop: Workshop, content: bytes, options: str = "", **declared: str) -> Loaded:
    settings = {"path": "table.ods", "options": f"sheet: Data\n{options}", "measures": "share"} | declared
    return workshop.load(content, **settings)


def typed(kind: str, attributes: str, shown: str = "") -> Xml:
    return Xml(f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>')


def test_a_sheet_becomes_observations(workshop: Workshop) -> None:
    loaded = load(workshop, ods(PLAIN))
    assert loaded.drawn("period", "value", "note", "source_row") == [
        "2018-04-01/P1Y 45 . 2",
        "2017-04-01/P1Y 1.5 half 3",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (typed("boolean", 'office:boolean-value="true"', "WAHR"), "TRUE"),
        (typed("currency", 'office:value="12.5"', "£12.50"), "12.5"),
        (typed("string", 'office:string-value="whole"', "part"), "whole"),
        (Xml("<table:table-cell><text:p>two</text:p><text:p>lines</text:p></table:table-cell>"), "two\nlines"),
        (Xml('<table:table-cell><text:p>a<text:s text:c="3"/>b</text:p></table:table-cell>'), "a   b"),
        (Xml("<table:table-cell><text:p>a  <text:span>b</text:span>\n c</text:p></table:table-cell>"), "a b c"),
        (
            Xml(
                "<table:table-cell><office:annotation><text:p>remark</text:p></office:annotation><text:p>a</text:p></table:table-cell>"
            ),
            "a",
        ),
    ],
)
def test_cells_become_the_texts_that_a_person_sees(workshop: Workshop, cell: object, text: str) -> None:
    assert load(workshop, ods([["period", "value", "note"], ["2018/19", 4, cell]])).drawn("note") == [text]


def test_a_column_of_dates_is_read(workshop: Workshop) -> None:
    dates = [typed("date", f'office:date-value="{day}"', "soon") for day in ("2019-03-31", "2018-03-31T00:00:00")]
    rows = [["period", "value", "note"], *([f"201{i}/1{i + 1}", i, date] for i, date in enumerate(dates))]
    assert load(workshop, ods(rows)).drawn("note") == ["2019-03-31", "2018-03-31"]


def test_repeated_cells_and_rows_are_all_read(workshop: Workshop) -> None:
    row = Xml(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    (first, second) = load(workshop, ods([PLAIN[0], row])).faults[:2]
    assert (first[1], second[1]) == (2, 3)


def test_what_a_program_adds_around_a_table_does_not_count(workshop: Workshop) -> None:
    end = Xml(
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    wide = Xml(
        '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'.replace(
            "<table:table-cell", ods_row(["2016/17", 7, ""])[17:-18] + "<table:table-cell"
        )
    )
    assert len(load(workshop, ods([*PLAIN, wide, end])).table) == 3


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (typed("float", 'table:formula="of:=[.A1]" office:value="45"', "45"), "formula"),
        (typed("string", 'calcext:value-type="error"', "#N/A"), "error-cell"),
        (typed("string", "", "Err:502"), "error-cell"),
        (typed("percentage", 'office:value="0.92"', "92%"), "percent-sign"),
    ],
)
def test_a_cell_that_hides_what_it_holds_is_an_issue(workshop: Workshop, cell: Xml, rule: str) -> None:
    loaded = load(workshop, ods([["period", "value"], ["2018/19", 7], ["2017/18", cell]]))
    assert loaded.faults == [(rule, 3, "B")]
    assert not any(digits in loaded.words for digits in ("45", "92", "502"))


def test_a_percentage_is_what_is_shown_where_the_sign_is_declared(workshop: Workshop) -> None:
    cell = typed("percentage", 'office:value="0.925"', "92.5%")
    loaded = load(workshop, ods([["period", "value"], ["2018/19", cell]]), "percent-sign: allowed\n")
    assert loaded.drawn("value") == ["92.5"]


def test_merged_cells_are_an_issue(workshop: Workshop) -> None:
    cell = Xml('<table:table-cell table:number-columns-spanned="2"><text:p>both</text:p></table:table-cell>')
    loaded = load(workshop, ods([["period", "value", "note"], ["2018/19", cell, Xml("<table:covered-table-cell/>")]]))
    assert loaded.faults == [("merged-cells", 2, None)]
    assert "B2:C2" in loaded.words


HIDDEN = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def test_a_hidden_sheet_is_an_issue(workshop: Workshop) -> None:
    loaded = load(workshop, ods(PLAIN, extra=HIDDEN, style='table:style-name="ta1"'))
    assert loaded.faults == [("hidden-sheet", None, None)]


def test_hidden_rows_and_columns_of_the_table_are_issues(workshop: Workshop) -> None:
    row = Xml(ods_row(["2016/17", 7]).replace("row>", 'row table:visibility="filter">', 1))
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="9"/>'
    loaded = load(workshop, ods([["period", "value"], ["2018/19", 4], row], columns=columns))
    assert loaded.faults == [("hidden-row", 3, None), ("hidden-column", None, "B")]


def test_an_unknown_sheet_is_an_issue_that_names_the_nearest(workshop: Workshop) -> None:
    loaded = load(workshop, ods(PLAIN, sheet="Date"))
    assert loaded.faults == [("unknown-sheet", None, None)]
    assert "Did you mean Date?" in loaded.words


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "broken-workbook"),
        (b"period,value\n", "broken-workbook"),
        (pack({"xl/workbook.xml": b"<x/>"}), "broken-workbook"),
        (pack({"META-INF/manifest.xml": b"<manifest:encryption-data/>", "content.xml": b"\0\1"}), "encrypted"),
    ],
)
def test_what_is_no_ods_is_an_issue(workshop: Workshop, content: bytes, rule: str) -> None:
    assert load(workshop, content).faults == [(rule, None, None)]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda part: part[:400], "broken-workbook"),
        (lambda part: part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "ha">]>', 1), "unsafe-xml"),
        (lambda part: part.decode().encode("utf-16"), "unsafe-xml"),
        (lambda part: part.replace(b"table-cell", b'table-cell table:number-columns-repeated="x"'), "broken-workbook"),
    ],
)
def test_a_broken_or_unsafe_document_is_an_issue(
    workshop: Workshop, change: Callable[[bytes], bytes], rule: str
) -> None:
    assert [found for found, _, _ in load(workshop, repack(ods(PLAIN), "content.xml", change)).faults] == [rule]


@pytest.mark.parametrize("repeated", ["columns", "rows"])
def test_cells_that_unfold_without_end_are_refused(workshop: Workshop, repeated: str) -> None:
    where = "table-row" if repeated == "rows" else "table-cell"
    row = ods_row(["2018/19", 4, "x"]).replace(where, f'{where} table:number-{repeated}-repeated="999999999"', 1)
    assert [rule for rule, _, _ in load(workshop, ods([PLAIN[0], Xml(row)])).faults] == ["too-large"]
