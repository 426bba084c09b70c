"""The command as its users run it: on packages, on archives, on tables made elsewhere."""

import json
import shutil
import zipfile
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from commands import statpress
from project import edit

from statpress.cli.main import main
from statpress.packages.read import read_package
from statpress.publish.printed import print_releases

LEAKY = """\
ward,need,value,status
A,x,20,
A,y,,c
A,Total,23,
B,x,10,
B,y,30,
B,Total,40,
Total,x,30,
Total,y,33,
Total,Total,63,
"""
WARDS = "child,parent\nA,North\nB,North\nNorth,Total\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in this process, in the folder of the test: what it ends with and says."""
    monkeypatch.chdir(tmp_path)

    def in_folder(*arguments):
        monkeypatch.setattr("sys.argv", ["statpress", "attack", *arguments])
        done = CliRunner().invoke(main, ["attack", *arguments])
        return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)

    return in_folder


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_table_that_gives_itself_away(tmp_path, run):
    write(tmp_path, table=LEAKY)
    done = run("table.csv")
    assert done.returncode == 13
    assert "count, y, A can be worked out: Total minus B" in done.stderr.replace("Count", "count")
    assert "(withheld-determined)" in done.stderr
    assert "it is 3" not in done.stderr


def test_values_are_shown_only_to_who_has_them(tmp_path, run):
    write(tmp_path, table=LEAKY, true="ward,need,value\nA,y,3\n", wrong="ward,need,value\nA,y,4\n")
    assert "(it is 3)" in run("table.csv", "--show-values", "true.csv").stderr
    assert "it is" not in run("table.csv", "--show-values", "wrong.csv").stderr


def test_json_has_the_issues_and_the_exit_code(tmp_path, run):
    write(tmp_path, table=LEAKY)
    done = run("table.csv", "--json")
    answer = json.loads(done.stdout)
    assert (answer["exit_code"], answer["ok"], answer["issues"][0]["rule"]) == (13, False, "withheld-determined")


def test_a_hierarchy_of_several_levels(tmp_path, run):
    text = "ward,value\nA,<6\nB,20\nNorth,c\nTotal,24\n"
    write(tmp_path, table=text, wards=WARDS)
    done = run("table.csv", "--hierarchy", "ward=wards.csv")
    assert done.returncode == 13
    assert "Total minus B" in done.stderr


def test_a_safe_table(tmp_path, run):
    text = "ward,value\nA,c\nB,*\nC,20\nTotal,60\n"
    write(tmp_path, table=text)
    done = run("table.csv")
    assert (done.returncode, done.stdout) == (0, "2 withheld counts in 1 table: nothing can be worked out.\n")


def test_what_is_known_elsewhere_and_what_an_insider_knows(tmp_path, run):
    write(tmp_path, table="ward,value\nA,c\nB,c\nTotal,60\n", known="ward,value\nB,57\n")
    assert run("table.csv").returncode == 0
    assert run("table.csv", "--known", "known.csv").returncode == 13
    assert "by the only one in count, B: Total minus B" in run("table.csv", "--insider", "ward=B").stderr
    assert run("table.csv", "--insider", "ward=Q").returncode == 2


def test_zeros_and_bands_are_as_said(tmp_path, run):
    write(tmp_path, table="ward,value\nA,c\nB,c\nC,20\nTotal,26\n")
    assert run("table.csv").returncode == 0
    assert run("table.csv", "--band", "1..10").returncode == 13


