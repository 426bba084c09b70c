"""Figures of the documents, drawn at random and looked up on the built site: right value, time and area, or withheld.

No message names a figure: only the document, the table, the row and the page.
"""

import csv
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from figure_pages import find_figure, number_of, read_figures

from statpress.declare.load import load_declarations
from statpress.paths import Project

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "source-tables"
FOLDERS = {
    "nel-jsna-9": "north-east-lincolnshire",
    "barnet-community-safety-2017": "barnet",
    "northamptonshire-exploitation-2018": "northamptonshire",
    "leeds-lscp-2019": "leeds",
    "leicestershire-scrutiny-2019": "leicestershire",
}
QUOTES = ("quote", "text_printed")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
IN_WORDS = {word: str(number) for number, word in enumerate(WORDS, 1)} | {"No": "0", "second": "2"}
REASONS = {"words-only", "uncertain", "duplicate", "not-a-statistic"}
OF_MORE = {"lowest-funded-authorities": "48 councils of England, of which the council of the row is one"}
"""Measures whose rows name the council that tells them, though they are of a wider area."""
MOST = 30

pytestmark = [
    pytest.mark.skipif(not SHARED.is_dir(), reason="the tables as first taken from the documents are not here"),
    pytest.mark.xdist_group("documents-site"),
]


@pytest.fixture
def site(published):
    return published


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def declared():
    return load_declarations(Project(ROOT))


@cache
def places():
    """Each row of each document, as it was taken from it, to the pipeline that has it and the row there."""
    found = {}
    for name, pipeline in declared().pipelines.items():
        for table in pipeline.tables:
            for number, row in enumerate(read(ROOT / "pipelines" / name / table.path), start=2):
                key = (FOLDERS[table.origin.document], Path(table.path).name, plain(row))
                found.setdefault(key, (name, table.path, number))
    return found


def plain(row):
    return tuple((name, cell) for name, cell in row.items() if name not in QUOTES)


@cache
def rows():
    """Every row of the tables that were taken from the documents."""
    return [
        (path.parent.name, path.name, number, row)
        for path in sorted(SHARED.glob("*/*.csv"))
        for number, row in enumerate(read(path), start=2)
    ]


@cache
def ledger(pipeline):
    return {(row["file"], int(row["row"])): row for row in read(ROOT / "pipelines" / pipeline / "ledger.csv")}


@cache
def labels_of(pipeline):
    """What the package calls its areas, periods and categories."""
    data = ROOT / "datapackages" / pipeline / "data"
    found = {("area", row["area"]): row["name"] for row in read(data / "areas.csv")}
    found |= {
        ("period", row["period"]): "Date not stated" if row["kind"] == "not-stated" else row["label"]
        for row in read(data / "periods.csv")
    }
    for dimension in declared().pipelines[pipeline].dimensions:
        found |= {(dimension, row["code"]): row["label"] for row in read(data / f"{dimension}.csv")}
    return found


@cache
def cells_of(site, pipeline, measure):
    return list(read_figures((site / "indicators" / pipeline / measure / "index.html").read_text(encoding="utf-8")))


def look_up(site, pipeline, key):
    """The texts that the site shows for what a ledger names; there should be just one."""
    measure, area, period, *groups = key.split(" ")
    broken = dict(group.split("=") for group in groups)
    labels = labels_of(pipeline)
    wanted = [labels[pair] for pair in (("area", area), ("period", period), *broken.items())]
    return find_figure(cells_of(site, pipeline, measure), "-".join(["figures", *broken]), wanted)


@cache
def remarks(pipeline):
    """The remark on each figure of a package, by its key in the ledger."""
    found = {}
    for row in read(ROOT / "datapackages" / pipeline / "data/observations.csv"):
        broken = [f"{name}={code}" for name, code in list(row.items())[3:-3] if code != "all"]
        found[" ".join([row["measure"], row["area"], row["period"], *broken])] = row["note"]
    return found


