"""A project with every kind of page, built once a worker."""

import os
from pathlib import Path

import pytest
from browser import DESKTOP, open_browser, serve
from fixture_site import write_project

from statpress.packages.read import read_package
from statpress.paths import Project
from statpress.site.build import build_site
from statpress.site.facts.indicator import describe_indicators

os.environ.setdefault("TZ", "UTC")


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """The fixture project; tests must not change it."""
    return Project(write_project(tmp_path_factory.mktemp("project")))


@pytest.fixture(scope="session")
def site(project):
    """The folder of the built fixture site."""
    return build_site(project).path


@pytest.fixture(scope="session")
def councils(tmp_path_factory):
    """The folder of the built site of two councils."""
    from finding_site import write_project as write_councils

    return build_site(Project(write_councils(tmp_path_factory.mktemp("councils")))).path


@pytest.fixture(scope="session")
def packages(project):
    """The packages of the fixture project by name."""
    return {folder.name: read_package(folder) for folder in sorted(project.packages.iterdir())}


@pytest.fixture(scope="session")
def indicators(packages):
    """The indicators of the fixture project by package and measure."""
    return {
        f"{package.id}/{indicator.measure.id}": indicator
        for package in packages.values()
        for indicator in describe_indicators(package)
    }


@pytest.fixture
def folder(tmp_path) -> Path:
    """A place for one package."""
    return tmp_path / "datapackages" / "looked-after"


@pytest.fixture(scope="module")
def origin(site):
    """The address at which the fixture site is served."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests of this file."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def visit(browser, origin):
    """Opens a page and fails when it asks anything of another origin, or when a script or file of it fails."""
    contexts, faults = [], []

    def _visit(path, **options):
        context = browser.new_context(**{"viewport": DESKTOP} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: request.url.startswith((origin, "data:")) or faults.append(request.url))
        page.on("response", lambda response: response.status < 400 or faults.append(response.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.goto(f"{origin}{path}")
        return page

    yield _visit
    for context in contexts:
        context.close()
    assert faults == []
