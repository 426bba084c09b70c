"""Publishing: safe, valid, repeatable packages that keep their earlier releases."""

import csv
import hashlib
import hmac
import io
import json
import os
import zipfile
from contextlib import suppress

import pandas as pd
import pytest
from commands import files_in, run
from project import edit, make_project

from statpress.errors import BadDeclaration, BadSource, CannotWrite, FailedCheck
from statpress.packages.write import write_folder
from statpress.paths import Project
from statpress.publish.assess import check
from statpress.publish.publish import publish
from statpress.publish.schemas import write_schemas

PIPELINE = "pipelines/missing/pipeline.yml"
SOURCE = "pipelines/missing/source/missing.csv"


def observations(root):
    return pd.read_csv(root / "datapackages/missing/data/observations.csv", dtype=str, keep_default_na=False)


def descriptor(root):
    return json.loads((root / "datapackages/missing/datapackage.json").read_text())


def test_small_numbers_and_their_partners_are_withheld_and_ratios_follow(project):
    publish(Project(project))
    table = observations(project)
    hidden = table[table["status"] == "c"]
    assert set(zip(hidden["measure"], hidden["sex"], strict=True)) == {
        ("children-missing", "male"),
        ("children-missing", "female"),
        ("missing-share", "male"),
        ("missing-share", "female"),
    }
    assert (hidden["value"] == "").all()


def test_zero_withheld_and_missing_stay_three_things(project):
    publish(Project(project))
    table = observations(project)
    other = table[table["area"] == "E2"].set_index("measure")
    assert tuple(other.loc["children-missing", ["value", "status"]]) == ("0", "")
    assert tuple(other.loc["children", ["value", "status"]]) == ("", "x")
    assert tuple(other.loc["missing-share", ["value", "status"]]) == ("", "x")


def test_the_package_validates_with_the_frictionless_command(project):
    publish(Project(project))
    finished = run(project, "frictionless", "validate", "datapackages/missing/datapackage.json", "--json")
    report = json.loads(finished.stdout)
    assert finished.returncode == 0
    assert report["valid"] is True
    assert report["stats"]["tasks"] == 6


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("observations.csv", "children,E1,", "childen,E1,"),
        ("observations.csv", "children,E1,2018-04-01/P1Y,all,449,,", "children,E1,2018-04-01/P1Y,all,many,,"),
        ("observations.csv", "children,E1,2018-04-01/P1Y,all,449,,", "children,E1,2018-04-01/P1Y,all,449,q,"),
        ("measures.csv", "percentage", "percent"),
    ],
)
def test_the_schema_catches_a_package_that_was_tampered_with(project, file, old, new):
    """The declared schema judges: the same command that passes the package fails it when a cell is wrong."""
    publish(Project(project))
    path = project / "datapackages/missing/data" / file
    path.write_text(path.read_text().replace(old, new, 1))
    assert run(project, "frictionless", "validate", "datapackages/missing/datapackage.json").returncode != 0


def test_publishing_twice_gives_the_same_bytes(project, tmp_path_factory):
    publish(Project(project))
    other = make_project(tmp_path_factory.mktemp("other"))
    publish(Project(other))
    assert files_in(project / "datapackages") == files_in(other / "datapackages")


def test_the_order_of_rows_in_the_source_does_not_matter(project, tmp_path_factory):
    publish(Project(project))
    other = make_project(tmp_path_factory.mktemp("other"))
    header, *rows = (other / SOURCE).read_text().splitlines()
    (other / SOURCE).write_text("\n".join([header, *reversed(rows), ""]))
    publish(Project(other))
    assert files_in(project / "datapackages") == files_in(other / "datapackages")


