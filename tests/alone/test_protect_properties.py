"""Small tables of any counts, attacked by trying every table that looks the same."""

from itertools import product

import pandas as pd
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_tables import possible

from statpress import errors
from statpress.alone.protect import protect_cells
from statpress.alone.prove import prove_safe
from statpress.alone.request import Request, Source
from statpress.alone.table import read_table
from statpress.tables.place import SOURCE_ROW

WARDS, NEEDS = ("a", "b"), ("x", "y", "z")
COUNTS = st.lists(st.integers(0, 6), min_size=6, max_size=6)
MOST = 2
SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def protect(counts, order=None, **words):
    """The protected table of counts (by ward, then need), or nothing where no pattern is safe."""
    lines = [(ward, need) for ward in WARDS for need in NEEDS]
    rows = [(*line, str(count), str(row)) for row, (line, count) in enumerate(zip(lines, counts, strict=True), 2)]
    rows = [rows[place] for place in order] if order else rows
    table = pd.DataFrame(rows, columns=["ward", "need", "freq", SOURCE_ROW], dtype="str")
    request = Request("freq", threshold=MOST, total="*", **words)
    try:
        whole = read_table(Source(table, "t"), {}, request)
        protected, _ = prove_safe(protect_cells(whole, request), whole, request)
        return protected
    except errors.UnsafeRelease:
        return None
    except errors.FailedCheck as error:
        assert {issue.rule for issue in error.issues} == {"undeclared-total"}
        return None


def true_counts(counts):
    inner = {
        (ward, need): count
        for ward, row in zip(WARDS, (counts[:3], counts[3:]), strict=True)
        for need, count in zip(NEEDS, row, strict=True)
    }
    cells = [(ward, need) for ward in (*WARDS, "*") for need in (*NEEDS, "*")]
    return {(w, n): sum(c for (a, b), c in inner.items() if w in (a, "*") and n in (b, "*")) for w, n in cells}


@SETTINGS
@given(COUNTS, st.sampled_from(["quick", "good", "exact"]))
def test_a_reader_learns_no_more_of_a_small_count_than_the_mark_says(counts, effort):
    protected = protect(counts, effort=effort)
    assume(protected is not None)
    truth = true_counts(counts)
    ranges = possible(truth, protected.cells, least=1, most=max(counts) + MOST)
    small = [cell for cell, count in truth.items() if 1 <= count <= MOST]
    assert all(len(ranges[cell]) > 1 for cell in small)
    assert sum(not set(range(1, MOST + 1)) <= ranges[cell] for cell in small) <= len(protected.fell_back)


@SETTINGS
@given(COUNTS, st.sampled_from(["quick", "good"]))
def test_where_zeros_are_withheld_they_are_as_safe(counts, effort):
    protected = protect(counts, effort=effort, zeros="withheld", standard="zero_aware")
    assume(protected is not None)
    truth = true_counts(counts)
    ranges = possible(truth, protected.cells, least=0, most=max(counts) + MOST)
    assert all(len(ranges[cell]) > 1 for cell, count in truth.items() if count <= MOST)


@SETTINGS
@given(COUNTS, st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(counts, order):
    one, other = protect(counts), protect(counts, order)
    assume(one is not None and other is not None)
    assert list(one.cells.items()) == list(other.cells.items())


@SETTINGS
@given(COUNTS)
def test_what_is_shown_is_true_and_small_counts_are_not_shown(counts):
    protected = protect(counts, effort="quick")
    assume(protected is not None)
    for cell, count in true_counts(counts).items():
        assert protected.cells[cell] == count or (protected.cells[cell] is None and count > 0)
        assert not (1 <= count <= MOST) or protected.cells[cell] is None


GROUPS = {"P": ["a", "b"], "Q": ["c", "d"]}, {"R": ["a", "c"], "S": ["b", "d"]}
CROSSED = st.lists(st.integers(0, 6), min_size=4, max_size=4)


def tree(groups):
    pairs = [(code, group) for group, codes in groups.items() for code in codes] + [(group, "*") for group in groups]
    return pd.DataFrame(pairs, columns=["child", "parent"]).assign(**{SOURCE_ROW: "2"}).astype("str")


@SETTINGS
@given(CROSSED, st.sampled_from([1, 2]))
def test_sums_of_two_hierarchies_give_nothing_away(counts, ways):
    rows = [(code, str(count), "2") for code, count in zip("abcd", counts, strict=True)]
    source = Source(pd.DataFrame(rows, columns=["ward", "freq", SOURCE_ROW], dtype="str"), "t")
    request = Request("freq", threshold=MOST, standard="zero_aware")
    try:
        whole = read_table(source, {"ward": [Source(tree(groups), "h") for groups in GROUPS[:ways]]}, request)
        protected, _ = prove_safe(protect_cells(whole, request), whole, request)
    except errors.UnsafeRelease:
        assume(False)
    parts = {code: code for code in "abcd"} | {"*": "abcd"}
    parts |= {group: "".join(codes) for groups in GROUPS[:ways] for group, codes in groups.items()}
    numbers = dict(zip("abcd", counts, strict=True))
    shown = {code: protected.cells[code,] for code in parts}
    tables = [dict(zip("abcd", table, strict=True)) for table in product(range(max(counts) + 4), repeat=4)]
    tables = [
        table
        for table in tables
        if all(
            sum(table[p] for p in parts[code]) == value if value is not None else sum(table[p] for p in parts[code]) > 0
            for code, value in shown.items()
        )
    ]
    for codes in parts.values():
        if 1 <= sum(numbers[part] for part in codes) <= MOST:
            assert len({sum(table[part] for part in codes) for table in tables}) > 1
