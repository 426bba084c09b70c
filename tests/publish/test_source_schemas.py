"""A source table keeps to the Table Schema that is declared for it, and says where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from project import edit

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.paths import Project
from statpress.publish.assess import check

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"
SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "measure", "type": "string", "constraints": {"enum": ["children-missing", "children"]}},
        {"name": "area", "type": "string", "constraints": {"required": True}},
        {"name": "period", "type": "string", "constraints": {"pattern": "20[0-9]{2}/[0-9]{2}"}},
        {"name": "sex", "type": "string"},
        {"name": "value", "type": "integer", "constraints": {"minimum": 0}, "missingValues": [".."]},
    ],
    "primaryKey": ["measure", "area", "period", "sex"],
    "foreignKeys": [{"fields": ["area", "period"], "reference": {"resource": "years", "fields": ["area", "period"]}}],
}
YEARS: dict[str, Any] = {
    "fields": [{"name": "area", "type": "string"}, {"name": "period", "type": "string"}],
    "foreignKeys": [{"fields": ["area", "period"], "reference": {"resource": "missing", "fields": ["area", "period"]}}],
}
TABLE = "  - {path: source/years.csv, table-schema: source/years.json, origin: {document: report}, left-out: not-a-statistic}\n"


@pytest.fixture
def declared(project: Path) -> Path:
    """The tiny project, whose source has a schema, and a list of the areas and years that must be there."""
    folder = project / "pipelines/missing/source"
    (folder / "missing.json").write_text(json.dumps(SCHEMA))
    (folder / "years.json").write_text(json.dumps(YEARS))
    (folder / "years.csv").write_text("area,period\nExampleshire,2018/19\nExampleshire,2019/20\nOtherford,2019/20\n")
    edit(
        project, PIPELINE, "path: source/missing.csv", "path: source/missing.csv\n    table-schema: source/missing.json"
    )
    edit(project, PIPELINE, "measures: [", f"{TABLE}measures: [")
    return project


def faults(root: Path) -> list[Issue]:
    with pytest.raises(BadSource) as caught:
        check(Project(root))
    return list(caught.value.issues)


def test_a_source_that_keeps_its_schema_is_fine(declared: Path) -> None:
    assert check(Project(declared)).files


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2018/19,all,63", "2018/19,all,-63", ("cell-minimum", 2, "value")),
        ("2018/19,M,60", "2018-19,M,60", ("cell-pattern", 3, "period")),
        ("2018/19,F,3\n", "2018/19,M,3\n", ("primary-key", 4, "measure, area, period, sex")),
        ("Otherford,2019/20,all,0", "Otherford,2018/19,all,0", ("foreign-key", 14, "area, period")),
    ],
)
def test_what_breaks_the_schema_is_told_with_row_and_column(declared: Path, old: str, new: str, fault: object) -> None:
    edit(declared, SOURCE, old, new)
    told = [(issue.rule, issue.row, issue.column) for issue in faults(declared) if issue.file == SOURCE]
    assert fault in told


def test_what_must_be_there_and_is_not_is_told_by_the_list(declared: Path) -> None:
    text = (declared / SOURCE).read_text()
    (declared / SOURCE).write_text("".join(line for line in text.splitlines(keepends=True) if "Otherford" not in line))
    (issue,) = faults(declared)
    assert (issue.rule, issue.file, issue.row) == ("foreign-key", "pipelines/missing/source/years.csv", 4)


def test_rows_are_those_of_the_file_even_after_lines_in_quotes(declared: Path) -> None:
    schema = SCHEMA | {"fields": [*SCHEMA["fields"], {"name": "note", "type": "string"}]}
    (declared / "pipelines/missing/source/missing.json").write_text(json.dumps(schema))
    lines = (declared / SOURCE).read_text().splitlines()
    noted = [lines[0] + ",note", lines[1] + ',"two\nlines"', *(f"{line}," for line in lines[2:])]
    (declared / SOURCE).write_text("\n".join(noted).replace("2018/19,F,3", "2018/19,F,-3") + "\n")
    assert ("cell-minimum", 5) in [(issue.rule, issue.row) for issue in faults(declared)]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"fields": 1}', '{"fields": [{"name": "a", "type": "colour"}]}'])
def test_a_schema_with_faults_is_told_at_its_key(declared: Path, text: str) -> None:
    (declared / "pipelines/missing/source/missing.json").write_text(text)
    found = [issue for issue in faults(declared) if issue.rule == "bad-schema"]
    assert {issue.file for issue in found} == {PIPELINE}
    assert all((issue.key or "").startswith("tables.0.table-schema") for issue in found)


def test_a_schema_that_is_not_there_is_told(declared: Path) -> None:
    (declared / "pipelines/missing/source/missing.json").unlink()
    assert "missing-file" in {issue.rule for issue in faults(declared)}
