"""The key of the checksums of sources, which stays beside the sources."""

from __future__ import annotations

from typing import Final

from statpress.issue import Issue
from statpress.paths import Project

SHORTEST: Final = 32
"""Bytes that a key must have at least."""


def read_key(project: Project) -> tuple[bytes | None, list[Issue]]:
    """The project's key, or None where it has none; and an issue for a key that is too short."""
    path = project.checksum_key
    if not path.is_file():
        return None, []
    key = path.read_bytes().strip()
    if len(key) >= SHORTEST:
        return key, []
    message = f"The key has fewer than {SHORTEST} characters, so it can be guessed."
    hint = "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    return None, [Issue("short-key", message, project.relative(path), hint=hint)]
