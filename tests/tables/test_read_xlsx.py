"""A sheet is read as a person sees it; what a person cannot see is refused, and so is a workbook that is a trap."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from workshop import Loaded, Workshop

PLAIN = [["period", "value", "note"], ["2018/19", 45, None], ["2017/18", 1.5, "half"]]


def book(rows: list[list[Any]], change: Callable[[Any], object] = lambda sheet: None, title: str = "Data") -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    workbook.create_sheet("Other")
    change(sheet)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def load(workshop: Workshop, content: bytes, **declared: str) -> Loaded:
    settings = {"path": "table.xlsx", "options": "sheet: Data\n", "measures": "share"} | declared
    return workshop.load(content, **settings)


def repack(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return written.getvalue()


def test_a_sheet_becomes_observations(workshop: Workshop) -> None:
    loaded = load(workshop, book(PLAIN))
    assert loaded.drawn("period", "value", "note", "source_row") == [
        "2018-04-01/P1Y 45 . 2",
        "2017-04-01/P1Y 1.5 half 3",
    ]


def test_cells_become_the_texts_that_a_person_sees(workshop: Workshop) -> None:
    cells = [45, 45.0, 0.1 + 0.2, 1e20, -2.5, True]
    rows = [["period", "value", "note"], *([f"{2000 + i}/{i + 1:02}", i, cell] for i, cell in enumerate(cells))]
    texts = ["45", "45", "0.3", "100000000000000000000", "-2.5", "TRUE"]
    assert load(workshop, book(rows)).drawn("note") == texts


def test_a_column_of_dates_is_read(workshop: Workshop) -> None:
    cells = [datetime.date(2019, 3, 31), datetime.datetime(2019, 3, 31, 9, 30)]
    rows = [["period", "value", "note"], *([f"{2000 + i}/{i + 1:02}", i, cell] for i, cell in enumerate(cells))]
    assert load(workshop, book(rows)).drawn("note") == ["2019-03-31", "2019-03-31 09:30:00"]


def test_empty_rows_and_columns_after_the_table_do_not_count(workshop: Workshop) -> None:
    def style(sheet: Any) -> None:
        sheet["H9"].font = openpyxl.styles.Font(bold=True)

    assert len(load(workshop, book(PLAIN, style)).table) == 2


def test_a_dimension_that_is_too_small_hides_no_row(workshop: Workshop) -> None:
    content = repack(book(PLAIN), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'ref="A1:C3"', b'ref="A1:C2"'))
    assert len(load(workshop, content).table) == 2


@pytest.mark.parametrize(
    ("cell", "value", "number_format", "rule"),
    [
        ("B2", "=40+5", "General", "formula"),
        ("B3", "#N/A", "General", "error-cell"),
        ("B2", 0.92, "0.0%", "percent-sign"),
        ("B2", 92000, "#,##0,", "scaled-number"),
    ],
)
def test_a_cell_that_hides_what_it_holds_is_an_issue(
    workshop: Workshop, cell: str, value: Any, number_format: str, rule: str
) -> None:
    def change(sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    loaded = load(workshop, book(PLAIN, change))
    assert loaded.faults == [(rule, int(cell[1]), "B")]
    assert not any(digits in loaded.words for digits in ("40", "45", "92"))


@pytest.mark.parametrize("number_format", ["#,##0", '0"%"', r"0\%", "0.00"])
def test_a_format_that_shows_the_number_itself_is_fine(workshop: Workshop, number_format: str) -> None:
    def change(sheet: Any) -> None:
        sheet["B2"].number_format = number_format

    assert load(workshop, book(PLAIN, change)).drawn("value") == ["45", "1.5"]


def test_merged_cells_are_an_issue(workshop: Workshop) -> None:
    loaded = load(workshop, book(PLAIN, lambda sheet: sheet.merge_cells("C2:C3")))
    assert loaded.faults == [("merged-cells", 2, None)]
    assert "C2:C3" in loaded.words


def test_a_hidden_sheet_is_an_issue(workshop: Workshop) -> None:
    loaded = load(workshop, book(PLAIN, lambda sheet: setattr(sheet, "sheet_state", "hidden")))
    assert loaded.faults == [("hidden-sheet", None, None)]


def test_an_unknown_sheet_is_an_issue_that_names_the_nearest(workshop: Workshop) -> None:
    loaded = load(workshop, book(PLAIN, title="Date"))
    assert loaded.faults == [("unknown-sheet", None, None)]
    assert "Did you mean Date?" in loaded.words


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], ("no-header", 1, None)),
        ([["period", "value"]], ("no-rows", None, None)),
        ([["period", "value"], ["2018/19", 45, "x"]], ("ragged-row", 2, None)),
        ([["period", "value"], ["2018/19", 45], [None], ["2017/18", 46]], ("blank-row", 3, None)),
        ([["period", None, "value"], ["2018/19", "x", 45]], ("empty-header", 1, None)),
        ([["period", "value", *["x"] * 2000]], ("too-large", 1, None)),
    ],
)
def test_a_sheet_that_is_no_table_is_an_issue(
    workshop: Workshop, rows: list[list[Any]], fault: tuple[str, int | None, str | None]
) -> None:
    assert load(workshop, book(rows)).faults == [fault]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "broken-workbook"),
        (b"period,value\n", "broken-workbook"),
        (b"PK\x03\x04 and then nothing", "broken-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
    ],
)
def test_what_is_not_a_workbook_is_an_issue(workshop: Workshop, content: bytes, rule: str) -> None:
    assert load(workshop, content).faults == [(rule, None, None)]


def test_a_broken_workbook_is_an_issue(workshop: Workshop) -> None:
    content = repack(book(PLAIN), "xl/worksheets/sheet1.xml", lambda part: part[:300])
    assert load(workshop, content).faults == [("broken-workbook", None, None)]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(workshop: Workshop) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for index in range(3):
            archive.writestr(f"{index}.xml", bytes(70_000_000))
    assert load(workshop, written.getvalue()).faults == [("too-large", None, None)]


def test_too_many_parts_are_refused(workshop: Workshop) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for index in range(5001):
            archive.writestr(str(index), b"")
    assert load(workshop, written.getvalue()).faults == [("too-large", None, None)]


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><'


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b"<", ENTITY, 1),
        lambda part: part.decode().encode("utf-16"),
        lambda part: b'<?xml version="1.0" encoding="cp037"?>' + part,
    ],
)
def test_entities_and_encodings_that_could_hide_them_are_refused(
    workshop: Workshop, change: Callable[[bytes], bytes]
) -> None:
    content = repack(book(PLAIN), "xl/worksheets/sheet1.xml", change)
    assert load(workshop, content).faults == [("unsafe-xml", None, None)]
