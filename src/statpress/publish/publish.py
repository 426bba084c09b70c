"""Publish: check everything, then write everything, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from statpress.issue import Issue
from statpress.packages.write import write_folders
from statpress.paths import Project
from statpress.publish.assess import Checked, check
from statpress.publish.ledger import render_ledger
from statpress.publish.prepare import OnStep, Prepared, count_withheld
from statpress.workers import Share


@dataclass(frozen=True)
class PackageReport:
    """What publishing did for one package."""

    name: str
    version: str
    observations: int
    withheld: int
    written: bool
    """False where the package on disk was already the same, byte for byte."""
    changes: tuple[str, ...] = ()
    """What changed since the last release, in sentences, where the package was written."""


@dataclass(frozen=True)
class PublishReport:
    """What publishing did."""

    packages: tuple[PackageReport, ...]
    warnings: tuple[Issue, ...]


def publish(
    project: Project,
    names: Iterable[str] = (),
    *,
    amend: bool = False,
    on_step: OnStep = lambda *_: None,
    share: Share = map,
) -> PublishReport:
    """Make the packages of the pipelines `names`, or of all. Nothing is written unless all of them can be.

    A release that is in place is never changed, unless `amend` says that it has not been public yet.
    """
    checked = check(project, names, amend=amend, on_step=on_step, share=share)
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
    return PublishReport(tuple(_report(one, written, checked) for one in checked.prepared), checked.issues)


def _report(prepared: Prepared, written: set[str], checked: Checked) -> PackageReport:
    publication = prepared.publication
    return PackageReport(
        publication.name,
        publication.pipeline.release.version,
        len(publication.observations),
        count_withheld(prepared),
        publication.name in written,
        checked.changes[publication.name].sentences if publication.name in written & checked.changes.keys() else (),
    )
