"""Large tables: patterns that look safe are found out, and the quick search for large components finds the same."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_attack import PLAIN, crossed

from statpress.audit import attack as attacks
from statpress.audit import ranges, starts
from statpress.audit.attack import attack
from statpress.audit.certificate import certify, count_unproved
from statpress.audit.checker.check import check_certificate
from statpress.audit.printed import Cell, Dimension, Measure, PrintedTable
from statpress.linear import remember

TABLES = Path(__file__).parents[2] / "benchmarks/disclosure/tables"


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whole_table(name):
    """Every cell of a table with its total, and the equations, worked out here and not by the engine."""
    rows = read(TABLES / name / "inner.csv")
    names = [column for column in rows[0] if column != "freq"]
    parents = {n: {r["child"]: r["parent"] for r in read(TABLES / name / f"hier_{n}.csv")} for n in names}
    counts, sums = {}, {}
    for row in rows:
        cells = [()]
        for column in names:
            codes, code = [row[column]], row[column]
            while code != "Total":
                code = parents[column][code]
                codes.append(code)
            cells = [(*cell, code) for cell in cells for code in codes]
        for cell in cells:
            counts[cell] = counts.get(cell, 0) + int(row["freq"])
    for cell in counts:
        for place, column in enumerate(names):
            if cell[place] != "Total":
                whole = (*cell[:place], parents[column][cell[place]], *cell[place + 1 :])
                sums.setdefault((whole, place), []).append(cell)
    return names, parents, counts, [(whole, *parts) for (whole, _), parts in sorted(sums.items())]


def hide_one_equation_at_a_time(counts, sums):
    """Counts of 1 to 5, and a partner wherever an equation has a single gap: safe for each equation, not together."""
    small = {cell for cell, count in counts.items() if 1 <= count <= 5}
    hidden = set(small)
    while True:
        before = len(hidden)
        for cells in sums:
            if len(hidden.intersection(cells)) == 1:
                others = [cell for cell in cells if cell not in hidden and counts[cell]]
                hidden |= {min(others, key=lambda cell: (counts[cell], cell))} if others else set()
        if len(hidden) == before:
            return small, hidden


def printed(names, parents, counts, hidden):
    def up(code):
        return "all" if code == "Total" else code

    dimensions = tuple(Dimension(n, ({c: up(p) for c, p in parents[n].items()},), True) for n in names)
    cells = {
        ("count", "", "", *map(up, cell)): Cell(None, "c") if cell in hidden else Cell(Decimal(count))
        for cell, count in counts.items()
    }
    return PrintedTable("table", dimensions, {"count": Measure()}, cells, PLAIN)


@pytest.mark.parametrize(("name", "least"), [("ssb_d3", 20), ("syn_3way_small", 1), ("syn_LA_2way", 1)])
def test_a_pattern_that_is_safe_for_each_equation_leaks(name, least):
    names, parents, counts, sums = whole_table(name)
    small, hidden = hide_one_equation_at_a_time(counts, sums)
    table = printed(names, parents, counts, hidden)
    name_of = {
        cell: table.quantity(("count", "", "", *("all" if c == "Total" else c for c in cell))) for cell in counts
    }
    report = attack([table], sensitive={name_of[cell]: "zero_aware" for cell in small}, salt="salt")
    leaks = {finding.target.name: finding.outcome for finding in report.findings}
    truth = {name_of[cell]: count for cell, count in counts.items()}
    assert len(leaks) >= least
    assert all((outcome.low, outcome.high) == (truth[n], truth[n]) for n, outcome in leaks.items())
    assert count_unproved(report) == 0
    assert check_certificate(json.loads(certify(report))) == []


@settings(max_examples=60, deadline=None)
@given(crossed(), st.sampled_from(["symbol", "zero_aware"]))
def test_large_components_are_judged_as_small_ones_are(drawn, standard):
    table, hidden = drawn
    sensitive = {table.quantity(("count", "", "", *cell)): standard for cell in sorted(hidden)}
    exact = attack([table], sensitive=sensitive)
    with pytest.MonkeyPatch.context() as patch:
        for module in (ranges, starts):
            patch.setattr(module, "WHOLE", -1)
        patch.setattr(remember, "LARGEST", -1)
        patch.setattr(attacks, "_EXACT", -1)
        quick = attack([table], sensitive=sensitive)
    assert {f.target for f in quick.findings} == {f.target for f in exact.findings}
    for one, other in zip(exact.outcomes, quick.outcomes, strict=True):
        if one.target.is_cell:
            assert other.low <= one.low <= other.seen_low <= other.seen_high <= one.high <= other.high
