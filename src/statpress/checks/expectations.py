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
from typing import Any

from statpress.checks.suite import Suite, read_suite
from statpress.issue import Issue
from statpress.paths import Project


def check_expectations(project: Project, observations: Mapping[str, bytes]) -> list[Issue]:
    """What the suites of `validations/` say of packages (name to the bytes of `observations.csv`).

    A failed expectation of severity critical is an error, any other a warning. An expectation that Great
    Expectations does not know, or cannot run, is an error.
    """
    issues: list[Issue] = []
    for name, data in observations.items():
        path = project.validations / f"{name}.json"
        if path.exists():
            suite, faults = read_suite(path, project.relative(path))
            issues += faults
            issues += _remembered(project.cache / "expectations", suite, data) if suite else []
    return issues


def _remembered(cache: Path, suite: Suite, data: bytes) -> list[Issue]:
    """Results from the cache, or made now. A cache that cannot be read or written only costs time."""
    digest = hashlib.sha256(b"\0".join([suite.data, data, version("great-expectations").encode()])).hexdigest()
    path = cache / f"{digest}.json"
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return [Issue(**issue) for issue in json.loads(path.read_bytes())]
    issues = list(_run(suite, data))
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps([issue.as_dict() for issue in issues]))
        fresh.replace(path)
    return issues


def _run(suite: Suite, data: bytes) -> Iterator[Issue]:
    import pandas as pd

    table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False).assign(
        value=lambda frame: pd.to_numeric(frame["value"].replace("", None))
    )
    with _quiet():
        batch = _batch(table)
        for index, expectation in enumerate(suite.expectations):
            yield from _judge(batch, expectation, suite.file, f"expectations.{index}")


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
        failed = result.result.get("unexpected_count")
        message = f"`{name}` fails{f' in {failed} rows' if failed else ''}."
        critical = expectation.get("severity", "critical") == "critical"
        yield Issue("expectation-failed", message, file, key=key, severity="error" if critical else "warning")


def _validate(batch: Any, expectation: dict[str, Any]) -> list[Any]:
    """The result of one expectation, or none: one of unknown type is dropped, and only logged."""
    from great_expectations.core import ExpectationSuite

    suite = ExpectationSuite(name="one", expectations=[expectation])
    return list(batch.validate(suite).results) if suite.expectations else []
