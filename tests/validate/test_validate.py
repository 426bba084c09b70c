"""`statpress validate`: packages as a user has them, from the command, with exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from commands import run, statpress
from project import make_project

ROOT = Path(__file__).parents[2]
FIELDS = [{"name": "stop", "constraints": {"required": True}}, {"name": "seats", "type": "integer"}]


def write_package(folder, resources, **files):
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"name": folder.name, "resources": resources}))
    for path, text in files.items():
        (folder / f"{path}.csv").write_text(text)
    return folder


def stops(**more):
    return {"name": "stops", "path": "stops.csv", "schema": {"fields": FIELDS}} | more


def issues(root, *paths):
    """The exit code, and rule, file, row and column of each issue."""
    finished = statpress(root, "validate", *paths, "--json")
    answer = json.loads(finished.stdout)
    told = [(i["rule"], i["file"], i.get("row"), i.get("column")) for i in answer["issues"]]
    return finished.returncode, told


def test_a_good_package_is_as_declared(tmp_path):
    write_package(tmp_path / "bus", [stops()], stops="stop,seats\nA,2\n")
    finished = statpress(tmp_path, "validate", "bus")
    assert (finished.returncode, finished.stdout) == (0, "1 package with 1 file: as declared, 0 warnings.\n")
    assert issues(tmp_path, "bus/datapackage.json") == (0, [])


def test_the_faults_of_all_packages_are_told_together_and_end_with_12(tmp_path):
    write_package(tmp_path / "p/bus", [stops()], stops="stop,seats\nA,two\n")
    write_package(tmp_path / "p/tram", [stops()], stops="stop,seats\n,2\n")
    assert issues(tmp_path, "p") == (
        12,
        [("cell-type", "p/bus/stops.csv", 2, "seats"), ("cell-required", "p/tram/stops.csv", 2, "stop")],
    )


def test_what_cannot_be_read_ends_with_11(tmp_path):
    write_package(tmp_path / "bus", [stops(path="../secret.csv"), stops(name="gone", path="gone.csv")])
    assert issues(tmp_path, "bus") == (
        11,
        [("file-missing", "bus/datapackage.json", None, None), ("path-unsafe", "bus/datapackage.json", None, None)],
    )
    (tmp_path / "empty").mkdir()
    assert issues(tmp_path, "empty") == (2, [("no-package", "empty", None, None)])
    assert statpress(tmp_path, "validate", "nowhere").returncode == 2


def test_a_table_in_several_files_has_its_rows_in_each(tmp_path):
    parts = {"a": "stop,seats\nA,2\nB,x\n", "b": "stop,seats\nC,y\nD,3\n"}
    key = {"primaryKey": "stop"}
    entry = stops(path=["a.csv", "b.csv"], schema={"fields": FIELDS, **key})
    write_package(tmp_path / "bus", [entry], **parts)
    assert issues(tmp_path, "bus")[1] == [
        ("cell-type", "bus/a.csv", 3, "seats"),
        ("cell-type", "bus/b.csv", 2, "seats"),
    ]
    (tmp_path / "bus/b.csv").write_text("stop,seats\nA,3\n")
    assert issues(tmp_path, "bus")[1] == [
        ("cell-type", "bus/a.csv", 3, "seats"),
        ("primary-key", "bus/b.csv", 2, "stop"),
    ]


def test_a_schema_and_a_dialect_may_stand_in_files_of_their_own(tmp_path):
    folder = write_package(tmp_path / "bus", [stops(schema="s.json", dialect="d.json")], stops="stop;seats\nA;x\n")
    (folder / "s.json").write_text(json.dumps({"fields": FIELDS}))
    (folder / "d.json").write_text(json.dumps({"delimiter": ";"}))
    assert issues(tmp_path, "bus") == (12, [("cell-type", "bus/stops.csv", 2, "seats")])


def test_a_table_without_a_schema_is_told_as_a_warning(tmp_path):
    folder = write_package(tmp_path / "bus", [{"name": "a", "path": "a.csv"}, {"path": "c.txt"}], a="x\n")
    (folder / "c.txt").write_text("")
    assert issues(tmp_path, "bus") == (0, [("schema-missing", "bus/datapackage.json", None, None)])


@pytest.mark.parametrize(
    ("entry", "code", "rule", "said"),
    [
        (stops(path=None, data=[["stop", "seats"], ["A", 2]]), 12, "table-not-checked", "in the descriptor itself"),
        (stops(path=None, data="stop\nA\n", format="csv"), 12, "table-not-checked", "in the descriptor itself"),
        (stops(data=[{"stop": "A"}]), 11, "descriptor-key", "both a `path` and `data`"),
        (stops(path=None), 11, "file-missing", "neither a `path` nor `data`"),
        ({"name": "nothing"}, 11, "file-missing", "neither a `path` nor `data`"),
        (stops(path="stops.json"), 12, "table-not-checked", "a form that is no text"),
        ({"path": "stops.json", "type": "table"}, 12, "table-not-checked", "a form that is no text"),
        (stops(path=["stops.csv", "stops.json"]), 12, "table-not-checked", "in several forms"),
        (stops(path="stops.csv.zip"), 12, "table-not-checked", "compressed"),
        (stops(path="stops.csv", compression="gz", format="csv"), 12, "table-not-checked", "compressed"),
    ],
)
def test_a_table_that_cannot_be_checked_is_refused_with_what_to_do(tmp_path, entry, code, rule, said):
    folder = write_package(tmp_path / "bus", [entry], stops="stop,seats\nA,2\n")
    for name in ("stops.json", "stops.csv.zip"):
        (folder / name).write_text("[]")
    finished = statpress(tmp_path, "validate", "bus", "--json")
    (issue,) = json.loads(finished.stdout)["issues"]
    assert (finished.returncode, issue["rule"], issue["file"]) == (code, rule, "bus/datapackage.json")
    assert said in issue["message"]
    assert issue["hint"]


def test_a_package_of_statpress_is_held_to_its_format_besides(tmp_path):
    root = make_project(tmp_path)
    statpress(root, "publish")
    assert issues(root, "datapackages") == (0, [])
    path = root / "datapackages/missing/data/observations.csv"
    path.write_text(path.read_text().replace(",449,,", ",,,"))
    code, told = issues(root, "datapackages")
    place = "datapackages/missing/data/observations.csv"
    assert code == 12
    assert {rule for rule, *_ in told} == {"bytes-differ", "hash-differs", "status-missing"}
    assert {file for _, file, *_ in told} == {place}


def test_a_fault_that_two_checks_find_is_told_once(tmp_path):
    root = make_project(tmp_path)
    statpress(root, "publish")
    path = root / "datapackages/missing/data/observations.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[1], ""]))
    told = [rule for rule, _, row, _ in issues(root, "datapackages")[1] if row == len(lines) + 1]
    assert told == ["primary-key"]


@pytest.mark.parametrize("folder", sorted((ROOT / "datapackages").iterdir()), ids=lambda folder: folder.name)
def test_every_package_of_the_repository_is_as_declared(folder):
    from statpress.validate.validate import validate_paths

    assert validate_paths([folder]).warnings == ()


def test_frictionless_finds_no_fault_in_a_published_package(tmp_path):
    shutil.copytree(ROOT / "datapackages/exclusions", tmp_path / "exclusions")
    finished = run(tmp_path, "frictionless", "validate", "exclusions/datapackage.json", "--json")
    assert json.loads(finished.stdout)["valid"]


PLAIN = [
    {"name": "stop", "constraints": {"required": True, "unique": True, "pattern": "[A-Z]", "maxLength": 1}},
    {"name": "kind", "categories": ["pole", "hut"], "constraints": {"enum": ["pole", "hut"]}},
    {"name": "day", "type": "date", "constraints": {"minimum": "2020-01-01"}},
    {"name": "seats", "type": "integer", "constraints": {"maximum": 9}},
    {"name": "metres", "type": "number", "constraints": {"exclusiveMinimum": 0}},
    {"name": "lit", "type": "boolean"},
    {"name": "built", "type": "year", "constraints": {"minimum": 1900}},
    {"name": "seen", "type": "datetime"},
    {"name": "next"},
]
KEYS = {"primaryKey": ["stop", "day"], "uniqueKeys": [["stop", "kind"]]} | {
    "foreignKeys": [{"fields": "next", "reference": {"resource": "", "fields": "stop"}}]
}


def test_plain_tables_are_checked_without_pandas_or_frictionless(tmp_path):
    rows = ["A,pole,2020-02-01,2,1.5,true,1950,2020-01-05T01:02:03,B", "B,hut,2020-02-01,3,2,false,1960,,"]
    text = "\n".join([",".join(field["name"] for field in PLAIN), *rows, ""])
    write_package(tmp_path / "bus", [stops(schema={"fields": PLAIN, **KEYS})], stops=text)
    code = "import sys; from statpress.cli.main import main; main(['validate', 'bus'], standalone_mode=False); print(*sys.modules)"
    said, modules = run(tmp_path, "python", "-c", code).stdout.splitlines()
    assert said == "1 package with 1 file: as declared, 0 warnings."
    assert "pyarrow" in modules.split()
    assert not {"pandas", "frictionless", "great_expectations", "scipy"} & set(modules.split())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"dialect": {"delimiter": ";;"}}, ["resources.0.dialect.delimiter"]),
        ({"schema": {"fields": 5}}, ["resources.0.schema.fields"]),
        ({"schema": [1]}, ["resources.0.schema", "resources.0.schema"]),
        ({"path": {"a": 1}}, ["resources.0.path", "resources.0.path"]),
    ],
)
def test_a_key_of_the_wrong_form_is_told_where_it_stands_in_the_descriptor(tmp_path, more, expected):
    write_package(tmp_path / "bus", [stops() | more], stops="stop,seats\nA,2\n")
    finished = statpress(tmp_path, "validate", "bus", "--json")
    told = json.loads(finished.stdout)["issues"]
    assert (finished.returncode, [issue["key"] for issue in told]) == (11, expected)
    assert {issue["rule"] for issue in told} == {"descriptor-key"}
