"""Draws a project from a seed: a place with its true figures, and what its packages would like to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from benchmarks.attack.world import ALL, Axis, Codes, Measure, World

Rng = np.random.Generator
KINDS = ("one", "releases", "packages", "insiders")
MOST_CELLS = 60
QUARTERS = ("2019-01-01/P3M", "2019-04-01/P3M", "2019-07-01/P3M", "2019-10-01/P3M")
YEARS = ("2018-01-01/P1Y", "2019-01-01/P1Y", "2020-01-01/P1Y")
PRESETS = ("strict", "dfe-cin", "nhs-1-7-round-5", "ons-rates", "tre-10")


@dataclass(frozen=True)
class Package:
    """What one pipeline is given: measures, rows, and cells that the source lacks or marks."""

    name: str
    measures: tuple[str, ...]
    cells: frozenset[Codes]
    dimensions: tuple[int, ...]
    """Places of the axes that it has, after area and period"""
    policy: str
    compute: tuple[str, ...] = ()
    absent: frozenset[tuple[str, Codes]] = frozenset()
    marks: Mapping[tuple[str, Codes], str] = field(default_factory=dict)
    area: str = "E1"


@dataclass(frozen=True)
class Plan:
    """A whole project: the place, its measures, its policies and its packages; `later` is the place a release later."""

    world: World
    measures: Mapping[str, Measure]
    policies: Mapping[str, Mapping[str, object]]
    packages: tuple[Package, ...]
    later: World | None = None
    later_policies: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    revised: frozenset[tuple[str, Codes]] = frozenset()


def draw(seed: int, kind: str) -> Plan:
    """The project of a seed, always the same."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    axes = _draw_axes(rng)
    measures = _draw_measures(rng, kind, years=set(YEARS) & axes[1].parents.keys())
    policies = {"strict": {}} if kind == "insiders" and rng.random() < 0.6 else _draw_policy(rng, kind)
    world = _draw_world(rng, axes, measures)
    packages = _draw_packages(rng, world, measures, next(iter(policies)), kind)
    own = {name: rules for name, rules in policies.items() if rules}
    if kind != "releases":
        return Plan(world, measures, own, packages)
    changes = dict(_draw_changes(rng, world))
    later = {name: _turned(rng, rules) for name, rules in own.items()}
    return Plan(world, measures, own, packages, world.revised(changes.items()), later, frozenset(changes))


def _draw_axes(rng: Rng) -> tuple[Axis, ...]:
    while True:
        dimensions = [
            _draw_dimension(rng, place) for place in range(rng.choice([0, 1, 2, 3], p=[0.05, 0.35, 0.45, 0.15]))
        ]
        axes = (_draw_areas(rng), _draw_periods(rng), *dimensions)
        inner = np.prod([len(axis.inner) for axis in axes])
        printed = np.prod([len(axis.parents) for axis in axes])
        if 2 <= inner <= MOST_CELLS and printed <= 3 * MOST_CELLS and sum(not axis.adds_up for axis in axes) <= 1:
            return axes


def _draw_dimension(rng: Rng, place: int) -> Axis:
    parents: dict[str, str | None] = {ALL: None}
    for number in range(rng.integers(2, 5)):
        code = f"{'abc'[place]}{number}"
        parents[code] = ALL
        if rng.random() < 0.2:
            parents |= {f"{code}-{low}": code for low in range(rng.integers(2, 4))}
    return Axis(("sex", "age", "need")[place], parents, adds_up=bool(rng.random() > 0.12))


def _draw_areas(rng: Rng) -> Axis:
    style = rng.choice(["one", "flat", "nested", "deep"], p=[0.35, 0.15, 0.35, 0.15])
    if style == "one":
        return Axis("area", {"E1": None})
    parents: dict[str, str | None] = {"E1": None} if style != "flat" else {}
    top = "E1" if style != "flat" else None
    parents |= {f"E1{number}": top for number in range(rng.integers(2, 5))}
    if style == "deep":
        parents |= {f"E10{number}": "E10" for number in range(2)}
    if style == "flat":
        parents["E1"] = None
    unseen = frozenset(["E11"]) if style == "nested" and rng.random() < 0.25 else frozenset[str]()
    return Axis("area", parents, unseen=unseen)


def _draw_periods(rng: Rng) -> Axis:
    if rng.random() < 0.25:
        parents: dict[str, str | None] = {"2019-01-01/P1Y": None}
        return Axis("period", parents | dict.fromkeys(QUARTERS, "2019-01-01/P1Y"))
    return Axis("period", dict.fromkeys(YEARS[: rng.integers(1, 4)]))


