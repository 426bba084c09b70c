"""Look into the zip archive of a spreadsheet before anything else opens it: its size, its parts, what they hide."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import Final

from statpress.issue import Issue

LARGEST_UNPACKED: Final = 200_000_000
"""Bytes that a workbook may unpack to."""
MOST_PARTS: Final = 5_000
"""Files that a workbook may hold."""
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_XML_STARTS: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0")
_MANIFEST: Final = "META-INF/manifest.xml"


def read_parts(
    content: bytes, file: str, *, noun: str, only: Collection[str] | None = None
) -> tuple[Mapping[str, bytes], list[Issue]]:
    """The XML parts of a workbook by name, or `only` some of them; or why it is not safe to open."""
    save = f"Save the file as an {noun} again, without a password."
    if content.startswith(_OLD_OFFICE):
        return {}, [Issue("encrypted", "The file is encrypted, or in the old format .xls.", file, hint=save)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if faults := _check_entries(entries, file, save):
                return {}, faults
            wanted = [entry for entry in entries if only is None or entry.filename in only]
            parts = {entry.filename: archive.read(entry) for entry in wanted}
    except Exception:  # each compression has exceptions of its own, and so has every broken structure
        return {}, [Issue("broken-workbook", f"The file is not a whole {noun}.", file, hint=save)]
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        return {}, [Issue("encrypted", "The file is encrypted.", file, hint=save)]
    xml = {name: part for name, part in parts.items() if _is_xml(name, part)}
    return xml, [issue for name, part in xml.items() for issue in _check_part(name, part, file, save)]


def _check_entries(entries: list[zipfile.ZipInfo], file: str, save: str) -> list[Issue]:
    if any(entry.flag_bits & 1 for entry in entries):
        return [Issue("encrypted", "The file is encrypted.", file, hint=save)]
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        message = f"The workbook unpacks to more than {LARGEST_UNPACKED:,} bytes or {MOST_PARTS:,} parts."
        return [Issue("too-large", message, file, hint="Remove sheets and pictures, or use CSV.")]
    return []


def _is_xml(name: str, part: bytes) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml")) or part.lstrip()[:4].startswith(_XML_STARTS)


def _check_part(name: str, part: bytes, file: str, save: str) -> list[Issue]:
    """Refuse document types and entities, and encodings that could hide them."""
    declared = _ENCODING.search(part[:200])
    plain = b"\0" not in part and (declared is None or declared[1].lower() in (b"utf-8", b"us-ascii", b"ascii"))
    if plain and not _ENTITIES.search(part):
        return []
    message = f"The part {name} of the workbook holds XML that no spreadsheet program writes."
    return [Issue("unsafe-xml", message, file, hint=save)]
