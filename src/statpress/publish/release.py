"""Put a prepared package beside what is already published: earlier releases are kept, and none is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from statpress.issue import Issue
from statpress.packages.describe.package import render_package
from statpress.packages.describe.publication import Publication
from statpress.packages.earlier import Published


def render_release(publication: Publication, published: Published | None, *, keep: bool = True) -> dict[str, bytes]:
    """Path to bytes of the package, with the archives of all earlier releases.

    A release that is in place may `keep` what it says of its proof, if nothing else of it changes.
    """
    if published is None:
        return render_package(publication)
    again = published.version == publication.pipeline.release.version
    earlier, archives = published.without_itself() if again else published.with_itself()
    publication = replace(publication, earlier=earlier)
    if keep and again and published.proof is not None:
        kept = render_package(replace(publication, proof=published.proof))
        if kept == published.files:
            return kept | archives
    return render_package(publication) | archives


def check_release(
    publication: Publication, published: Published | None, files: Mapping[str, bytes], *, amend: bool
) -> list[Issue]:
    """Whether the version is new, or the same with the same files. `amend` allows a version to change in place."""
    version = publication.pipeline.release.version
    if published is None:
        return []
    if version in {release.version for release in published.releases} or _order(version) < _order(published.version):
        message = f"Version {version} is not later than {published.version}, which is published."
        return [_issue(publication, "version-backwards", message, "Give it a later version.")]
    if version != published.version and publication.pipeline.release.date < published.date:
        message = f"The release is dated before {published.date}, the day of the one that is published."
        return [_issue(publication, "date-backwards", message, "Give it the day of this release.")]
    own = {path: data for path, data in files.items() if not path.startswith("releases/")}
    if version == published.version and own != published.files and not amend:
        message = f"Version {version} is published and would change."
        hint = "Give it a later version, or add --amend if this version has not been public yet."
        return [_issue(publication, "release-changed", message, hint)]
    return []


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _issue(publication: Publication, rule: str, message: str, hint: str) -> Issue:
    file = publication.declared.files[publication.name]
    return file.issue(rule, message, ("release", "version"), hint)