def _draw_measures(rng: Rng, kind: str, years: set[str]) -> dict[str, Measure]:
    decimals, about = int(rng.choice([0, 1, 2], p=[0.3, 0.6, 0.1])), rng.random()
    found = [Measure("missing")]
    if about < 0.6 or kind == "packages":
        found += [Measure("children"), Measure("share", "percentage", decimals, ("missing", "children"))]
    if 0.45 < about < 0.85:
        base = int(rng.choice([1000, 10000]))
        found += [Measure("people", unprotected=True)]
        found += [Measure("rate", "rate", decimals, ("missing", "people"), base=base)]
    if rng.random() < 0.2:
        found.append(Measure("split", "percentage", decimals, ("missing", "missing"), total=True))
    if rng.random() < 0.1 and len(years) > 1:
        found.append(Measure("growth", "percentage", decimals, change_of="missing"))
    return {measure.name: measure for measure in found}


def _draw_policy(rng: Rng, kind: str) -> dict[str, dict[str, object]]:
    if rng.random() < 0.6:
        return {str(rng.choice(PRESETS, p=[0.5, 0.2, 0.1, 0.1, 0.1])): {}}
    if rng.random() < 0.3:
        method = str(rng.choice(["conventional", "controlled"]))
        small = str(rng.choice(["withheld", "rounded"]))
        withhold: dict[str, object] = {"counts": "1..5", "complements": bool(rng.random() < 0.5)}
        least = 5 if (method, small) == ("conventional", "rounded") else 3
        rounding = {"base": max(int(rng.choice([3, 5, 10])), least), "method": method, "small": small}
        return {"own": {"withhold": withhold, "rounding": rounding}}
    zeros = str(rng.choice(["shown", "withheld"], p=[0.7, 0.3]))
    withhold = {
        "counts": f"{0 if zeros == 'withheld' else 1}..{rng.choice([2, 4, 5, 6, 9])}",
        "zeros": zeros,
        "complements": bool(rng.random() < 0.6),
        "groups": str(rng.choice(["shown", "withheld"], p=[0.8, 0.2])),
    }
    protection = {
        "standard": str(rng.choice(["symbol", "zero_aware", "not_determined"], p=[0.5, 0.3, 0.2])),
        "effort": str(rng.choice(["quick", "good", "exact"], p=[0.3, 0.5, 0.2])),
        "cost": str(rng.choice(["value", "cells"])),
        "insiders": "shielded" if kind == "insiders" else str(rng.choice(["shielded", "ignored"])),
        "hidden-sums": str(rng.choice(["protected", "ignored"])),
    }
    ratios = {"smallest-denominator": int(rng.choice([1, 6, 20])), "smallest-numerator": int(rng.choice([0, 3]))}
    return {"own": {"withhold": withhold, "ratios": ratios, "protection": protection}}


def _turned(rng: Rng, rules: Mapping[str, object]) -> Mapping[str, object]:
    """The same policy, which looks for another pattern: what is withheld least of, and how long that is looked for."""
    protection = rules.get("protection")
    if not isinstance(protection, dict) or rng.random() < 0.4:
        return rules
    cost = "cells" if protection["cost"] == "value" else "value"
    return {**rules, "protection": {**protection, "cost": cost, "effort": str(rng.choice(["quick", "good", "exact"]))}}


