"""A store of what takes long to make, by what it is made from. What is spoilt in it is made again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

_USED: Final[ContextVar[set[str] | None]] = ContextVar("used", default=None)


@contextmanager
def noting() -> Iterator[set[str]]:
    """The names of all entries that are used inside, for `prune`."""
    used: set[str] = set()
    before = _USED.set(used)
    try:
        yield used
    finally:
        _USED.reset(before)
    for name in used:
        _note(Path(name))


def prune(cache: Path, used: Collection[str]) -> None:
    """Throw away every entry of a store that is not among those used, so that no figure outlives its publication."""
    known = set(used)
    for folder in cache.glob("??/"):
        with os.scandir(folder) as entries:
            gone = [Path(entry.path) for entry in entries if entry.name not in known]
        for path in gone:
            path.unlink(missing_ok=True)


def keep(cache: Path, recipe: list[object], suffix: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, from the store when the same `recipe` was made before.

    The recipe must have a `repr` that says everything that `make` depends on.
    """
    known = recall(cache, recipe, suffix)
    if known is None:
        known = make()
        _write_entry(_find_entry(cache, recipe, suffix), known)
    return known


def recall(cache: Path, recipe: list[object], suffix: str) -> bytes | None:
    """What the store has of a `recipe`, if anything."""
    entry = _find_entry(cache, recipe, suffix)
    _note(entry)
    return _read_entry(entry)


def _find_entry(cache: Path, recipe: list[object], suffix: str) -> Path:
    key = hashlib.sha256(repr(recipe).encode()).hexdigest()
    return cache / key[:2] / f"{key}.{suffix}"


def _note(entry: Path) -> None:
    used = _USED.get()
    if used is not None:
        used.add(entry.name)


def _read_entry(entry: Path) -> bytes | None:
    if not entry.is_file():
        return None
    digest, _, content = entry.read_bytes().partition(b"\n")
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def _write_entry(entry: Path, content: bytes) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=entry.parent, delete=False) as file:
        file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    Path(file.name).replace(entry)
