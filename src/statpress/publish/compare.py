"""Compare what each way to protect a pipeline would cost its readers. Names ways and counts, never figures."""

from __future__ import annotations

from dataclasses import dataclass

from statpress.declare.load import choose_pipelines, load_declarations
from statpress.disclosure.compare import Way, compare_ways
from statpress.paths import Project
from statpress.publish.prepare import read_unprotected


@dataclass(frozen=True)
class Comparison:
    """The ways to protect a pipeline, alone, with the policy that it has now."""

    name: str
    policy: str
    ways: tuple[Way, ...]


def compare(project: Project, name: str) -> Comparison:
    """Try every way for the pipeline `name`. Nothing is written. Raises what reading and checking it raises."""
    declared = load_declarations(project)
    choose_pipelines(declared, [name])
    table = read_unprotected(project, declared, name)
    return Comparison(name, declared.pipelines[name].disclosure, tuple(compare_ways(table)))
