"""Rounding: conventional and controlled, and what is made from rounded counts."""

import random
from itertools import product

import pytest
from drawn import rules, table
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.declare.policy import Rounding
from statpress.disclosure.grid import Hierarchy, fill_grid
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.protect import protect_table, protect_tables
from statpress.disclosure.rounding.controlled import round_controlled
from statpress.disclosure.rounding.conventional import round_to
from statpress.disclosure.rounding.told import told_by

ROUNDED = {"rounding": {"base": "5", "small": "rounded"}, "ratios": {"smallest-denominator": "1"}}
CONTROLLED = {"rounding": {"base": "5", "small": "rounded", "method": "controlled"}}
NHS = {"withhold": {"counts": "1..7", "complements": "false"}, "rounding": {"base": "5"}}
TWO_WAYS = (
    Hierarchy({"a": "ab", "b": "ab", "ab": "Total", "c": "Total"}),
    Hierarchy({"x": "Total", "y": "Total"}),
)
counts = st.lists(st.integers(0, 30), min_size=6, max_size=6)
bases = st.sampled_from([3, 5, 10])


def grid_of(values):
    return fill_grid(dict(zip(product("abc", "xy"), values, strict=True)), TWO_WAYS)


@pytest.mark.parametrize(
    ("value", "base", "rounded"), [(0, 5, 0), (2, 5, 0), (3, 5, 5), (7, 5, 5), (8, 5, 10), (5, 10, 10), (14, 10, 10)]
)
def test_conventional_rounding_goes_to_the_nearest_and_halves_go_up(value, base, rounded):
    assert round_to(value, base) == rounded


@settings(deadline=None)
@given(counts, bases)
def test_controlled_rounding_adds_up_and_moves_no_cell_by_a_base(values, base):
    grid = grid_of(values)
    rounded = round_controlled(grid.counts, grid.sums, base)
    assert rounded.impossible == ()
    for total, parts in grid.sums:
        assert rounded.values[total] == sum(rounded.values[part] for part in parts)
    for cell, value in grid.counts.items():
        assert rounded.values[cell] % base == 0
        assert abs(rounded.values[cell] - value) < base
        assert value % base or rounded.values[cell] == value


