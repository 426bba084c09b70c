"""The ledger against the source tables and the packages: no printed statistic is forgotten, and none is misreported."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIPELINES = sorted(path.parent for path in ROOT.glob("pipelines/*/ledger.csv"))
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
IN_WORDS = {word: str(number) for number, word in enumerate(WORDS, 1)} | {"No": "0", "second": "2"}
"""Numbers that a source gives in words, which a recode step reads."""
REASONS = {"words-only", "uncertain", "duplicate", "not-a-statistic"}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_pipeline_has_a_ledger():
    assert PIPELINES == sorted(path.parent for path in ROOT.glob("pipelines/*/pipeline.yml")) != []


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda path: path.name)
def test_each_row_of_each_source_table_is_in_the_ledger_once(pipeline):
    entries = Counter((row["file"], int(row["row"])) for row in read(pipeline / "ledger.csv"))
    rows = {
        (path.relative_to(pipeline).as_posix(), number)
        for path in pipeline.glob("source/*.csv")
        for number, _ in enumerate(read(path), start=2)
    }
    assert set(entries) == rows
    assert set(entries.values()) == {1}


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda path: path.name)
def test_what_the_ledger_says_of_a_row_is_what_the_package_does(pipeline):
    status = {}
    for row in read(ROOT / "datapackages" / pipeline.name / "data/observations.csv"):
        broken = [f"{name}={code}" for name, code in list(row.items())[3:-3] if code != "all"]
        status[" ".join([row["measure"], row["area"], row["period"], *broken])] = row["status"]
    for entry in read(pipeline / "ledger.csv"):
        keys = [key for key in entry["observations"].split("; ") if key]
        if entry["outcome"] == "left-out":
            assert entry["reason"] in REASONS and not keys
        else:
            assert keys and not entry["reason"]
            assert ("c" in [status[key] for key in keys]) == (entry["outcome"] == "withheld")


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda path: path.name)
def test_each_figure_is_a_number_of_the_row_that_the_ledger_names(pipeline):
    values = {}
    for row in read(ROOT / "datapackages" / pipeline.name / "data/observations.csv"):
        broken = [f"{name}={code}" for name, code in list(row.items())[3:-3] if code != "all"]
        if not row["note"].startswith("We have worked out"):
            values[" ".join([row["measure"], row["area"], row["period"], *broken])] = row["value"]
    for entry in read(pipeline / "ledger.csv"):
        cells = read(pipeline / entry["file"])[int(entry["row"]) - 2].values()
        numbers = {float(text.replace(",", "")) for cell in cells for text in NUMBER.findall(IN_WORDS.get(cell, cell))}
        for key in entry["observations"].split("; "):
            if values.get(key):
                assert float(values[key]) in numbers, (entry["file"], entry["row"], key.split()[0])
