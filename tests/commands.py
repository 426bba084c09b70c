"""Run commands as a user does: the real program, in a folder, with what it says and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent


def run(root, *arguments):
    """Run a program of this environment in `root`. Returns the finished process with its texts."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "160"}
    return subprocess.run(arguments, cwd=root, capture_output=True, text=True, env=environment, check=False)


def statpress(root, *arguments):
    """Run `statpress` in `root`."""
    return run(root, "statpress", *arguments)


def files_in(folder):
    """Path to bytes of every file under `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
