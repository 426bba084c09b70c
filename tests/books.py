"""Spreadsheets for tests, written part by part so that they can be as broken as real ones are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import quoteattr

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
PLAIN = [["period", "value", "note"], ["2018/19", 45, ""], ["2017/18", 1.5, "half"]]


class Xml(str):
    """A cell, or a row, as it stands in the document."""


def ods_cell(value: object) -> str:
    if isinstance(value, Xml):
        return value
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if value == "":
        return "<table:table-cell/>"
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells: object) -> str:
    if isinstance(cells, Xml):
        return cells
    assert isinstance(cells, list)
    return f"<table:table-row>{''.join(ods_cell(cell) for cell in cells)}</table:table-row>"


def ods(rows: object, *, sheet: str = "Data", columns: str = "", style: str = "", extra: str = "") -> bytes:
    """An ODS file with `rows` in one sheet and another sheet after it."""
    assert isinstance(rows, list)
    names = " ".join(f"xmlns:{short}={quoteattr(long)}" for short, long in NAMES.items())
    body = "".join(ods_row(row) for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:automatic-styles>{extra}</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:table table:name={quoteattr(sheet)} {style}>{columns}{body}</table:table>"
        '<table:table table:name="Other"><table:table-row><table:table-cell/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def pack(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def repack(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return pack({entry: change(old.read(entry)) if entry == name else old.read(entry) for entry in old.namelist()})
