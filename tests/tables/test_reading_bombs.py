"""Files made to take too much: each is refused by the program within a limit of memory that the system enforces."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from books import ods, pack, repack
from project import edit, make_project
from test_reading_robustly import excel

MEMORY = 3_000_000_000
"""Bytes of address space, of which the program and its libraries take more than a third before they read anything."""
HEADER = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = b"</sheetData></worksheet>"


def cell(text: bytes) -> bytes:
    return b'<c t="inlineStr"><is><t>' + text + b"</t></is></c>"


def sheet(part: bytes) -> bytes:
    return repack(excel(), "xl/worksheets/sheet1.xml", lambda _: HEADER + part + END)


def entities(part: bytes) -> bytes:
    """The billion laughs."""
    lines = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10 if i else b"ha") for i in range(10))
    return part.replace(b"?>", b"?><!DOCTYPE x [" + lines + b"]>", 1).replace(b"<text:p>", b"<text:p>&a9;", 1)


NAMES = b"measure,area,period,sex,value\n"
BOMBS: dict[str, tuple[str, Callable[[], bytes], tuple[str, int | None, str | None]]] = {
    "a cell of 100 MB": (
        "csv",
        lambda: NAMES + b"children,E1," + b"1" * 100_000_000 + b",all,9\n",
        ("too-long-cell", 2, "period"),
    ),
    "a million columns": (
        "csv",
        lambda: ",".join(f"c{i}" for i in range(1_000_000)).encode() + b"\n",
        ("too-many-columns", 1, None),
    ),
    "200 MB of commas": ("csv", lambda: b"," * 200_000_000, ("too-long-row", 1, None)),
    "a cell of 100 MB in a workbook": (
        "xlsx",
        lambda: sheet(b'<row r="1">' + cell(b"a" * 100_000_000) + b"</row>"),
        ("too-long-cell", 1, "A"),
    ),
    "a million columns in a workbook": (
        "xlsx",
        lambda: sheet(b'<row r="1">' + cell(b"a") * 1_000_000 + b"</row>"),
        ("too-large", 1, None),
    ),
    "twenty million rows in a workbook": (
        "xlsx",
        lambda: sheet(b"<row/>" * 20_000_000),
        ("too-large", 1_048_577, None),
    ),
    "a zip bomb": (
        "xlsx",
        lambda: pack({f"{i}.xml": bytes(150_000_000) for i in range(2)}),
        ("too-large", None, None),
    ),
    "a cell of 100 MB in ODS": ("ods", lambda: ods([["a" * 100_000_000]]), ("too-long-cell", 1, "A")),
    "a million columns in ODS": ("ods", lambda: ods([["a"] * 1_000_000]), ("too-large", 1, None)),
    "an entity bomb in ODS": ("ods", lambda: repack(ods([["a"]]), "content.xml", entities), ("unsafe-xml", None, None)),
}


def test_a_file_of_ten_thousand_million_bytes_is_refused_in_little_memory(tmp_path: Path) -> None:
    make_project(tmp_path)
    with (tmp_path / "pipelines/missing/source/missing.csv").open("wb") as file:
        file.truncate(10_000_000_000)
    check(tmp_path, ("too-large", None, None))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    suffix, make, fault = BOMBS[name]
    make_project(tmp_path)
    if suffix != "csv":
        declared = f"missing.{suffix}\n    sheet: Data"
        edit(tmp_path, "pipelines/missing/pipeline.yml", "missing.csv", declared)
    (tmp_path / f"pipelines/missing/source/missing.{suffix}").write_bytes(make())
    check(tmp_path, fault)


def check(root: Path, fault: tuple[str, int | None, str | None]) -> None:
    """Run the program with little memory; the one issue that it tells is the fault."""
    finished = subprocess.run(
        [Path(sys.executable).parent / "statpress", "check", "--json"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert finished.returncode == 11, finished.stderr[-2000:]
    (issue,) = json.loads(finished.stdout)["issues"]
    assert (issue["rule"], issue.get("row"), issue.get("column")) == fault
    assert issue["hint"]
