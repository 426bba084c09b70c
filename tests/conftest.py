"""What every test may use."""

import os
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
