"""Read the bytes of a source file once. A declared path leads into the pipeline's folder and nowhere else."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from statpress.issue import Issue
from statpress.paths import Project
from statpress.tables.texts import show_text

LARGEST: Final = 200_000_000
"""Bytes of the largest source file that is read."""
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Never waits for the other end of a pipe, and never follows a link that has just been put there."""


@dataclass(frozen=True)
class SourceBytes:
    """The bytes of a source file. What is hashed is what is parsed, even if the file changes meanwhile."""

    content: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_source(project: Project, folder: Path, path: str) -> tuple[SourceBytes | None, list[Issue]]:
    """Read `path` of a pipeline's folder, or say why it cannot be read."""
    file = project.relative(folder / path)
    if fault := _check_path(path, folder.name):
        return None, [fault]
    try:
        found = Path(os.path.realpath(folder / path, strict=True))
        if not found.is_relative_to(project.root.resolve()):
            return None, [
                Issue("outside-project", "The file is a link to a place outside the project.", file, hint=_MOVE)
            ]
    except OSError as error:
        return None, [_explain_fault(error, file)]
    return read_bytes(found, file)


def _check_path(path: str, pipeline: str) -> Issue | None:
    """Why a declared path can be no file of the pipeline's folder. Nothing has been opened yet."""
    file = f"pipelines/{pipeline}/pipeline.yml"
    if _NO_NAME.search(path):
        message = f"No file can be called {show_text(path)}."
        return Issue("missing-file", message, file, hint="Check `path` and its capital letters.")
    if _URL.match(path):
        message = f"The path {show_text(path)} is an address on the web, which may hold something else tomorrow."
        return Issue("url", message, file, hint="Download it into the pipeline's folder, and declare that file.")
    if "\\" in path or path.startswith("/") or ".." in PurePosixPath(path).parts:
        return Issue("outside-pipeline", f"The path {show_text(path)} leaves the pipeline's folder.", file, hint=_MOVE)
    return None


def read_bytes(path: Path, file: str) -> tuple[SourceBytes | None, list[Issue]]:
    """Read the regular file at `path`, or say why it cannot be read. `file` is its name in messages."""
    try:
        content, is_whole = _read_regular(Path(os.path.realpath(path, strict=True)))
    except OSError as fault:
        return None, [_explain_fault(fault, file)]
    if not is_whole:
        message = "The file changed while it was read, so what was read may be half of each."
        return None, [Issue("changed-file", message, file, hint="Close the program that writes it, and try again.")]
    if len(content) > LARGEST:
        return None, [Issue("too-large", f"The file is larger than {LARGEST:,} bytes.", file, hint="Split the file.")]
    return SourceBytes(content), []


_NO_NAME: Final = re.compile("[\0\ud800-\udfff]")
"""Characters that no name of a file can hold."""
_MOVE: Final = "Put the file into the pipeline's folder."


def _read_regular(path: Path) -> tuple[bytes, bool]:
    """The bytes of a regular file, and whether it was the same before and after they were read."""
    descriptor = os.open(path, _OPEN)
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        content = opened.read(LARGEST + 1)
        after = os.fstat(descriptor)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content, same and len(content) == min(after.st_size, LARGEST + 1)


def _explain_fault(fault: OSError, file: str) -> Issue:
    if isinstance(fault, FileNotFoundError):
        return Issue("missing-file", "The file is not there.", file, hint="Check `path` and its capital letters.")
    if isinstance(fault, IsADirectoryError) or fault.errno in (errno.EINVAL, errno.ENXIO):
        return Issue("not-a-file", "This is not a regular file.", file, hint="Declare the path of a file.")
    return Issue("unreadable-file", "The file cannot be opened.", file, hint="Check who may read it.")
