"""Whatever arrives as a source: a clear issue with file, row, column, rule and next step, exit code 11, nothing written.

The program itself runs on a whole project, so that what is tested is what a maintainer meets.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any
from unittest import mock

import openpyxl
import pytest
from books import Xml, ods, ods_row, pack, repack
from click.testing import CliRunner, Result
from commands import files_in
from project import FILES, edit, make_project

from statpress.cli.main import main

SOURCE = "pipelines/missing/source/missing"
CSV = dedent(FILES[f"{SOURCE}.csv"])
ROWS: list[list[Any]] = [
    [int(cell) if cell.isdigit() else cell for cell in line.split(",")] for line in CSV.splitlines()
]
Fault = tuple[str, int | None, str | None]


def run_check(root: Path) -> Result:
    """The command, in this process; it looks at the arguments of the process to see whether JSON is wanted."""
    arguments = ["--root", str(root), "check", "--json"]
    with mock.patch.object(sys, "argv", ["statpress", *arguments]):
        return CliRunner().invoke(main, arguments)


def check(root: Path, content: bytes | None, suffix: str = "csv", options: str = "") -> Result:
    """Run `statpress check` on the tiny project with another source. Nothing may be written, and nothing half said."""
    make_project(root)
    if suffix != "csv":
        options = f"sheet: Data\n{options}"
        edit(root, "pipelines/missing/pipeline.yml", "missing.csv", f"missing.{suffix}")
    if options:
        (root / "pipelines/missing/pipeline.yml").write_text(declare(root, options))
    if content is not None:
        (root / f"{SOURCE}.{suffix}").write_bytes(content)
    before = files_in(root / "pipelines")
    result = run_check(root)
    assert files_in(root / "pipelines") == before
    assert not (root / "datapackages").exists()
    return result


def declare(root: Path, options: str) -> str:
    """The pipeline with more options for its table."""
    text = (root / "pipelines/missing/pipeline.yml").read_text()
    lines = "".join(f"    {line}\n" for line in options.splitlines())
    return text.replace('    marks: {"..": x}\n', lines if "marks" in options else f'    marks: {{"..": x}}\n{lines}')


def faults(result: Result) -> list[Fault]:
    """Rule, row and column of every issue; each must say in which file, and what to do."""
    assert result.exit_code == 11, result.output
    found = json.loads(result.stdout)["issues"]
    assert all(issue["file"] and (issue.get("hint") or "more rows" in issue["message"]) for issue in found)
    return [(issue["rule"], issue.get("row"), issue.get("column")) for issue in found]


def replace(old: str, new: str) -> bytes:
    assert CSV.count(old) >= 1
    return CSV.replace(old, new, 1).encode()


def test_the_table_itself_is_fine(tmp_path: Path) -> None:
    assert check(tmp_path, CSV.encode()).exit_code == 0


GIRLS = "children-missing,Exampleshire,2018/19,F,3\n"
CSV_FAULTS: dict[str, tuple[bytes, Fault]] = {
    "latin-1": (replace("Exampleshire", "Môn").decode().encode("latin-1"), ("wrong-encoding", 2, "area")),
    "UTF-16": (CSV.encode("utf-16"), ("wrong-encoding", 1, None)),
    "UTF-16 without a mark": (CSV.encode("utf-16-le"), ("nul-byte", 1, None)),
    "semicolons": (CSV.replace(",", ";").encode(), ("wrong-delimiter", 1, None)),
    "tabs": (CSV.replace(",", "\t").encode(), ("wrong-delimiter", 1, None)),
    "a short row": (replace(GIRLS, "children-missing,Exampleshire,2018/19,F\n"), ("ragged-row", 4, None)),
    "a long row": (replace(GIRLS, "children-missing,Exampleshire,2018/19,F,3,\n"), ("ragged-row", 4, None)),
    "a blank line": (replace(GIRLS, f"\n{GIRLS}"), ("blank-row", 4, None)),
    "a row of delimiters": (replace(GIRLS, f",,,,\n{GIRLS}"), ("blank-row", 4, None)),
    "a header twice": (replace("area,", "sex,"), ("repeated-header", 1, "sex")),
    "a header in capitals": (replace("area,", "SEX,"), ("repeated-header", 1, "sex")),
    "a header with a space": (replace("area,", "area ,"), ("space-in-header", 1, "area ")),
    "a header in Cyrillic": (replace("area,", "аrea,"), ("look-alike", 1, "аrea")),
    "NUL": (replace("F,3", "F,\0"), ("nul-byte", 4, "value")),
    "an unclosed quote": (replace("F,3", 'F,"3'), ("unclosed-quote", 4, None)),
    "old Mac line ends": (CSV.replace("\n", "\r").encode(), ("line-ends", 1, None)),
    "one carriage return": (replace("F,3\n", "F,3\r"), ("line-ends", 4, None)),
    "thousands": (replace("all,449", 'all,"1,449"'), ("not-a-number", 5, "value")),
    "a percent sign": (replace("all,449", "all,44%"), ("not-a-number", 5, "value")),
    "a comma for decimals": (replace("all,449", 'all,"44,9"'), ("not-a-number", 5, "value")),
    "a shortened number": (replace("all,449", "all,4E+05"), ("not-a-number", 5, "value")),
    "a day for a period": (replace("2018/19,all", "43191,all"), ("bad-period", 2, "period")),
    "a range that became a date": (replace("2018/19,M", "2018/19,14-Oct"), ("date-among-texts", 3, "sex")),
    "a space after a code": (replace("2018/19,M", "2018/19,M "), ("space-in-code", 3, "sex")),
    "a no-break space": (replace("Exampleshire", "Exampleshire\u00a0"), ("space-in-code", 2, "area")),
    "a Cyrillic letter": (replace("Exampleshire", "Ехampleshire"), ("look-alike", 2, "area")),
    "a letter for a digit": (replace(GIRLS, GIRLS.replace("Exampleshire", "El")), ("unknown-code", 4, "area")),
    "full-width digits": (replace("all,449", "all,４49"), ("look-alike", 5, "value")),
    "an invisible character": (replace("Exampleshire", "Example\u200bshire"), ("look-alike", 2, "area")),
    "a control character": (replace("Exampleshire", "Example\x07shire"), ("control-character", 2, "area")),
    "a lost character": (replace("Exampleshire", "Ex\ufffdmpleshire"), ("lost-character", 2, "area")),
    "encoded twice": (replace("Exampleshire", "MÃ´n"), ("twice-encoded", 2, "area")),
    "a formula": (replace("all,449", "all,=M+F"), ("formula", 5, "value")),
    "a spreadsheet error": (replace("all,449", "all,#REF!"), ("error-cell", 5, "value")),
    "an undeclared mark": (replace("all,..", "all,[x]"), ("not-a-number", 15, "value")),
    "a mark in another spelling": (replace("all,..", "all,. ."), ("not-a-number", 15, "value")),
    "an empty value": (replace("all,..", "all,"), ("empty-value", 15, "value")),
    "nothing": (b"", ("no-header", 1, None)),
    "a header alone": (CSV.splitlines()[0].encode(), ("no-rows", None, None)),
    "cut off": (CSV.encode()[:-20], ("ragged-row", 15, None)),
    "a workbook": (pack({"xl/workbook.xml": b"<x/>"}), ("not-text", 1, None)),
    "a web page": (b"<!DOCTYPE html><title>Not found</title>", ("not-text", 1, None)),
}


@pytest.mark.parametrize("name", CSV_FAULTS)
def test_a_fault_of_a_csv_file_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    content, fault = CSV_FAULTS[name]
    found = faults(check(tmp_path, content))
    assert fault in found
    assert len(found) <= 2


PROPOSALS = {
    "latin-1": "encoding: windows-1252",
    "UTF-16": "encoding: utf-16",
    "UTF-16 without a mark": "encoding: utf-16",
    "semicolons": 'delimiter: ";"',
    "tabs": 'delimiter: "\\t"',
    "thousands": "thousands: ','",
    "a percent sign": "percent-sign: allowed",
    "a comma for decimals": "decimal: ','",
    "a shortened number": "shortened",
    "a day for a period": "number that a spreadsheet has for a day",
    "a letter for a digit": "looks like",
    "a mark in another spelling": "mark `..`",
    "a workbook": "workbook",
}


@pytest.mark.parametrize("name", PROPOSALS)
def test_the_message_proposes_what_the_file_seems_to_be(tmp_path: Path, name: str) -> None:
    output = check(tmp_path, CSV_FAULTS[name][0]).stdout
    assert any(PROPOSALS[name] in issue["message"] + issue["hint"] for issue in json.loads(output)["issues"]), output
    assert "449" not in output


def grouped(sign: str) -> str:
    return CSV.replace("all,449", f'all,"1{sign}449"').replace("M,249", f'M,"1{sign}249"')


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (CSV.replace("Exampleshire,2018", "Exampleshire,2018").encode("utf-16"), "encoding: utf-16"),
        (("note," + CSV.replace("\n", "\nMôn,")[:-4]).encode("cp1252"), "encoding: windows-1252\nsteps-note"),
        (b"\xef\xbb\xbf" + CSV.encode(), ""),
        (CSV.replace("\n", "\r\n").encode(), ""),
        (CSV.replace(",", "|").encode(), 'delimiter: "|"'),
        (grouped(",").encode(), 'thousands: ","'),
        (grouped("\u202f").encode(), 'thousands: "\\u202f"'),
        (CSV.replace("all,449", 'all,"449,0"').encode(), 'decimal: ","'),
        (CSV.replace("\n", "\n\n").encode(), "blank-rows: skip"),
        (CSV.replace("all,..", "all,[x]").encode(), 'marks: {"[x]": x}'),
        (
            CSV.replace("area,", "sex,", 1).encode(),
            "columns: {measure: measure, area: sex, period: period, sex: sex, value: value}",
        ),
    ],
)
def test_what_is_declared_is_read(tmp_path: Path, content: bytes, options: str) -> None:
    result = check(tmp_path, content, options=options.removesuffix("\nsteps-note"))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("content", "options", "fault"),
    [
        (CSV.replace("Exampleshire", "Môn").encode(), "encoding: windows-1252", ("wrong-encoding", 1, None)),
        (
            CSV.encode(),
            "columns: {measure: measure, area: place, period: period, sex: sex, value: value}",
            ("wrong-header", 1, "area"),
        ),
        (CSV.encode(), "columns: {measure: measure, area: area}", ("wrong-header", 1, None)),
        (CSV.replace("all,449", "all,449%").encode(), "percent-sign: allowed", ("percent-sign", 5, "value")),
        (CSV.replace("all,449", 'all,"44,9"').encode(), 'thousands: ","', ("not-a-number", 5, "value")),
    ],
)
def test_what_is_not_as_declared_is_told(tmp_path: Path, content: bytes, options: str, fault: Fault) -> None:
    assert faults(check(tmp_path, content, options=options)) == [fault]


def excel(change: Callable[[Any], object] = lambda _: None, rows: list[list[Any]] = ROWS) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    workbook.create_sheet("Other")
    change(sheet)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def put(cell: str, value: Any, number_format: str = "General") -> Callable[[Any], object]:
    def change(sheet: Any) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    return change


XLSX_FAULTS: dict[str, tuple[bytes, Fault]] = {
    "merged cells": (excel(lambda sheet: sheet.merge_cells("B2:B3")), ("merged-cells", 2, None)),
    "a hidden sheet": (excel(lambda sheet: setattr(sheet, "sheet_state", "veryHidden")), ("hidden-sheet", None, None)),
    "a hidden row": (excel(lambda sheet: setattr(sheet.row_dimensions[4], "hidden", True)), ("hidden-row", 4, None)),
    "a hidden column": (
        excel(lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True)),
        ("hidden-column", None, "B"),
    ),
    "a formula": (excel(put("E5", "=E6+E7")), ("formula", 5, "E")),
    "an error": (excel(put("E5", "#N/A")), ("error-cell", 5, "E")),
    "a percentage": (excel(put("E5", 0.449, "0.0%")), ("percent-sign", 5, "E")),
    "thousands": (excel(put("E5", 449000, "0,")), ("scaled-number", 5, "E")),
    "a number as text": (excel(put("E5", "449")), ("number-as-text", 5, "E")),
    "a range that became a date": (
        excel(put("D5", datetime.date(2026, 10, 14), "d-mmm")),
        ("date-among-texts", 5, "D"),
    ),
    "a date for a figure": (excel(put("E5", datetime.date(2026, 10, 14), "d-mmm")), ("date-among-texts", 5, "E")),
    "a date as a number": (excel(put("C5", 43191)), ("bad-period", 5, "period")),
    "a blank row": (excel(lambda sheet: sheet.insert_rows(4)), ("blank-row", 4, None)),
    "a cell beside the table": (excel(put("G5", "see note")), ("ragged-row", 5, None)),
    "a header twice": (excel(put("B1", "sex")), ("repeated-header", 1, "sex")),
    "a space after a code": (excel(put("B5", "Exampleshire ")), ("space-in-code", 5, "area")),
    "a look-alike": (excel(put("B5", "Exаmpleshire")), ("look-alike", 5, "area")),
    "an undeclared mark": (excel(put("E5", "[c]")), ("not-a-number", 5, "value")),
    "no workbook": (b"PK\x03\x04", ("broken-workbook", None, None)),
    "a CSV file": (CSV.encode(), ("broken-workbook", None, None)),
}


@pytest.mark.parametrize("name", XLSX_FAULTS)
def test_a_fault_of_a_workbook_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    content, fault = XLSX_FAULTS[name]
    found = faults(check(tmp_path, content, "xlsx"))
    assert fault in found
    assert len(found) <= 2


def changed(place: tuple[int, int], cell: object) -> bytes:
    rows = [list(row) for row in ROWS]
    rows[place[0] - 1][place[1]] = cell
    return ods(rows)


def typed(kind: str, attributes: str, shown: str = "") -> Xml:
    return Xml(f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p></table:table-cell>')


HIDDEN = Xml(ods_row(ROWS[3]).replace("row>", 'row table:visibility="collapse">', 1))
ODS_FAULTS: dict[str, tuple[bytes, Fault]] = {
    "merged cells": (
        changed((2, 1), Xml('<table:table-cell table:number-rows-spanned="2"><text:p>x</text:p></table:table-cell>')),
        ("merged-cells", 2, None),
    ),
    "a hidden row": (ods([*ROWS[:3], HIDDEN, *ROWS[4:]]), ("hidden-row", 4, None)),
    "a hidden column": (
        ods(ROWS, columns='<table:table-column/><table:table-column table:visibility="collapse"/>'),
        ("hidden-column", None, "B"),
    ),
    "a formula": (changed((5, 4), typed("float", 'table:formula="of:=1" office:value="1"', "1")), ("formula", 5, "E")),
    "an error": (changed((5, 4), "#N/A"), ("error-cell", 5, "E")),
    "a percentage": (changed((5, 4), typed("percentage", 'office:value="0.449"')), ("percent-sign", 5, "E")),
    "a number as text": (changed((5, 4), "449"), ("number-as-text", 5, "E")),
    "a date for a code": (
        changed((5, 3), typed("date", 'office:date-value="2026-10-14"')),
        ("date-among-texts", 5, "D"),
    ),
    "a blank row": (ods([*ROWS[:3], [""], *ROWS[3:]]), ("blank-row", 4, None)),
    "a cell beside the table": (ods([*ROWS[:4], [*ROWS[4], "see note"], *ROWS[5:]]), ("ragged-row", 5, None)),
    "a header in capitals": (changed((1, 1), "SEX"), ("repeated-header", 1, "sex")),
    "a space after a code": (changed((5, 1), "Exampleshire "), ("space-in-code", 5, "area")),
    "a look-alike": (changed((5, 1), "Exаmpleshire"), ("look-alike", 5, "area")),
    "an undeclared mark": (changed((5, 4), "[c]"), ("not-a-number", 5, "value")),
    "cut off": (ods(ROWS)[:-50], ("broken-workbook", None, None)),
    "a workbook of Excel": (excel(), ("broken-workbook", None, None)),
}


@pytest.mark.parametrize("name", ODS_FAULTS)
def test_a_fault_of_an_ods_file_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    content, fault = ODS_FAULTS[name]
    found = faults(check(tmp_path, content, "ods"))
    assert fault in found
    assert len(found) <= 2


@pytest.mark.parametrize(("suffix", "content"), [("xlsx", excel()), ("ods", ods(ROWS))])
def test_a_sheet_without_fault_is_read(tmp_path: Path, suffix: str, content: bytes) -> None:
    assert check(tmp_path, content, suffix).exit_code == 0


def test_numbers_stored_as_text_can_be_declared(tmp_path: Path) -> None:
    assert check(tmp_path, excel(put("E5", "449")), "xlsx", "text-numbers: allowed").exit_code == 0


def test_percentages_are_read_as_they_are_shown_where_declared(tmp_path: Path) -> None:
    found = faults(check(tmp_path, excel(put("E5", 4.49, "0%")), "xlsx", "percent-sign: allowed"))
    assert ("percent-sign", 5, "value") in found


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("https://example.org/missing.csv", "url"),
        ("file:///etc/missing.csv", "url"),
        ("C:\\\\data\\\\missing.csv", "outside-pipeline"),
        ("/etc/missing.csv", "outside-pipeline"),
        ("../other/missing.csv", "outside-pipeline"),
        ("source\\\\missing.csv", "outside-pipeline"),
        ("source\\0missing.csv", "missing-file"),
    ],
)
def test_a_path_that_is_no_file_of_the_pipeline_is_refused(tmp_path: Path, path: str, rule: str) -> None:
    make_project(tmp_path)
    edit(tmp_path, "pipelines/missing/pipeline.yml", "path: source/missing.csv", f'path: "{path}"')
    result = run_check(tmp_path)
    assert [found for found, _, _ in faults(result)] == [rule]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    make_project(tmp_path)
    outside = tmp_path_factory.mktemp("outside") / "missing.csv"
    (tmp_path / f"{SOURCE}.csv").rename(outside)
    (tmp_path / f"{SOURCE}.csv").symlink_to(outside)
    result = run_check(tmp_path)
    assert faults(result) == [("outside-project", None, None)]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    from statpress.tables.reading.source_file import read_bytes

    file = tmp_path / "growing.csv"
    file.write_bytes(b"a\n" * 60_000_000)
    done = threading.Event()

    def grow() -> None:
        with file.open("ab", buffering=0) as stream:
            while not done.is_set():
                stream.write(b"a\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        content, issues = read_bytes(file, "growing.csv")
    finally:
        done.set()
        writer.join()
    assert content is None
    assert [issue.rule for issue in issues] == ["changed-file"]


def test_no_workbook_is_half_read(tmp_path: Path) -> None:
    """Any part of a workbook cut anywhere gives issues or the whole table, and never a fault of ours."""
    whole = ods(ROWS)
    for cut in range(0, 2000, 97):
        content = repack(whole, "content.xml", lambda part, cut=cut: part[:-cut] if cut else part)
        result = check(tmp_path, content, "ods")
        assert result.exit_code == (11 if cut else 0), (cut, result.output)
        (tmp_path / "pipelines/missing/pipeline.yml").unlink()
