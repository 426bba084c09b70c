"""A project with every kind of page, built once a worker."""

import os
from pathlib import Path

import pytest
from finding_site import write_project as write_councils
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
