"""The only writer of `datapackages/`: all of a package or nothing of it.

A package is written into a hidden folder beside its place and swapped in by one call to the kernel. A kill at any
moment leaves the old package whole. Where the system cannot swap folders in one call, two renames do it, and the next
write puts an interrupted one right.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from statpress.errors import CannotWrite
from statpress.issue import Issue

try:
    import fcntl
except ImportError:  # there are no such locks on Windows
    fcntl = None  # type: ignore[assignment]  # where the module is not there, None stands for it

_AT_CWD: Final = -100
_EXCHANGE: Final = 2


def write_folders(
    contents: Mapping[Path, Mapping[str, bytes]], files: Mapping[Path, bytes] | None = None
) -> frozenset[Path]:
    """Make each folder hold exactly its files (path to bytes), and each of the single `files` its bytes.

    All of them are made ready before the first is swapped in. Returns the folders and files that had to change.
    Raises `CannotWrite`, and leaves what was there. Whoever else writes there waits.
    """
    with _alone([*contents, *(files or ())]):
        return _write(contents, files or {})


def _write(contents: Mapping[Path, Mapping[str, bytes]], files: Mapping[Path, bytes]) -> frozenset[Path]:
    staged: list[Path] = []
    for folder, content in contents.items():
        with _explained(folder, staged):
            _recover(folder)
            if not _holds(folder, content):
                staged.append(folder)
                _fill(_fresh(folder), content)
    for path, data in files.items():
        with _explained(path, staged):
            if not _is_same(path, data):
                staged.append(path)
                _fill_file(_fresh(path), data)
    for path in staged:
        with _explained(path, ()):
            if path in contents:
                _swap(_fresh(path), path)
                _remove(_fresh(path))
            else:
                _fresh(path).replace(path)
            _sync(path.parent)
    return frozenset(staged)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """`write_folders` for one folder. Returns False where it held the files already."""
    return bool(write_folders({folder: files}))


@contextmanager
def _alone(paths: Iterable[Path]) -> Iterator[None]:
    """Hold the folders that `paths` are in, since two writers would make ready in one place. A kill lets go of them."""
    with ExitStack() as stack:
        for parent in sorted({path.parent for path in paths}):
            with _explained(parent, ()):
                parent.mkdir(parents=True, exist_ok=True)
                handle = os.open(parent, os.O_RDONLY)
                stack.callback(os.close, handle)
                if fcntl is not None:
                    fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _explained(folder: Path, staged: Iterable[Path]) -> Iterator[None]:
    """Turn a fault of the system into words, and clear away what was made ready."""
    try:
        yield
    except OSError as fault:
        for other in staged:
            _clear(_fresh(other))
        message = f"It cannot be written: {fault.strerror or type(fault).__name__}."
        hint = "Check free space and rights. What was there before is still there."
        place = f"{folder.parent.name}/{folder.name}" if folder.is_absolute() else folder.as_posix()
        raise CannotWrite([Issue("cannot-write", message, place, hint=hint)]) from fault


def _clear(fresh: Path) -> None:
    if fresh.is_dir() and not fresh.is_symlink():
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _is_same(path: Path, data: bytes) -> bool:
    if path.is_dir():
        raise OSError(errno.EISDIR, "there is a folder in its place")
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _fill_file(path: Path, data: bytes) -> None:
    """Write a new file; what an interrupted write left there, or a link to elsewhere, goes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    if folder.is_symlink() or folder.parent.is_symlink():
        raise OSError(0, "it is a link to another place")
    found = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    return found == set(files) and all((folder / path).read_bytes() == data for path, data in files.items())


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    _remove(folder)
    for path, data in files.items():
        _fill_file(folder / path, data)
    for parent in sorted({(folder / path).parent for path in files} | {folder}):
        _sync(parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        old = _old(folder)
        folder.rename(old)
        fresh.rename(folder)
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step with renameat2(2). Returns False where the system has no such call."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0


def _recover(folder: Path) -> None:
    """Put right what an interrupted swap of two renames left behind."""
    old = _old(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    _remove(old)


def _fresh(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.new")


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def write_file(path: Path, data: bytes) -> bool:
    """Make the file at `path` hold `data`, all or nothing. Returns False where it did so already.

    Raises `CannotWrite`.
    """
    return bool(write_folders({}, {path: data}))
