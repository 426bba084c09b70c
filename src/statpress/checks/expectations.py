"""Run expectation suites on what is about to be published, with Great Expectations.

Suites see protected observations only, so nothing that they say can show a withheld number. Results are kept by
content: a package that did not change costs nothing, not even the import of Great Expectations.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from statpress.checks.suite import Suite, read_suite
from statpress.cube import VALUE
from statpress.issue import Issue, nearest
from statpress.paths import Project

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, bytes]
OBSERVATIONS: Final = "observations"


def check_expectations(project: Project, packages: Mapping[str, Tables]) -> list[Issue]:
    """What the suites of `validations/` say of packages: name to the bytes of each table, by the name of its resource.

    An expectation is about the observations, or about the table that `resource` in its `meta` names. A failed one of
    severity critical is an error, any other a warning. One that Great Expectations does not know, or cannot run, is an
    error.
    """
    issues: list[Issue] = []
    for name, tables in packages.items():
        path = project.validations / f"{name}.json"
        if path.exists():
            suite, faults = read_suite(path, project.relative(path))
            issues += faults
            issues += _remembered(project.cache / "expectations", suite, tables) if suite else []
    return issues


def _remembered(cache: Path, suite: Suite, tables: Tables) -> list[Issue]:
    """Results from the cache, or made now. A cache that cannot be read or written only costs time."""
    path = cache / f"{_digest(suite, tables)}.json"
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return [Issue(**issue) for issue in json.loads(path.read_bytes())]
    issues = list(_run(suite, tables))
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps([issue.as_dict() for issue in issues]))
        fresh.replace(path)
    return issues


def _digest(suite: Suite, tables: Tables) -> str:
    """Of the suite, of every table, of Great Expectations, and of our own expectations."""
    digest = hashlib.sha256()
    ours = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in ("expectations", "statistics", "intervals"))
    named = (part for name, data in sorted(tables.items()) for part in (name.encode(), data))
    for part in (suite.data, version("great-expectations").encode(), *ours, *named):
        digest.update(f"{len(part)} ".encode() + part)
    return digest.hexdigest()


def _run(suite: Suite, tables: Tables) -> Iterator[Issue]:
    from statpress.checks import statistics  # noqa: F401 - makes our expectations known

    with _quiet():
        batches: dict[str, Any] = {}
        for index, expectation in enumerate(suite.expectations):
            resource = str((expectation.get("meta") or {}).get("resource", OBSERVATIONS))
            if resource not in tables:
                message, key = f"The package has no table `{resource}`.", f"expectations.{index}.meta.resource"
                yield Issue("unknown-resource", message, suite.file, key=key, hint=nearest(resource, tables))
                continue
            if resource not in batches:
                batches[resource] = _batch(_read_table(tables[resource]))
            yield from _judge(batches[resource], expectation, suite.file, f"expectations.{index}")


def _read_table(data: bytes) -> pd.DataFrame:
    """A table of texts; a column `value` has numbers, and nothing where it is empty."""
    import pandas as pd

    table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    if VALUE not in table:
        return table
    return table.assign(**{VALUE: pd.to_numeric(table[VALUE].replace("", None))})


@contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations logs what it also answers, and would report its use to its makers."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _batch(table: Any) -> Any:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("packages").add_dataframe_asset("observations")
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": table})


def _judge(batch: Any, expectation: dict[str, Any], file: str, key: str) -> Iterator[Issue]:
    name = str(expectation["type"])
    try:
        results = _validate(batch, expectation)
    except Exception as fault:  # whatever its many libraries raise at arguments that they do not like
        message = f"`{name}` cannot be run with these arguments ({type(fault).__name__})."
        yield Issue("expectation-not-run", message, file, key=key)
        return
    if not results:
        message = f"Great Expectations does not know `{name}` with these arguments."
        yield Issue("unknown-expectation", message, file, key=key)
        return
    (result,) = results
    if result.success:
        return
    if not result.result:
        yield Issue("expectation-not-run", f"`{name}` cannot be run: is the column there?", file, key=key)
    else:
        critical = expectation.get("severity", "critical") == "critical"
        message = f"`{name}` fails{_where(result.result)}."
        why = str((expectation.get("meta") or {}).get("why", ""))
        yield Issue("expectation-failed", message, file, key=key, hint=why, severity="error" if critical else "warning")


def _where(result: Mapping[str, Any]) -> str:
    """In how many rows, and on which lines of the table the first of them are."""
    failed = result.get("unexpected_count")
    rows = result.get("unexpected_index_list") or []
    lines = ", ".join(str(row + 2) for row in rows[:5] if isinstance(row, int))
    return (f" in {failed} row{'s' * (failed != 1)}" if failed else "") + (f", on line {lines}" if lines else "")


def _validate(batch: Any, expectation: dict[str, Any]) -> list[Any]:
    """The result of one expectation, or none: one of unknown type is dropped, and only logged."""
    from great_expectations.core import ExpectationSuite

    suite = ExpectationSuite(name="one", expectations=[expectation])
    return list(batch.validate(suite, result_format="COMPLETE").results) if suite.expectations else []
