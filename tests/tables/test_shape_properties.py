"""What holds for any table: pivot and unpivot undo each other, totals are exact, and no step changes its argument."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop import Workshop

from statpress.declare.load import load_declarations
from statpress.declare.steps import Pivot, Total, Unpivot
from statpress.tables.place import SOURCE_ROW, Place
from statpress.tables.shape import SHAPES

COLUMNS = ["boys", "girls", "total"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CELLS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=12)
PARTS = st.dictionaries(
    st.tuples(st.sampled_from(["2017", "2018"]), st.integers(0, 9)), st.decimals(-1000, 1000, places=2), min_size=1
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    workshop = Workshop(tmp_path_factory.mktemp("project"))
    workshop.declare()
    return Place(workshop.project, "children", 0, load_declarations(workshop.project), ("tables", 0))


def with_rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = [str(row) for row in range(2, len(table) + 2)]
    return table.assign(**{SOURCE_ROW: rows}).astype("str")


@settings(deadline=None, max_examples=50)
@given(CELLS)
def test_pivot_undoes_unpivot(place: Place, cells: list[tuple[str, str, str]]) -> None:
    wide = with_rows(pd.DataFrame(cells, columns=COLUMNS).assign(period=range(len(cells))))
    before = wide.copy()
    unpivot = Unpivot.model_validate({"unpivot": {"columns": COLUMNS, "names": "who"}})
    long = SHAPES[Unpivot](wide, unpivot, place).table
    assert len(long) == 3 * len(wide)
    again = SHAPES[Pivot](long, Pivot.model_validate({"pivot": {"names": "who"}}), place)
    assert again.issues == []
    pd.testing.assert_frame_equal(again.table[wide.columns], wide)
    pd.testing.assert_frame_equal(wide, before)


@settings(deadline=None, max_examples=50)
@given(PARTS)
def test_totals_are_exact_and_leave_their_parts_as_they_were(
    place: Place, parts: dict[tuple[str, int], Decimal]
) -> None:
    rows = [(period, str(age), format(number, "f")) for (period, age), number in parts.items()]
    table = with_rows(pd.DataFrame(rows, columns=["period", "age", "value"]))
    result = SHAPES[Total](table, Total.model_validate({"total": {"over": "age"}}), place).table
    totals = result[result["age"] == "all"].set_index("period")["value"].map(Decimal).to_dict()
    expected = {period: sum(n for (p, _), n in parts.items() if p == period) for period, _ in parts}
    assert totals == expected
    pd.testing.assert_frame_equal(result.head(len(table)), table)
