"""Expectations for statistics, as Great Expectations has them: usable by name in the suites of `validations/`.

Importing this module makes them known. It imports Great Expectations, which takes seconds.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import pandas as pd
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)

from statpress.checks.intervals import find_jumps, find_overlaps
from statpress.status import EMPTY

_TRUE_ZERO = ("", "b", "p", "r")
"""The statuses with which a zero says that there was none."""


Condition = TypeVar("Condition", bound=Callable[..., pd.Series])


def _on_pandas(condition: Condition) -> Condition:
    """The condition of a metric: rows to whether each is as expected."""
    decorate: Callable[[Condition], Condition] = multicolumn_condition_partial(engine=PandasExecutionEngine)
    return decorate(condition)


class _OverColumns(MulticolumnMapExpectation, ABC):
    """An expectation of several columns. What it asks is written down once: one run wants it some thirty times."""

    _written: Any = PrivateAttr(None)

    @property
    def configuration(self) -> Any:
        """The arguments, as Great Expectations passes them on."""
        written = self._written or super().configuration
        object.__setattr__(self, "_written", written)
        return written

    def __setattr__(self, name: str, value: Any) -> None:
        """Change an argument."""
        super().__setattr__(name, value)
        object.__setattr__(self, "_written", None)


class ValuesAgreeWithStatus(MulticolumnMapMetricProvider):
    """Whether a status that goes with an empty value has one, and any other status a number."""

    condition_metric_name = "multicolumn_values.agree_with_status"
    condition_value_keys = ("empty",)

    @_on_pandas
    def _pandas(cls, column_list: pd.DataFrame, empty: list[str], **_: Any) -> pd.Series:
        value, status = column_list.iloc[:, 0], column_list.iloc[:, 1]
        return (status == "") | (status.isin(empty) == _is_empty(value))


class ExpectValueAndStatusToAgree(_OverColumns):
    """Expect a value where its status goes with a number, and none where it goes with an empty value.

    `column_list` is the value and the status; `empty` are the statuses that go with an empty value.
    """

    empty: list[str] = list(EMPTY)  # noqa: RUF012 - a field of a model, which copies it
    ignore_row_if: str = "never"  # type: ignore[assignment]  # one of three texts there
    map_metric: ClassVar[str] = ValuesAgreeWithStatus.condition_metric_name
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "empty")


class EmptyValuesHaveStatus(MulticolumnMapMetricProvider):
    """Whether an empty value has a status."""

    condition_metric_name = "multicolumn_values.empty_has_status"

    @_on_pandas
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series:
        return ~_is_empty(column_list.iloc[:, 0]) | (column_list.iloc[:, 1] != "")


class ExpectEmptyValueToHaveStatus(_OverColumns):
    """Expect a status beside every empty value, which says why. `column_list` is the value and the status."""

    ignore_row_if: str = "never"  # type: ignore[assignment]  # one of three texts there
    map_metric: ClassVar[str] = EmptyValuesHaveStatus.condition_metric_name


class ZerosAreTrue(MulticolumnMapMetricProvider):
    """Whether a zero means that there was none."""

    condition_metric_name = "multicolumn_values.zero_is_true"
    condition_value_keys = ("statuses", "numerators")

    @_on_pandas
    def _pandas(cls, column_list: pd.DataFrame, statuses: list[str], numerators: dict[str, str], **_: Any) -> pd.Series:
        value, status = column_list["value"], column_list["status"]
        is_zero = pd.to_numeric(value) == 0
        return ~is_zero | (status.isin(statuses) & ~_counts_some(column_list, numerators))


class ExpectZeroToBeTrueZero(_OverColumns):
    """Expect every zero to say that there was none: not estimated, and no ratio of a number above zero.

    `column_list` is `value` and `status`, and with `numerators` (a ratio to the measure that it counts) all columns of
    the key besides, with `measure` among them. `statuses` are those that a true zero may have.
    """

    statuses: list[str] = list(_TRUE_ZERO)  # noqa: RUF012 - as above
    numerators: dict[str, str] = {}  # noqa: RUF012 - as above
    ignore_row_if: str = "never"  # type: ignore[assignment]  # one of three texts there
    map_metric: ClassVar[str] = ZerosAreTrue.condition_metric_name
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "statuses", "numerators")


class CodesAndNamesPair(MulticolumnMapMetricProvider):
    """Whether each code has one name, and each name one code."""

    condition_metric_name = "multicolumn_values.codes_and_names_pair"

    @_on_pandas
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series:
        code, name = column_list.iloc[:, 0], column_list.iloc[:, 1]
        names = name.groupby(code).transform("nunique")
        codes = code.groupby(name).transform("nunique")
        return (names == 1) & (codes == 1) & (code != "") & (name != "")


class ExpectCodesAndNamesToPair(_OverColumns):
    """Expect one name for each code, and one code for each name. `column_list` is the code and the name."""

    ignore_row_if: str = "never"  # type: ignore[assignment]  # one of three texts there
    map_metric: ClassVar[str] = CodesAndNamesPair.condition_metric_name


class PeriodsFollow(MulticolumnMapMetricProvider):
    """Whether each period of a series begins where the one before it ends."""

    condition_metric_name = "multicolumn_values.periods_follow"
    condition_value_keys = ("overlaps", "jumps")

    @_on_pandas
    def _pandas(cls, column_list: pd.DataFrame, overlaps: bool, jumps: bool, **_: Any) -> pd.Series:
        first, *others = list(column_list.columns)
        series = column_list.groupby(others, sort=False)[first] if others else [((), column_list[first])]
        good = pd.Series(True, index=column_list.index)
        for _name, codes in series:
            found = (set() if overlaps else find_overlaps(codes)) | (set() if jumps else find_jumps(codes))
            good[codes.index] = ~codes.isin(found)
        return good


class ExpectPeriodsNotToOverlapOrJump(_OverColumns):
    """Expect the periods of each series to follow each other without overlap and without a gap.

    `column_list` is the period, and then the columns that tell one series from another. Periods of different lengths
    are series of their own. `overlaps` and `jumps` allow what they name.
    """

    overlaps: bool = False
    jumps: bool = False
    ignore_row_if: str = "never"  # type: ignore[assignment]  # one of three texts there
    map_metric: ClassVar[str] = PeriodsFollow.condition_metric_name
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "overlaps", "jumps")


def _is_empty(value: pd.Series) -> pd.Series:
    return value.isna() | (value.astype("str") == "")


def _counts_some(rows: pd.DataFrame, numerators: dict[str, str]) -> pd.Series:
    """Which rows are ratios whose numerator, in the same place, is above zero."""
    if not numerators:
        return pd.Series(False, index=rows.index)
    keys = [name for name in rows.columns if name not in ("value", "status", "measure")]
    above = rows[pd.to_numeric(rows["value"]) > 0]
    known = set(map(tuple, above[["measure", *keys]].to_numpy()))
    wanted = [numerators.get(measure) for measure in rows["measure"]]
    own = rows[keys].itertuples(index=False, name=None)
    return pd.Series([(measure, *key) in known for measure, key in zip(wanted, own, strict=True)], index=rows.index)
