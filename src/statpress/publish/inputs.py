"""A digest of everything that checking a project reads, so that what was found can be remembered.

It is made under a key that only this user may read: whoever sees the cache cannot test guesses of a source.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from statpress.paths import Project

_ENGINE: Final = Path(__file__).parents[1]
_OURS: Final = ("site", "node_modules")
"""Folders of a project that are made, never read"""


_LARGEST: Final = 500_000_000
"""Bytes of the largest file that is read at once; no source may be as large."""


class _Unsure(Exception):
    """Something is not a plain file, so that its content may be elsewhere, or too large to be held."""


def digest_inputs(project: Project, *asked: str) -> str | None:
    """A text that changes when anything changes that checking reads, or what is `asked` of it.

    That is every file of declarations, sources, suites, rules and published packages, every Python file of the project
    (a `transform` may import it), the engine, Python, and the libraries that are installed. None where that cannot be
    told for sure, or where there is no place for the key.
    """
    digest = hashlib.sha256()
    try:
        for name, content in _inputs(project):
            digest.update(f"{len(name)} {name} {len(content)} ".encode() + content)
        digest.update("\0".join([*_libraries(), sys.version, *asked]).encode())
        return hmac.new(_read_key(project.cache / "inputs.key"), digest.digest(), "sha256").hexdigest()
    except (OSError, _Unsure):
        return None


def _inputs(project: Project) -> Iterator[tuple[str, bytes]]:
    for folder in (project.pipelines, project.validations, project.packages):
        yield from _files(folder, project.root)
    yield from _files(project.root, project.root, only=".py")
    yield from _files(_ENGINE, _ENGINE)


def _files(folder: Path, root: Path, only: str = "") -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file under `folder`, in order; with `only`, of those whose name ends so.

    Folders are told too: one without a file may be a pipeline without its declaration.
    """
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name) if folder.exists() else []:
        if entry.is_symlink() and _is_wanted(entry, only):
            raise _Unsure
        if entry.is_dir(follow_symlinks=False):
            if not _is_made(Path(entry.path), is_search=bool(only)):
                yield from [] if only else [(f"{os.path.relpath(entry.path, root)}/", b"")]
                yield from _files(Path(entry.path), root, only)
        elif entry.name.endswith(only):
            yield os.path.relpath(entry.path, root), _read(entry.path)


def _is_wanted(link: os.DirEntry[str], only: str) -> bool:
    """Whether what is behind a link would be read: in a search, files by their ending, and folders with such files."""
    return not only or link.name.endswith(only) or (link.is_dir() and not _is_made(Path(link.path), is_search=True))


def _is_made(folder: Path, *, is_search: bool) -> bool:
    """Whether nobody writes what is in a folder: what Python compiled, and, in a search, tools and libraries."""
    if folder.name == "__pycache__":
        return True
    return is_search and (folder.name.startswith(".") or folder.name in _OURS or (folder / "pyvenv.cfg").exists())


def _read(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise _Unsure
        return file.read()


def _libraries() -> list[str]:
    """What is installed, each with its version, as the names of folders tell."""
    places = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    return sorted(entry.name for place in places for entry in place.glob("*.dist-info"))


def _read_key(path: Path) -> bytes:
    """The key of this project's cache, made when it is first wanted."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(secrets.token_bytes(32))
    try:
        os.link(fresh, path)
    except FileExistsError:  # somebody else was quicker
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()
