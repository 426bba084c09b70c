"""Check a whole package beside its contract: every text table that it declares, together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final

from statpress.checks.contract.check import check_tables
from statpress.checks.contract.nouns import Described, Table
from statpress.issue import Issue

Read = Callable[[str], bytes | None]
"""The bytes of a file of the package by its path, or None where it has been told already that it cannot be read."""
_TEXTS: Final = ("csv", "tsv")
_PACKED: Final = ("zip", "gz", "bz2", "xz", "zst", "tar", "tgz")
_NOT_TEXT: Final = {
    "data": ("in the descriptor itself", "Write its rows to a CSV file of the package, and name that in `path`."),
    "packed": ("compressed", "Unpack it, and name the CSV file in `path`."),
    "other": (
        "in a form that is no text, or in several forms",
        "Publish it as CSV. A file that is there besides needs no schema and no `type`.",
    ),
}
"""What a table may be instead of text, and what to do."""


@dataclass(frozen=True)
class _Part:
    """One file of a table: how many lines of the table stand before it, and how many of its own are left out."""

    place: str
    before: int
    skipped: int


def check_package(descriptor: Described, read: Read, prefix: str) -> list[Issue]:
    """What is wrong with the tables of a package beside their schemas. `prefix` is its folder, for messages.

    A table without a schema is told as a warning, since nothing says what to check. One that cannot be checked is told
    as an error: in the descriptor itself, compressed, or in a form that is no text.
    """
    place = f"{prefix}/datapackage.json".lstrip("/")
    tables: list[Table] = []
    parts: dict[str, list[_Part]] = {}
    issues: list[Issue] = []
    for index, entry in enumerate(descriptor.get("resources", ())):
        found = _table(entry, index, read, prefix) if isinstance(entry, dict) else None
        if isinstance(found, Issue):
            issues.append(replace(found, file=found.file or place))
        elif found is not None:
            tables.append(found[0])
            parts[found[0].place] = found[1]
    return issues + [_in_its_file(issue, parts.get(issue.file, [])) for issue in check_tables(tables, place)]


def _table(entry: Described, index: int, read: Read, prefix: str) -> tuple[Table, list[_Part]] | Issue | None:
    key = f"resources.{index}"
    paths = list(_flatten(entry.get("path")))
    if not _is_text(entry, paths):
        return _refuse(entry, key, paths)
    contents = [read(path) for path in paths]
    schema, dialect = (_resolve(entry.get(name) or {}, read) for name in ("schema", "dialect"))
    if not paths or None in contents:
        return None
    for name, found in (("schema", schema), ("dialect", dialect)):
        if not isinstance(found, dict):
            message = f"The {name} cannot be read: it must be an object, or the path of a JSON file in the package."
            return Issue(f"bad-{name}", message, key=f"{key}.{name}")
    if not schema:
        message = "The table declares no schema, so that nothing says what its cells may be."
        return Issue("schema-missing", message, key=f"{key}.schema", severity="warning")
    has_header = bool(dialect.get("header", True))
    data, parts = _join([one for one in contents if one is not None], paths, prefix, has_header=has_header)
    name = str(entry.get("name") or PurePosixPath(paths[0]).stem)
    encoding = str(entry.get("encoding") or "utf-8")
    return Table(name, parts[0].place, data, schema, dialect, encoding, key), parts


def _refuse(entry: Described, key: str, paths: Sequence[str]) -> Issue | None:
    """Why the cells of a resource are not checked, or None where it is no table."""
    has_data = entry.get("data") is not None
    if not paths and not has_data:
        message = "The resource is empty: it has neither a `path` nor `data`."
        return Issue("file-missing", message, key=key, hint="Name its file in `path`, or remove the resource.")
    if paths and has_data:
        message = "The resource has both a `path` and `data`, so that nobody knows which of them it is."
        return Issue("descriptor-key", message, key=f"{key}.data", hint="Keep the `path`.")
    if entry.get("type") != "table" and "schema" not in entry:
        return None
    words, hint = _NOT_TEXT["data" if has_data else "packed" if _is_packed(entry, paths) else "other"]
    message = f"The table is {words}, so that its cells cannot be checked."
    return Issue("table-not-checked", message, key=f"{key}.data" if has_data else key, hint=hint)


def _is_text(entry: Described, paths: Sequence[str]) -> bool:
    """Whether all files of a resource are text tables: by its format, or else by their names."""
    declared = str(entry.get("format") or "").lower()
    forms = [declared] if declared else [_suffix(path) for path in paths]
    is_one = bool(paths) and entry.get("data") is None and not _is_packed(entry, paths)
    return is_one and all(form in _TEXTS for form in forms)


def _is_packed(entry: Described, paths: Sequence[str]) -> bool:
    return entry.get("compression") not in (None, "", "no") or any(_suffix(path) in _PACKED for path in paths)


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lstrip(".").lower()


def _flatten(path: object) -> Iterator[str]:
    if isinstance(path, str):
        yield path
    elif isinstance(path, list):
        for part in path:
            yield from _flatten(part)


def _resolve(described: object, read: Read) -> Any:
    """A schema or dialect, which may stand in a file of its own."""
    if not isinstance(described, str):
        return described
    data = read(described)
    try:
        return json.loads(data) if data is not None else None
    except (ValueError, RecursionError):
        return None


def _join(
    contents: Sequence[bytes], paths: Sequence[str], prefix: str, *, has_header: bool
) -> tuple[bytes, list[_Part]]:
    """Several files as one table; each but the first leaves its header out."""
    joined, parts, lines = [], [], 0
    for number, (data, path) in enumerate(zip(contents, paths, strict=True)):
        kept = data.partition(b"\n")[2] if has_header and number else data
        kept += b"\n" if number + 1 < len(paths) and not kept.endswith(b"\n") else b""
        parts.append(_Part(f"{prefix}/{path}".lstrip("/"), lines, int(has_header and number > 0)))
        joined.append(kept)
        lines += kept.count(b"\n") if len(paths) > 1 else 0
    return (joined[0] if len(joined) == 1 else b"".join(joined)), parts


def _in_its_file(issue: Issue, parts: Sequence[_Part]) -> Issue:
    """An issue of a table with the file that has its row."""
    if issue.row is None or len(parts) < 2:
        return issue
    part = max((part for part in parts if part.before < issue.row), key=lambda part: part.before)
    return replace(issue, file=part.place, row=issue.row - part.before + part.skipped)