def test_the_descriptor_says_where_it_comes_from_and_how_it_is_protected(project):
    publish(Project(project))
    words = descriptor(project)
    assert words["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert words["created"] == "2020-06-01T00:00:00Z"
    assert words["licenses"][0]["name"] == "OGL-UK-3.0"
    disclosure = words["statpress"]["disclosure"]
    assert disclosure["rules"]["withheld_counts"] == [1, 5]
    assert disclosure["withheld"] == int((observations(project)["status"] == "c").sum())
    assert disclosure["observations"] == len(observations(project))


def hash_of_source(root):
    return descriptor(root)["sources"][0].get("hash")


def test_without_a_key_a_source_has_no_checksum_since_it_would_let_numbers_be_guessed(project):
    publish(Project(project))
    assert hash_of_source(project) is None
    assert "bytes" not in descriptor(project)["sources"][0]


def test_with_a_key_a_source_has_a_checksum_that_only_its_owner_can_check(project):
    (project / "pipelines/checksum.key").write_text("0123456789abcdef0123456789abcdef\n")
    publish(Project(project))
    digest = hashlib.sha256((project / SOURCE).read_bytes()).hexdigest().encode()
    keyed = hmac.new(b"0123456789abcdef0123456789abcdef", digest, "sha256").hexdigest()
    assert hash_of_source(project) == f"hmac-sha256:{keyed}"


def test_a_key_that_could_be_guessed_is_refused(project):
    (project / "pipelines/checksum.key").write_text("secret\n")
    with pytest.raises(BadDeclaration) as caught:
        publish(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["short-key"]


def test_the_ledger_has_every_row_of_the_source_and_no_figure(project):
    publish(Project(project))
    rows = list(csv.DictReader(io.StringIO((project / "pipelines/missing/ledger.csv").read_text())))
    assert [int(row["row"]) for row in rows] == list(range(2, 16))
    assert {row["row"]: row["outcome"] for row in rows if row["outcome"] != "published"} == {
        "3": "withheld",
        "4": "withheld",
    }
    assert descriptor(project)["statpress"]["ledger"] == {
        "source_rows": 14,
        "published": 12,
        "withheld": 2,
        "left_out": {},
    }


def test_a_row_of_several_cells_of_which_none_is_published_is_in_the_ledger_once(project):
    steps = """
      - derive: {column: other, value: ".."}
      - unpivot: {columns: [value, other], names: given, values: value}
      - filter: {drop: {area: Otherford}, reason: uncertain}
      - filter: {drop: {given: other}, reason: duplicate}
      - drop: [given]"""
    edit(project, PIPELINE, "{kinds: [financial-year]}", "{kinds: [financial-year]}" + steps)
    publish(Project(project))
    rows = list(csv.DictReader(io.StringIO((project / "pipelines/missing/ledger.csv").read_text())))
    assert [int(row["row"]) for row in rows] == list(range(2, 16))
    assert [row["reason"] for row in rows if row["outcome"] == "left-out"] == ["uncertain", "uncertain"]


def test_a_row_that_a_transform_loses_is_found(project):
    edit(
        project,
        PIPELINE,
        "      - period: {kinds: [financial-year]}",
        "      - period: {kinds: [financial-year]}\n      - transform: fewer.py",
    )
    (project / "pipelines/missing/fewer.py").write_text("def transform(table):\n    return table.iloc[:-1]\n")
    with pytest.raises(BadSource) as caught:
        publish(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["rows-lost"]


def next_release(root):
    edit(root, PIPELINE, "version: 2020.1, date: 2020-06-01", "version: 2020.2, date: 2020-09-01")


def test_an_earlier_release_is_kept_whole(project):
    publish(Project(project))
    first = files_in(project / "datapackages/missing")
    next_release(project)
    edit(project, SOURCE, "2019/20,M,30", "2019/20,M,31")
    edit(project, SOURCE, "2019/20,all,51", "2019/20,all,52")
    publish(Project(project))
    archive = project / "datapackages/missing/releases/2020.1.zip"
    with zipfile.ZipFile(archive) as zipped:
        assert {name: zipped.read(name) for name in zipped.namelist()} == first
    (release,) = descriptor(project)["statpress"]["releases"]
    assert (release["version"], release["bytes"]) == ("2020.1", archive.stat().st_size)
    again = files_in(project / "datapackages")
    publish(Project(project))
    assert files_in(project / "datapackages") == again


def test_a_release_in_place_is_not_changed_unless_it_has_not_been_public(project):
    publish(Project(project))
    edit(project, PIPELINE, "Looked-after children who went missing.", "Other words.")
    with pytest.raises(FailedCheck) as caught:
        publish(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["release-changed"]
    publish(Project(project), amend=True)
    assert descriptor(project)["description"] == "Other words."


def test_a_version_never_goes_back(project):
    publish(Project(project))
    next_release(project)
    publish(Project(project))
    edit(project, PIPELINE, "version: 2020.2", "version: 2020.1")
    with pytest.raises(FailedCheck) as caught:
        publish(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["version-backwards"]


def test_a_date_never_goes_back(project):
    publish(Project(project))
    edit(project, PIPELINE, "version: 2020.1, date: 2020-06-01", "version: 2020.2, date: 2020-05-01")
    assert issues_of(project) == [("date-backwards", "release.version")]


def test_the_policy_in_words_never_lets_a_zero_and_a_withheld_count_run_together(project):
    publish(Project(project))
    words = descriptor(project)["statpress"]["disclosure"]["words"]
    assert words[0] == "Counts of people from 1 to 5 are withheld."
    assert words[1] == "A count that leaves 5 or fewer of a printed whole is withheld as well."
    assert words[2] == "A true zero is shown."


def test_a_package_in_place_that_cannot_be_read_is_not_overwritten(project):
    write_folder(project / "datapackages/missing", {"datapackage.json": b"{not json"})
    with pytest.raises(BadSource):
        publish(Project(project))
    assert (project / "datapackages/missing/datapackage.json").read_bytes() == b"{not json"


def test_one_bad_pipeline_stops_all_of_them(project):
    text = (
        (project / PIPELINE)
        .read_text()
        .replace("measures: [children-missing, children, missing-share]", "measures: [other]")
    )
    make_project(
        project,
        **{
            "pipelines/other/pipeline.yml": text.replace("compute: [missing-share]\n", "").replace(
                "source/missing.csv", "source/other.csv"
            )
        },
    )
    measures = project / "pipelines/measures.yml"
    measures.write_text(measures.read_text() + "other: {title: t, definition: d, unit: u, kind: count}\n")
    with pytest.raises(BadSource):
        publish(Project(project))
    assert not (project / "datapackages").exists()


def suite(root, *expectations):
    folder = root / "validations"
    folder.mkdir(exist_ok=True)
    (folder / "missing.json").write_text(json.dumps({"name": "missing", "expectations": list(expectations)}))


UNIQUE = {
    "type": "expect_compound_columns_to_be_unique",
    "kwargs": {"column_list": ["measure", "area", "period", "sex"]},
}
LARGE = {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value", "min_value": 50}}


def issues_of(root):
    with pytest.raises(FailedCheck) as caught:
        check(Project(root))
    return [(issue.rule, issue.key) for issue in caught.value.issues]


def test_a_critical_expectation_that_fails_stops_publishing(project):
    suite(project, UNIQUE, {**LARGE, "severity": "critical"})
    assert issues_of(project) == [("expectation-failed", "expectations.1")]
    assert issues_of(project) == [("expectation-failed", "expectations.1")], "remembered results are the same"


def test_an_expectation_that_answers_yes_without_details_holds(project):
    suite(project, {"type": "expect_column_to_exist", "kwargs": {"column": "value"}})
    assert check(Project(project)).warnings == ()


def test_a_warning_does_not_stop_publishing(project):
    suite(project, UNIQUE, {**LARGE, "severity": "warning"})
    assert [issue.severity for issue in check(Project(project)).warnings] == ["warning"]


def test_an_unknown_expectation_or_column_is_an_error(project):
    suite(
        project,
        {"type": "expect_nothing_at_all", "kwargs": {}},
        {**LARGE, "kwargs": {"column": "valeu", "min_value": 1}},
    )
    assert issues_of(project) == [("unknown-expectation", "expectations.0"), ("expectation-not-run", "expectations.1")]


def test_a_suite_that_is_not_json_is_an_error_with_its_line(project):
    suite(project)
    (project / "validations/missing.json").write_text('{"name": "missing",\n')
    assert issues_of(project) == [("bad-suite", None)]


def test_a_filter_that_matches_nothing_is_a_warning_that_the_maintainer_sees(project):
    edit(
        project,
        PIPELINE,
        "      - period: {kinds: [financial-year]}",
        "      - filter: {drop: {sex: X}, reason: uncertain}\n      - period: {kinds: [financial-year]}",
    )
    assert [issue.rule for issue in check(Project(project)).warnings] == ["matches-nothing"]


def test_a_computed_percentage_withheld_by_hand_is_not_published(project):
    edit(
        project,
        PIPELINE,
        "compute: [missing-share]",
        "compute: [missing-share]\nwithhold:\n  - {where: {measure: missing-share, period: 2019-04-01/P1Y}, reason: Known to all.}",
    )
    publish(Project(project))
    table = observations(project)
    later = table[(table["period"] == "2019-04-01/P1Y") & (table["area"] == "E1")]
    assert set(later[later["measure"] == "missing-share"]["note"]) == {"Known to all."}
    assert (later[later["measure"].isin(["missing-share", "children-missing"])]["status"] == "c").all()


def test_a_rule_by_hand_that_matches_nothing_stops_publishing_with_its_key(project):
    edit(
        project,
        PIPELINE,
        "compute: [missing-share]",
        "compute: [missing-share]\nwithhold:\n  - {where: {period: 2019/20}, reason: Known to all.}",
    )
    with pytest.raises(BadDeclaration) as caught:
        publish(Project(project))
    assert [(issue.file, issue.key) for issue in caught.value.issues] == [(PIPELINE, "withhold.0.where.period")]
    assert not (project / "datapackages").exists()


def test_a_package_of_which_everything_is_withheld_can_be_published(project):
    edit(project, "pipelines/policies.yml", "counts: 1..5", "counts: 1..500")
    edit(project, "pipelines/policies.yml", "counts: 1..500", "counts: 1..500, zeros: withheld")
    publish(Project(project))
    assert set(observations(project)["status"]) == {"c", "x"}


@pytest.mark.parametrize(
    "change",
    [
        {"version": "x.y"},
        {"version": "../../x"},
        {"releases": [{"version": "2019.1", "path": "data/observations.csv"}]},
        {"releases": [{"version": "../../x", "path": "data/observations.csv"}]},
        {"releases": [{"version": "2019.1", "path": "../../x"}]},
    ],
)
def test_a_descriptor_in_place_that_names_other_files_is_refused(project, change):
    publish(Project(project))
    path = project / "datapackages/missing/datapackage.json"
    words = descriptor(project)
    words["version"] = change.get("version", words["version"])
    words["statpress"]["releases"] = [
        {"date": "2019-01-01", "bytes": 1, "hash": "", **release} for release in change.get("releases", [])
    ]
    path.write_text(json.dumps(words))
    before = files_in(project / "datapackages")
    next_release(project)
    with pytest.raises(BadSource) as caught:
        publish(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["unreadable-package"]
    assert files_in(project / "datapackages") == before


def test_a_link_in_a_package_is_never_archived(project, tmp_path_factory):
    publish(Project(project))
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("secret")
    (project / "datapackages/missing/data/more.csv").symlink_to(secret)
    next_release(project)
    with pytest.raises(BadSource):
        publish(Project(project))
    assert not (project / "datapackages/missing/releases").exists()


@pytest.mark.parametrize(
    ("kwargs", "rule"),
    [
        ({"column": "value", "foo": 1}, "expectation-not-run"),
        ({"column": "value", "min_value": "abc"}, "expectation-not-run"),
        ("x", "bad-suite"),
        (None, "bad-suite"),
    ],
)
def test_arguments_that_great_expectations_refuses_are_an_issue(project, kwargs, rule):
    suite(project, {**LARGE, "kwargs": kwargs})
    assert [found for found, _ in issues_of(project)] == [rule]


def test_a_suite_that_is_a_pipe_or_too_deep_is_an_issue(project):
    (project / "validations").mkdir()
    os.mkfifo(project / "validations/missing.json")
    with pytest.raises(BadDeclaration) as caught:
        check(Project(project))
    assert [issue.rule for issue in caught.value.issues] == ["not-a-file"]
    (project / "validations/missing.json").unlink()
    (project / "validations/missing.json").write_text("[" * 100_000)
    assert issues_of(project) == [("bad-suite", None)]


def test_a_suite_with_half_of_a_character_is_an_issue(project):
    suite(project, {**LARGE, "type": "expect_\ud800"})
    assert issues_of(project) == [("bad-suite", None)]


def test_what_great_expectations_prints_is_not_shown(project, capfd):
    query = {"unexpected_rows_query": "select 1"}
    suite(project, {**LARGE, "type": "unexpected_rows_expectation", "kwargs": query})
    assert [found for found, _ in issues_of(project)] == ["expectation-not-run"]
    assert capfd.readouterr() == ("", "")


def test_a_cache_that_is_broken_only_costs_time(project):
    (project / ".cache").write_text("not a folder")
    suite(project, UNIQUE)
    assert check(Project(project)).warnings == ()


def test_nothing_is_written_where_a_ledger_cannot_be(project):
    (project / "pipelines/missing/ledger.csv").mkdir()
    with pytest.raises(CannotWrite):
        publish(Project(project))
    assert not (project / "datapackages/missing").exists()
    assert [path.name for path in (project / "datapackages").iterdir()] == []


@pytest.mark.parametrize("place", ["datapackages", "pipelines/missing/.ledger.csv.new", "datapackages/.missing.new"])
def test_nothing_is_written_through_a_link(project, tmp_path_factory, place):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).symlink_to(elsewhere if place.startswith("data") else elsewhere / "ledger.csv")
    with suppress(CannotWrite):
        publish(Project(project))
    assert list(elsewhere.iterdir()) == []


def test_a_folder_of_schemas_that_cannot_be_made_is_an_issue(project):
    (project / "pipelines/schema").write_text("not a folder")
    with pytest.raises(CannotWrite):
        write_schemas(Project(project))


def test_a_note_that_a_spreadsheet_would_run_is_a_bad_source(project):
    path = project / SOURCE
    header, first, *rows = path.read_text().splitlines()
    path.write_text("\n".join([f"{header},note", f"{first},=HYPERLINK(1)", *(f"{row}," for row in rows), ""]))
    with pytest.raises(BadSource) as caught:
        publish(Project(project))
    assert [(issue.rule, issue.row, issue.column) for issue in caught.value.issues] == [("formula", 2, "note")]
