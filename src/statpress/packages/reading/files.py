"""Which files a package may name: those inside its folder, that are there and have the bytes that were promised."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Final

from statpress.issue import Issue

_STRANGE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters."""
_LONGEST: Final = 255
"""Bytes of the longest name that a file can have."""
_ANEW: Final = "Put the file back as it was, or make the package anew, so that its descriptor is of this file."
_REMOTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")


def find_file(folder: Path, path: str, place: str) -> Path | Issue:
    """The file that a package names, or the issue that forbids to open it. `place` is the descriptor, for messages."""
    reason = _refuse(folder, path)
    if reason:
        return Issue(
            "path-unsafe",
            f"The path “{_shorten(path)}” {reason}.",
            place,
            hint="Name a file inside the package folder.",
        )
    if not (folder / path).is_file():
        return Issue("file-missing", f"The package names “{path}”, but there is no such file.", place)
    return folder / path


def _shorten(path: str) -> str:
    shown = path.encode("unicode_escape").decode() if _STRANGE.search(path) else path
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _refuse(folder: Path, path: str) -> str:
    windows = PureWindowsPath(path)
    if _STRANGE.search(path) or any(len(part.encode()) > _LONGEST for part in windows.parts):
        return "can be of no file"
    if _REMOTE.match(path):
        return "is an address on a network"
    if windows.is_absolute() or windows.drive or windows.root:
        return "is absolute"
    if ".." in windows.parts:
        return "leaves the package folder"
    if not _lies_in(folder, path):
        return "is a link out of the package folder"
    return ""


def _lies_in(folder: Path, path: str) -> bool:
    """Whether a path leads into a folder when all links are followed."""
    whole = os.path.realpath(folder)
    return os.path.commonpath([whole, os.path.realpath(folder / path)]) == whole


def flatten_paths(path: object) -> Iterator[str]:
    """Every path of a resource: text, a list of texts, or lists in lists."""
    if isinstance(path, str):
        yield path
    elif isinstance(path, list):
        for part in path:
            yield from flatten_paths(part)


def check_bytes(content: bytes, size: int | None, digest: str, place: str) -> Iterator[Issue]:
    """An issue when a file is not the one that the descriptor promised."""
    if size is not None and size != len(content):
        message = f"The descriptor promises {size} bytes, but there are {len(content)}."
        yield Issue("bytes-differ", message, place, hint=_ANEW)
    algorithm, _, expected = digest.rpartition(":")
    algorithm = (algorithm or "md5").lower()
    if not digest:
        return
    if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
        yield Issue("hash-unknown", f"There is no way to check a hash of the kind “{algorithm}”.", place)
    elif hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() != expected.lower():
        message = "The file is not the one that the descriptor promises: the hash differs."
        yield Issue("hash-differs", message, place, hint=_ANEW)
