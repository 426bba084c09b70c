"""The step `transform`: run the function of a Python file beside the pipeline, on a copy of the table."""

from __future__ import annotations

import logging
import os
import runpy
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import pandas as pd

from statpress.declare.steps import Transform
from statpress.issue import Issue
from statpress.tables.numbers import write_plain
from statpress.tables.place import SOURCE_ROW, Place, Shaped
from statpress.tables.reading.source_file import read_source
from statpress.tables.texts import show_text

_HINT: Final = "Write `def transform(table): ...`, which takes and returns a pandas DataFrame of texts."


class _BadCell(Exception):
    """A cell holds something that no table of texts can hold."""


class _NoFunction(Exception):
    """The file has no function to call."""


@dataclass(frozen=True)
class _Script:
    """The Python file of a step."""

    path: Path
    file: str

    def issue(self, rule: str, message: str, row: int | None = None, column: str | None = None) -> Issue:
        """An issue of the file."""
        return Issue(rule, message, self.file, row, column, hint=_HINT)

    def explain(self, fault: BaseException) -> Issue:
        """What went wrong, by the kind of exception and the line only: its message may hold a cell of the table."""
        lines = [
            frame.lineno for frame in traceback.extract_tb(fault.__traceback__) if frame.filename == str(self.path)
        ]
        row = lines[-1] if lines else getattr(fault, "lineno", None)
        return self.issue("transform-failed", f"The file stopped with {type(fault).__name__}.", row)


def shape_transform(table: pd.DataFrame, step: Transform, place: Place) -> Shaped:
    """Give the table to the function, and check what comes back."""
    source, issues = read_source(place.project, place.folder, step.transform)
    if source is None:
        return Shaped(table, [place.issue(issue.rule, issue.message, hint=issue.hint) for issue in issues])
    path = (place.folder / step.transform).resolve()
    script = _Script(path, place.project.relative(place.folder / step.transform))
    try:
        with _modules_kept(place.project.root), _silence():
            result = _run(path, table)
    except _NoFunction:
        return Shaped(table, [script.issue("no-transform", "The file has no function `transform`.")])
    except (Exception, SystemExit) as fault:
        return Shaped(table, [script.explain(fault)])
    return _check(result, table, script)


def _run(path: Path, table: pd.DataFrame) -> Any:
    function = runpy.run_path(str(path), run_name="statpress_transform").get("transform")
    if not callable(function):
        raise _NoFunction
    return function(table.copy())


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing that the file prints, logs or warns of is shown: it would be figures, and logs of builds are public."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with (
            Path(os.devnull).open("w", encoding="utf-8") as dark,
            redirect_stdout(dark),
            redirect_stderr(dark),
            catch_warnings(),
        ):
            simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


@contextmanager
def _modules_kept(project: Path) -> Iterator[None]:
    """Put `sys.path` and `sys.modules` back. Libraries that were imported stay, modules of the project do not."""
    path, modules = list(sys.path), dict(sys.modules)
    try:
        yield
    finally:
        sys.path[:] = path
        root = str(project.resolve())
        added = [name for name in sys.modules if name not in modules]
        for name in added:
            if str(getattr(sys.modules[name], "__file__", None)).startswith(root):
                del sys.modules[name]
        sys.modules.update(modules)


def _check(result: Any, table: pd.DataFrame, script: _Script) -> Shaped:
    if not isinstance(result, pd.DataFrame):
        return Shaped(table, [script.issue("not-a-table", f"The function returned {type(result).__name__}.")])
    if issues := _check_columns(result, script):
        return Shaped(table, issues)
    try:
        texts = pd.DataFrame({column: _write_texts(result[column]) for column in result.columns})
    except _BadCell as fault:
        return Shaped(table, [script.issue("not-a-text", f"A cell holds {fault}, which is no text.")])
    issues = _check_rows(texts[SOURCE_ROW], table[SOURCE_ROW], script)
    return Shaped(texts.reset_index(drop=True), issues)


def _check_columns(result: pd.DataFrame, script: _Script) -> list[Issue]:
    columns = list(result.columns)
    if not all(isinstance(column, str) and column for column in columns):
        return [script.issue("not-a-text", "A column has a name that is no text.")]
    if SOURCE_ROW not in columns:
        message = f"The function dropped the column `{SOURCE_ROW}`, which says where each row came from."
        return [script.issue("no-source-row", message)]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    return [script.issue("column-exists", f"The column {show_text(column)} is there twice.") for column in twice]


def _write_texts(cells: pd.Series) -> pd.Series:
    """The cells as texts: numbers without exponent, missing ones empty."""
    return cells.astype("str") if cells.dtype == "str" and not cells.hasnans else cells.map(_write_text).astype("str")


def _write_text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if pd.api.types.is_scalar(cell) and pd.isna(cell):
        return ""
    if isinstance(cell, bool) or not hasattr(cell, "__float__"):
        raise _BadCell(type(cell).__name__)
    return write_plain(Decimal(str(cell)))


def _check_rows(made: pd.Series, given: pd.Series, script: _Script) -> list[Issue]:
    """Every row of the source is still there, and no other: what goes must go by a `filter` step, with its reason."""
    before, after = _rows(given), _rows(made)
    if after - before:
        return [script.issue("bad-source-row", f"The column `{SOURCE_ROW}` holds rows that the table had not.")]
    if lost := before - after:
        message = f"The function lost {len(lost):,} rows, the first from row {min(map(int, lost))} of the source."
        return [script.issue("rows-lost", f"{message} Leave rows out with a `filter` step, with a reason.")]
    return []


def _rows(texts: pd.Series) -> set[str]:
    return {row for text in texts.unique() for row in text.split()}
