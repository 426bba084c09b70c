"""Small printed tables drawn as text, and a brute-force attacker written for tests alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from statpress.audit.printed import Cell, Dimension, Measure, PrintedTable, Rules


def cell(text):
    """`c`, `<6`, `low`, or a number."""
    if text.startswith("<"):
        return Cell(None, "c", 1, int(text[1:]) - 1)
    return Cell(None, text) if text.isalpha() else Cell(Decimal(text))


def grid(text, *, rows="ward", columns="need", name="table", adds_up=(True, True), rules=None, measure="count"):
    """A table drawn with the codes of its columns above and those of its rows at the left; `all` is the total."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    cells = {
        (measure, "", "", line[0], code): cell(value)
        for line in lines
        for code, value in zip(head, line[1:], strict=True)
    }
    return PrintedTable(
        name,
        (_flat(rows, [line[0] for line in lines], adds_up[0]), _flat(columns, head, adds_up[1])),
        {measure: Measure()},
        cells,
        rules or Rules(complements=False),
    )


def _flat(name, codes, adds_up):
    return Dimension(name, ({code: "all" for code in codes if code != "all"},), adds_up)


def package(cells, measures, *, name="package", dimensions=(), **facts):
    """A table of several measures; `cells` maps `measure area period category...` to a text."""
    return PrintedTable(
        name, tuple(dimensions), measures, {tuple(key.split()): cell(text) for key, text in cells.items()}, **facts
    )


def flat(name, codes, *, adds_up=True):
    """A dimension without groups."""
    return _flat(name, codes.split(), adds_up)


def ranges_by_hand(table, highest):
    """Every cell of a two-way grid to its smallest and largest count, by trying all counts up to `highest` in gaps."""
    rows, columns = (list(dimension.hierarchies[0]) for dimension in table.dimensions)
    inner = list(product(rows, columns))
    least = 1 if table.rules.zeros_shown else 0
    shown = {key[3:]: cell.value for key, cell in table.cells.items()}
    sums = {
        key: [place for place, (r, c) in enumerate(inner) if key[0] in ("all", r) and key[1] in ("all", c)]
        for key in product([*rows, "all"], [*columns, "all"])
    }
    options = [range(least, highest + 1) if shown[key] is None else [int(shown[key])] for key in inner]
    found = {}
    for values in product(*options):
        whole = {key: sum(values[place] for place in places) for key, places in sums.items()}
        if all(value >= least if shown[key] is None else value == shown[key] for key, value in whole.items()):
            for key, value in whole.items():
                low, high = found.get(key, (value, value))
                found[key] = (min(low, value), max(high, value))
    return found
