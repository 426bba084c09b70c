"""What the reader of packages refuses, and that it says so for everything at once."""

import json

import pytest
from fixture_packages import edit, read_descriptor, write_descriptor
from fixture_site import write_foreign, write_looked_after, write_missing

from statpress.errors import BadSource, FailedCheck
from statpress.packages.package import Extent
from statpress.packages.read import inspect_package, read_packages
from statpress.paths import Project


def rules(folder):
    return [issue.rule for issue in inspect_package(folder, folder.name)[1]]


def change(folder, **keys):
    write_descriptor(folder, read_descriptor(folder) | keys)


def test_a_good_package_has_no_issues_and_keeps_its_figures(folder):
    package, issues = inspect_package(write_looked_after(folder), "looked-after")
    assert issues == []
    figures = {(o.measure, o.area, o.period): (o.value, o.status) for o in package.cube.observations}
    assert figures["number", "K", "2019-03-31/P1D"] == (449, "")
    assert figures["rate", "K", "2016-04-01/P1Y"] == (None, "c")


def test_figures_that_are_known_are_read_when_they_are_asked_for(folder):
    first, _ = inspect_package(write_looked_after(folder), "looked-after")
    known = {first.digest: first.cube.extents}
    again, issues = inspect_package(folder, "looked-after", known.get)
    assert issues == [] and again.digest == first.digest and again.cube.extents == first.cube.extents
    assert [resource.files for resource in again.resources] == [resource.files for resource in first.resources]
    assert "observations" not in vars(again.cube)
    assert again.cube.observations == first.cube.observations


def test_extents_count_figures_and_never_tell_one(folder):
    package, _ = inspect_package(write_looked_after(folder), "looked-after")
    assert package.cube.extents["rate"] == Extent(figures=12, shown=11, withheld=1)
    assert package.cube.extents["hidden"] == Extent(figures=1, shown=0, withheld=1)


@pytest.mark.parametrize("name", ["observations", "measures", "areas"])
def test_a_file_that_is_not_as_it_was_has_another_sum(folder, name):
    before, _ = inspect_package(write_looked_after(folder), "looked-after")
    path = folder / "data" / f"{name}.csv"
    edit(folder, name, path.read_text(), path.read_text() + "\n")
    assert inspect_package(folder, "looked-after")[0].digest != before.digest


@pytest.mark.parametrize(
    ("name", "before", "after", "rule"),
    [
        ("observations", ",449,,", ",449,q,", "status-unknown"),
        ("observations", ",449,,", ",,,", "status-missing"),
        ("observations", ",449,,", ",,p,", "value-missing"),
        ("observations", ",449,,", ",449,c,", "value-shown"),
        ("observations", ",449,,", ",many,,", "value-not-a-number"),
        ("observations", ",449,,", ",NaN,,", "value-not-a-number"),
        ("observations", "number,K,", "number,Q,", "code-unknown"),
        ("observations", "number,K,2019-03-31/P1D", "hidden,K,2019-03-31/P1D", "row-twice"),
        ("observations", "measure,area", "measure,place", "column-missing"),
        ("observations", ",449,,", ",449,,,,", "csv-shape"),
        ("measures", ",count,", ",sum,", "descriptor-key"),
        ("periods", ",snapshot,", ",day,", "code-unreadable"),
        ("areas", "R,", "K,", "code-twice"),
    ],
)
def test_each_fault_in_a_table_has_its_rule(folder, name, before, after, rule):
    edit(write_looked_after(folder), name, before, after)
    assert rule in rules(folder)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("../secret.csv", "path-unsafe"),
        ("/etc/passwd", "path-unsafe"),
        ("C:\\secret.csv", "path-unsafe"),
        ("..\\secret.csv", "path-unsafe"),
        ("https://example.org/a.csv", "path-unsafe"),
        ("linked.csv", "path-unsafe"),
        ("absent.csv", "file-missing"),
    ],
)
def test_a_path_that_leaves_the_folder_or_leads_nowhere_is_refused(folder, path, rule):
    write_foreign(folder)
    (folder.parent / "secret.csv").write_text("secret\n1\n")
    (folder / "linked.csv").symlink_to(folder.parent / "secret.csv")
    change(folder, resources=[{"name": "a", "path": path}])
    package, issues = inspect_package(folder, "p")
    assert [issue.rule for issue in issues] == [rule]
    assert package.resources[0].files == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": []}', '{"resources": "x"}', '{"resources": [3]}', "null"])
