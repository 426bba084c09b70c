"""Turn the bytes of a text file into UTF-8, as declared. What the bytes seem to be is proposed, never assumed."""

from __future__ import annotations

import codecs
import csv
from typing import Final

from statpress.issue import Issue

_CHUNK: Final = 1 << 20
_LONGEST: Final = 100_000
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BOOKS: Final = ((b"PK\x03\x04", "a workbook (XLSX or ODS)"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"))
_OTHERS: Final = ((b"%PDF", "a PDF"), (b"\x1f\x8b", "a gzip archive"), (b"<!DOCTYPE html", "a web page"))


def decode_text(content: bytes, encoding: str, file: str, delimiter: str = ",") -> tuple[bytes, list[Issue]]:
    """The text in UTF-8 without a byte order mark; or the first place that is not of the declared encoding.

    The delimiter tells which column the place is in.
    """
    for start, noun in (*_BOOKS, *_OTHERS):
        if content.startswith(start):
            return b"", [_not_text(noun, file)]
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked not in (None, encoding):
        message = f"The file starts with the byte order mark of {marked}, and {encoding} is declared."
        return b"", [Issue("wrong-encoding", message, file, 1, hint=_propose(str(marked)))]
    if encoding == "utf-8":
        content = content.removeprefix(codecs.BOM_UTF8)
    elif encoding != "utf-16" and not content.isascii() and _decodes(content, "utf-8"):
        message = f"The bytes of the file are UTF-8, and {encoding} is declared."
        return b"", [Issue("wrong-encoding", message, file, 1, hint=_propose("utf-8"))]
    return _transcode(content, encoding, file, delimiter)


def _not_text(noun: str, file: str) -> Issue:
    hint = "Declare the file by its real format (.csv, .xlsx, .ods), or save it as CSV UTF-8."
    return Issue("not-text", f"The file is no text; it seems to be {noun}.", file, 1, hint=hint)


def _propose(seems: str) -> str:
    return f"Declare `encoding: {seems}`, or save the file as CSV UTF-8."


def _transcode(content: bytes, encoding: str, file: str, delimiter: str) -> tuple[bytes, list[Issue]]:
    """Piece by piece, since a decoded text can need four times the memory of its bytes."""
    if encoding != "utf-8" or not content.isascii():
        decoder = codecs.getincrementaldecoder(encoding)()
        parts: list[bytes] = []
        for start in range(0, len(content) or 1, _CHUNK):
            piece = content[start : start + _CHUNK]
            try:
                text = decoder.decode(piece, start + _CHUNK >= len(content))
            except UnicodeError as fault:
                place = _place_of(fault, start, len(piece))
                return b"", [_explain_place(content, place, encoding, (file, delimiter))]
            parts += [] if encoding == "utf-8" else [text.encode()]
        content = content if encoding == "utf-8" else b"".join(parts)
    if (place := content.find(b"\0")) >= 0:
        return b"", [_explain_nul(content, place, (file, delimiter))]
    return content, []


def _place_of(fault: UnicodeError, start: int, length: int) -> int:
    """Where in the file a piece could not be decoded. The decoder had kept some bytes of the piece before."""
    if not isinstance(fault, UnicodeDecodeError):
        return start
    return max(0, start - (len(fault.object) - length)) + fault.start


def _explain_place(content: bytes, place: int, encoding: str, where: tuple[str, str]) -> Issue:
    row, column = _find_cell(content, place, where[1])
    byte = place - content.rfind(b"\n", 0, place)
    name = encoding.upper() if encoding.startswith("utf") else encoding
    message = f"Byte {byte} of the row is not {name} (byte {place + 1} of the file)."
    return Issue("wrong-encoding", message, where[0], row, column, hint=_seems(content, encoding))


def _explain_nul(content: bytes, place: int, where: tuple[str, str]) -> Issue:
    row, column = _find_cell(content, place, where[1])
    many = content.count(b"\0", 0, 10_000) > min(len(content), 10_000) // 4
    hint = f"It seems to be UTF-16. {_propose('utf-16')}" if many else "Save it as UTF-8 text."
    return Issue("nul-byte", "The row holds a NUL byte.", where[0], row, column, hint=hint)


def _find_cell(content: bytes, place: int, delimiter: str) -> tuple[int, str | None]:
    """The line of a place, and the name of its column where the header is an ordinary line and has it."""
    row = content.count(b"\n", 0, place) + 1
    start = content.rfind(b"\n", 0, place) + 1
    head = content[: min(content.find(b"\n") + 1, _LONGEST)]
    if row == 1 or place - start > _LONGEST:
        return row, None
    names, before = (_split(line, delimiter) for line in (head, content[start:place] + b"x"))
    return row, names[len(before) - 1] if len(before) <= len(names) else None


def _split(line: bytes, delimiter: str) -> list[str]:
    text = line.decode(errors="replace").translate({0: None, 10: " ", 13: " "}).rstrip()
    return next(csv.reader([text], delimiter=delimiter), [])


def _seems(content: bytes, encoding: str) -> str:
    """What the bytes seem to be, for a person to judge."""
    if content.count(b"\0", 0, 10_000) > min(len(content), 10_000) // 4:
        return f"It seems to be UTF-16. {_propose('utf-16')}"
    for other in ("utf-8", "windows-1252", "iso-8859-1"):
        if other != encoding and _decodes(content, other):
            return f"It seems to be {other}, as older programs write. {_propose(other)}"
    return "Save the file as CSV UTF-8."


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK], start + _CHUNK >= len(content))
    except UnicodeError:
        return False
    return True
