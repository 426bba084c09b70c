"""Only a regular file inside the pipeline's folder and the project is read, and what is hashed is what is parsed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from workshop import Workshop

TABLE = "period,value\n2018/19,45\n"


def test_size_checksum_and_rows_are_those_of_the_file(workshop: Workshop) -> None:
    loaded = workshop.load(TABLE)
    assert loaded.observations is not None
    (source,) = loaded.observations.sources
    assert (source.bytes, source.sha256, source.rows) == (24, hashlib.sha256(TABLE.encode()).hexdigest(), 1)


def test_a_missing_file_is_an_issue(workshop: Workshop) -> None:
    loaded = workshop.load(None)
    assert loaded.faults == [("missing-file", None, None)]
    assert loaded.issues[0].file == "pipelines/children/table.csv"


def test_a_path_that_leaves_the_folder_is_refused(workshop: Workshop) -> None:
    (workshop.folder.parent / "table.csv").write_text(TABLE)
    assert workshop.load(None, path=".x/../../table.csv").faults == [("outside-pipeline", None, None)]


def test_a_link_out_of_the_project_is_refused(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "table.csv"
    outside.write_text(TABLE)
    (workshop.folder / "table.csv").symlink_to(outside)
    assert workshop.load(None).faults == [("outside-project", None, None)]


def test_a_link_inside_the_project_is_followed(workshop: Workshop) -> None:
    shared = workshop.project.pipelines / "shared.csv"
    shared.write_text(TABLE)
    (workshop.folder / "table.csv").symlink_to(shared)
    assert workshop.load(None).drawn("value") == ["45"]


def test_links_in_a_circle_are_an_issue(workshop: Workshop) -> None:
    (workshop.folder / "table.csv").symlink_to(workshop.folder / "table.csv")
    assert workshop.load(None).faults == [("unreadable-file", None, None)]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_not_a_regular_file_is_refused_at_once(workshop: Workshop, make: object) -> None:
    assert callable(make)
    make(workshop.folder / "table.csv")
    assert workshop.load(None).faults == [("not-a-file", None, None)]


def test_a_file_that_is_too_large_is_refused(workshop: Workshop) -> None:
    with Path(workshop.folder / "table.csv").open("wb") as file:
        file.truncate(200_000_001)
    assert workshop.load(None).faults == [("too-large", None, None)]


def test_the_faults_of_all_tables_come_together(workshop: Workshop) -> None:
    workshop.write("period,value\n2018/19\n", "first.csv")
    other = "  - {path: gone.csv, origin: {document: report}}\n"
    assert workshop.load(None, path="first.csv", tables=other).faults == [
        ("ragged-row", 2, None),
        ("missing-file", None, None),
    ]
