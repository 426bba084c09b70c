"""Run the expectations of suites on tables, in one context of Great Expectations, opened when it is first needed."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

from statpress.checks.suite import Suite
from statpress.cube import VALUE
from statpress.issue import Issue, nearest

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, bytes]
Expectation = Mapping[str, Any]
OBSERVATIONS: Final = "observations"
_PLACE: Final = "statpress_place"


def run_suite(asked: tuple[Suite, Tables]) -> list[Issue]:
    """What a suite says of the tables of a package."""
    return list(_runner().run(*asked))


@cache
def _runner() -> _Runner:
    """The only one: to open Great Expectations takes seconds."""
    return _Runner()


class _Runner:
    """Great Expectations, opened once for all suites. Tables that packages share are looked at once."""

    def __init__(self) -> None:
        self._held: set[bytes] = set()

    def run(self, suite: Suite, tables: Tables) -> Iterator[Issue]:
        groups: dict[str, list[int]] = {}
        for index, expectation in enumerate(suite.expectations):
            resource = str(expectation.get("meta", {}).get("resource", OBSERVATIONS))
            groups.setdefault(resource, []).append(index)
        for resource, places in groups.items():
            if resource in tables:
                yield from self._run(suite, places, tables[resource])
            else:
                yield from (_no_table(suite.file, place, resource, tables) for place in places)

    def _run(self, suite: Suite, places: Sequence[int], data: bytes) -> Iterator[Issue]:
        expectations = [suite.expectations[place] for place in places]
        asked = hashlib.sha256(json.dumps(expectations).encode() + b"\0" + data).digest()
        if asked in self._held:
            return
        with _quiet():
            validator = self._open(_read_table(data))
            if _all_hold(validator, expectations):
                self._held.add(asked)
                return
            results = _validate_all(validator, expectations)
        for place, result in zip(places, results, strict=True):
            yield from _judge(result, suite.expectations[place], suite.file, f"expectations.{place}")

    def _open(self, table: pd.DataFrame) -> Any:
        """A validator of a table, asked directly: batches of an asset are read and hashed again for each question."""
        from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
        from great_expectations.validator.validator import Validator

        return Validator(PandasExecutionEngine(batch_data_dict={"table": table}), data_context=self._context)

    @cached_property
    def _context(self) -> Any:
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        from statpress.checks import statistics  # noqa: F401 - makes our expectations known

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        return context


def _no_table(file: str, place: int, resource: str, tables: Tables) -> Issue:
    message, key = f"The package has no table `{resource}`.", f"expectations.{place}.meta.resource"
    return Issue("unknown-resource", message, file, key=key, hint=nearest(resource, tables))


def _read_table(data: bytes) -> pd.DataFrame:
    """A table of texts; a column `value` has numbers, and nothing where it is empty."""
    import pandas as pd

    table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    if VALUE not in table:
        return table
    return table.assign(**{VALUE: pd.to_numeric(table[VALUE].replace("", None))})


@contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations logs and prints what it also answers, and would report its use to its makers."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        logger.setLevel(level)


def _all_hold(validator: Any, expectations: Sequence[Expectation]) -> bool:
    """Whether all are known and hold, which takes half as long to see as which rows break them."""
    with suppress(Exception):  # it is met again, and told, where each is looked at
        results = _validate(validator, expectations, "BOOLEAN_ONLY")
        return len(results) == len(expectations) and all(result.success for result in results)
    return False


def _validate_all(validator: Any, expectations: Sequence[Expectation]) -> list[Any]:
    """For each expectation its result, None where it is unknown, or the exception that it ends in.

    All are run together, which is quicker; one by one where that cannot be.
    """
    try:
        results = {result.expectation_config.meta[_PLACE]: result for result in _validate(validator, expectations)}
    except Exception:  # whatever its many libraries raise at arguments that they do not like
        return [_validate_one(validator, expectation) for expectation in expectations]
    return [results.get(place) for place in range(len(expectations))]


def _validate_one(validator: Any, expectation: Expectation) -> Any:
    try:
        return next(iter(_validate(validator, [expectation])), None)
    except Exception as fault:  # as above; it is told as an issue
        return fault


def _validate(validator: Any, expectations: Sequence[Expectation], form: str = "COMPLETE") -> list[Any]:
    """The results, each with its place in its `meta`. Expectations of unknown types have none: they are only logged."""
    from great_expectations.core import ExpectationSuite

    placed = [{**one, "meta": {**one.get("meta", {}), _PLACE: place}} for place, one in enumerate(expectations)]
    suite = ExpectationSuite(name="all", expectations=placed)
    asked = validator.process_expectations_for_validation(suite.expectation_configurations)
    return list(validator.graph_validate(asked, runtime_configuration={"result_format": form}))


def _wrong_arguments(fault: Exception) -> str:
    """The arguments that pydantic, which Great Expectations checks them with, does not take; without their values."""
    errors: Any = getattr(fault, "errors", lambda: [])
    with suppress(Exception):  # not every exception with this name has the form of pydantic's
        return ", ".join(
            dict.fromkeys(str(one["loc"][0]) for one in errors() if not str(one["loc"][0]).startswith("_"))
        )
    return ""


def _judge(result: Any, expectation: Expectation, file: str, key: str) -> Iterator[Issue]:
    name = str(expectation["type"])
    if isinstance(result, Exception):
        wrong = _wrong_arguments(result)
        message = f"`{name}` cannot be run with these arguments{f': {wrong}' if wrong else ''}."
        hint = "See which arguments it takes in the gallery of Great Expectations."
        yield Issue("expectation-not-run", message, file, key=f"{key}.kwargs", hint=hint)
    elif result is None:
        message = f"Great Expectations does not know `{name}` with these arguments."
        yield Issue("unknown-expectation", message, file, key=key, hint=nearest(name, _known()))
    elif not result.success and not result.result:
        hint = "Check the names of columns in `kwargs`."
        yield Issue("expectation-not-run", f"`{name}` cannot be run: is the column there?", file, key=key, hint=hint)
    elif not result.success:
        critical = expectation.get("severity", "critical") == "critical"
        why = str(expectation.get("meta", {}).get("why", ""))
        message = f"`{name}` fails{_where(result.result)}."
        yield Issue("expectation-failed", message, file, key=key, hint=why, severity="error" if critical else "warning")


def _known() -> list[str]:
    from great_expectations.expectations.registry import list_registered_expectation_implementations

    return list(list_registered_expectation_implementations())


def _where(result: Mapping[str, Any]) -> str:
    """In how many rows, and on which lines of the table the first of them are."""
    failed = result.get("unexpected_count")
    rows = result.get("unexpected_index_list") or []
    lines = ", ".join(str(row + 2) for row in rows[:5] if isinstance(row, int))
    return (f" in {failed} row{'s' * (failed != 1)}" if failed else "") + (f", on line {lines}" if lines else "")
