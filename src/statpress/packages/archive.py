"""Zip archives with stable bytes: sorted names, a fixed date, fixed rights."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_RIGHTS: Final = 0o644 << 16


def render_zip(files: Mapping[str, bytes], first: str = "") -> bytes:
    """A zip archive of `files` (path to bytes). The same files give the same bytes.

    The file named `first` leads and is not packed, as the `mimetype` of an OpenDocument file must be.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files, key=lambda path: (path != first, path)):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_STORED if path == first else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _RIGHTS
            archive.writestr(entry, files[path])
    return target.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of an archive that `render_zip` made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
