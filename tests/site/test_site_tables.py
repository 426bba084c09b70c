"""The full table, and the files that a reader takes away."""

import csv
import io
import zipfile

import pytest
from fixture_packages import measure, write_package

from statpress.packages.read import read_package
from statpress.site.facts.indicator import describe_indicators
from statpress.site.facts.table import Notes, describe_tables
from statpress.site.files.text import defuse
from statpress.site.pages.downloads import list_release, make_indicator_files, make_package_files, write_zip


def draw(table):
    """A table as text: its caption, heads and rows, with marks."""
    lines = [table.caption, " | ".join([*table.heads, *table.columns])]
    for row in table.rows:
        cells = [
            "none" if cell is None else f"{cell.text} {cell.status.mark if cell.status else ''}".strip()
            for cell in row.cells
        ]
        lines.append(" | ".join([*row.heads, *cells]))
    return "\n".join(lines)


def tables(indicator, notes=None):
    return [draw(table) for table in describe_tables(indicator, notes or Notes())]


def test_times_are_rows_and_areas_are_columns(indicators):
    assert tables(indicators["looked-after/rate"]) == [
        "Rate of children looked after by area and period\n"
        "Period | Kesteven | The Ridings | England\n"
        "2015/16 | 84.0 | 70.0 | 60.0\n"
        "2016/17 | [c] | 71.0 | 61.0\n"
        "2017/18 | 92.0 | 72.0 | 62.0\n"
        "2018/19 | 95.0 [p] | 73.0 | 63.0"
    ]


def test_the_area_that_the_package_is_about_comes_first(tmp_path):
    rows = [("m", area, "2018-04-01/P1Y", {"age": "a"}, 30, "", "") for area in "REK"]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Children")], {"age": {"a": "Young"}}))
    (text,) = tables(describe_indicators(package)[0])
    assert text.splitlines()[1].startswith("Age | Kesteven | ")


def test_a_time_that_the_source_does_not_state_reads_well_after_a_comma(tmp_path):
    package = read_package(
        write_package(tmp_path / "p", [("m", "K", "not-stated", {}, 30, "", "")], [measure("m", "Children")])
    )
    (text,) = tables(describe_indicators(package)[0])
    assert text == "Children, Kesteven, date not stated\nPeriod | Children\nDate not stated | 30"


def test_the_four_kinds_of_nothing_are_four_things(indicators):
    assert tables(indicators["missing/share"]) == [
        "Share of incidents by sex and age, Kesteven, 2018/19\n"
        "Sex | Aged 0 to 9 | Aged 10 to 15 | Aged 16 or 17 and living away from home\n"
        "Boys | 0.0% | 60.0% | [low]\n"
        "Girls | 12.5% | [c] | [x]"
    ]


def test_each_breakdown_has_its_table(indicators):
    assert [table.splitlines()[0] for table in tables(indicators["missing/missing"])] == [
        "Children missing from care, Kesteven, 2018/19",
        "By age, Kesteven, 2018/19",
        "By sex, Kesteven, 2018/19",
    ]


def test_remarks_are_numbered_once(indicators):
    notes = Notes()
    tables(indicators["looked-after/number"], notes)
    assert notes.texts == ["The source says 'just over'"]


@pytest.fixture
def crowd(tmp_path):
    """200 areas at two times, one figure not there."""
    areas = {f"A{n}": f"Area {n}" for n in range(200)} | {"K": "Kesteven"}
    rows = [("m", code, "2018-04-01/P1Y", {}, n, "", "") for n, code in enumerate(areas)]
    rows += [("m", "K", "2017-04-01/P1Y", {}, 7, "", "")]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Children")], areas=areas))
    return describe_indicators(package)[0]


def test_many_areas_are_rows_and_a_figure_that_is_not_there_is_marked(crowd):
    text = tables(crowd)[0].splitlines()
    assert text[1] == "Area | 2017/18 | 2018/19"
    assert "Area 3 | none | 3" in text
    assert "Kesteven | 7 | 200" in text
    assert len(text) == 203


def tidy_csv(indicator, cache):
    (found,) = [download for download in make_indicator_files(indicator, cache).whole if download.format == "CSV"]
    return found.asset


def test_the_table_of_an_indicator_holds_every_figure_and_nothing_else(indicators, tmp_path):
    asset = tidy_csv(indicators["looked-after/rate"], tmp_path)
    rows = list(csv.DictReader(io.StringIO(asset.read().decode())))
    assert asset.path == "indicators/looked-after/rate/rate.csv"
    assert len(rows) == 12
    names = "measure measure_title unit area area_name period period_label period_start period_end value status note"
    assert list(rows[0]) == names.split()
    withheld = [row for row in rows if row["status"] == "c"]
    assert [(row["area"], row["value"]) for row in withheld] == [("K", "")]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx"])
def test_cells_that_a_spreadsheet_would_run_are_defused(cell):
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-1e3", "", "a=b", "[c]"])
def test_numbers_and_plain_words_stay_as_they_are(cell):
    assert defuse(cell) == cell


def test_a_remark_that_is_a_formula_is_defused_in_the_table(tmp_path):
    rows = [("m", "K", "2019-03-31/P1D", {}, -5, "", "=HYPERLINK(1)")]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Change")]))
    text = tidy_csv(describe_indicators(package)[0], tmp_path).read().decode()
    assert ",-5,,'=HYPERLINK(1)\n" in text


def test_a_zip_is_the_package_as_published_with_stable_bytes(packages, tmp_path):
    package = packages["missing"]
    archive = write_zip(package, tmp_path / "one")
    assert archive == write_zip(package, tmp_path / "one") == write_zip(package, tmp_path / "two")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = opened.namelist()
        assert names == sorted(names)
        assert {"missing/datapackage.json", "missing/README.md", "missing/data/observations.csv"} <= set(names)
        for name in names:
            assert opened.read(name) == (package.folder.parent / name).read_bytes()


def test_only_files_that_the_package_names_are_published(tmp_path):
    folder = write_package(tmp_path / "p", [("m", "K", "2019-03-31/P1D", {}, 5, "", "")], [measure("m", "Children")])
    (folder / "data" / "draft.csv").write_text("secret\n")
    package = read_package(folder)
    assets = list_release(package, make_package_files(package, [], tmp_path / "cache"))
    assert not [asset for asset in assets if "draft" in asset.path]
    (archive,) = [asset for asset in assets if asset.path.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(archive.read())) as opened:
        assert not [name for name in opened.namelist() if "draft" in name]
