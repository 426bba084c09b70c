"""One seed: draw a project, publish it with the real command, read what it printed, attack it, say what was learnt."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.attack.draw import Plan, draw
from benchmarks.attack.facts import Fact, Form, Variable, count_of, facts_of, plus
from benchmarks.attack.files import write_project, write_release
from benchmarks.attack.printed import Printed, read_releases
from benchmarks.attack.solve import Reader, Undecided
from benchmarks.attack.world import ALL, Cell, World, whole_of

MOST_INSIDERS = 12
ENDS = {12: "implausible", 13: "refused"}
"""Random figures may look like slips."""


@dataclass
class Outcome:
    """What happened to one seed. `hits` name the quantity that was learnt, how, and by whom: made-up figures only."""

    seed: int
    kind: str
    result: str = "published"
    told: list[str] = field(default_factory=list)
    hits: list[tuple[str, str]] = field(default_factory=list)
    tried: int = 0
    fell_back: int = 0


@dataclass(frozen=True)
class Target:
    """A form that must stay unknown; `band` where all of that must stay possible."""

    kind: str
    release: int
    cell: Cell
    form: Form
    truth: int
    band: tuple[int, int] | None = None


def run(seed: int, kind: str, statpress: str, keep: Path | None = None) -> Outcome:
    """The outcome of a seed. With `keep` the project stays there."""
    plan = draw(seed, kind)
    outcome = Outcome(seed, kind)
    with TemporaryDirectory(prefix="attack-") as place:
        root = (keep or Path(place)) / f"{kind}-{seed}"
        write_project(plan, root)
        done = _publish(root, statpress, outcome)
        if done and plan.later is not None:
            write_release(plan, root, plan.later, "2020.2")
            done = _publish(root, statpress, outcome)
        if done:
            _attack(plan, root, outcome)
    return outcome


def _publish(root: Path, statpress: str, outcome: Outcome) -> bool:
    """Whether everything was published. A refusal is none of an attacker's business, any other end is a fault."""
    done = _call(root, statpress, "publish", "--json")
    if done.returncode not in (0, 1):
        outcome.result = ENDS.get(done.returncode, f"failed {done.returncode}")
        outcome.told = _issues(done)
    elif done.returncode or "Traceback" in done.stderr:
        outcome.result, outcome.told = "failed", done.stderr.splitlines()[-3:]
    return outcome.result == "published"