@settings(deadline=None)
@given(counts, bases, st.randoms(use_true_random=False))
def test_the_order_of_cells_and_sums_does_not_matter(values, base, chance):
    grid = grid_of(values)
    cells, sums = list(grid.counts.items()), [(total, chance.sample(parts, len(parts))) for total, parts in grid.sums]
    chance.shuffle(cells)
    chance.shuffle(sums)
    assert round_controlled(dict(cells), sums, base) == round_controlled(grid.counts, grid.sums, base)


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.sampled_from([3, 5]))
def test_no_additive_rounding_is_nearer(values, base):
    """Every additive rounding of a table of two by two is tried."""
    hierarchies = (Hierarchy({"a": "Total", "b": "Total"}), Hierarchy({"x": "Total", "y": "Total"}))
    grid = fill_grid(dict(zip(product("ab", "xy"), values, strict=True)), hierarchies)
    rounded = round_controlled(grid.counts, grid.sums, base).values
    inner = list(product("ab", "xy"))
    least = float("inf")
    for choice in product(*({value // base * base, -(-value // base) * base} for value in values)):
        other = fill_grid(dict(zip(inner, choice, strict=True)), hierarchies).counts
        moves = [abs(other[cell] - value) for cell, value in grid.counts.items()]
        if all(
            move < base and (value % base or not move) for move, value in zip(moves, grid.counts.values(), strict=True)
        ):
            least = min(least, sum(moves))
    assert sum(abs(rounded[cell] - value) for cell, value in grid.counts.items()) == least


def test_linked_totals_that_cannot_be_rounded_together_are_told():
    """Three counts of 1, whose pairs are printed: each pair is 2, and base 2 lets none of them move."""
    values = {("a",): 1, ("b",): 1, ("c",): 1, ("ab",): 2, ("bc",): 2, ("ac",): 2}
    sums = [((pair,), ((pair[0],), (pair[1],))) for pair in ("ab", "bc", "ac")]
    rounded = round_controlled(values, sums, 2)
    assert rounded.impossible == ((("a",), ("b",), ("c",)),)
    assert rounded.values == {("ab",): 2, ("bc",): 2, ("ac",): 2}


def test_a_share_never_becomes_more_than_its_whole():
    assert round_controlled({1: 13, 2: 13}, [], 5, [(1, 2)]).values == {1: 15, 2: 15}
    assert round_controlled({1: 13, 2: 14, 3: 1}, [(2, (1, 3))], 5, [(1, 2)]).values[1] <= 15


@given(st.integers(0, 60), bases, st.sampled_from(["conventional", "controlled"]))
def test_readers_know_every_count_that_rounds_to_what_is_shown_and_no_other(value, base, method):
    """By trying all of them: `low` and zero are told apart, and controlled rounding may go either way."""
    rounding = Rounding(base=base, method=method)

    def shown(count):
        near = {count // base * base, -(-count // base) * base} if method == "controlled" else {round_to(count, base)}
        return {(place, place == 0 and count > 0) for place in near}

    for place, is_low in shown(value):
        low, high = told_by(place, value, rounding)
        possible = [count for count in range(200) if (place, is_low) in shown(count)]
        if value == 0:
            assert (low, high) == (0, 0)
        elif method == "conventional":
            assert (low, high) == (min(possible), max(possible))
        else:
            assert (low, high) == (max(place - base + 1, 1), place + base - 1)


def test_a_count_that_rounds_to_zero_is_marked_and_a_true_zero_is_not():
    protected, issues = protect_table(table("children A m 2\nchildren A f 0\nchildren A u 13"), rules(**ROUNDED))
    assert issues == []
    assert protected.observations["status"].tolist() == ["low", "", ""]
    assert protected.observations["value"].tolist()[1:] == [0, 15]


def shown_by(protected):
    """What is printed of each cell: its value, `low`, or `c`."""
    rows = protected.observations[["sex", "value", "status"]].itertuples(index=False)
    return {sex: status or int(value) for sex, value, status in rows}


def possible(text, method, base):
    """The counts that a printed text may stand for; a withheld one may be anything that this test knows."""
    if text == "c":
        return range(1, 25)
    if text == 0:
        return range(1)
    near = 0 if text == "low" else text
    if method == "controlled":
        return range(max(near - base + 1, 1), near + base)
    return [count for count in range(1, near + base) if round_to(count, base) == near]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([0, 1, 1, 2, 2, 8]), min_size=4, max_size=4),
    st.sampled_from([("conventional", 5), ("conventional", 10), ("controlled", 3), ("controlled", 5)]),
)
def test_no_small_count_that_is_rounded_can_be_told_by_rounded_ones_together(values, way):
    """All tables that round to what is printed are tried; readers know that parts make their total."""
    method, base = way
    parts = dict(zip("mfuv", values, strict=True))
    text = "\n".join(f"children A {sex} {value}" for sex, value in {"all": sum(values), **parts}.items())
    rounding = {"base": str(base), "method": method, "small": "rounded"}
    protected, issues = protect_table(
        table(text), rules(dimensions={"sex": tuple("mfuv")}, rounding=rounding, withhold={"complements": "false"})
    )
    assert issues == []
    shown = shown_by(protected)
    totals = set(possible(shown["all"], method, base))
    tables = [one for one in product(*(possible(shown[sex], method, base) for sex in "mfuv")) if sum(one) in totals]
    assert tuple(values) in tables
    found = {sex: {one[place] for one in tables} for place, sex in enumerate("mfuv")} | {
        "all": {sum(t) for t in tables}
    }
    true = parts | {"all": sum(values)}
    assert [sex for sex, value in true.items() if 1 <= value <= 5 and len(found[sex]) == 1] == []


def test_parts_that_their_rounded_total_would_tell_are_told_by_it_no_more():
    """Four times 1 or 2, and 8 to 12 together: each is 2, unless one is withheld."""
    text = "children A all 8\nchildren A m 2\nchildren A f 2\nchildren A u 2\nchildren A v 2"
    rule = rules(dimensions={"sex": ("m", "f", "u", "v")}, **ROUNDED)
    protected, issues = protect_table(table(text), rule)
    assert issues == []
    assert sorted(shown_by(protected).values(), key=str) == [10, "c", "low", "low", "low"]


def test_percentages_are_made_from_rounded_counts():
    text = (
        "children A all 13\nall-children A all 52\nshare A all 25.0\nchildren A m 2\nall-children A m 41\nshare A m 4.9"
    )
    protected, _ = protect_table(table(text), rules(**ROUNDED))
    shares = protected.observations[protected.observations["measure"] == "share"]
    assert shares["value"].tolist()[0] == 30.0
    assert shares["status"].tolist() == ["", "low"]


@pytest.mark.parametrize("text", ["known A all 40", "all-children A all 52\nshare A all 25.0", "rate A all 60.0"])
def test_percentages_that_cannot_be_made_again_are_withheld(text):
    protected, _ = protect_table(table(text), rules(**ROUNDED))
    assert protected.observations["status"].tolist()[-1] == "c"


def test_what_does_not_count_people_is_not_rounded():
    protected, _ = protect_table(table("wards A all 13"), rules(**ROUNDED))
    assert protected.observations["value"].tolist() == [13]


def test_small_counts_are_withheld_and_others_rounded():
    protected, issues = protect_table(
        table("children A all 40\nchildren A m 30\nchildren A f 8\nchildren A u 2"), rules(**NHS)
    )
    assert issues == []
    by_sex = dict(zip(protected.observations["sex"], protected.observations["status"], strict=True))
    assert by_sex["u"] == "c"
    shown = protected.observations["value"].dropna()
    assert (shown % 5 == 0).all()


def test_rounded_totals_of_two_packages_agree_and_add_up():
    sex = "children A all 41\nchildren A m 22\nchildren A f 19\nchildren A u 0"
    age = "children A all 41\nchildren A a 13\nchildren A b 28"
    by_age = rules(("age",), {"age": ("a", "b")}, **CONTROLLED)
    tables = [Unprotected(table(sex), rules(**CONTROLLED)), Unprotected(table(age, ("age",)), by_age)]
    protected, issues = protect_tables(tables)
    assert issues == [[], []]
    one, other = (part.observations["value"].tolist() for part in protected)
    assert one[0] == other[0] == sum(one[1:]) == sum(other[1:])
    assert one[0] in (40, 45)


def test_a_group_that_nothing_prints_is_added_up_as_well():
    nested = Hierarchy({"a": "ab", "b": "ab", "ab": "Total", "c": "Total"})
    values = [random.Random(seed).randint(0, 20) for seed in range(3)]
    grid = fill_grid({(code,): value for code, value in zip("abc", values, strict=True)}, (nested,))
    rounded = round_controlled(grid.counts, grid.sums, 5).values
    assert rounded[("Total",)] == sum(rounded[(code,)] for code in "abc")
