"""Measure `statpress check` of all packages of this repository: cold (nothing remembered) and warm.

Run `.venv/bin/python benchmarks/repository.py`, in turn on one core and on all that this process may use. Seconds by
the clock are of an otherwise idle machine; seconds of work are those of all processes together.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATPRESS = Path(sys.executable).parent / "statpress"
RUNS = 3


@dataclass(frozen=True)
class Run:
    """Seconds of one run by the clock, and of work."""

    clock: float
    work: float


def check(project: Path, cores: set[int]) -> Run:
    """Check a project, which must succeed, on some cores."""
    before, start = os.times(), time.perf_counter()
    limit = (lambda: os.sched_setaffinity(0, cores)) if hasattr(os, "sched_setaffinity") else None
    subprocess.run([STATPRESS, "check"], cwd=project, check=True, stdout=subprocess.DEVNULL, preexec_fn=limit)
    clock, after = time.perf_counter() - start, os.times()
    return Run(clock, sum(after[2:4]) - sum(before[2:4]))


def measure(project: Path, cores: set[int]) -> tuple[Run, Run]:
    """The quickest cold and the quickest warm run."""
    cold, warm = [], []
    for _ in range(RUNS):
        shutil.rmtree(project / ".cache", ignore_errors=True)
        cold.append(check(project, cores))
        warm.append(check(project, cores))
    return min(cold, key=lambda run: run.clock), min(warm, key=lambda run: run.clock)


def main() -> None:
    """Print one line a measurement."""
    every = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        for entry in ("pipelines", "validations", "datapackages"):
            shutil.copytree(ROOT / entry, project / entry)
        packages = len(list((project / "datapackages").iterdir()))
        print(f"statpress check of {packages} packages, the quickest of {RUNS} runs")
        for cores in sorted({frozenset(every), frozenset(sorted(every)[:1])}, key=len):
            cold, warm = measure(project, set(cores))
            for name, run in (("cold", cold), ("warm", warm)):
                print(f"{len(cores)} core(s), {name}: {run.clock:6.2f} s by the clock, {run.work:6.2f} s of work")


if __name__ == "__main__":
    main()
