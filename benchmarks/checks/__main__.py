"""Validate a million rows of eight columns with all constraints, with statpress and with frictionless, in one run.

Then the same with a table of another shape: 30 columns of dates, categories, long texts, numbers, truths and times.
Each run is a process of its own, so that its time and its peak memory are its own, start-up included. Both must find
the same number of faults. Run `python benchmarks/checks --help`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from table import write_package
from wide import write_wide

BIN = Path(sys.executable).parent
COLUMNS = "{:<14} {:>10} {:>10} {:>10} {:>8}"


def measure(folder: Path, *command: str) -> tuple[float, float, int, int]:
    """Seconds by the clock, seconds of all cores, peak memory in MB, and how many faults were found."""
    start = time.perf_counter()
    process = subprocess.Popen([str(BIN / command[0]), *command[1:]], cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout is not None
    answer = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    seconds = time.perf_counter() - start
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, count_faults(json.loads(answer))


def count_faults(answer: dict[str, object]) -> int:
    """How many faults an answer in JSON tells: issues of statpress, errors of frictionless."""
    if "tasks" in answer:
        return sum(len(task["errors"]) for task in answer["tasks"])  # type: ignore[attr-defined]
    return len(answer["issues"])  # type: ignore[arg-type]


def main() -> None:
    """Print one line a program and shape, then the ratio."""
    parser = argparse.ArgumentParser(prog="python benchmarks/checks", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--wide-rows", type=int, default=100_000, help="Rows of the table of 30 columns; 0 for none.")
    parser.add_argument("--faults", type=int, default=0, help="How many rows are given a wrong cell (at most 20).")
    parser.add_argument("--repeats", type=int, default=5, help="How often statpress runs; the median counts.")
    options = parser.parse_args()
    for name, rows, write in [
        ("8 columns", options.rows, write_package),
        ("30 columns", options.wide_rows, write_wide),
    ]:
        if rows:
            with tempfile.TemporaryDirectory() as place:
                write(Path(place), rows, min(options.faults, 20))
                compare(Path(place), f"{rows:,} rows, {name}", options.repeats)


def compare(folder: Path, title: str, repeats: int) -> None:
    """Print what both programs need for a package."""
    print(COLUMNS.format("", "seconds", "all cores", "memory", "faults"), title)
    ours = [measure(folder, "statpress", "validate", ".", "--json") for _ in range(repeats)]
    wall, cpu, memory = (median(one[part] for one in ours) for part in range(3))
    print(COLUMNS.format("statpress", f"{wall:.2f}", f"{cpu:.2f}", f"{memory:.0f} MB", ours[0][3]))
    theirs = measure(folder, "frictionless", "validate", "datapackage.json", "--json")
    print(COLUMNS.format("frictionless", *(f"{part:.2f}" for part in theirs[:2]), f"{theirs[2]} MB", theirs[3]))
    print(f"statpress is {theirs[0] / wall:.0f} times as fast ({theirs[1] / cpu:.0f} by the time of all cores).")
    assert ours[0][3] == theirs[3], "the faults differ"


if __name__ == "__main__":
    main()
