"""Publish random projects with the real command, and attack what they print. Run with --help for how."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.attack.draw import KINDS
from benchmarks.attack.trial import Outcome, run


def main() -> int:
    """Print a line for each seed that needs a look, then a table. Returns 1 if anything was learnt or failed."""
    options = _options()
    first, _, last = options.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    outcomes = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for outcome in pool.map(partial(_run, options=options), seeds):
            outcomes.append(outcome)
            for line in _lines(outcome, verbose=options.verbose):
                print(line, flush=True)
    print(_summarise(options.kind, outcomes))
    return int(any(outcome.hits or outcome.result.startswith("failed") for outcome in outcomes))


def _run(seed: int, options: argparse.Namespace) -> Outcome:
    try:
        return run(seed, options.kind, options.statpress, options.keep)
    except Exception:
        return Outcome(seed, options.kind, "attack failed", traceback.format_exc().splitlines()[-4:])


def _lines(outcome: Outcome, *, verbose: bool) -> Iterator[str]:
    yield from (f"{outcome.kind} {outcome.seed}: {what}: {where}" for what, where in outcome.hits)
    if outcome.result not in ("published", "refused", "implausible") or (verbose and outcome.result != "published"):
        yield from (f"{outcome.kind} {outcome.seed}: {outcome.result}: {line}" for line in outcome.told)


def _summarise(kind: str, outcomes: list[Outcome]) -> str:
    results = Counter(outcome.result for outcome in outcomes)
    hits = Counter(what for outcome in outcomes for what, _ in outcome.hits)
    seeds = {what: sum(any(one == what for one, _ in outcome.hits) for outcome in outcomes) for what in hits}
    lines = [
        f"{kind}: {len(outcomes)} projects, {sum(one.tried for one in outcomes)} withheld or small counts attacked"
    ]
    lines += [f"  {number:>5} {result}" for result, number in sorted(results.items())]
    lines += [f"  {number:>5} {what}, in {seeds[what]} projects" for what, number in sorted(hits.items())]
    lines += [f"  {sum(one.fell_back for one in outcomes):>5} narrowed where protection said so (fell back)"]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--seeds", default="0-99", help="first-last, both included, or one")
    parser.add_argument("--kind", choices=KINDS, default="one")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--keep", type=Path, help="a folder to keep the projects in")
    parser.add_argument("--verbose", action="store_true", help="say why releases were refused")
    beside = Path(sys.executable).with_name("statpress")
    parser.add_argument("--statpress", default=str(beside), help="the command")
    parser.add_argument("--warm", dest="statpress", action="store_const", const="", help="load the command only once")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