def test_a_descriptor_that_is_no_package_is_an_issue(folder, text):
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(text)
    assert rules(folder)


def test_a_changed_file_is_noticed_by_its_size_and_hash(folder):
    path = write_looked_after(folder) / "data" / "areas.csv"
    path.write_text(path.read_text() + "Q,Quern,council,\n")
    assert set(rules(folder)) == {"bytes-differ", "hash-differs"}


def test_a_file_that_is_not_in_its_encoding_or_holds_nul_is_an_issue(folder):
    write_foreign(folder)
    (folder / "stops.csv").write_bytes(b"id;name\n1;caf\xe9\n")
    assert rules(folder) == ["encoding"]
    (folder / "stops.csv").write_bytes(b"id;name\n1;\0\n")
    assert rules(folder) == ["encoding"]


def test_names_that_occur_twice_are_issues(folder):
    write_foreign(folder)
    entry = {"name": "a", "path": "stops.csv", "dialect": {"delimiter": ";"}}
    change(folder, resources=[entry, entry])
    assert rules(folder) == ["name-twice"]
    write_missing(folder.parent / "one")
    change(folder.parent / "one", name="other")
    assert rules(folder.parent / "one") == ["name-differs"]


def test_unknown_caveats_dimensions_and_areas_of_a_measure_are_issues(folder):
    write_looked_after(folder)
    words = read_descriptor(folder)["statpress"]
    words["measures"][0] |= {"caveats": ["nothing"], "dimensions": ["colour"]}
    change(folder, statpress=words | {"area": "Q"})
    assert rules(folder) == ["code-unknown"] * 3


def test_a_missing_resource_of_a_statpress_package_is_an_issue(folder):
    write_looked_after(folder)
    change(folder, resources=[r for r in read_descriptor(folder)["resources"] if r["name"] != "statuses"])
    assert rules(folder) == ["resource-missing"]


def test_a_package_of_other_software_is_read(folder):
    package, issues = inspect_package(write_foreign(folder), "p")
    assert issues == []
    assert package.cube is None
    assert [(file.path, file.rows) for resource in package.resources for file in resource.files] == [
        ("stops.csv", 2),
        ("parts/a.csv", 1),
        ("parts/b #2.csv", 1),
    ]


def test_no_issue_carries_the_value_of_a_cell(folder):
    edit(write_looked_after(folder), "observations", ",449,,", ",449,c,")
    text = json.dumps([issue.as_dict() for issue in inspect_package(folder, "p")[1]])
    assert "449" not in text


def test_the_faults_of_all_packages_are_told_at_once(tmp_path):
    packages = tmp_path / "datapackages"
    edit(write_looked_after(packages / "a"), "observations", ",449,,", ",449,q,")
    change(packages / "a", name="a")
    edit(write_missing(packages / "b"), "observations", ",45,,", ",,,")
    with pytest.raises(FailedCheck) as failed:
        read_packages(Project(tmp_path))
    assert {issue.file for issue in failed.value.issues} == {
        "datapackages/a/data/observations.csv",
        "datapackages/b/data/observations.csv",
    }
    (packages / "c").mkdir()
    (packages / "c" / "datapackage.json").write_text("{")
    with pytest.raises(BadSource) as bad:
        read_packages(Project(tmp_path))
    assert len(bad.value.issues) == 3


def test_a_fault_on_every_row_is_told_by_its_first_rows(folder):
    write_looked_after(folder)
    path = folder / "data" / "observations.csv"
    head, *rows = path.read_text().splitlines()
    many = [f"rate,Q{n},2018-04-01/P1Y,1,," for n in range(50)]
    edit(folder, "observations", path.read_text(), "\n".join([head, *rows, *many, ""]))
    found = inspect_package(folder, "p")[1]
    assert len(found) == 21
    assert any("30 more rows" in issue.message for issue in found)
