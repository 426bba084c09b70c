"""The attacker stands between a protected table and its reader."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small_tables import NEED, protect, rows, write

from statpress.alone.protect import protect_cells
from statpress.alone.prove import prove_safe
from statpress.alone.request import Request, Source
from statpress.alone.table import read_table
from statpress.errors import UnsafeRelease
from statpress.tables.place import SOURCE_ROW

TABLES = Path(__file__).parents[2] / "benchmarks/disclosure/tables"


def read(text, request, hierarchies=None):
    header, *lines = [line.split(",") for line in text.splitlines()]
    table = pd.DataFrame(lines, columns=header, dtype="str")
    numbered = table.assign(**{SOURCE_ROW: [str(row) for row in range(2, len(table) + 2)]}).astype("str")
    return read_table(Source(numbered, "need.csv"), hierarchies or {}, request)


@pytest.mark.parametrize("standard", ["symbol", "zero_aware", "not_determined"])
def test_a_table_of_which_one_withheld_cell_is_shown_is_refused(standard):
    request = Request("freq", standard=standard)
    table = read(NEED, request)
    protected = protect_cells(table, request)
    partners = [cell for cell, value in protected.cells.items() if value is None and cell not in protected.small]
    assert len(partners) == 3
    for cell in partners:
        opened = replace(protected, cells={**protected.cells, cell: table.grid.counts[cell[::-1]]})
        with pytest.raises(UnsafeRelease) as raised:
            prove_safe(opened, table, request)
        assert {issue.rule for issue in raised.value.issues} == {"withheld-determined"}
        assert not any(re.search(r"\b3\b", issue.message) for issue in raised.value.issues)


@pytest.mark.parametrize("standard", ["symbol", "zero_aware"])
def test_parts_that_are_few_together_are_refused_under_symbol_alone(standard):
    request = Request("freq", standard=standard)
    table = read("ward,need,freq\nW1,a,1\nW1,b,20\nW2,a,2\nW2,b,30\nW3,a,60\nW3,b,70\n", request)
    square = {(ward, need) for ward in ("W1", "W2") for need in ("a", "b")}
    protected = protect_cells(table, request)
    narrow = {cell: None if cell in square else table.grid.counts[cell[::-1]] for cell in protected.cells}
    opened = replace(protected, cells=narrow, fell_back=frozenset())
    if standard == "symbol":
        with pytest.raises(UnsafeRelease) as raised:
            prove_safe(opened, table, request)
        assert "withheld-narrowed" in {issue.rule for issue in raised.value.issues}
    else:
        assert prove_safe(opened, table, request)[0].warnings == ()


@pytest.mark.parametrize("name", ["sdc_micro2", "ssb_d1", "ssb_d2", "syn_2way_small"])
def test_tables_of_the_benchmark_pass_the_attacker(tmp_path, name):
    folder = TABLES / name
    hierarchies = sorted(folder.glob("hier_*.csv"))
    words = [word for path in hierarchies for word in ("--hierarchy", f"{path.stem.removeprefix('hier_')}={path}")]
    finished = protect(tmp_path, *words, table=str(folder / "inner.csv"))
    assert finished.exit_code == 0, finished.stderr
    assert {status for _, status in rows(tmp_path / "protected.csv").values()} == {"", "c"}


@pytest.mark.parametrize("top", ["all", "Total"])
def test_a_code_named_all_is_the_whole_only_where_it_is_the_top(tmp_path, top):
    other = "Total" if top == "all" else "all"
    write(
        tmp_path,
        need=f"ward,freq\n{other},3\nW2,70\nW3,80\n",
        wards=f"child,parent\n{other},{top}\nW2,{top}\nW3,{top}\n",
    )
    finished = protect(tmp_path, "--hierarchy", "ward=wards.csv")
    assert finished.exit_code == 0, finished.stderr
    assert rows(tmp_path / "protected.csv")[top,] == ("153", "")
    assert rows(tmp_path / "protected.csv")[other,] == ("", "c")
