"""Run expectation suites on what is about to be published, with Great Expectations.

Suites see protected observations only, so nothing that they say can show a withheld number. Results are kept by
content: a package that did not change costs nothing, not even the import of Great Expectations.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from statpress.checks.run_suite import Tables, run_suite
from statpress.checks.suite import Suite, line_of, read_suite
from statpress.issue import Issue
from statpress.paths import Project
from statpress.workers import Share


def check_expectations(project: Project, packages: Mapping[str, Tables], share: Share = map) -> list[Issue]:
    """What the suites of `validations/` say of packages: name to the bytes of each table, by the name of its resource.

    An expectation is about the observations, or about the table that `resource` in its `meta` names. A failed one of
    severity critical is an error, any other a warning. One that Great Expectations does not know, or cannot run, is an
    error. Suites whose results are not remembered are run by `share`.
    """
    issues: list[Issue] = []
    asked: list[tuple[Suite, Tables]] = []
    for name, tables in packages.items():
        path = project.validations / f"{name}.json"
        if path.exists():
            suite, faults = read_suite(path, project.relative(path))
            issues += faults
            asked += [(suite, tables)] if suite else []
    results = _run_or_remember(project.cache / "expectations", asked, share)
    for (suite, _), found in zip(asked, results, strict=True):
        issues += [one if one.row else replace(one, row=line_of(suite.data, one.key)) for one in found]
    return issues


def _run_or_remember(cache: Path, asked: Sequence[tuple[Suite, Tables]], share: Share) -> Iterator[list[Issue]]:
    """Results from the cache, or made now. A cache that cannot be read or written only costs time."""
    paths = [cache / f"{_digest(suite, tables)}.json" for suite, tables in asked]
    known = [_recall(path) for path in paths]
    ran = share(run_suite, [one for one, found in zip(asked, known, strict=True) if found is None])
    for path, found in zip(paths, known, strict=True):
        if found is None:
            issues = next(ran)
            _remember(path, issues)
            yield issues
        else:
            yield found


def _recall(path: Path) -> list[Issue] | None:
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return [Issue(**issue) for issue in json.loads(path.read_bytes())]
    return None


def _remember(path: Path, issues: Sequence[Issue]) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps([issue.as_dict() for issue in issues]))
        fresh.replace(path)


def _digest(suite: Suite, tables: Tables) -> str:
    """Of the suite, of every table, of the libraries that run it, and of our own expectations with what they read."""
    digest = hashlib.sha256()
    room = Path(__file__).parent
    ours = [path.read_bytes() for path in (*sorted(room.glob("*.py")), *sorted(room.parent.glob("*.py")))]
    libraries = (version(name).encode() for name in ("great-expectations", "pandas", "numpy"))
    named = (part for name, data in sorted(tables.items()) for part in (name.encode(), data))
    for part in (suite.data, *libraries, *ours, *named):
        digest.update(f"{len(part)} ".encode() + part)
    return digest.hexdigest()
