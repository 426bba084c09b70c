"""Writes a drawn project as the files that `statpress publish` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from benchmarks.attack.draw import YEARS, Package, Plan
from benchmarks.attack.world import Codes, Measure, World, whole_of


def write_project(plan: Plan, root: Path) -> None:
    """Every declaration, and the sources of the first release."""
    catalogues = {
        "publisher.yml": {"title": "Council", "contact": "data@example.org", "licence": "OGL-UK-3.0"},
        "documents.yml": {
            "report": {"title": "R", "publisher": "Council", "published": "2020", "licence": "OGL-UK-3.0"}
        },
        "areas.yml": _areas(plan.world),
        "topics.yml": {"missing": {"title": "Missing", "description": "Missing.", "section": "1", "order": "1"}},
        "dimensions.yml": {axis.name: _dimension(axis.parents) for axis in plan.world.axes[2:]},
        "measures.yml": {name: _declare(measure) for name, measure in plan.measures.items()},
    }
    for name, content in catalogues.items():
        _write(root / "pipelines" / name, json.dumps(_as_texts(content), indent=1))
    write_release(plan, root, plan.world, "2020.1")


def write_release(plan: Plan, root: Path, world: World, version: str) -> None:
    """The policies, pipelines and source tables of one release."""
    policies = plan.policies if world is plan.world else plan.later_policies
    texts = {name: {"title": name, "source": "Made up for a test", **rules} for name, rules in policies.items()}
    _write(root / "pipelines" / "policies.yml", json.dumps(_as_texts(texts), indent=1))
    for package in plan.packages:
        folder = root / "pipelines" / package.name
        _write(folder / "pipeline.yml", json.dumps(_as_texts(_pipeline(plan, package, version)), indent=1))
        _write(folder / "source" / "table.csv", "\n".join(_rows(plan, package, world)) + "\n")


def value_of(measure: Measure, codes: Codes, world: World) -> Decimal | None:
    """What the source prints of a cell, rounded half up; None where that is no number, or zero for what is not."""
    if measure.kind == "count":
        return Decimal(world.count(measure.name, codes))
    if measure.change_of:
        before = _before(codes, world)
        top, below = world.count(measure.change_of, codes), world.count(measure.change_of, before) if before else 0
        top -= below
    else:
        at = whole_of(codes) if measure.total else codes
        top, below = world.count(measure.of[0], codes), world.count(measure.of[1], at)
    if below == 0:
        return None
    unit = Decimal(1).scaleb(-measure.decimals)
    value = (Decimal(top * measure.base) / Decimal(below)).quantize(unit, rounding=ROUND_HALF_UP)
    return None if top and not value else value


def before(codes: Codes, printed: Mapping[str, object] | set[str]) -> Codes | None:
    """The same cell a period earlier, of those that are printed."""
    own = codes[1]
    earlier = [period for period in printed if period < own and period.split("/")[1] == own.split("/")[1]]
    return (codes[0], max(earlier), *codes[2:]) if earlier else None


def _before(codes: Codes, world: World) -> Codes | None:
    return before(codes, world.axes[1].parents)


def _rows(plan: Plan, package: Package, world: World) -> Iterator[str]:
    names = [world.axes[place].name for place in package.dimensions]
    yield ",".join(["measure", "area", "period", *names, "value"])
    for name in package.measures:
        for codes in sorted(package.cells):
            own = [codes[place] for place in package.dimensions]
            value: object = value_of(plan.measures[name], codes, world)
            value = package.marks.get((name, codes), value)
            is_gone = (name, codes) in package.absent or name in package.compute
            is_strange = plan.measures[name].change_of and not _is_compared(package, codes, plan)
            if value is not None and not is_gone and not is_strange:
                yield ",".join([name, codes[0], codes[1], *own, str(value)])


def _is_compared(package: Package, codes: Codes, plan: Plan) -> bool:
    """Whether the source gives the two figures of which a change is."""
    earlier = _before(codes, plan.world)
    given = {("missing", one) for one in package.cells} - package.absent - package.marks.keys()
    return codes[1] in YEARS and earlier is not None and {("missing", codes), ("missing", earlier)} <= given


def _pipeline(plan: Plan, package: Package, version: str) -> dict[str, object]:
    axes = [plan.world.axes[place] for place in package.dimensions]
    return {
        "title": package.name,
        "description": "Made up.",
        "topic": "missing",
        "area": package.area,
        "tables": [
            {
                "path": "source/table.csv",
                "marks": {"..": "x", "*": {"status": "c", "means": "1..5"}},
                "origin": {"document": "report", "section": "1"},
                "steps": [{"period": {"kinds": ["calendar-year", "quarter"]}}],
            }
        ],
        "measures": list(package.measures),
        "compute": list(package.compute),
        "dimensions": {axis.name: "adds-up" if axis.adds_up else "does-not-add-up" for axis in axes},
        "disclosure": package.policy,
        "release": {"version": version, "date": "2020-06-01", "next": "none planned", "notes": "Made up."},
        "methodology": "Made up.",
    }


def _declare(measure: Measure) -> dict[str, object]:
    found: dict[str, object] = {
        "title": f"The {measure.name}",
        "definition": f"What {measure.name} means.",
        "unit": "children",
        "kind": measure.kind,
        "decimals": str(measure.decimals),
        "reading": "Each counts once.",
        "matters": "It matters.",
    }
    if measure.kind != "count":
        found["unit"] = "%" if measure.kind == "percentage" else f"per {measure.base}"
    if measure.kind == "rate":
        found["base"] = str(measure.base)
    if measure.of[0]:
        found |= {"numerator": measure.of[0], "denominator": measure.of[1]}
    if measure.total:
        found["denominator-at"] = "total"
    if measure.change_of:
        found["change-of"] = measure.change_of
    if measure.unprotected:
        found["unprotected"] = "It counts everybody."
    return found


def _areas(world: World) -> dict[str, object]:
    def one(code: str, parent: str | None) -> dict[str, object]:
        return {"name": f"Area {code}", "kind": "area", **({"parent": parent} if parent else {})}

    return {code: one(code, parent) for code, parent in world.axes[0].parents.items()} | {"E9": one("E9", None)}


def _dimension(parents: Mapping[str, str | None]) -> dict[str, object]:
    def one(code: str, parent: str | None) -> dict[str, object]:
        return {"label": f"Category {code}", **({"parent": parent} if parent != "all" else {})}

    return {
        "title": "Made up",
        "categories": {code: one(code, parent) for code, parent in parents.items() if code != "all"},
    }


def _as_texts(content: object) -> object:
    """Declarations are texts: true is `true`."""
    if isinstance(content, Mapping):
        return {name: _as_texts(part) for name, part in content.items()}
    if isinstance(content, list):
        return [_as_texts(part) for part in content]
    if isinstance(content, bool):
        return "true" if content else "false"
    return str(content)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
