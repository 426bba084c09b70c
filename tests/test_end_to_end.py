"""The whole way once: declarations and a table in an empty folder, one command, packages and pages that hold."""

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from browser import CHROMIUM, open_browser, serve, violations
from commands import BIN, files_in, run, statpress
from project import make_project


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = make_project(tmp_path_factory.mktemp("whole"))
    finished = statpress(root, "build")
    assert finished.returncode == 0, finished.stderr
    return root


def test_frictionless_and_pandas_read_the_package(built):
    report = run(built, "frictionless", "validate", "datapackages/missing/datapackage.json", "--json")
    assert json.loads(report.stdout)["valid"] is True
    table = pd.read_csv(built / "datapackages/missing/data/observations.csv")
    shown = table[(table["measure"] == "children-missing") & (table["area"] == "E1") & (table["sex"] == "all")]
    assert shown["value"].tolist() == [63, 51]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_no_page_has_an_axe_violation_in_a_real_browser_in_light_and_dark(built):
    pages = [path.parent.relative_to(built / "site").as_posix() for path in (built / "site").rglob("index.html")]
    found, asked = {}, []
    with serve(built / "site") as origin, open_browser() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme)
            page.on("request", lambda request: asked.append(request.url))
            for path in pages:
                page.goto(f"{origin}{path}/")
                found[scheme, path] = violations(page)
        assert [url for url in asked if not url.startswith((origin, "data:"))] == []
    assert len(found) > 20
    assert found == {place: [] for place in found}


def test_the_site_is_built_from_packages_with_the_pipelines_gone(built, tmp_path):
    for entry in ("datapackages", "site_src"):
        shutil.copytree(built / entry, tmp_path / entry)
    shutil.copy(built / "mkdocs.yml", tmp_path)
    finished = statpress(tmp_path, "site")
    assert finished.returncode == 0, finished.stderr
    assert files_in(tmp_path / "site") == files_in(built / "site")


def test_mkdocs_itself_builds_the_site_strictly(built, tmp_path):
    finished = run(built, "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "out"))
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "out/indicators/missing/children-missing/index.html").is_file()


def test_a_failed_publish_leaves_packages_and_site_as_they_were(built, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(built, root)
    before = {name: files_in(root / name) for name in ("datapackages", "site")}
    (root / "pipelines/missing/source/missing.csv").write_text("measure,area\nx\n")
    assert statpress(root, "build").returncode == 11
    assert {name: files_in(root / name) for name in before} == before


def test_a_package_that_breaks_the_wall_is_refused_and_the_old_site_stays(built, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(built, root)
    before = files_in(root / "site")
    descriptor = root / "datapackages/missing/datapackage.json"
    descriptor.write_text(
        descriptor.read_text().replace("data/observations.csv", "../../pipelines/missing/source/missing.csv")
    )
    finished = statpress(root, "site")
    assert finished.returncode in {11, 12}
    assert "Traceback" not in finished.stderr
    assert files_in(root / "site") == before


def test_the_repository_publishes_what_is_committed(tmp_path):
    """`datapackages/` and the ledgers are what `pipelines/` make, byte for byte."""
    repository = Path(__file__).parents[1]
    for entry in ("pipelines", "validations"):
        shutil.copytree(repository / entry, tmp_path / entry)
    published = statpress(tmp_path, "publish")
    assert published.returncode == 0, published.stderr
    assert files_in(tmp_path / "datapackages") == files_in(repository / "datapackages")
    for ledger in repository.glob("pipelines/*/ledger.csv"):
        assert (tmp_path / ledger.relative_to(repository)).read_bytes() == ledger.read_bytes()


def test_serve_says_where_and_serves_the_pages(built):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        [BIN / "statpress", "serve", "--port", port], cwd=built, stdout=subprocess.PIPE, text=True
    ) as server:
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        assert "went missing" in wait_for(f"{address}indicators/missing/children-missing/")
        taken = statpress(built, "serve", "--port", port)
        server.terminate()
    assert taken.returncode == 2
    assert "Choose another with --port." in taken.stderr


def wait_for(address):
    for _ in range(120):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - on this machine
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not answer")
