"""Publish: prepare every package, then write every package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from statpress.declare.load import choose_pipelines, load_declarations
from statpress.errors import FailedCheck, fail_if
from statpress.issue import Issue
from statpress.packages.describe.package import render_package
from statpress.packages.earlier import Published, read_published
from statpress.packages.write import write_file, write_folder
from statpress.paths import Project
from statpress.publish.ledger import render_ledger
from statpress.publish.prepare import OnStep, Prepared, count_withheld, prepare_packages


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


def check(project: Project, names: Iterable[str] = (), on_step: OnStep = lambda *_: None) -> tuple[Prepared, ...]:
    """Everything that publishing does, short of writing. Raises what publishing would raise."""
    declared = load_declarations(project)
    return prepare_packages(project, declared, choose_pipelines(declared, names), on_step)


def publish(
    project: Project, names: Iterable[str] = (), *, amend: bool = False, on_step: OnStep = lambda *_: None
) -> PublishReport:
    """Make the packages of the pipelines `names`, or of all. Nothing is written unless all of them can be.

    A release that is in place is never changed, unless `amend` says that it has not been public yet.
    """
    prepared = check(project, names, on_step)
    files = _render_all(project, prepared, amend=amend)
    reports = []
    for index, one in enumerate(prepared):
        name = one.publication.name
        on_step(f"writing {name}", index, len(prepared))
        written = write_folder(project.package(name), files[name])
        write_file(project.pipeline(name) / "ledger.csv", render_ledger(one.entries))
        reports.append(_report(one, written=written))
    return PublishReport(tuple(reports), tuple(issue for one in prepared for issue in one.warnings))


def _render_all(project: Project, prepared: Iterable[Prepared], *, amend: bool) -> dict[str, dict[str, bytes]]:
    files: dict[str, dict[str, bytes]] = {}
    issues: list[Issue] = []
    for one in prepared:
        name = one.publication.name
        published = read_published(project.package(name), name)
        rendered = _render(one, published)
        files[name] = rendered
        issues += _release_issues(one, published, rendered, amend=amend)
    fail_if(FailedCheck, issues)
    return files


def _render(prepared: Prepared, published: Published | None) -> dict[str, bytes]:
    """The files of the package, earlier releases with them."""
    if published is None:
        return render_package(prepared.publication)
    again = published.version == prepared.publication.pipeline.release.version
    earlier, archives = published.without_itself() if again else published.with_itself()
    return render_package(replace(prepared.publication, earlier=earlier)) | archives


def _release_issues(
    prepared: Prepared, published: Published | None, files: dict[str, bytes], *, amend: bool
) -> list[Issue]:
    if published is None:
        return []
    version = prepared.publication.pipeline.release.version
    place = f"pipelines/{prepared.publication.name}/pipeline.yml"
    if version in {release.version for release in published.releases} or _parts(version) < _parts(published.version):
        message = f"Version {version} is not later than {published.version}, which is published."
        return [Issue("version-backwards", message, place, key="release.version", hint="Give it a later version.")]
    own = {path: data for path, data in files.items() if not path.startswith("releases/")}
    if version == published.version and own != published.files and not amend:
        message = f"Version {version} is published and would change."
        hint = "Give release.version a later number; or add --amend if this version has not been public yet."
        return [Issue("release-changed", message, place, key="release.version", hint=hint)]
    return []


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _report(prepared: Prepared, *, written: bool) -> PackageReport:
    publication = prepared.publication
    return PackageReport(
        publication.name,
        publication.pipeline.release.version,
        len(publication.observations),
        count_withheld(prepared),
        written,
    )
