"""The files of all releases: the latest of each package at two addresses, and earlier ones at those they always had."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.language.speak import say
from statpress.packages.archive import read_zip
from statpress.packages.package import Package
from statpress.packages.read import read_package
from statpress.site.facts.indicator import describe_indicators
from statpress.site.pages.downloads import (
    Download,
    list_release,
    make_package_files,
    name_release,
    rename_files,
    zip_path,
)
from statpress.site.pages.page import Asset


def list_releases(package: Package, downloads: Sequence[Download], cache: Path) -> Iterator[Asset]:
    """Every file of every release of a package by its name; `downloads` are those of the latest.

    Raises BadSource when an earlier release cannot be opened.
    """
    release = name_release(package.version)
    yield from list_release(package, rename_files(package, downloads, release), release)
    for version, earlier in package.earlier.items():
        archive = Asset(zip_path(package, version), earlier.file)
        old = _open(package, version, earlier.file, cache / "releases" / earlier.sha256)
        made = make_package_files(old, list(describe_indicators(old)), cache, name_release(version))
        kept = tuple(download for download in made if download.path != archive.path)
        yield from list_release(old, (Download(say("Data package"), "zip", archive), *kept), name_release(version))


def _open(package: Package, version: str, archive: Path, folder: Path) -> Package:
    """An earlier release, unpacked beside the other things that may be thrown away.

    The archives of the releases before it lie beside it, since its descriptor names them and its archive has them not.
    """
    try:
        files = read_zip(archive.read_bytes())
    except zipfile.BadZipFile as error:
        raise BadSource([_say(package, version, "is not a zip")]) from error
    top = {PurePosixPath(path).parts[0] for path in files if "/" in path}
    inside = folder / package.id
    prefix = f"{package.id}/" if top == {package.id} else ""
    archives = {earlier.path: earlier.file.read_bytes() for earlier in package.earlier.values()}
    for path, content in (archives | files).items():
        target = inside / path.removeprefix(prefix)
        if not target.resolve().is_relative_to(inside.resolve()):
            raise BadSource([_say(package, version, "has a file outside its folder")])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return read_package(inside, f"datapackages/{package.id} {version}")


def _say(package: Package, version: str, fault: str) -> Issue:
    hint = "Put back the file that was published."
    return Issue("release-unreadable", f"The release {version} {fault}.", f"datapackages/{package.id}", hint=hint)
