"""What a command costs, what a page of a built site weighs, and the same pages through plain MkDocs."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT / "tests"))


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of all cores, and peak memory in MB of the largest process."""

    wall: float
    cpu: float
    memory: int


def run(folder: Path, *command: str) -> Cost:
    """Run a command of this environment, which must succeed."""
    start = time.perf_counter()
    environment = {**os.environ, "TZ": "UTC"}
    process = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]], cwd=folder, stdout=subprocess.DEVNULL, env=environment
    )
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    assert process.returncode == 0, command
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def weigh_pages(site: Path, paths: list[str]) -> dict[str, tuple[int, int]]:
    """Bytes with gzip that the first view of each page takes in a real browser, and how many of them are script."""
    from browser import CHROMIUM, open_browser, serve

    if CHROMIUM is None:
        return {}
    found = {}
    with serve(site) as origin, open_browser() as browser:
        for path in paths:
            page, asked = browser.new_page(), []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{origin}{path}")
            page.wait_for_load_state("networkidle")
            files = [site / (url.removeprefix(origin) or "index.html") for url in asked if url.startswith(origin)]
            sizes = [(_pack(file / "index.html" if file.is_dir() else file), file.suffix == ".js") for file in files]
            found[path] = (sum(size for size, _ in sizes), sum(size for size, script in sizes if script))
            page.close()
    return found


def write_plain(root: Path, folder: Path) -> int:
    """The same pages, in Markdown with their tables and nothing else, for plain MkDocs with Material."""
    shutil.rmtree(folder, ignore_errors=True)
    number = 0
    for package in sorted((root / "datapackages").iterdir()):
        rows = defaultdict(list)
        for row in _read(package / "data" / "observations.csv"):
            rows[row["measure"]].append(row)
        for measure in _read(package / "data" / "measures.csv"):
            path = folder / "docs" / "indicators" / package.name / f"{measure['measure']}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_write_page(measure, rows[measure["measure"]]), "utf-8")
            number += 1
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    config = "site_name: Plain\ntheme: {name: material, font: false}\nplugins: []\nmarkdown_extensions: [tables]\n"
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return number


def _pack(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_page(measure: dict[str, str], rows: list[dict[str, str]]) -> str:
    """One page: a table of times by what each figure is about."""
    columns = list(dict.fromkeys((row["area"], row["sex"], row["age"]) for row in rows))
    cells = {(row["period"], row["area"], row["sex"], row["age"]): row["value"] or f"[{row['status']}]" for row in rows}
    header = ["Year", *(" ".join(part for part in column if part != "all") for column in columns)]
    lines = [header, ["---"] * len(header)]
    lines += [
        [when, *(cells.get((when, *c), "") for c in columns)] for when in dict.fromkeys(r["period"] for r in rows)
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# {measure['title']}\n\n{measure['definition']}\n\n## Table\n\n{table}\n\n{measure['matters']}\n"
