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


@pytest.mark.parametrize("threshold", [float("nan"), 2.5, "5", None, -1])
def test_a_threshold_that_is_no_whole_number_protects_nobody_and_is_refused(threshold):
    with pytest.raises(errors.BadUsage) as raised:
        protect_table(FRAME, "freq", threshold=threshold)
    assert {issue.rule for issue in raised.value.issues} == {"threshold"}


def test_weights_that_were_worked_out_are_read_to_the_digits_that_matter():
    weighed = FRAME.assign(weight=[0.1 + 0.2, *(1 / (3 + place) for place in range(1, len(FRAME)))])
    plain = FRAME.assign(weight=[0.3, *(round(1 / (3 + place), 12) for place in range(1, len(FRAME)))])
    pd.testing.assert_frame_equal(
        protect_table(weighed, "freq", cost="weight"), protect_table(plain, "freq", cost="weight")
    )
    with pytest.raises(errors.BadSource):
        protect_table(weighed.assign(weight=-weighed["weight"]), "freq", cost="weight")


@pytest.mark.parametrize("option", ["never", "ignore"])
def test_one_text_is_one_name_and_not_its_letters(option):
    frame, text = (FRAME, "ward=W1,need=care") if option == "never" else (FRAME.assign(name="x"), "name")
    one, several = (protect_table(frame, "freq", **{option: given}) for given in (text, [text]))
    pd.testing.assert_frame_equal(one, several)
