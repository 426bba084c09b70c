"""`protect_table` for a DataFrame: the same as the command."""

import pandas as pd
import pytest
from commands import run
from small_tables import NEED, WARDS, protect, rows, write

from statpress import errors, protect_table

FRAME = pd.DataFrame(
    [(ward, need, int(freq)) for ward, need, freq in (line.split(",") for line in NEED.splitlines()[1:])],
    columns=["ward", "need", "freq"],
)
PARENTS = dict(line.split(",") for line in WARDS.splitlines()[1:])
GROUPS = pd.DataFrame(list(PARENTS.items()), columns=["child", "parent"])


def cells_of(frame):
    values = ["" if pd.isna(value) else str(value) for value in frame["value"]]
    cells = frame.drop(columns=["value", "status"]).itertuples(index=False, name=None)
    return dict(zip(cells, zip(values, frame["status"], strict=True), strict=True))


@pytest.mark.parametrize("grouping", [PARENTS, GROUPS, [GROUPS]], ids=["mapping", "frame", "list"])
def test_the_function_gives_what_the_command_gives(tmp_path, grouping):
    write(tmp_path, need=NEED, wards=WARDS)
    assert protect(tmp_path, "--hierarchy", "ward=wards.csv").exit_code == 0
    result = protect_table(FRAME, "freq", {"ward": grouping})
    assert cells_of(result) == rows(tmp_path / "protected.csv")
    assert list(cells_of(result)) == list(rows(tmp_path / "protected.csv"))
    assert result.dtypes.astype("str").to_dict() == {"ward": "str", "need": "str", "value": "Int64", "status": "str"}


def test_the_options_of_the_function_are_those_of_the_command(tmp_path):
    write(tmp_path, need=NEED.replace("W3,care,8", "W3,care,0"))
    options = {"threshold": 8, "standard": "zero_aware", "effort": "quick", "zeros": "withheld", "cost": "cells"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    assert protect(tmp_path, *words, "--total", "All", "--never", "ward=All").exit_code == 0
    frame = FRAME.assign(freq=FRAME["freq"].where(FRAME["freq"] != 8, 0))
    assert cells_of(protect_table(frame, "freq", **options, total="All", never=["ward=All"])) == rows(
        tmp_path / "protected.csv"
    )


def test_the_frame_and_its_kinds_of_numbers_are_left_alone():
    before = FRAME.assign(freq=FRAME["freq"].astype("float64"), need=FRAME["need"].astype("category"))
    copy = before.copy(deep=True)
    assert cells_of(protect_table(before, "freq")) == cells_of(protect_table(FRAME, "freq"))
    pd.testing.assert_frame_equal(before, copy)


def test_codes_that_are_numbers_become_texts():
    frame = pd.DataFrame({"age": [1, 2, 10], "freq": [20, 30, 40]})
    assert list(protect_table(frame, "freq")["age"]) == ["Total", "1", "2", "10"]


FAULTS = {
    "negative": (FRAME.assign(freq=-FRAME["freq"]), {}, errors.BadSource),
    "not-whole": (FRAME.assign(freq=FRAME["freq"] + 0.5), {}, errors.BadSource),
    "not-a-number": (FRAME.assign(freq=FRAME["freq"] > 5), {}, errors.BadSource),
    "empty-value": (FRAME.assign(freq=FRAME["freq"].where(FRAME["freq"] > 5)), {}, errors.BadSource),
    "empty-code": (FRAME.assign(ward=None), {}, errors.BadSource),
    "no-rows": (FRAME.head(0), {}, errors.BadSource),
    "repeated-header": (FRAME.rename(columns={"need": "ward"}), {}, errors.BadSource),
    "repeated-cell": (pd.concat([FRAME, FRAME]), {}, errors.FailedCheck),
    "cycle": (FRAME, {"hierarchies": {"ward": PARENTS | {"North": "W1"}}}, errors.BadDeclaration),
    "unknown-column": (FRAME, {"hierarchies": {"wards": PARENTS}}, errors.BadUsage),
    "unknown-word": (FRAME, {"standard": "perfect"}, errors.BadUsage),
    "threshold": (FRAME, {"threshold": 0}, errors.BadUsage),
    "never-withheld": (FRAME, {"never": ["need=health"]}, errors.UnsafeRelease),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_bad_input_raises_its_family_with_issues(rule):
    frame, options, family = FAULTS[rule]
    with pytest.raises(family) as raised:
        protect_table(frame, "freq", **options)
    assert rule in {issue.rule for issue in raised.value.issues}


def test_rows_of_a_frame_count_from_1():
    with pytest.raises(errors.BadSource) as raised:
        protect_table(FRAME.assign(freq=[12, -3, *FRAME["freq"][2:]]), "freq")
    (issue,) = raised.value.issues
    assert (issue.rule, issue.row, issue.column) == ("negative", 2, "freq")


def test_importing_statpress_stays_instant(tmp_path):
    code = "import sys, statpress; print('pandas' in sys.modules, 'protect_table' in dir(statpress.__class__))"
    assert run(tmp_path, "python", "-c", code).stdout.startswith("False")
