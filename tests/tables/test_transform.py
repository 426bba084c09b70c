"""A transform is one function from table to table; what goes wrong in it is told without any cell of the table."""

from __future__ import annotations

import sys

import pytest
from workshop import FIRST_STEP, Loaded, Workshop, unindent

TABLE = """
    period,value
    2018/19,45
    2017/18,44
    """
PERIOD = "- period: {kinds: [financial-year]}\n"


def load(workshop: Workshop, script: str | None, table: str = TABLE) -> Loaded:
    if script is not None:
        (workshop.folder / "transform.py").write_text(unindent(script))
    return workshop.load(table, "- transform: transform.py\n" + PERIOD)


def test_a_transform_changes_the_table(workshop: Workshop) -> None:
    script = """
        from __future__ import annotations
        import math
        import pandas as pd

        def transform(table: pd.DataFrame) -> pd.DataFrame:
            table["value"] = table["value"].map(int) + math.floor(1.5)
            table["note"] = [None, 2.5]
            return table.iloc[::-1]
        """
    assert load(workshop, script).drawn("source_row", "value", "note") == ["3 45 2.5", "2 46 ."]


def test_the_table_that_it_is_given_is_a_copy(workshop: Workshop) -> None:
    script = """
        def transform(table):
            kept = table.copy()
            table["value"] = "0"
            return kept
        """
    assert load(workshop, script).drawn("value") == ["45", "44"]


@pytest.mark.parametrize(
    ("script", "rule", "row"),
    [
        ("def transform(table):\n    raise ValueError(table['value'][0])\n", "transform-failed", 2),
        ("def transform(table):\n    return table['gone']\n", "transform-failed", 2),
        ("import no_such_module_45\n", "transform-failed", 1),
        ("def transform(table):\n    exit(45)\n", "transform-failed", 2),
        ("def transform(table)\n", "transform-failed", 1),
        ("def transform():\n    return 1\n", "transform-failed", None),
        ("def shape(table):\n    return table\n", "no-transform", None),
        ("transform = 45\n", "no-transform", None),
        ("def transform(table):\n    return 'transform'\n", "not-a-table", None),
        ("def transform(table):\n    return None\n", "not-a-table", None),
        ("def transform(table):\n    return table.rename(columns={'value': 45})\n", "not-a-text", None),
        ("def transform(table):\n    return table.assign(value=[[45], [44]])\n", "not-a-text", None),
        ("def transform(table):\n    return table.assign(value=True)\n", "not-a-text", None),
        ("def transform(table):\n    return table.drop(columns='source_row')\n", "no-source-row", None),
        ("def transform(table):\n    return table.rename(columns={'value': 'period'})\n", "column-exists", None),
        ("def transform(table):\n    return table.head(1)\n", "rows-lost", None),
        ("def transform(table):\n    return table.assign(source_row=['2', '9'])\n", "bad-source-row", None),
        ("def transform(table):\n    return table.assign(source_row=['2', 'x'])\n", "bad-source-row", None),
    ],
)
def test_what_goes_wrong_is_told_without_values(workshop: Workshop, script: str, rule: str, row: int | None) -> None:
    loaded = load(workshop, script)
    assert loaded.faults == [(rule, row, None)]
    assert loaded.issues[0].file == "pipelines/children/transform.py"
    assert "45" not in loaded.words


def test_a_missing_file_is_an_issue_of_the_declaration(workshop: Workshop) -> None:
    loaded = load(workshop, None)
    assert [(issue.rule, issue.row, issue.key) for issue in loaded.issues] == [
        ("missing-file", FIRST_STEP, "tables.0.steps.0.transform")
    ]


def test_a_link_out_of_the_project_is_not_run(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "transform.py"
    outside.write_text("def transform(table):\n    return table\n")
    (workshop.folder / "transform.py").symlink_to(outside)
    assert [issue.rule for issue in load(workshop, None).issues] == ["outside-project"]


def test_python_is_left_as_it_was(workshop: Workshop) -> None:
    (workshop.folder / "beside.py").write_text("NUMBER = 1\n")
    script = """
        import sys
        from pathlib import Path
        sys.path.insert(0, str(Path(__file__).parent))
        import beside
        sys.modules["json"] = beside

        def transform(table):
            return table
        """
    before = dict(sys.modules), list(sys.path)
    assert len(load(workshop, script).table) == 2
    assert sys.path == before[1]
    assert sys.modules["json"] is before[0]["json"]
    assert "beside" not in sys.modules
    assert not [name for name in sys.modules if "transform" in name and name not in before[0]]
    assert sorted(path.name for path in workshop.folder.iterdir()) == [
        "beside.py",
        "pipeline.yml",
        "table.csv",
        "transform.py",
    ]


def test_what_a_transform_prints_is_not_seen(workshop: Workshop, capfd: pytest.CaptureFixture[str]) -> None:
    script = """
        import sys

        def transform(table):
            print(table["value"].tolist())
            print(table["value"].tolist(), file=sys.stderr)
            return table
        """
    assert load(workshop, script).drawn("value") == ["45", "44"]
    assert tuple(capfd.readouterr()) == ("", "")