def _call(root: Path, statpress: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    asked = [statpress, "--root", str(root), *arguments]
    if not statpress:
        return _call_here(asked[1:])
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(asked, capture_output=True, check=False, text=True, env=os.environ | threads)


def _call_here(asked: list[str]) -> subprocess.CompletedProcess[str]:
    """The command within this process, which need not load it again for each project."""
    from click.testing import CliRunner

    from statpress.cli.main import main

    done = CliRunner().invoke(main, asked)
    fault = "" if done.exception is None or isinstance(done.exception, SystemExit) else f"Traceback {done.exception!r}"
    return subprocess.CompletedProcess(asked, done.exit_code, done.stdout, done.stderr + fault)


def _issues(done: subprocess.CompletedProcess[str]) -> list[str]:
    try:
        return [f"{one['rule']}: {one['message']}" for one in json.loads(done.stdout)["issues"]]
    except (ValueError, KeyError):
        return (done.stderr or done.stdout).splitlines()[-5:]


def _attack(plan: Plan, root: Path, outcome: Outcome) -> None:
    names = tuple(axis.name for axis in plan.world.axes)
    tables = [
        (number, table)
        for package in plan.packages
        for number, table in enumerate(read_releases(root / "datapackages" / package.name, names))
    ]
    worlds = [plan.world, *([plan.later] if plan.later is not None else [])]
    facts = list(facts_of(tables, plan.world))
    reader, told = Reader(facts, _truth(worlds)), Reader([*facts, *_links(plan)], _truth(worlds))
    marked = {cell for package in plan.packages for cell, mark in package.marks.items() if mark == "*"}
    targets = list(_targets(tables, worlds, marked))
    outcome.tried = len(targets)
    fell_back: set[str] | None = None
    for drawn in targets:
        target = drawn if drawn.release == len(worlds) - 1 else replace(drawn, band=None)
        found = _try(reader, target)
        if not found and plan.later and _try(told, target) == "determined":
            found = "told"
        if found == "narrowed":
            fell_back = _fell_back(plan, root) if fell_back is None else fell_back
            if _code(target.cell, plan.world) in fell_back:
                outcome.fell_back += 1
                found = ""
        if found:
            outcome.hits.append(
                (f"{found} {target.kind}", f"release {target.release} {_code(target.cell, plan.world)}")
            )
    if outcome.kind == "insiders":
        outcome.hits += _attack_inside(reader, targets, tables, plan.world, marked)


def _try(reader: Reader, target: Target) -> str:
    """What a reader learns of a target, in a word; none if too little."""
    try:
        if not reader.differs(target.form, target.truth):
            return "determined"
        if target.band is not None:
            low, high = reader.range_of(target.form, target.band)
            return "narrowed" if low > target.band[0] or high < target.band[1] else ""
    except Undecided:
        return "undecided"
    return ""


def _targets(tables: list[tuple[int, Printed]], worlds: list[World], marked: Collection[Cell]) -> Iterator[Target]:
    """Every withheld count, small or not; each small count that is rounded, or behind a ratio, and what that leaves.

    Of what the source itself withholds (`marked`) nobody knows that it is small, so that it has no band.
    """
    seen: set[tuple[tuple[Variable, int], ...]] = set()
    for release, table in tables:
        for target in _of_table(release, table, worlds[release], marked):
            key = tuple(sorted(target.form.items()))
            if key not in seen:
                seen.add(key)
                yield target


def _of_table(release: int, table: Printed, world: World, marked: Collection[Cell]) -> Iterator[Target]:
    first, last = table.band
    for cell, figure in table.figures.items():
        measure = table.measures[cell[0]]
        if measure.kind == "count" and figure.status == "c" and cell[0] != "people":
            truth = world.count(*cell)
            is_small = first <= truth <= last
            is_banded = (
                is_small and table.rules["standard"] == "symbol" and table.withholds_small and cell not in marked
            )
            band = table.band if is_banded else None
            yield Target("small" if is_small else "partner", release, cell, count_of(release, cell, world), truth, band)
        is_rounded = not table.withholds_small and (figure.value is not None or figure.status == "low")
        if measure.kind == "count" and is_rounded and cell[0] != "people" and first <= world.count(*cell) <= last:
            yield Target("rounded", release, cell, count_of(release, cell, world), world.count(*cell))
        if measure.of[0] and table.withholds_small and (figure.value is not None or figure.status == "c"):
            yield from _behind(release, cell, table, world)


def _behind(release: int, cell: Cell, table: Printed, world: World) -> Iterator[Target]:
    measure = table.measures[cell[0]]
    first, last = max(1, table.band[0]), table.band[1]
    top = (measure.of[0], cell[1])
    below = (measure.of[1], whole_of(cell[1]) if measure.total else cell[1])
    truth, whole = world.count(*top), world.count(*below)
    if first <= truth <= last:
        yield Target("behind", release, top, count_of(release, top, world), truth)
    if measure.kind == "percentage" and table.rules.get("complements") and first <= whole - truth <= last:
        form = plus(count_of(release, below, world), count_of(release, top, world, -1))
        yield Target("complement", release, top, form, whole - truth)


def _truth(worlds: list[World]) -> dict[Variable, int]:
    return {
        (release, measure, codes): value
        for release, world in enumerate(worlds)
        for measure, own in world.counts.items()
        for codes, value in own.items()
    }


def _links(plan: Plan) -> Iterator[Fact]:
    """What was not revised, for a reader who is told what was."""
    for measure, own in plan.world.counts.items() if plan.later is not None else ():
        for codes in own:
            if (measure, codes) not in plan.revised:
                yield Fact({(0, measure, codes): 1, (1, measure, codes): -1}, 0, 0)


def _fell_back(plan: Plan, root: Path) -> set[str]:
    """The cells of which the certificates beside the sources say that not all of the band stays possible."""
    found: set[str] = set()
    for package in plan.packages:
        proof: dict[str, Any] = json.loads((root / "pipelines" / package.name / "certificate.json").read_bytes())
        names = proof["facts"]["names"]
        forms = [one["form"] for one in proof["safe"] if one["kind"] == "count" and one["rule"] == "differ"]
        for ((place, _),) in forms:
            measure, area, period, groups, *_ = names[place]
            found.add(" ".join([measure, area, period, *(f"{axis}={code}" for axis, code in sorted(groups))]))
    return found


def _code(cell: Cell, world: World) -> str:
    pairs = sorted((axis.name, code) for axis, code in zip(world.axes[2:], cell[1][2:], strict=True) if code != ALL)
    return " ".join([cell[0], *cell[1][:2], *(f"{axis}={code}" for axis, code in pairs)])


def _attack_inside(
    reader: Reader, targets: list[Target], tables: list[tuple[int, Printed]], world: World, marked: Collection[Cell]
) -> Iterator[tuple[str, str]]:
    """What whoever is alone in a withheld cell learns of the small counts of others.

    Of a cell that the source withholds (`marked`) nobody else knows that it counts one.
    """
    alone = [
        (release, cell)
        for release, table in tables
        for cell, figure in table.figures.items()
        if figure.status == "c" and table.measures[cell[0]].kind == "count" and world.count(*cell) == 1
        if cell not in marked
    ]
    others = [target for target in targets if target.kind != "partner"]
    for release, cell in alone[:MOST_INSIDERS]:
        known = dict(_known(release, cell, world))
        insider = reader.knowing(known)
        for target in others:
            is_own = all(variable in known for variable in target.form) or target.cell == cell
            if not is_own and _try(reader, target) != "determined" and _try(insider, target)[:4] == "dete":
                yield f"insider {target.kind}", f"{_code(cell, world)} learns {_code(target.cell, world)}"


def _known(release: int, cell: Cell, world: World) -> Iterator[tuple[Variable, int]]:
    """The groups that she alone makes, with all that they are made of, and what she is besides or is not."""
    measures = [name for name in world.counts if name == cell[0] or {(cell[0], name), (name, cell[0])} & {*world.parts}]
    for codes in world.around(cell[1]):
        for name in [one for one in measures if world.count(one, codes) == 1 or (one, codes) == cell]:
            for own in {name, *(part for part, whole in world.parts if whole == name)}:
                smallest = (one for part in world.within(codes) for one in world.made_of(part))
                yield from (((release, own, one), world.counts[own][one]) for one in smallest)
