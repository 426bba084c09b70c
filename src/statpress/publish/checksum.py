"""Checksums of sources that only their owner can check.

A plain checksum of a file that is known but for one small number lets anybody try the few numbers that it could be.
With a key that stays beside the sources, nobody else can.
"""

from __future__ import annotations

import hmac


def keyed_checksum(sha256: str, key: bytes | None) -> str | None:
    """HMAC-SHA-256, under `key`, of the hexadecimal SHA-256 of a file; None without a key."""
    return f"hmac-sha256:{hmac.new(key, sha256.encode(), 'sha256').hexdigest()}" if key else None
