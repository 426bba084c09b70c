"""A store of what takes long to make, by what it is made from. What is spoilt in it is made again."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path


def keep(cache: Path, recipe: list[object], suffix: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, from the store when the same `recipe` was made before.

    The recipe must have a `repr` that says everything that `make` depends on.
    """
    key = hashlib.sha256(repr(recipe).encode()).hexdigest()
    entry = cache / key[:2] / f"{key}.{suffix}"
    known = _read_entry(entry)
    if known is None:
        known = make()
        _write_entry(entry, known)
    return known


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
