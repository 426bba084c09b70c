"""Protect every table under each standard and effort, attack the result, and print both beside what others reach.

Each run is a process of its own, so that its peak memory is its own. Run `python benchmarks/disclosure --help`.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from attack import Reader, count_recovered

from statpress.disclosure.grid import Grid, Hierarchy, fill_grid
from statpress.disclosure.optimise import EFFORTS, find_pattern
from statpress.disclosure.standards import STANDARDS, Promise
from statpress.disclosure.tabular import order_cells, problem_of

HERE = Path(__file__).parent
MOST = 5
SAMPLE = 60
"""How many cells of a table with more than 10,000 are attacked."""
SEARCHED = 6_000
"""Tables with more cells are protected with `good` only."""
REFERENCE = {
    "not_determined": "not_determined",
    "zero_aware": "not_determined_zero_aware",
    "symbol": "symbol_zero_aware",
}
COLUMNS = "{:<14} {:<14} {:<28} {:>6} {:>7} {:>9} {:>7} {:>8} {:>9} {:>9}"


def read_grid(name: str) -> Grid:
    """The whole table from the files of its inner cells and hierarchies."""
    folder = HERE / "tables" / name
    head, *rows = _rows(folder / "inner.csv")
    hierarchies = [Hierarchy(dict(_rows(folder / f"hier_{dimension}.csv")[1:])) for dimension in head[:-1]]
    return fill_grid({tuple(row[:-1]): int(row[-1]) for row in rows}, hierarchies)


def measure(name: str, standard: str, effort: str) -> dict[str, object]:
    """Protect one table, then attack it."""
    grid = read_grid(name)
    start = time.perf_counter()
    problem = problem_of(grid, Promise(standard, MOST))
    pattern = find_pattern(problem, effort)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cells = order_cells(grid)
    hidden = {cell for cell, withheld in zip(cells, pattern.withheld.tolist(), strict=True) if withheld}
    fell_back = {cells[problem.needs[place].item] for place in pattern.fell_back}
    small = [cell for cell in cells if 1 <= grid.counts[cell] <= MOST]
    more = [cell for cell in hidden if grid.counts[cell] > MOST]
    attacked = small if len(cells) < 10_000 else small[:: len(small) // SAMPLE]
    reader = Reader(grid.counts, grid.sums, hidden, 0 if standard == "not_determined" else 1)
    banded = [cell for cell in attacked if standard == "symbol" and cell not in fell_back]
    recovered = count_recovered(reader, sorted(set(attacked) - set(banded)), band=None)
    return {
        "cells": len(cells),
        "primary": len(small),
        "secondary": len(more),
        "value": sum(grid.counts[cell] for cell in more),
        "bound": pattern.bound,
        "fell_back": len(pattern.fell_back),
        "unmet": len(pattern.unmet),
        "seconds": seconds,
        "memory": memory,
        "attacked": len(attacked),
        "recovered": recovered + count_recovered(reader, banded, band=(1, MOST)) + len(set(small) - hidden),
    }


def main() -> None:
    """Print one block a table."""
    options = _options()
    print(
        COLUMNS.format(
            "table", "standard", "method", "cells", "primary", "secondary", "value", "seconds", "memory", "recovered"
        )
    )
    for name in options.table:
        for standard in options.standard:
            for line in _lines(name, standard, options.effort):
                print(line, flush=True)


def _lines(name: str, standard: str, efforts: list[str]) -> Iterator[str]:
    for row in csv.DictReader((HERE / "reference.csv").open()):
        if (row["table"], row["standard"]) == (name, REFERENCE[standard]):
            yield COLUMNS.format(
                name, standard, row["method"][:28], row["cells"], row["primary"], row["secondary_cells"],
                row["hidden_value"], row["seconds"], "", row["exactly_recovered"],
            )  # fmt: skip
    for effort in efforts:
        if effort == "exact" and len(read_grid(name).counts) > SEARCHED:
            continue
        asked = (sys.executable, __file__, "--one", name, standard, effort)
        found = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
        notes = f" bound {found['bound']:.0f}" if found["bound"] else ""
        notes += f", {found['fell_back']} fell back" if found["fell_back"] else ""
        notes += f", {found['unmet']} unmet" if found["unmet"] else ""
        notes += f", {found['attacked']} attacked" if found["attacked"] < found["primary"] else ""
        yield COLUMNS.format(
            name, standard, f"statpress {effort}", found["cells"], found["primary"], found["secondary"], found["value"],
            f"{found['seconds']:.1f}", f"{found['memory']} MB", found["recovered"],
        ) + notes  # fmt: skip


def _options() -> argparse.Namespace:
    tables = sorted(folder.name for folder in (HERE / "tables").iterdir())
    parser = argparse.ArgumentParser(prog="python benchmarks/disclosure", description=__doc__)
    parser.add_argument("--table", nargs="+", choices=tables, default=tables)
    parser.add_argument("--standard", nargs="+", choices=STANDARDS, default=list(STANDARDS))
    parser.add_argument("--effort", nargs="+", choices=EFFORTS, default=list(EFFORTS))
    return parser.parse_args()


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.reader(file))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(*sys.argv[2:5])))
    else:
        main()
