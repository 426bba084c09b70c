"""What is already published: the release in place and the earlier ones that stay downloadable."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.packages.archive import read_zip, render_zip
from statpress.packages.describe.publication import EarlierRelease

_VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")


@dataclass(frozen=True)
class Published:
    """The release that is in place: its version, its own files, and the archives of those before it."""

    version: str
    date: str
    files: Mapping[str, bytes]
    releases: tuple[EarlierRelease, ...]
    archives: Mapping[str, bytes]
    proof: Mapping[str, Any] | None
    """What it says of the proof that it is safe"""

    def without_itself(self) -> tuple[tuple[EarlierRelease, ...], dict[str, bytes]]:
        """The earlier releases and their archives, for writing the same version again."""
        return self.releases, dict(self.archives)

    def with_itself(self) -> tuple[tuple[EarlierRelease, ...], dict[str, bytes]]:
        """The earlier releases and their archives, this one among them, newest first, for writing a new version."""
        data = render_zip(self.files)
        path = f"releases/{self.version}.zip"
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        release = EarlierRelease(self.version, self.date, path, len(data), digest)
        return (release, *self.releases), {**self.archives, path: data}

    def before(self, version: str) -> Mapping[str, bytes] | None:
        """The files of the release that `version` comes after; None where it is the first."""
        if version != self.version:
            return self.files
        return read_zip(self.archives[self.releases[0].path]) if self.releases else None


def read_published(folder: Path, name: str) -> Published | None:
    """The release that is in place at `folder`, or None. Raises `BadSource` where it cannot be read."""
    if not folder.exists():
        return None
    try:
        return _published({path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)})
    except (KeyError, TypeError, ValueError, RecursionError, OSError) as fault:
        hint = "Restore the folder from version control, or move it away."
        message = f"The package that is already published cannot be read ({type(fault).__name__})."
        raise BadSource(
            [Issue("unreadable-package", message, f"datapackages/{name}/datapackage.json", hint=hint)]
        ) from fault


def _files(folder: Path) -> list[Path]:
    """Every file of a package. A link or a pipe in it is none of ours: what it leads to must not be archived."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    if folder.is_symlink() or not all(path.is_file() and not path.is_symlink() for path in found):
        raise ValueError("a package holds files only")
    return found


def _published(files: dict[str, bytes]) -> Published:
    descriptor: dict[str, Any] = json.loads(files["datapackage.json"])
    words = descriptor["statpress"]
    releases = tuple(EarlierRelease(**release) for release in words["releases"])
    version = str(descriptor["version"])
    if not all(_VERSION.fullmatch(text) for text in (version, *(release.version for release in releases))):
        raise ValueError("a version is numbers with dots")
    if any(release.path != f"releases/{release.version}.zip" for release in releases):
        raise ValueError("an archive lies in releases and is called after its version")
    return Published(
        version=version,
        date=str(words["release"]["date"]),
        files={path: data for path, data in files.items() if not path.startswith("releases/")},
        releases=releases,
        proof=words["disclosure"].get("proof"),
        archives={release.path: files[release.path] for release in releases},
    )
