"""Zip archives with stable bytes: sorted names, a fixed date, fixed rights."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_RIGHTS: Final = 0o644 << 16


def render_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of `files` (path to bytes). The same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _RIGHTS
            archive.writestr(entry, files[path])
    return target.getvalue()
