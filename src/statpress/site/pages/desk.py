"""Where the files of a site go while it is made: those that are as they were stay, the others are made ready beside.

Nothing of the old site is touched before everything new is ready. Then single files take the place of old ones; if one
of them cannot, all that was done is undone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from statpress.site.pages.page import Asset, Placed


@dataclass(frozen=True)
class Desk:
    """The folder in which new files are made ready, and that of the site as it is served.

    `look` tells the size of each file that lay in the site at first, by its path.
    """

    ready: Path
    site: Path
    look: Callable[[], Mapping[str, int]]
    _folders: set[str] = field(default_factory=set)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The size of each file that lay in the site at first, by its path."""
        return self.look()

    def put(self, asset: Asset) -> Asset:
        """The file as it lies on disk now: in the site where it is the same already, otherwise made ready."""
        if isinstance(asset.content, Placed):
            return asset
        content = asset.read()
        if self.sizes.get(asset.path) == len(content) and _holds(self.site / asset.path, content):
            return Asset(asset.path, Placed(self.site))
        target = self.ready / asset.path
        if asset.content != target:
            self._make_folder(asset.path)
            target.write_bytes(content)
        return Asset(asset.path, target)

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.ready / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def place_site(desk: Desk, paths: Collection[str], old: Path) -> None:
    """Make the site hold exactly the files `paths`: what is ready goes in, what is not among them goes.

    `old` is a folder that is not there yet, in which files wait to be thrown away. Raises OSError, and then leaves the
    site as it was.
    """
    if not desk.site.exists():
        desk.ready.mkdir(parents=True, exist_ok=True)
        desk.ready.chmod(0o755)
        desk.ready.rename(desk.site)
        return
    new = sorted(list_files(desk.ready))
    gone = sorted(desk.sizes.keys() - set(paths))
    done: list[tuple[Path, Path]] = []
    try:
        for path in (*gone, *new):
            _move(desk.site / path, old / path, done)
        for path in new:
            _move(desk.ready / path, desk.site / path, done)
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise
    _prune(desk.site, gone)


def list_files(folder: Path) -> Iterator[str]:
    """The path of every file in a folder, with forward slashes."""
    return (path for path, _ in walk(folder))


def walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file in a folder, if it is there, by its path. No link to a folder is followed."""
    above = [""] if folder.is_dir() else []
    while above:
        root = above.pop()
        with os.scandir(folder / root) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    above.append(f"{root}{entry.name}/")
                elif not entry.is_dir():
                    yield f"{root}{entry.name}", entry


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there, is no link, and holds the content."""
    try:
        return not path.is_symlink() and path.read_bytes() == content
    except OSError:
        return False


def _move(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    if not source.exists() and not source.is_symlink():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    done.append((source, target))


def _prune(site: Path, gone: Collection[str]) -> None:
    """Take away folders that nothing is in any more."""
    folders = {parent for path in gone for parent in Path(path).parents if parent != Path()}
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):  # something is in it
            (site / folder).rmdir()