@pytest.mark.parametrize(
    ("table", "rule", "row"),
    [
        ("ward,value\nA,3\nA,4\n", "row-twice", 3),
        ("ward,value\nA,maybe\n", "unknown-mark", 2),
        ("ward,value\nA,1e400\n", "unknown-mark", 2),
        ("ward,value\nA,<1000000000000000000\n", "unknown-mark", 2),
        ("ward,value\nA,5..1\n", "unknown-mark", 2),
        ("ward,value,status\nA,3,c\n", "unknown-mark", 2),
        ("ward,value\nA,-3\n", "unknown-mark", 2),
        ("ward,count\nA,3\n", "missing-column", 1),
        ("ward,value\n,3\n", "empty-code", 2),
        ("ward,value\nA,3,4\n", "ragged-row", 2),
    ],
)
def test_bad_tables_get_issues_with_their_rows(tmp_path, run, table, rule, row):
    write(tmp_path, table=table)
    done = run("table.csv", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == answer["exit_code"] == 11
    assert row in {issue.get("row") for issue in answer["issues"]}
    if rule != "ragged-row":
        assert rule in {issue["rule"] for issue in answer["issues"]}


def test_bad_hierarchies_and_places_get_issues(tmp_path, run):
    write(tmp_path, table=LEAKY, wards="child,parent\nA,B\nB,A\n", some="child,parent\nA,Total\n")
    for options in (["--hierarchy", "ward=wards.csv"], ["--hierarchy", "ward=some.csv"], ["--hierarchy", "w=some.csv"]):
        assert run("table.csv", *options).returncode == 11
    assert run("nowhere.csv").returncode == 11
    assert run(".").returncode == 11


def test_packages_and_every_release_of_them(project, run):
    assert statpress(project, "publish").returncode == 0
    assert run("datapackages").returncode == 0
    edit(project, "pipelines/missing/pipeline.yml", "version: 2020.1", "version: 2020.2")
    edit(
        project,
        "pipelines/missing/source/missing.csv",
        "missing,Exampleshire,2019/20,F,21",
        "missing,Exampleshire,2019/20,F,22",
    )
    edit(
        project,
        "pipelines/missing/source/missing.csv",
        "missing,Exampleshire,2019/20,all,51",
        "missing,Exampleshire,2019/20,all,52",
    )
    assert statpress(project, "publish").returncode == 0
    done = run("datapackages/missing", "--json")
    assert json.loads(done.stdout)["tables"] == 2
    archive = "datapackages/missing/releases/2020.1.zip"
    assert json.loads(run(archive, "--json").stdout)["tables"] == 1


def publish_releases(project, *versions):
    before = "version: 2020.1"
    for version in versions:
        edit(project, "pipelines/missing/pipeline.yml", before, f"version: {version}")
        before = f"version: {version}"
        assert statpress(project, "publish").returncode == 0


def test_an_archive_names_those_before_it_and_has_them_not(project, run):
    publish_releases(project, "2020.1", "2020.2", "2020.3", "2020.4")
    assert json.loads(run("datapackages", "--json").stdout)["tables"] == 4


def test_a_built_site_is_attacked_as_what_it_was_built_from(project, run):
    """Each release lies in a folder of its own, the latest in two, and there is one archive of everything."""
    publish_releases(project, "2020.1", "2020.2", "2020.3")
    package, data = project / "datapackages/missing", project / "site/data/missing"
    for version in ("2020.1", "2020.2"):
        with zipfile.ZipFile(package / f"releases/{version}.zip") as archive:
            archive.extractall(data / version)
    for name in ("2020.3", "latest"):
        shutil.copytree(package, data / name, ignore=shutil.ignore_patterns("releases"))
    with zipfile.ZipFile(project / "site/data/all-data.zip", "w") as archive:
        for path in sorted((data / "latest").rglob("*.*")):
            archive.write(path, f"missing/{path.relative_to(data / 'latest')}")
            archive.write(path, f"other/{path.relative_to(data / 'latest')}")
    counts = {
        place: json.loads(run(place, "--json").stdout)["tables"]
        for place in ("site", "site/data/missing", "site/data/missing/latest", "site/data/all-data.zip")
    }
    assert list(counts.values()) == [3, 3, 1, 2]
    assert run("datapackages").stdout == run("site").stdout


def test_a_package_that_was_tampered_with_gives_itself_away(project, run):
    """The total that was withheld beside a small count is shown again by hand."""
    assert statpress(project, "publish").returncode == 0
    path = project / "datapackages/missing/data/observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("children-missing,E1,2018-04-01/P1Y,male,"))
    assert lines[at].endswith(",c,")
    lines[at] = "children-missing,E1,2018-04-01/P1Y,male,60,,"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    descriptor = project / "datapackages/missing/datapackage.json"
    content = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in content["resources"]:
        for key in ("hash", "bytes"):
            resource.pop(key, None)
    descriptor.write_text(json.dumps(content), encoding="utf-8")
    site = project / "site/data/missing/latest"
    shutil.copytree(project / "datapackages/missing", site)
    for place in ("datapackages", "site"):
        done = run(place)
        assert done.returncode == 13
        assert "can be worked out" in done.stderr


def test_help_has_an_example(tmp_path):
    assert "statpress attack datapackages" in statpress(tmp_path, "attack", "--help").stdout


def test_packages_say_what_a_ratio_is_out_of(project):
    """Where a denominator is taken and how small it may be are public facts: written, read, and known to the attacker."""
    edit(
        project,
        "pipelines/measures.yml",
        "  denominator: children\n",
        "  denominator: children\n  denominator-at: total\n  denominator-at-least: 30\n",
    )
    assert statpress(project, "publish").returncode == 0
    package = read_package(project / "datapackages/missing")
    (table,) = print_releases(package)
    assert (
        package.cube.measures["missing-share"].denominator_at,
        package.cube.measures["children"].denominator_at,
    ) == ("total", "same")
    assert table.measures["missing-share"].denominator_at_least == 30
    assert table.measures["missing-share"].denominator_at == "total"
    assert ",same," not in (project / "datapackages/missing/data/measures.csv").read_text(encoding="utf-8")
