"""Check everything that publishing does, short of writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from statpress.checks.completeness import check_completeness
from statpress.checks.contract.package import check_package
from statpress.checks.expectations import check_expectations
from statpress.declare.load import choose_pipelines, load_declarations
from statpress.errors import FailedCheck, UnsafeRelease, fail_if
from statpress.issue import Issue, in_order
from statpress.packages.describe.publication import Publication
from statpress.packages.earlier import Published, read_published
from statpress.paths import Project
from statpress.publish.changes.changed import find_differences
from statpress.publish.changes.differences import Differences
from statpress.publish.changes.reasons import check_reasons
from statpress.publish.changes.words import ChangeReport, describe_differences, summarise_differences
from statpress.publish.context import read_context
from statpress.publish.contradictions import waive_contradictions
from statpress.publish.expected_rows import check_rows
from statpress.publish.gate import Files
from statpress.publish.prepare import OnStep, Prepared, read_figures
from statpress.publish.proof import Proof
from statpress.publish.quality import describe_quality
from statpress.publish.release import check_release, render_release
from statpress.publish.safe import make_safe
from statpress.publish.shortfall import tell_shortfall
from statpress.workers import ALONE, Share


@dataclass(frozen=True)
class Checked:
    """Packages that can be published: all their files as bytes, by package name."""

    prepared: tuple[Prepared, ...]
    files: Mapping[str, Files]
    proofs: Mapping[str, Proof]
    issues: tuple[Issue, ...]
    changes: Mapping[str, ChangeReport]
    """What changes since the last release, by package; none for a package that has its first."""
    fresh: frozenset[str]
    """The packages that are not on disk as they would be written."""

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """The issues that do not stop publishing."""
        return tuple(issue for issue in self.issues if issue.severity == "warning")


def check(
    project: Project,
    names: Iterable[str] = (),
    *,
    amend: bool = False,
    on_step: OnStep = lambda *_: None,
    share: Share = ALONE,
) -> Checked:
    """Everything that publishing does, short of writing. Raises what publishing would raise."""
    checked = assess(project, names, amend=amend, on_step=on_step, share=share)
    fail_if(FailedCheck, checked.issues)
    return checked


def assess(
    project: Project,
    names: Iterable[str] = (),
    *,
    amend: bool = False,
    on_step: OnStep = lambda *_: None,
    share: Share = ALONE,
) -> Checked:
    """What would be published, with every issue of it, errors among them. Raises where there is nothing to look at."""
    declared = load_declarations(project)
    chosen = choose_pipelines(declared, names)
    published = {name: read_published(project.package(name), name) for name in chosen}
    context = read_context(project, declared, chosen)
    figures = read_figures(project, declared, chosen, on_step, share)
    foreseen = _foresee(project, published, share)
    tried = make_safe(declared, figures, context, published, share)
    prepared, gate = tried.prepared, tried.gate
    excuses = waive_contradictions(gate.contradictions, declared, chosen)
    fail_if(UnsafeRelease, [*gate.issues, *(one for one in excuses.issues if one.severity == "warning")])
    prepared = tuple(replace(one, excused=excuses.known.get(one.publication.name, ())) for one in prepared)
    differences = _compare(prepared, published, tried.drafts, amend=amend)
    excuses = waive_contradictions(gate.contradictions, declared, chosen)
    if any(one is not None and _tables(one.files) == _tables(tried.drafts[name]) for name, one in published.items()):
        foreseen()
    issues = _examine(project, prepared, tried.drafts, differences, share)
    prepared = tuple(replace(one, excused=excuses.known.get(one.publication.name, ())) for one in prepared)
    described = [_describe_package(project, one, gate.proofs, differences, issues) for one in prepared]
    files = {one.name: render_release(one, published[one.name], keep=not amend) for one in described}
    for one in described:
        issues += check_release(one, published[one.name], files[one.name], amend=amend)
    issues += _check_contracts(files, share)
    warnings = [issue for one in prepared for issue in (*one.warnings, *tell_shortfall(one))]
    found = [*declared.warnings, *gate.issues, *excuses.issues, *issues, *warnings]
    fresh = frozenset(name for name in files if _is_fresh(files[name], published[name]))
    return Checked(prepared, files, gate.proofs, in_order(found), _describe(prepared, differences), fresh)


def _foresee(project: Project, published: Mapping[str, Published | None], share: Share) -> Callable[[], None]:
    """Begin to run suites on packages as they are published, and wait for it when the answer is called.

    Most drafts will be the same, and what was found is remembered. It runs beside all that comes before the drafts.
    """
    there = [{name: _tables(one.files)} for name, one in published.items() if one is not None]
    return share.begin(partial(check_expectations, project), there)


def _compare(
    prepared: Iterable[Prepared],
    published: Mapping[str, Published | None],
    drafts: Mapping[str, Files],
    *,
    amend: bool,
) -> dict[str, Differences]:
    found = {
        one.publication.name: find_differences(
            one.publication, published[one.publication.name], drafts[one.publication.name], amend=amend
        )
        for one in prepared
    }
    return {name: differences for name, differences in found.items() if differences is not None}


def _describe(prepared: Iterable[Prepared], differences: Mapping[str, Differences]) -> dict[str, ChangeReport]:
    reasons = {one.publication.name: one.publication.pipeline.release.changes for one in prepared}
    return {name: describe_differences(found, reasons[name]) for name, found in differences.items()}


def _is_fresh(files: Files, published: Published | None) -> bool:
    own = {path: data for path, data in files.items() if not path.startswith("releases/")}
    return published is None or own != published.files


def _check_contracts(drafts: Mapping[str, Files], share: Share) -> list[Issue]:
    """What is wrong with packages as they would be published, beside the schemas that they declare."""
    return [issue for found in share(_check_contract, drafts.items()) for issue in found]


def _check_contract(draft: tuple[str, Files]) -> list[Issue]:
    name, files = draft
    return check_package(json.loads(files["datapackage.json"]), files.get, f"datapackages/{name}")


def _tables(files: Files) -> dict[str, bytes]:
    """The tables of a package by the names of their resources."""
    paths = {path: path.removeprefix("data/").removesuffix(".csv") for path in files}
    return {name: files[path] for path, name in paths.items() if path == f"data/{name}.csv"}


def _examine(
    project: Project,
    prepared: Iterable[Prepared],
    drafts: Mapping[str, Files],
    differences: Mapping[str, Differences],
    share: Share,
) -> list[Issue]:
    """Everything that is wrong with safe packages, as they would be published."""
    issues = check_expectations(project, {name: _tables(files) for name, files in drafts.items()}, share)
    issues += check_rows(project, drafts)
    for one in prepared:
        publication = one.publication
        issues += check_completeness(publication.observations, publication.name, publication.declared)
        if publication.name in differences:
            reasons, file = publication.pipeline.release.changes, publication.declared.files[publication.name]
            issues += check_reasons(differences[publication.name], reasons, file)
    return issues


def _describe_package(
    project: Project,
    prepared: Prepared,
    proofs: Mapping[str, Proof],
    differences: Mapping[str, Differences],
    issues: Iterable[Issue],
) -> Publication:
    """The publication with all that the package says of itself."""
    publication = prepared.publication
    found = differences.get(publication.name)
    return replace(
        publication,
        known_faults=(*publication.known_faults, *(one.fault for one in prepared.excused if one.fault is not None)),
        proof=proofs[publication.name].statement,
        changes=summarise_differences(found) if found else None,
        quality=describe_quality(project, prepared, issues, is_first=found is None),
    )
