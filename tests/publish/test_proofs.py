"""Proofs: each release has a certificate that adds up, and says of it only what its readers could work out."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from commands import run
from project import edit

from statpress.audit.certificate import holds_for
from statpress.audit.checker.__main__ import main
from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.publish.printed import print_package
from statpress.publish.publish import publish

ROOT = Path(__file__).parents[2]
PIPELINE = "pipelines/missing/pipeline.yml"
CERTIFICATE = "pipelines/missing/certificate.json"
KEY = "pipelines/checksum.key"


def proof_of(root, name="missing"):
    return json.loads((root / f"datapackages/{name}/datapackage.json").read_text())["statpress"]["disclosure"]["proof"]


@pytest.fixture
def keyed(project):
    (project / KEY).write_text("0123456789abcdef" * 4 + "\n")
    return project


def test_the_certificate_lies_beside_the_sources_and_nowhere_else(keyed):
    publish(Project(keyed))
    assert (keyed / CERTIFICATE).is_file()
    assert [path for path in (keyed / "datapackages").rglob("*") if "certificate" in path.name] == []


def test_the_package_carries_the_checksum_of_a_salted_certificate(keyed):
    publish(Project(keyed))
    data = (keyed / CERTIFICATE).read_bytes()
    assert proof_of(keyed)["certificate"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert len(json.loads(data)["salt"]) == 64


def test_without_a_key_the_package_gives_no_checksum_to_test_guesses_against(project):
    publish(Project(project))
    assert set(proof_of(project)) == {"standard", "withheld_counts", "possible_values"}


def test_the_checker_accepts_it_and_it_is_about_the_published_files(keyed):
    publish(Project(keyed))
    finished = run(keyed, "python", "-m", "statpress.audit.checker", CERTIFICATE)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    table = print_package(read_package(keyed / "datapackages/missing"))
    assert holds_for((keyed / CERTIFICATE).read_bytes(), [table])


def test_a_certificate_with_one_number_changed_is_rejected(keyed):
    publish(Project(keyed))
    content = json.loads((keyed / CERTIFICATE).read_bytes())
    changes = [table for table in content["tables"] if table]
    changes[0][0][1] += 1
    (keyed / CERTIFICATE).write_text(json.dumps(content))
    assert run(keyed, "python", "-m", "statpress.audit.checker", CERTIFICATE).returncode != 0


def numbers_in(content, path=()):
    """The path of every number, and of nothing else."""
    if isinstance(content, dict | list):
        inner = content.items() if isinstance(content, dict) else enumerate(content)
        return [found for key, value in inner for found in numbers_in(value, (*path, key))]
    return [path] if isinstance(content, int) else []


def test_whichever_number_is_changed_it_is_not_the_certificate_of_the_package_any_more(keyed, capsys, monkeypatch):
    """Facts, bounds, rows, forms, bands and tables: what the sums alone would let pass the checksum does not."""
    publish(Project(keyed))
    monkeypatch.chdir(keyed)
    package = "datapackages/missing/datapackage.json"
    checksum = proof_of(keyed)["certificate"]
    assert main([CERTIFICATE, package]) == main([checksum, CERTIFICATE]) == 0
    data = (keyed / CERTIFICATE).read_bytes()
    paths = numbers_in(json.loads(data))
    assert {path[0] for path in paths} == {"facts", "base", "tables", "safe"}
    for path in paths:
        content = part = json.loads(data)
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] += 1
        (keyed / CERTIFICATE).write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n")
        assert main([CERTIFICATE, package]) == main([CERTIFICATE, checksum]) == 1, path
    assert "none of the certificates here is its own" in capsys.readouterr().out


def test_a_package_without_a_checksum_is_not_taken_for_proved(project):
    publish(Project(project))
    asked = [CERTIFICATE, "datapackages/missing/datapackage.json"]
    finished = run(project, "python", "-m", "statpress.audit.checker", *asked)
    assert finished.returncode == 1
    assert "no package with the checksum of a certificate" in finished.stdout
    assert run(project, "python", "-m", "statpress.audit.checker", asked[1]).returncode == 1


def test_the_checker_reads_each_file_that_it_is_given(keyed):
    publish(Project(keyed))
    (keyed / "other.json").write_text("{}")
    finished = run(keyed, "python", "-m", "statpress.audit.checker", CERTIFICATE, "other.json", "none.json")
    assert finished.returncode == 1
    assert finished.stdout.count("no certificate that can be read") == 2
    assert "Traceback" not in finished.stderr
    assert run(keyed, "python", "-m", "statpress.audit.checker").returncode == 1


def test_what_a_package_says_of_its_proof_does_not_tell_small_numbers_from_their_partners(keyed):
    """Boys and girls swapped: another number is small, and everything that is published is the same but for the codes."""
    publish(Project(keyed))
    before = proof_of(keyed)
    source = keyed / "pipelines/missing/source/missing.csv"
    source.write_text(source.read_text().replace("2018/19,M,60", "2018/19,M,3").replace("2018/19,F,3", "2018/19,F,60"))
    publish(Project(keyed), amend=True)
    assert {**proof_of(keyed), "certificate": ""} == {**before, "certificate": ""}


def test_publishing_again_keeps_the_proof(keyed):
    publish(Project(keyed))
    before = (keyed / CERTIFICATE).read_bytes(), proof_of(keyed)
    publish(Project(keyed))
    assert ((keyed / CERTIFICATE).read_bytes(), proof_of(keyed)) == before


def test_a_later_release_is_proved_together_with_the_earlier_one(keyed):
    publish(Project(keyed))
    edit(keyed, PIPELINE, "version: 2020.1, date: 2020-06-01", "version: 2020.2, date: 2020-09-01")
    publish(Project(keyed))
    names = json.loads((keyed / CERTIFICATE).read_bytes())["facts"]["names"]
    assert {name[5] for name in names} == {"", "missing 2020.1"}


@pytest.mark.parametrize("name", sorted(path.parent.name for path in ROOT.glob("pipelines/*/certificate.json")))
def test_the_first_site_is_proved_safe(name):
    path = ROOT / f"pipelines/{name}/certificate.json"
    finished = run(ROOT, "python", "-m", "statpress.audit.checker", str(path))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    proof = proof_of(ROOT, name)
    assert proof["certificate"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert proof["standard"] == "symbol"


def test_every_package_of_the_first_site_has_a_proof():
    proved = {path.parent.name for path in ROOT.glob("pipelines/*/certificate.json")}
    assert proved == {path.parent.name for path in ROOT.glob("datapackages/*/datapackage.json")}


def test_a_package_in_place_keeps_its_certificate_when_another_proof_would_do(keyed):
    """A package made elsewhere with the same measures changes what can be proved, and nothing that is published."""
    publish(Project(keyed))
    before = (keyed / CERTIFICATE).read_bytes(), proof_of(keyed)
    shutil.copytree(keyed / "datapackages/missing", keyed / "datapackages/other")
    path = keyed / "datapackages/other/datapackage.json"
    path.write_text(path.read_text().replace('"name": "missing"', '"name": "other"', 1))
    publish(Project(keyed))
    assert ((keyed / CERTIFICATE).read_bytes(), proof_of(keyed)) == before