def _draw_world(rng: Rng, axes: tuple[Axis, ...], measures: Mapping[str, Measure]) -> World:
    small, zeros, large = rng.uniform(0.05, 0.4), rng.uniform(0, 0.2), int(rng.choice([15, 40, 150]))
    parts = (("missing", "children"),) if "share" in measures else ()
    codes = list(product(*(axis.inner for axis in axes)))
    missing: dict[Codes, int] = {}
    children: dict[Codes, int] = {}
    for one in codes:
        most = min((missing[up] for up in _above(one, axes)), default=large)
        kind = rng.random()
        value = 0 if kind < zeros else rng.integers(1, 6) if kind < zeros + small else rng.integers(6, large + 1)
        missing[one] = min(int(value), most)
        room = min((children[up] for up in _above(one, axes)), default=None)
        more = int(rng.integers(0, 6) if rng.random() < 0.08 else rng.integers(6, 12 * large))
        children[one] = missing[one] + more if room is None else min(room, missing[one] + more // 2)
    counts = {"missing": missing}
    if "children" in measures:
        counts["children"] = children
    if "people" in measures:
        scale = int(rng.choice([1000, 10000]))
        counts["people"] = dict.fromkeys(codes, 0)
        for one in codes:
            room = min((counts["people"][up] for up in _above(one, axes)), default=None)
            drawn = int(rng.integers(scale // 2, scale * 2))
            counts["people"][one] = drawn if room is None else max(1, min(room, drawn // 2))
    return World(axes, counts, parts)


def _above(codes: Codes, axes: tuple[Axis, ...]) -> list[Codes]:
    """The smallest cells that one is part of, where several answers are possible."""
    found = []
    for place, axis in enumerate(axes):
        parent = axis.parents[codes[place]]
        if not axis.adds_up and parent is not None:
            found.append((*codes[:place], parent, *codes[place + 1 :]))
    return found


def _draw_packages(
    rng: Rng, world: World, measures: Mapping[str, Measure], policy: str, kind: str
) -> tuple[Package, ...]:
    every = tuple(range(2, len(world.axes)))
    if kind != "packages":
        lacking = _lacking(rng, measures)
        own = tuple(name for name in measures if name not in lacking)
        return (_draw_package(rng, "first", own, every, (world, measures, policy)),)
    if len(every) > 1 and rng.random() < 0.35:
        own = tuple(name for name in measures if name in ("missing", "children", "share"))
        place = int(rng.integers(len(every)))
        ways = (every[: place + 1], every[place:]) if place in (0, len(every) - 1) else (every, every[:1])
        one, other = (
            _draw_package(rng, name, own, way, (world, measures, policy))
            for name, way in zip(("first", "second"), ways, strict=True)
        )
        return one, replace(other, area="E9", marks={}, absent=frozenset())
    ratios = [name for name in ("share", "rate", "split") if name in measures]
    counts = tuple(name for name in measures if name not in ratios)
    if rng.random() < 0.3:
        ratios += ["children"]
        counts = tuple(name for name in counts if name != "children")
    fewer = every if rng.random() < 0.6 else every[: max(1, len(every) - 1)]
    first = _draw_package(rng, "first", counts, every, (world, measures, policy))
    return first, _draw_package(rng, "second", tuple(ratios), fewer, (world, measures, policy))


def _lacking(rng: Rng, measures: Mapping[str, Measure]) -> set[str]:
    """Measures that nothing prints, though ratios of them are."""
    lacking: set[str] = set()
    if "share" in measures and rng.random() < 0.15:
        lacking.add(str(rng.choice(["missing", "children"])))
    return lacking if "growth" not in measures and "split" not in measures and "rate" not in measures else set()


def _draw_package(
    rng: Rng,
    name: str,
    own: tuple[str, ...],
    dimensions: tuple[int, ...],
    about: tuple[World, Mapping[str, Measure], str],
) -> Package:
    world, measures, policy = about
    fixed = [place for place in range(2, len(world.axes)) if place not in dimensions]
    cells = [codes for codes in world.cells() if all(codes[place] == ALL for place in fixed)]
    style = rng.choice(["full", "margins", "holes", "tops"], p=[0.55, 0.15, 0.2, 0.1])
    if style == "margins":
        cells = [codes for codes in cells if sum(code != ALL for code in codes[2:]) <= 1]
    if style == "holes":
        cells = [codes for codes in cells if rng.random() > 0.08]
    if style == "tops" and dimensions:
        place = int(rng.choice(dimensions))
        cells = [codes for codes in cells if codes[place] != ALL] or cells
    printed = [(one, codes) for one in own for codes in cells]
    absent = frozenset(key for key in printed if rng.random() < 0.02)
    marks = _draw_marks(rng, world, [key for key in printed if measures[key[0]].kind == "count" and key not in absent])
    can = [one for one in own if measures[one].of[0] in own and measures[one].of[1] in own and not measures[one].total]
    compute = tuple(one for one in can if rng.random() < 0.5)
    return Package(name, own, frozenset(cells), dimensions, policy, compute, absent, marks)


def _draw_marks(rng: Rng, world: World, counts: list[tuple[str, Codes]]) -> dict[tuple[str, Codes], str]:
    """Cells whose number the source does not give: `..` not available, `*` withheld there."""
    if rng.random() > 0.25:
        return {}
    found: dict[tuple[str, Codes], str] = {}
    for key in counts:
        if rng.random() < 0.03:
            found[key] = ".."
        elif key[0] == "missing" and 1 <= world.count(*key) <= 5 and rng.random() < 0.3:
            found[key] = "*"
    return found


def _draw_changes(rng: Rng, world: World) -> list[tuple[tuple[str, Codes], int]]:
    """Some of the smallest counts anew, as far as parts stay parts."""
    share = rng.uniform(0.02, 0.12)
    found = []
    upside = all(axis.adds_up for axis in world.axes)
    for codes, value in world.counts["missing"].items():
        if rng.random() < share and upside:
            fresh = int(rng.integers(0, 6)) if rng.random() < 0.4 else int(rng.integers(max(0, value - 8), value + 9))
            most = world.counts["children"][codes] if world.parts else fresh
            found.append((("missing", codes), min(fresh, most)))
    return [(key, value) for key, value in found if value != world.counts[key[0]][key[1]]]
