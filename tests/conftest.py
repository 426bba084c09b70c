"""What every test may use."""

import os
import shutil
import sys
from pathlib import Path

import pytest

os.environ["TZ"] = "UTC"
os.environ["GX_ANALYTICS_ENABLED"] = "false"
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def project(tmp_path):
    """The tiny project, in a folder of its own."""
    from project import make_project

    return make_project(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The folder of the built site of this repository, built once; tests must not change it."""
    from statpress.paths import Project
    from statpress.site.build import build_site

    here, root = Path(__file__).parents[1], tmp_path_factory.mktemp("published")
    for entry in ("datapackages", "site_src"):
        shutil.copytree(here / entry, root / entry)
    shutil.copy(here / "mkdocs.yml", root)
    return build_site(Project(root)).path
