"""Build sites of made-up packages: from nothing, warm, and after one table changed; and this repository's own site.

Run `python benchmarks/site --help`. Seconds are of this machine; the ratios in one run are what to compare.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measure import ROOT, Cost, run, weigh_pages, write_plain
from world import change_figure, change_indicator, change_package, write_world

ROW = "{:<44} {:>8} {:>10} {:>8}"
SEEDS = itertools.count(time.time_ns())
"""Figures that no run before has drawn, so that no chart of them is known."""


def main() -> None:
    """Print one line a measurement."""
    parser = argparse.ArgumentParser(prog="python benchmarks/site", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[200], help="Indicator pages of each made-up site.")
    parser.add_argument("--keep", type=Path, help="A folder in which sites and their caches stay for the next run.")
    parser.add_argument("--peer", action="store_true", help="Build the same pages with plain MkDocs and Material.")
    parser.add_argument("--own", action="store_true", help="Measure start-up and this repository's own site as well.")
    options = parser.parse_args()
    print(ROW.format("", "seconds", "all cores", "memory"))
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        for pages in options.pages:
            measure_world(folder / f"pages-{pages}", pages)
            if options.peer:
                measure_peer(folder / f"pages-{pages}", folder / f"plain-{pages}")
        if options.own:
            measure_own(Path(place))


def measure_world(root: Path, pages: int) -> None:
    """Build a made-up site in every state, and weigh some of its pages."""
    print(f"\n{pages:,} indicator pages")
    fresh = not root.exists()
    if fresh:
        write_world(root, pages)
        say("from nothing, all charts drawn", run(root, "statpress", "site"))
    shutil.rmtree(root / "site", ignore_errors=True)
    shutil.rmtree(root / ".cache" / "site", ignore_errors=True)
    say("charts and files known", run(root, "statpress", "site"))
    say("again, nothing changed", run(root, "statpress", "site"))
    change_figure(root, 1)
    say("one figure of one table changed", run(root, "statpress", "site"))
    change_indicator(root, "count-0-0", next(SEEDS))
    say("the tables of one indicator drawn anew", run(root, "statpress", "site"))
    change_package(root, next(SEEDS))
    say("a package of 20 indicators drawn anew", run(root, "statpress", "site"))
    change_figure(root, 0)
    run(root, "statpress", "site")
    weigh(root / "site")


def measure_peer(root: Path, folder: Path) -> None:
    """Build the same pages without charts, downloads, areas, comparisons and search, with plain MkDocs."""
    number = write_plain(root, folder)
    say(f"plain MkDocs with Material, {number:,} pages", run(folder, "mkdocs", "build", "--quiet"))


def measure_own(root: Path) -> None:
    """Start-up, and checking and building this repository."""
    print("\nthis repository")
    for entry in ("pipelines", "validations", "site_src", "datapackages"):
        shutil.copytree(ROOT / entry, root / entry)
    shutil.copy(ROOT / "mkdocs.yml", root)
    say("statpress --help", run(root, "statpress", "--help"))
    for command in ("check", "build", "site"):
        for state in ("cold", "warm"):
            if (command, state) != ("site", "cold"):
                say(f"statpress {command}, {state}", run(root, "statpress", command))
        if command == "check":
            shutil.rmtree(root / ".cache")


def say(what: str, cost: Cost) -> None:
    """Print one line."""
    print(ROW.format(what, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory} MB"), flush=True)


def weigh(site: Path) -> None:
    """Print what the first view of a few indicator pages takes, the largest among them."""
    pages = sorted(site.glob("indicators/*/*/index.html"), key=lambda page: (page.stat().st_size, page))
    chosen = [pages[0], pages[len(pages) // 2], pages[-1]]
    weights = weigh_pages(site, [f"{page.parent.relative_to(site).as_posix()}/" for page in chosen])
    for path, (whole, script) in weights.items():
        print(f"{path:<44} {whole / 1000:.1f} kB, script {script / 1000:.1f} kB")
        assert whole <= 70_000 and script <= 20_000, path
    print(f"{sum(path.is_file() for path in site.rglob('*')):,} files, {len(list(site.rglob('index.html'))):,} pages")


if __name__ == "__main__":
    main()
