"""The row of a workbook is drawn as that of a text table is, with no figure."""

import io

import books
import openpyxl
import pytest
from commands import statpress
from project import FILES, edit, make_project

PIPELINE = "pipelines/missing/pipeline.yml"
CSV = "pipelines/missing/source/missing.csv"
DRAWN = [
    "1 | measure          | area         | period  | sex | value",
    "8 | children-missing | Exampleshire | 2019/20 | all | #",
    "|                                                   ^^^^^",
]


def rows_of_project():
    rows = [line.strip().split(",") for line in FILES[CSV].splitlines() if line.strip()]
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]


def xlsx(rows, *sheets):
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in rows:
        book.active.append(row)
    for name in sheets:
        book.create_sheet(name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make(root, kind, content):
    declared = FILES[PIPELINE].replace("source/missing.csv", f"source/missing.{kind}\n            sheet: Data")
    project = make_project(root, **{CSV: None, PIPELINE: declared})
    (project / "pipelines/missing/source").mkdir()
    (project / f"pipelines/missing/source/missing.{kind}").write_bytes(content)
    return project


def drawn(project):
    finished = statpress(project, "check")
    return finished.returncode, [line.strip() for line in finished.stderr.splitlines() if "| " in line]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_cell_that_is_named_by_letters_is_pointed_at(tmp_path, kind):
    rows = rows_of_project()
    rows[7][4] = "51"
    assert drawn(make(tmp_path, kind, xlsx(rows) if kind == "xlsx" else books.ods(rows))) == (11, DRAWN)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_cell_that_is_named_by_its_header_is_pointed_at(tmp_path, kind):
    rows = rows_of_project()
    rows[8][4] = 31
    assert drawn(make(tmp_path, kind, xlsx(rows) if kind == "xlsx" else books.ods(rows))) == (12, DRAWN)


def test_a_workbook_of_which_two_sheets_are_declared_is_not_drawn(tmp_path):
    rows = rows_of_project()
    rows[7][4] = "51"
    project = make(tmp_path, "xlsx", xlsx(rows, "More"))
    table = "  - {path: source/missing.xlsx, sheet: More, origin: {document: report}, steps: []}\n"
    edit(project, PIPELINE, "measures: [children-missing", f"{table}measures: [children-missing")
    code, lines = drawn(project)
    assert code in (10, 11)
    assert not [line for line in lines if "children-missing | " in line]
