"""Reads the tables of figures on built pages, and nothing but the pages, as somebody does who looks a figure up."""

import re
from html.parser import HTMLParser

VOID = {"br", "img", "input", "link", "meta", "hr", "source", "wbr", "path", "rect", "circle", "line"}


class _Tables(HTMLParser):
    """Every table of figures: its identifier, caption, column heads, and rows of heads and cells."""

    def __init__(self):
        super().__init__()
        self.tables, self.table, self.cell, self.hidden = [], None, None, 0

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if self.hidden or "sp-hidden" in (found.get("class") or "") or "sp-noteref" in (found.get("class") or ""):
            self.hidden += tag not in VOID
        if tag == "table" and (found.get("id") or "").startswith("figures"):
            self.table = {"id": found["id"], "caption": [], "columns": [], "rows": []}
            self.tables.append(self.table)
        elif self.table is not None and tag == "tr":
            self.table["rows"].append([])
        elif self.table is not None and tag in ("th", "td"):
            self.cell = [tag, found.get("scope"), ""]
            self.table["rows"][-1].append(self.cell)
        elif self.table is not None and tag == "caption":
            self.cell = self.table["caption"] = ["caption", None, ""]

    def handle_endtag(self, tag):
        if self.hidden:
            self.hidden -= 1
        if tag in ("th", "td", "caption"):
            self.cell = None
        if tag == "table":
            self.table = None

    def handle_data(self, data):
        if self.cell is not None and not self.hidden:
            self.cell[2] += data


def read_figures(page):
    """The cells of all tables of figures of a page: table, caption, what names the cell, and its text."""
    reader = _Tables()
    reader.feed(page)
    for table in reader.tables:
        head, *rows = table["rows"]
        columns = [cell[2].strip() for cell in head]
        for row in rows:
            names = [cell[2].strip() for cell in row if cell[0] == "th"]
            for column, cell in zip(columns[len(names) :], row[len(names) :], strict=True):
                text = re.sub(r"\s+", " ", cell[2]).strip()
                yield table["id"], table["caption"][2], [*names, column], text


def find_figure(cells, table, labels):
    """The texts of the cells of a table that all labels name: in the row or the column, or else in the caption."""
    own = [(caption, context, text) for name, caption, context, text in cells if name == table]
    named = {label for label in labels if any(label in context for _, context, _ in own)}
    return [
        text
        for caption, context, text in own
        if named <= set(context) and all(label.lower() in caption.lower() for label in labels if label not in named)
    ]


def number_of(text):
    """The number that a cell shows, or None."""
    found = re.search(r"[-−]?£?\d[\d,]*(?:\.\d+)?", text)
    return float(found.group().replace("−", "-").replace("£", "").replace(",", "")) if found else None
