"""Explain a pipeline: what it reads, does, measures and withholds. Names cells and rules, never figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from statpress.declare.pipeline import Pipeline, Table
from statpress.packages.describe.policy import describe_policy
from statpress.paths import Project
from statpress.publish.assess import check
from statpress.publish.prepare import Prepared

RULES = {
    "small-count": "the count is small",
    "small-complement": "it leaves a small count of its whole",
    "small-denominator": "it is out of too few",
    "unknown-denominator": "what it is out of is not known",
    "small-numerator": "it may count only a few",
    "part-withheld": "its numerator or denominator is withheld",
    "part-of-withheld": "a figure made from it is withheld by hand",
    "protects-another": "another withheld cell would follow from it",
    "withheld-before": "an earlier release withholds it",
    "by-hand": "withheld by hand",
    "source": "the source withholds it",
    "unknown-change": "the figures that it compares are not there, or are rounded",
    "not-rounded": "it is made from figures that are not rounded",
    "whole-group": "it tells that everyone of a group is in one category",
    "dominance": "a few contributors make up nearly all of it",
    "p-percent": "one contributor could work out what another gave",
    "unknown-contributors": "how much the largest contributors gave is not known",
    "never-published": "it is for protection only",
}
"""The rules of disclosure control in words."""


@dataclass(frozen=True)
class Explanation:
    """A pipeline in words: a title, then sections of lines."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def explain(project: Project, name: str) -> Explanation:
    """Explain the pipeline `name`. Raises what checking it raises."""
    (prepared,) = check(project, [name], amend=True).prepared
    publication = prepared.publication
    pipeline = publication.pipeline
    policy = publication.declared.policies[pipeline.disclosure]
    return Explanation(
        f"{name}: {pipeline.title}, version {pipeline.release.version}",
        (
            ("Sources", tuple(_tables(pipeline))),
            ("Measures", tuple(f"{m}: {publication.declared.measures[m].title}" for m in pipeline.measures)),
            ("Dimensions", tuple(f"{d}: {adds}" for d, adds in pipeline.dimensions.items()) or ("none",)),
            (f"Policy {pipeline.disclosure}", tuple(describe_policy(policy)["words"])),
            ("Withheld", tuple(_withheld(prepared)) or ("nothing",)),
            ("Rows of the sources", tuple(_ledger(prepared))),
        ),
    )


def _tables(pipeline: Pipeline) -> Iterator[str]:
    for table in pipeline.tables:
        yield f"{table.path}: {_steps(table)}"


def _steps(table: Table) -> str:
    if table.left_out:
        return f"left out ({table.left_out})"
    return " > ".join(next(iter(type(step).model_fields)) for step in table.steps) or "as it is"


def _withheld(prepared: Prepared) -> Iterator[str]:
    names = prepared.publication.dimensions
    for key, rule in sorted(prepared.protected.reasons.items()):
        parts = [f"{name}={code}" for name, code in zip(names, key[3:], strict=True) if code != "all"]
        lesser = "; not all of the band stays possible" if key in prepared.protected.lesser else ""
        yield f"{' '.join([*key[:3], *parts])}: {RULES[rule]}{lesser}"


def _ledger(prepared: Prepared) -> Iterator[str]:
    outcomes = Counter(f"{entry.outcome}{f' ({entry.reason})' if entry.reason else ''}" for entry in prepared.entries)
    for outcome, number in sorted(outcomes.items()):
        yield f"{number} {outcome}"
