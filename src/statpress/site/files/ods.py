"""A workbook as OpenDocument: the same sheets as XLSX, its XML written straight out, since libraries take minutes.

After OpenDocument 1.3. All text has the format of text, so that no spreadsheet runs it, also not after it was edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import Final

from statpress.packages.archive import render_zip
from statpress.site.facts.book import Book, Sheet, Value
from statpress.site.facts.tidy import write_exact

_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES: Final = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
        "fo": "xsl-fo-compatible", "config": "config", "manifest": "manifest", "meta": "meta",
    }.items()
)  # fmt: skip
_SPACES: Final = f'{_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def write_ods(book: Book) -> bytes:
    """The workbook."""
    contents = tuple((sheet.name, sheet.title) for sheet in (book.notes, *book.sheets))
    listed = Sheet(book.names[1], (book.names[1],), book.listed, 1, 0, contents)
    sheets = (listed, book.notes, *book.sheets)
    parts = {
        "mimetype": _KIND,
        "META-INF/manifest.xml": _write_manifest(),
        "meta.xml": _document("document-meta", _write_meta(book)),
        "settings.xml": _document("document-settings", _write_settings(sheets)),
        "content.xml": _document("document-content", _write_content(book, sheets)),
    }
    return render_zip({name: part.encode() for name, part in parts.items()}, first="mimetype")


def _document(kind: str, body: str) -> str:
    return f'{_HEAD}<office:{kind} {_SPACES} office:version="1.3">{body}</office:{kind}>'


def _write_manifest() -> str:
    files = {"/": _KIND, "content.xml": "text/xml", "meta.xml": "text/xml", "settings.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in files.items()
    )
    return f'{_HEAD}<manifest:manifest {_SPACES} manifest:version="1.3">{entries}</manifest:manifest>'


def _write_meta(book: Book) -> str:
    date = f"<meta:creation-date>{book.date}T00:00:00</meta:creation-date>" if book.date else ""
    title, author = _clean(book.title), _clean(book.author)
    return f"<office:meta><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>{date}</office:meta>"


def _write_settings(sheets: tuple[Sheet, ...]) -> str:
    """What stays in view: the rows down to the header, and the columns that name rows."""
    frozen = "".join(_freeze(sheet) for sheet in sheets)
    return (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{frozen}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
    )


def _freeze(sheet: Sheet) -> str:
    top = len(sheet.above) + 1
    items = {"HorizontalSplitMode": ("short", 2), "VerticalSplitMode": ("short", 2)}
    items |= {"HorizontalSplitPosition": ("int", sheet.heads), "VerticalSplitPosition": ("int", top)}
    items |= {"PositionRight": ("int", sheet.heads), "PositionBottom": ("int", top), "ActiveSplitRange": ("short", 3)}
    written = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, (kind, value) in items.items()
    )
    return f'<config:config-item-map-entry config:name="{escape(sheet.name)}">{written}</config:config-item-map-entry>'


def _write_content(book: Book, sheets: tuple[Sheet, ...]) -> str:
    shapes = sorted({_digits(c, s.decimals) for s in sheets for row in s.rows for c in row if isinstance(c, Decimal)})
    cover = "".join(_row([line], "title" if number == 0 else "text") for number, line in enumerate(book.cover))
    tables = _table(book.names[0], '<table:table-column table:style-name="wide"/>', cover)
    tables += "".join(_write_sheet(sheet, linked=number == 0) for number, sheet in enumerate(sheets))
    styles = "".join(_write_styles(shapes))
    return (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )


def _write_styles(shapes: list[int]) -> Iterator[str]:
    for name, width in {"wide": "16cm", "narrow": "4.5cm"}.items():
        yield _style(name, "table-column", f'<style:table-column-properties style:column-width="{width}"/>')
    yield '<number:text-style style:name="as-text"><number:text-content/></number:text-style>'
    for name, looks in {
        "text": "",
        "mark": '<style:paragraph-properties fo:text-align="end"/>',
        "header": '<style:text-properties fo:font-weight="bold"/>',
        "title": '<style:text-properties fo:font-weight="bold" fo:font-size="15pt"/>',
    }.items():
        yield _style(name, "table-cell", looks, "as-text")
    for digits in shapes:
        places = f'number:decimal-places="{digits}" number:min-decimal-places="{digits}"'
        number = f'<number:number {places} number:min-integer-digits="1" number:grouping="true"/>'
        yield f'<number:number-style style:name="n{digits}">{number}</number:number-style>'
        yield _style(f"number-{digits}", "table-cell", "", f"n{digits}")


def _style(name: str, family: str, looks: str, data: str = "") -> str:
    shape = f' style:data-style-name="{data}"' if data else ""
    return f'<style:style style:name="{name}" style:family="{family}"{shape}>{looks}</style:style>'


def _write_sheet(sheet: Sheet, *, linked: bool) -> str:
    above = "".join(_row([line], "title" if number == 0 else "text") for number, line in enumerate(sheet.above))
    header = f"<table:table-header-rows>{_row(sheet.header, 'header')}</table:table-header-rows>"
    rows = "".join(_link(row) if linked else _cells(sheet, row) for row in sheet.rows)
    columns = f'<table:table-column table:style-name="narrow" table:number-columns-repeated="{len(sheet.header)}"/>'
    return _table(sheet.name, columns, f"{above}{header}{rows}")


def _table(name: str, columns: str, rows: str) -> str:
    return f'<table:table table:name="{escape(name)}">{columns}{rows}</table:table>'


def _row(cells: tuple[str, ...] | list[str], style: str) -> str:
    return f"<table:table-row>{''.join(_text(cell, style) for cell in cells)}</table:table-row>"


def _link(row: tuple[Value, ...]) -> str:
    """A line of the contents, which leads to its sheet."""
    name, title = str(row[0]), str(row[1])
    link = f'<text:a xlink:type="simple" xlink:href="#{escape(name)}.A1">{_clean(name)}</text:a>'
    return f"<table:table-row>{_cell(link, 'text')}{_text(title, 'text')}</table:table-row>"


def _cells(sheet: Sheet, row: tuple[Value, ...]) -> str:
    written = "".join(_value(sheet, column, cell) for column, cell in enumerate(row))
    return f"<table:table-row>{written}</table:table-row>"


def _value(sheet: Sheet, column: int, cell: Value) -> str:
    if isinstance(cell, str):
        return _text(cell, "mark" if column >= sheet.heads and cell.startswith("[") else "text")
    digits = _digits(cell, sheet.decimals)
    style = f'table:style-name="number-{digits}"'
    number = f'office:value-type="float" office:value="{cell:f}"'
    return f"<table:table-cell {style} {number}><text:p>{cell:,.{digits}f}</text:p></table:table-cell>"


def _text(text: str, style: str) -> str:
    return _cell(_clean(text), style)


def _cell(content: str, style: str) -> str:
    kind = f'table:style-name="{style}" office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{content}</text:p></table:table-cell>"


def _digits(value: Decimal, decimals: int) -> int:
    return len(write_exact(value, decimals).partition(".")[2])


def _clean(text: str) -> str:
    """The text as XML, without the characters that XML forbids."""
    return escape(_FORBIDDEN.sub("�", text), quote=False)
