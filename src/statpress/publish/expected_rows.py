"""How many rows each measure and period of a package should have: kept under version control, reviewed as a diff.

A source that lost rows, or has them twice, shows as another number of rows before anybody looks at figures.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from statpress.cube import MEASURE, PERIOD
from statpress.issue import Issue
from statpress.packages.write import write_file
from statpress.paths import Project

Files = Mapping[str, bytes]
Rows = Mapping[tuple[str, str], int]
_COLUMNS: Final = (MEASURE, PERIOD, "rows")
_HINT: Final = "Mend the source; or run `statpress expect {name}`, and review the difference."
_AGAIN: Final = "Remove it, run `statpress expect`, and review the difference."
_COUNTED: Final = "expect_table_row_count_to_equal"


def check_rows(project: Project, packages: Mapping[str, Files]) -> list[Issue]:
    """Packages (name to files) that would have other rows than expected, or of which nothing is expected.

    A project that expects no rows of any package is left alone.
    """
    if not any(project.validations.glob("*.rows.csv")):
        return []
    return [issue for name, files in packages.items() for issue in _check(project, name, files)]


def write_rows(project: Project, packages: Mapping[str, Files]) -> tuple[str, ...]:
    """Expect the rows that the packages have. Returns the names of the files that changed. Raises `CannotWrite`."""
    project.validations.mkdir(exist_ok=True)
    paths = {project.expected_rows(name): _render(_count(files)) for name, files in packages.items()}
    return tuple(path.name for path, data in paths.items() if write_file(path, data))


def _check(project: Project, name: str, files: Files) -> Iterator[Issue]:
    path = project.expected_rows(name)
    file = project.relative(path)
    if not path.is_file():
        if not _is_counted(project, name):
            hint = f"Run `statpress expect {name}`, and commit the file."
            yield Issue(
                "no-expected-rows", f"Nothing says how many rows {name} has.", file, hint=hint, severity="warning"
            )
        return
    expected, fault = _read(path.read_bytes(), file)
    yield from [fault] if fault else _compare(expected, _count(files), file, name)


def _is_counted(project: Project, name: str) -> bool:
    """Whether the expectation suite of a package counts its rows."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        suite: Any = json.loads((project.validations / f"{name}.json").read_bytes())
        return any(one["type"] == _COUNTED for one in suite["expectations"])
    return False


def _compare(expected: Rows, found: Rows, file: str, name: str) -> Iterator[Issue]:
    lines = {key: line for line, key in enumerate(expected, start=2)}
    for key in sorted(expected.keys() | found.keys()):
        wanted, there = expected.get(key, 0), found.get(key, 0)
        if wanted != there:
            message = f"{key[0]} in {key[1]} has {there:,} rows, and {wanted:,} are expected."
            yield Issue("rows-differ", message, file, lines.get(key), hint=_HINT.format(name=name))


def _count(files: Files) -> Rows:
    rows = csv.DictReader(io.StringIO(files["data/observations.csv"].decode(), newline=""))
    return Counter((row[MEASURE], row[PERIOD]) for row in rows)


def _render(rows: Rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([*key, number] for key, number in sorted(rows.items()))
    return text.getvalue().encode()


def _read(data: bytes, file: str) -> tuple[Rows, Issue | None]:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
        found = {(row[MEASURE], row[PERIOD]): int(row["rows"]) for row in rows}
        if len(found) == len(rows) and all(row.keys() == set(_COLUMNS) for row in rows):
            return found, None
        message = f"A row is there twice, or has other cells than {', '.join(_COLUMNS)}."
        return {}, Issue("bad-expected-rows", message, file, hint=_AGAIN)
    except (KeyError, TypeError, ValueError, csv.Error):
        message = f"The file is not a CSV table of {', '.join(_COLUMNS)}."
        return {}, Issue("bad-expected-rows", message, file, hint=_AGAIN)