def worked_out(pipeline, key):
    """Whether a figure is one that we have worked out, as its remark says."""
    return remarks(pipeline)[key].startswith("We have worked out")


def faults_of(site, drawn, printed=None):
    """What is wrong with how the site tells one row, or nothing, and what became of it. `printed` are its cells."""
    folder, file, number, row = drawn
    pipeline, path, line = places()[(folder, file, plain(row))]
    entry = ledger(pipeline)[(path, line)]
    where = f"{folder}/{file} row {number}"
    if entry["outcome"] == "left-out":
        return ([] if entry["reason"] in REASONS else [f"{where}: left out without a reason"]), entry["reason"]
    numbers = {
        float(text.replace(",", ""))
        for cell in (printed or row).values()
        for text in NUMBER.findall(IN_WORDS.get(cell, cell))
    }
    faults, outcomes = [], []
    for key in entry["observations"].split("; "):
        found = look_up(site, pipeline, key)
        at = f"{where}: indicators/{pipeline}/{key}"
        if len(found) != 1:
            faults += [f"{at} is found {len(found)} times"]
            continue
        shown = number_of(found[0])
        outcomes += ["withheld" if "[c]" in found[0] else "shown"]
        if shown is None and not re.search(r"\[[a-z]+\]", found[0]):
            faults += [f"{at} shows neither a number nor why there is none"]
        if shown is not None and shown not in numbers and not worked_out(pipeline, key):
            faults += [f"{at} shows another number than the document"]
        faults += [f"{at} {fault}" for fault in about_faults(pipeline, key, row)]
    return faults, "withheld" if "withheld" in outcomes else "shown"


def about_faults(pipeline, key, row):
    """Whether area and time on the page are those that the document names, where it names them."""
    _, area, period, *_ = key.split(" ")
    told = years_in(row.get("period", ""))
    label = labels_of(pipeline)[("period", period)]
    if told and "stated" not in label and not told & years_in(f"{label} {period} {remarks(pipeline)[key]}"):
        yield "is of another year than the document says"
    if key.split(" ")[0] in OF_MORE:
        return
    areas = declared().areas
    known = {name for one in areas.values() for name in (one.name, *one.also)}
    own = {areas[area].name, *areas[area].also}
    if row.get("area", "") in known - own and not own & set(row.values()) and not worked_out(pipeline, key):
        yield "is of another area than the document says"


def years_in(text):
    """The years that a text names: 2018 and 2019 of `2018/19`."""
    return set(re.findall(r"20\d\d", text)) | {f"20{end}" for end in re.findall(r"20\d\d[/-](\d\d)\b(?!-)", text)}


@pytest.mark.parametrize("seed", [1, 7, 42, 1989, 20260101])
def test_thirty_rows_drawn_at_random_are_on_the_site_or_have_a_stated_reason(site, seed):
    drawn = random.Random(seed).sample(rows(), MOST)
    looked = [faults_of(site, row) for row in drawn]
    assert [fault for faults, _ in looked for fault in faults] == []
    outcomes = Counter(outcome for _, outcome in looked)
    assert outcomes["shown"] + outcomes["withheld"] >= MOST // 4, outcomes


def test_every_row_of_the_documents_is_on_the_site_or_has_a_stated_reason(site):
    looked = [faults_of(site, row) for row in rows()]
    assert [fault for faults, _ in looked for fault in faults] == []
    assert len(looked) == 1797


def test_a_page_that_shows_another_number_is_noticed(site):
    drawn = next(row for row in rows() if faults_of(site, row)[1] == "shown")
    other = {name: re.sub(r"\d", "7", cell) for name, cell in drawn[3].items()}
    faults, _ = faults_of(site, drawn, printed=other)
    assert any("another number" in fault for fault in faults)


def test_each_reason_for_leaving_rows_out_is_told_with_its_total(site):
    page = (site / "about" / "index.html").read_text()
    left = {row["reason"] for pipeline in declared().pipelines for row in ledger(pipeline).values()} - {""}
    assert [reason for reason in left if reason.replace("-", " ") not in page] == []
