"""Measure what people wait for: start-up, and building this site from cold and from warm caches.

Run `make bench`. Seconds are of this machine; the ratios in one run are what to compare.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def seconds(*command: str, cwd: Path) -> float:
    """Wall-clock seconds of a command that must succeed."""
    start = time.perf_counter()
    subprocess.run([str(BIN / command[0]), *command[1:]], cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print one line a measurement."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for entry in ("pipelines", "validations", "site_src", "datapackages"):
            shutil.copytree(ROOT / entry, root / entry)
        shutil.copy(ROOT / "mkdocs.yml", root)
        python = min(seconds("python", "-c", "pass", cwd=root) for _ in range(5))
        start_up = min(seconds("statpress", "--help", cwd=root) for _ in range(5))
        check_cold = seconds("statpress", "check", cwd=root)
        check = min(seconds("statpress", "check", cwd=root) for _ in range(3))
        shutil.rmtree(root / ".cache")
        cold = seconds("statpress", "build", cwd=root)
        warm = min(seconds("statpress", "build", cwd=root) for _ in range(3))
        print(f"statpress --help        {start_up:6.2f} s  ({start_up / python:.1f} times an empty python)")
        print(f"statpress check, cold   {check_cold:6.2f} s")
        print(f"statpress check, warm   {check:6.2f} s")
        print(f"statpress build, cold   {cold:6.2f} s")
        print(f"statpress build, warm   {warm:6.2f} s  (cold takes {cold / warm:.1f} times as long)")


if __name__ == "__main__":
    main()
