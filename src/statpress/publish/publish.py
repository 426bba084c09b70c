"""Publish: check everything, then write everything, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from statpress.checks.expectations import check_expectations
from statpress.declare.load import choose_pipelines, load_declarations
from statpress.declare.nouns import Declarations
from statpress.errors import FailedCheck, UnsafeRelease, fail_if
from statpress.issue import Issue, in_order
from statpress.packages.earlier import Published, read_published
from statpress.packages.write import write_folders
from statpress.paths import Project
from statpress.publish.context import Context, read_context
from statpress.publish.gate import Gate, attack_release
from statpress.publish.ledger import render_ledger
from statpress.publish.prepare import Figures, OnStep, Prepared, count_withheld, prepare_packages, read_figures
from statpress.publish.proof import Proof
from statpress.publish.release import check_release, render_release

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Checked:
    """Packages that can be published: all their files as bytes, by package name."""

    prepared: tuple[Prepared, ...]
    files: Mapping[str, Files]
    proofs: Mapping[str, Proof]
    warnings: tuple[Issue, ...]


@dataclass(frozen=True)
class PackageReport:
    """What publishing did for one package."""

    name: str
    version: str
    observations: int
    withheld: int
    written: bool
    """False where the package on disk was already the same, byte for byte."""


@dataclass(frozen=True)
class PublishReport:
    """What publishing did."""

    packages: tuple[PackageReport, ...]
    warnings: tuple[Issue, ...]


def check(
    project: Project, names: Iterable[str] = (), *, amend: bool = False, on_step: OnStep = lambda *_: None
) -> Checked:
    """Everything that publishing does, short of writing. Raises what publishing would raise."""
    declared = load_declarations(project)
    chosen = choose_pipelines(declared, names)
    published = {name: read_published(project.package(name), name) for name in chosen}
    context = read_context(project, declared, chosen)
    figures = read_figures(project, declared, chosen, on_step)
    prepared, gate = _make_safe(declared, figures, context, published)
    fail_if(UnsafeRelease, gate.issues)
    files, issues = _render(prepared, published, gate.proofs, amend=amend)
    issues += check_expectations(project, {name: content["data/observations.csv"] for name, content in files.items()})
    fail_if(FailedCheck, issues)
    warnings = [*declared.warnings, *gate.issues, *issues, *(issue for one in prepared for issue in one.warnings)]
    return Checked(prepared, files, gate.proofs, in_order(warnings))


def publish(
    project: Project, names: Iterable[str] = (), *, amend: bool = False, on_step: OnStep = lambda *_: None
) -> PublishReport:
    """Make the packages of the pipelines `names`, or of all. Nothing is written unless all of them can be.

    A release that is in place is never changed, unless `amend` says that it has not been public yet.
    """
    checked = check(project, names, amend=amend, on_step=on_step)
    beside = {
        project.pipeline(one.publication.name) / "ledger.csv": render_ledger(one.entries) for one in checked.prepared
    }
    beside |= {
        project.certificate(name): proof.certificate
        for name, proof in checked.proofs.items()
        if proof.is_of(checked.files[name]["datapackage.json"])
    }
    changed = write_folders({project.package(name): files for name, files in checked.files.items()}, beside)
    written = {path.name for path in changed if path.parent == project.packages}
    return PublishReport(tuple(_report(one, written) for one in checked.prepared), checked.warnings)


_ROUNDS = 8
"""How often protection may try again with what the attacker told."""


def _make_safe(
    declared: Declarations, figures: Figures, context: Context, published: Mapping[str, Published | None]
) -> tuple[tuple[Prepared, ...], Gate]:
    """Protect and attack in turn: each way to work a number out is cut, until the attacker finds none or nothing helps.

    Cutting planes, with the attacker as the oracle (Fischetti and Salazar 2001).
    """
    public = context.public
    for _ in range(_ROUNDS):
        prepared = prepare_packages(declared, figures, public)
        drafts = {
            one.publication.name: render_release(one.publication, published[one.publication.name]) for one in prepared
        }
        gate = attack_release(prepared, drafts, context)
        if gate.leads <= frozenset(public.leads):
            break
        public = replace(public, leads=frozenset(public.leads) | gate.leads)
    return prepared, gate


def _render(
    prepared: Iterable[Prepared],
    published: Mapping[str, Published | None],
    proofs: Mapping[str, Proof],
    *,
    amend: bool,
) -> tuple[dict[str, dict[str, bytes]], list[Issue]]:
    files: dict[str, dict[str, bytes]] = {}
    issues: list[Issue] = []
    for one in prepared:
        name = one.publication.name
        publication = replace(one.publication, proof=proofs[name].statement)
        files[name] = render_release(publication, published[name], keep=not amend)
        issues += check_release(publication, published[name], files[name], amend=amend)
    return files, issues


def _report(prepared: Prepared, written: set[str]) -> PackageReport:
    publication = prepared.publication
    return PackageReport(
        publication.name,
        publication.pipeline.release.version,
        len(publication.observations),
        count_withheld(prepared),
        publication.name in written,
    )
