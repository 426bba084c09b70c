"""Zip archives with stable bytes: sorted names, a fixed date, fixed rights."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_RIGHTS: Final = 0o644 << 16
_END_SIZE: Final = 22
_TAIL: Final = struct.Struct("<10xH2L2x")
_ENTRY_SIZE: Final = 46
_LENGTHS_AT: Final = 28
_LENGTHS: Final = struct.Struct("<3H")
_OFFSET_AT: Final = 42
_OFFSET: Final = struct.Struct("<L")


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


def join_zips(parts: Sequence[bytes]) -> bytes:
    """One archive of all files of archives that `render_zip` made, without packing them again.

    After APPNOTE.TXT 6.3.10 (PKWARE), 4.3: files as they are, then the directories with where each file is now. From
    65,535 files or 4 GiB on, the end of the directory is that of ZIP64.
    """
    files, entries, count = io.BytesIO(), io.BytesIO(), 0
    for part in parts:
        number, size, start = _TAIL.unpack(part[-_END_SIZE:])
        directory = bytearray(part[start : start + size])
        for place in _list_entries(directory, number):
            (offset,) = _OFFSET.unpack_from(directory, place + _OFFSET_AT)
            _OFFSET.pack_into(directory, place + _OFFSET_AT, offset + files.tell())
        files.write(part[:start])
        entries.write(directory)
        count += number
    return files.getvalue() + entries.getvalue() + _end(count, entries.tell(), files.tell())


def _list_entries(directory: bytes | bytearray, number: int) -> Iterator[int]:
    """Where each entry of a directory begins."""
    place = 0
    for _ in range(number):
        yield place
        place += _ENTRY_SIZE + sum(_LENGTHS.unpack_from(directory, place + _LENGTHS_AT))


def _end(count: int, size: int, start: int) -> bytes:
    if count < 0xFFFF and start + size < 0xFFFFFFFF:
        return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, 0)
    if start >= 0xFFFFFFFF:
        raise ValueError("an archive of 4 GiB or more cannot be joined")
    large = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    where = struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    return large + where + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, start, 0)


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of an archive that `render_zip` made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
