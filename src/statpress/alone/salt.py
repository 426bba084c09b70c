"""The salt of a certificate, without which its checksum would let anybody test guesses at what it holds."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Final

from statpress.errors import BadSource, fail_if
from statpress.issue import Issue
from statpress.tables.reading.source_file import read_bytes

SHORTEST: Final = 16
"""Bytes that a key has at least."""


def read_key(path: Path | None) -> bytes | None:
    """The key in a file; none without a path. Raises `BadSource`."""
    if path is None:
        return None
    source, issues = read_bytes(path, str(path))
    key = source.content.strip() if source is not None else b""
    if source is not None and len(key) < SHORTEST:
        hint = "Make one, for example with: openssl rand -hex 32"
        issues = [Issue("short-key", f"The key has less than {SHORTEST} bytes.", str(path), hint=hint)]
    fail_if(BadSource, issues)
    return key


def make_salt(key: bytes | None, content: bytes) -> str:
    """HMAC-SHA-256 of what is certified under the key, so that it is the same each time; random without a key."""
    return secrets.token_hex(32) if key is None else hmac.new(key, content, "sha256").hexdigest()
