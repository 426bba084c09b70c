"""Every format says the same, and never takes a zero, a rounded zero, a withheld and a missing value for one another."""

import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import jsonschema
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from browser import serve
from fixture_packages import measure, write_package
from openapi_spec_validator import validate

from statpress.packages.read import read_package
from statpress.site.facts.indicator import describe_indicators
from statpress.site.pages.downloads import make_package_files

SHARES = "indicators/missing/share/share"
CELLS = {
    ("male", "0-9"): (0, None),
    ("male", "10-15"): (60, None),
    ("male", "16-17"): (None, "low"),
    ("female", "0-9"): (12.5, None),
    ("female", "10-15"): (None, "c"),
    ("female", "16-17"): (None, "x"),
}
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def books(folder, end):
    return sorted(folder.rglob(f"*.{end}"))


def ods_tables(path):
    """The cells of each sheet: numbers as numbers, everything else as text."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    return {
        sheet.get(f"{TABLE}name"): [[_ods_cell(cell) for cell in row] for row in sheet.iter(f"{TABLE}table-row")]
        for sheet in root.iter(f"{TABLE}table")
    }


def _ods_cell(cell):
    assert cell.tag == f"{TABLE}table-cell"
    if cell.get(f"{OFFICE}value-type") == "float":
        return float(cell.get(f"{OFFICE}value"))
    assert cell.get(f"{OFFICE}value-type") == "string"
    return "".join(cell.itertext())


def xlsx_tables(path):
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
        for sheet in book
    }


@pytest.mark.parametrize("end", ["csv", "parquet", "json"])
def test_formats_for_programs_tell_statuses_apart(site, end):
    path = site / f"{SHARES}.{end}" if end != "json" else site / "api/v1/indicators/missing/share.json"
    if end == "csv":
        rows = list(csv.DictReader(io.StringIO(path.read_text())))
        rows = [row | {"value": float(row["value"]) if row["value"] else None, "status": row["status"] or None}
                for row in rows]  # fmt: skip
    elif end == "parquet":
        rows = pq.read_table(path).to_pylist()
    else:
        rows = json.loads(path.read_text())["figures"]
    assert {(row["sex"], row["age"]): (row["value"], row["status"]) for row in rows} == CELLS


def test_the_view_and_the_workbooks_tell_statuses_apart(site):
    view = list(csv.reader(io.StringIO((site / "indicators/missing/share/tables/figures-sex-age.csv").read_text())))
    assert view[0] == ["Sex", "Aged 0 to 9", "Aged 10 to 15", "Aged 16 or 17 and living away from home"]
    assert view[1:] == [["Boys", "0.0", "60.0", "[low]"], ["Girls", "12.5", "[c]", "[x]"]]
    expected = [[0, 60, "[low]"], [12.5, "[c]", "[x]"]]
    for tables in (xlsx_tables(site / f"{SHARES}.xlsx"), ods_tables(site / f"{SHARES}.ods")):
        assert [row[1:] for row in tables["Table_1"][5:]] == expected


def test_a_status_of_a_number_and_a_remark_stand_beside_it(site):
    rows = xlsx_tables(site / "indicators/looked-after/rate/rate.xlsx")["Table_1"]
    (last,) = [row for row in rows if row[0] == "2018/19"]
    assert last[1] == 95
    assert last[-1] == "Kesteven: [p]"
    book = xlsx_tables(site / "indicators/looked-after/number/number.xlsx")
    assert book["Table_1"][-1][-1] == "[note 1]"
    assert ["[note 1]", "The source says 'just over'"] in book["Notes"]


def test_both_workbooks_say_the_same(site):
    pairs = [(path, path.with_suffix(".ods")) for path in books(site, "xlsx")]
    assert len(pairs) > 10
    for xlsx, ods in pairs:
        assert xlsx_tables(xlsx) == ods_tables(ods), xlsx


@pytest.mark.parametrize("end", ["xlsx", "ods"])
def test_a_program_that_is_not_ours_reads_the_workbooks(site, end):
    sheets = pd.read_excel(site / f"{SHARES}.{end}", sheet_name=None, header=None, engine="calamine")
    assert list(sheets) == ["Cover", "Contents", "Notes", "Table_1"]
    assert sheets["Table_1"][5:].to_numpy().tolist() == [["Boys", 0, 60, "[low]"], ["Girls", 12.5, "[c]", "[x]"]]


def test_xlsx_is_accessible(site):
    for path in books(site, "xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
        assert book.properties.title
        assert [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=3)] == [
            f"'{name}'!A1" for name in book.sheetnames[2:]
        ]
        for sheet in book.worksheets:
            assert not sheet.merged_cells.ranges
            assert sheet["A1"].value
            if sheet.title != "Cover":
                (table,) = sheet.tables.values()
                cells = [cell for row in sheet[table.ref] for cell in row]
                assert all(cell.value not in (None, "") for cell in cells), (path, sheet.title)
                assert sheet[table.ref][1][0].row == sheet[sheet.freeze_panes].row
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_ods_is_accessible(site):
    for path in books(site, "ods"):
        with zipfile.ZipFile(path) as archive:
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            content, settings = archive.read("content.xml").decode(), archive.read("settings.xml").decode()
            listed = re.findall(r'full-path="([^"/]+)"', archive.read("META-INF/manifest.xml").decode())
            assert set(listed) < set(archive.namelist())
        names = list(ods_tables(path))
        assert names[:3] == ["Cover", "Contents", "Notes"]
        assert "covered-table-cell" not in content
        assert "spanned" not in content
        assert content.count("<table:table-header-rows>") == len(names) - 1
        assert re.findall(r'xlink:href="#(\w+)\.A1"', content) == names[2:]
        assert settings.count('"HorizontalSplitMode" config:type="short">2<') == len(names) - 1


def test_what_a_spreadsheet_would_run_is_text_in_every_format(tmp_path):
    risky = "=HYPERLINK(1)"
    rows = [("m", "K", "2019-03-31/P1D", {"g": "a"}, -5, "", risky)]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Change")], {"g": {"a": "@SUM(A1)"}}))
    made = make_package_files(package, describe_indicators(package), tmp_path / "cache")
    content = {download.format: download.asset.read() for download in made}
    assert f"'{risky}" in content["CSV"].decode()
    assert ",'@SUM(A1),-5," in content["CSV"].decode()
    book = openpyxl.load_workbook(io.BytesIO(content["XLSX"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in (risky, "@SUM(A1)")]
    assert len(cells) == 2
    assert {(cell.data_type, cell.quotePrefix, cell.number_format) for cell in cells} == {("s", True, "@")}
    with zipfile.ZipFile(io.BytesIO(content["ODS"])) as archive:
        xml = archive.read("content.xml").decode()
    assert xml.count(risky) == 1
    assert "table:formula" not in xml
    assert 'style:data-style-name="as-text"' in xml


def test_a_small_number_is_never_shown_as_zero(tmp_path):
    rows = [("m", "K", "2019-03-31/P1D", {}, "0.04", "", "")]
    package = read_package(
        write_package(tmp_path / "p", rows, [measure("m", "Rate", kind="rate", decimals=1, base=10)])
    )
    made = make_package_files(package, describe_indicators(package), tmp_path / "cache")
    content = {download.format: download.asset.read() for download in made}
    assert ",0.04," in content["CSV"].decode()
    sheet = openpyxl.load_workbook(io.BytesIO(content["XLSX"]))["Table_1"]
    assert [(c.value, c.number_format) for r in sheet.iter_rows() for c in r if c.data_type == "n" and c.value] == [
        (0.04, "#,##0.00")
    ]
    with zipfile.ZipFile(io.BytesIO(content["ODS"])) as archive:
        assert "<text:p>0.04</text:p>" in archive.read("content.xml").decode()


def test_what_no_spreadsheet_can_hold_is_not_offered_cut_off(tmp_path):
    rows = [("m", "K", "2019-03-31/P1D", {}, 5, "", "x" * 40_000)]
    package = read_package(write_package(tmp_path / "p", rows, [measure("m", "Children")]))
    made = make_package_files(package, describe_indicators(package), tmp_path / "cache")
    assert [download.format for download in made] == ["zip", "CSV", "Parquet", "JSON"]


def test_parquet_has_types_and_says_what_it_is(site, packages):
    table = pq.read_table(site / "data/missing/latest/missing.parquet")
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds["value"] == "double"
    assert kinds["period_start"] == "date32[day]"
    assert table.schema.metadata[b"version"] == b"2019.1"
    figures = sorted((row["measure"], row["value"], row["status"]) for row in table.to_pylist() if row["value"])
    cube = packages["missing"].cube
    assert figures == sorted((o.measure, float(o.value), o.status or None) for o in cube.observations if o.value)
    assert table.num_rows == len(cube.observations)


def test_every_checksum_is_true_and_every_file_of_a_release_is_listed(site):
    found = sorted(site.rglob("SHA256SUMS"))
    assert len(found) == 8
    for sums in found:
        listed = dict(reversed(line.split("  ", 1)) for line in sums.read_text().splitlines())
        files = [p for p in sums.parent.rglob("*") if p.is_file() and p != sums]
        assert listed == {
            p.relative_to(sums.parent).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files
        }


def test_everything_is_in_one_zip(site):
    with zipfile.ZipFile(site / "data/all-data.zip") as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for name in ("missing", "looked-after", "exclusions", "bus-stops"):
        folder = site / "data" / name / "latest"
        for path in folder.rglob("*"):
            if path.is_file() and path != folder / f"{name}.zip":
                assert inside.pop(f"{name}/{path.relative_to(folder).as_posix()}") == path.read_bytes()
    assert inside == {}


def test_a_button_says_format_and_size_of_a_file_that_is_there(site):
    for page in [*site.glob("indicators/*/*/index.html"), *site.glob("data/*/index.html"), site / "index.html"]:
        buttons = re.findall(r'<li><a href="([^"]+)" download>[^<]*<span class="sp-format">([^<]+)<', page.read_text())
        assert buttons
        for address, words in buttons:
            assert (page.parent / address).is_file(), (page, address)
            assert re.search(r"(?:\d (?:bytes|kB|MB)|zip)$", words), words


@pytest.fixture(scope="module")
def description(site):
    return json.loads((site / "api/v1/openapi.json").read_text())


def answers(site):
    """Every JSON file that the description is about, by address."""
    files = [*site.glob("api/**/*.json"), *site.glob("data/*/*/*.json")]
    return {f"/{path.relative_to(site).as_posix()}": path for path in files if path.name != "datapackage.json"}


def schemas_of(description, address):
    for path, item in description["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path.replace(".", r"\.")), address):
            yield path, item["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def check_answer(description, schema, content):
    jsonschema.Draft202012Validator({**schema, "components": description["components"]}).validate(content)


def test_the_description_of_the_api_is_openapi(description):
    validate(description)


def test_every_file_of_the_api_is_as_described_and_every_path_has_a_file(site, description):
    met = set()
    for address, path in answers(site).items():
        ((template, schema),) = schemas_of(description, address)
        check_answer(description, schema, json.loads(path.read_text()))
        met.add(template)
    assert met == set(description["paths"])


@pytest.mark.parametrize(
    "fault", [{"value": None, "status": None}, {"value": "5"}, {"area": None}, {"value": None, "status": 1}]
)
def test_the_description_refuses_a_figure_that_is_wrong(site, description, fault):
    content = json.loads((site / "api/v1/indicators/missing/share.json").read_text())
    content["figures"][1] |= fault
    with pytest.raises(jsonschema.ValidationError):
        check_answer(description, {"$ref": "#/components/schemas/Indicator"}, content)


def test_addresses_in_the_api_lead_to_files(site):
    for path in site.glob("api/**/*.json"):
        for address in re.findall(r'"(?:address|page|checksums)":"([^"]+)"', path.read_text()):
            assert (site / address).exists(), (path, address)
    for download in json.loads((site / "api/v1/packages/missing.json").read_text())["downloads"]:
        content = (site / download["address"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (download["bytes"], download["sha256"])


HOW_TO = Path(__file__).parents[2] / "docs/how-to/load-the-figures.md"


@pytest.mark.parametrize("number", range(7))
def test_the_code_that_loads_each_format_runs_as_written(site, number):
    blocks = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    assert len(blocks) == 7
    with serve(site) as address:
        code = blocks[number].replace("https://figures.example.org/", address)
        assert address in code
        exec(compile(code, HOW_TO.name, "exec"), {})  # noqa: S102 - our own documentation
