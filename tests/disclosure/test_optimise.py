"""What is withheld protects what must be: attacked by trying every possible table, written for this test alone."""

from dataclasses import replace
from itertools import combinations, product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from statpress.disclosure.grid import Grid, Hierarchy, fill_grid
from statpress.disclosure.optimise import EFFORTS, find_pattern
from statpress.disclosure.optimise.reveal import reveal
from statpress.disclosure.problem import Cover, Pattern
from statpress.disclosure.standards import STANDARDS, Promise
from statpress.disclosure.tabular import Cost, order_cells, problem_of

MOST = 5
SLOW = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
COUNTS = st.sampled_from([0, 1, 1, 2, 3, 5, 6, 7, 8, 9, 12, 20])


def flat(name, size):
    return Hierarchy({f"{name}{place}": "Total" for place in range(size)})


def grid_of(counts, *hierarchies):
    """A table from the counts of its inner cells, in the order of the codes."""
    inner = [[code for code in each.parents if code not in each.parents.values()] for each in hierarchies]
    return fill_grid(dict(zip(product(*inner), counts, strict=True)), hierarchies)


def linked_grid(first, second):
    """Two tables, a by b and a by c, that print the same margin a."""
    counts, sums = {}, []
    for name, rows in (("b", first), ("c", second)):
        for a, row in enumerate(rows):
            parts = [(f"a{a}", f"{name}{place}") for place in range(len(row))]
            counts |= dict(zip(parts, row, strict=True))
            counts[f"a{a}", "Total"] = sum(row)
            sums.append(((f"a{a}", "Total"), tuple(parts)))
        for place in range(len(rows[0])):
            parts = [(f"a{a}", f"{name}{place}") for a in range(len(rows))]
            counts["Total", f"{name}{place}"] = sum(counts[part] for part in parts)
            sums.append((("Total", f"{name}{place}"), tuple(parts)))
    counts["Total", "Total"] = sum(map(sum, first))
    sums.append((("Total", "Total"), tuple((f"a{a}", "Total") for a in range(len(first)))))
    return Grid(counts, tuple(sums))


def possible(grid, hidden, least, reach, known=()):
    """Every table that agrees with what is printed, where no hidden inner cell is more than `reach` from the truth."""
    wholes = dict(grid.sums)
    inner = [cell for cell in grid.counts if cell not in wholes]
    open_ = [cell for cell in inner if cell in hidden and cell not in known]
    ways = [range(max(least, grid.counts[cell] - reach), grid.counts[cell] + reach + 1) for cell in open_]
    tried = np.array(list(product(*ways)), dtype=int).reshape(prod(map(len, ways)), len(open_))
    tables = {cell: np.full(len(tried), grid.counts[cell]) for cell in inner}
    tables |= {cell: tried[:, place] for place, cell in enumerate(open_)}
    while len(tables) < len(grid.counts):
        for whole, parts in grid.sums:
            if whole not in tables and all(part in tables for part in parts):
                tables[whole] = sum(tables[part] for part in parts)
    agrees = np.ones(len(tried), dtype=bool)
    for whole, parts in grid.sums:
        agrees &= tables[whole] == sum(tables[part] for part in parts)
    for cell, values in tables.items():
        agrees &= values >= least if cell in hidden and cell not in known else values == grid.counts[cell]
    return {cell: values[agrees] for cell, values in tables.items()}


def is_enough(values, standard, small=(1, MOST)):
    """Whether a reader who knows that one of these is true knows as little as the standard says."""
    if standard == "symbol":
        return min(values) <= small[0] and max(values) >= small[1]
    return len(set(values.tolist())) > 1


def opened(grid, hidden, standard, *, fell_back=(), reach=(1, 2, 3)):
    """The small counts that the reader learns too much of."""
    least = 0 if standard == "not_determined" else 1
    left = {cell for cell, count in grid.counts.items() if 1 <= count <= MOST}
    for steps in (MOST - 1,) if standard == "symbol" else reach:
        assume((2 * steps + 1) ** sum(1 for cell in hidden if cell not in dict(grid.sums)) <= 400_000)
        tables = possible(grid, hidden, least, steps)
        left = {
            cell for cell in left if not is_enough(tables[cell], "not_determined" if cell in fell_back else standard)
        }
        if not left:
            break
    return left


def protect(grid, standard, effort="good", **rules):
    problem = problem_of(grid, Promise(standard, MOST), **rules)
    pattern = find_pattern(problem, effort)
    cells = order_cells(grid)
    return (
        {cells[item] for item in np.flatnonzero(pattern.withheld)},
        {cells[problem.needs[place].item] for place in pattern.fell_back},
        {cells[problem.needs[place].item] for place in pattern.unmet},
    )


TWO_WAY = st.lists(COUNTS, min_size=9, max_size=9).map(lambda counts: grid_of(counts, flat("r", 3), flat("c", 3)))
TREE = Hierarchy({"north": "Total", "south": "Total", "n1": "north", "n2": "north", "s1": "south", "s2": "south"})
NESTED = st.lists(COUNTS, min_size=8, max_size=8).map(lambda counts: grid_of(counts, TREE, flat("c", 2)))
THREE_WAY = st.lists(COUNTS, min_size=8, max_size=8).map(
    lambda counts: grid_of(counts, flat("r", 2), flat("c", 2), flat("s", 2))
)


@st.composite
def linked(draw):
    margins = draw(st.lists(st.integers(8, 20), min_size=3, max_size=3))
    first = [draw(st.integers(0, margin)) for margin in margins]
    second = [draw(st.integers(0, margin)) for margin in margins]
    return linked_grid(
        [[part, margin - part] for part, margin in zip(first, margins, strict=True)],
        [[part, margin - part] for part, margin in zip(second, margins, strict=True)],
    )


@pytest.mark.parametrize("effort", EFFORTS)
@pytest.mark.parametrize("standard", ["not_determined", "zero_aware"])
@SLOW
@given(grid=st.one_of(TWO_WAY, NESTED, THREE_WAY, linked()))
def test_no_small_count_can_be_worked_out(grid, standard, effort):
    hidden, _, unmet = protect(grid, standard, effort)
    assert {cell for cell, count in grid.counts.items() if 1 <= count <= MOST} <= hidden
    assert opened(grid, hidden, standard) <= unmet


@pytest.mark.parametrize("standard", STANDARDS)
@SLOW
@given(grid=st.one_of(NESTED, TWO_WAY))
def test_large_tables_are_as_safe(standard, grid):
    _, *small = protect(grid, standard, "quick")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("statpress.disclosure.problem.LARGE", 0)
        hidden, *large = protect(grid, standard, "good")
    assert large == small
    fell_back, unmet = large
    assert opened(grid, hidden, standard, fell_back=fell_back) <= unmet


@pytest.mark.parametrize("effort", EFFORTS)
@SLOW
@given(grid=st.one_of(NESTED, TWO_WAY))
def test_a_mark_tells_no_more_than_its_band(grid, effort):
    hidden, fell_back, unmet = protect(grid, "symbol", effort)
    assert opened(grid, hidden, "symbol", fell_back=fell_back) <= unmet


@pytest.mark.parametrize("standard", ["not_determined", "zero_aware"])
@SLOW
@given(grid=st.one_of(NESTED, TWO_WAY, THREE_WAY))
def test_of_a_quick_pattern_no_partner_can_be_shown_again(grid, standard):
    hidden, _, unmet = protect(grid, standard, "quick")
    for cell in sorted(cell for cell in hidden if grid.counts[cell] > MOST):
        assert opened(grid, hidden - {cell}, standard) - unmet


@pytest.mark.parametrize("standard", ["not_determined", "zero_aware"])
@SLOW
@given(counts=st.lists(COUNTS, min_size=6, max_size=6))
def test_exact_is_the_cheapest_of_all_safe_patterns(counts, standard):
    """In a table of two flat dimensions a count that can change at all can change by one, with all others by one."""
    grid = grid_of(counts, flat("r", 3), flat("c", 2))
    hidden, _, unmet = protect(grid, standard, "exact")
    assume(not unmet)
    small = {cell for cell, count in grid.counts.items() if 1 <= count <= MOST}
    spare = [cell for cell, count in grid.counts.items() if count > MOST]
    patterns = [set(more) for size in range(len(spare) + 1) for more in combinations(spare, size)]
    patterns.sort(key=lambda more: sum(grid.counts[cell] for cell in more))
    best = next(more for more in patterns if not opened(grid, small | more, standard, reach=(1,)))
    assert sum(grid.counts[cell] for cell in hidden - small) == sum(grid.counts[cell] for cell in best)


@pytest.mark.parametrize("effort", EFFORTS)
@SLOW
@given(counts=st.lists(COUNTS, min_size=9, max_size=9), turn=st.permutations(range(3)), swap=st.booleans())
def test_order_does_not_matter_nor_how_often(counts, turn, swap, effort):
    rows, columns = flat("r", 3), flat("c", 3)
    inner = dict(zip(product(rows.parents, columns.parents), counts, strict=True))
    turned = Hierarchy({f"r{place}": "Total" for place in turn})
    keys = sorted(inner, key=lambda cell: (turn.index(int(cell[0][1])), cell[1]))
    other = (
        fill_grid({(c, r): inner[r, c] for r, c in keys}, (columns, turned))
        if swap
        else fill_grid({key: inner[key] for key in keys}, (turned, columns))
    )
    once, *_ = protect(fill_grid(inner, (rows, columns)), "zero_aware", effort)
    again, *_ = protect(other, "zero_aware", effort)
    assert once == {(r, c) if swap is False else (c, r) for r, c in again}


def test_a_part_alone_takes_the_cheapest_partner():
    grid = grid_of([3, 20, 9], flat("r", 3))
    hidden, *_ = protect(grid, "not_determined")
    assert hidden == {("r0",), ("r2",)}


def test_what_may_never_be_withheld_is_shown():
    grid = grid_of([3, 20, 9], flat("r", 3))
    hidden, *_ = protect(grid, "not_determined", cost=Cost(never=frozenset({("r2",)})))
    assert hidden == {("r0",), ("r1",)}


def test_where_nothing_may_be_withheld_beside_it_a_small_count_is_told_as_unmet():
    grid = grid_of([3, 20, 9], flat("r", 3))
    never = frozenset({("r1",), ("r2",), ("Total",)})
    for effort in EFFORTS:
        _, _, unmet = protect(grid, "not_determined", effort, cost=Cost(never=never))
        assert unmet == {("r0",)}


def test_two_ones_do_not_hide_each_other_from_a_reader_who_knows_that_zeros_are_shown():
    grid = grid_of([1, 1, 20, 9], flat("r", 4))
    for effort in EFFORTS:
        assert protect(grid, "not_determined", effort)[0] == {("r0",), ("r1",)}
        assert protect(grid, "zero_aware", effort)[0] == {("r0",), ("r1",), ("r3",)}


def test_a_symbol_falls_back_where_no_pattern_leaves_the_whole_band():
    grid = grid_of([2, 2, 30], flat("r", 3))
    never = frozenset({("r2",), ("Total",)})
    for effort in EFFORTS:
        hidden, fell_back, unmet = protect(grid, "symbol", effort, cost=Cost(never=never))
        assert (hidden, unmet) == ({("r0",), ("r1",)}, set())
        assert fell_back == {("r0",), ("r1",)}


@pytest.mark.parametrize("effort", EFFORTS)
def test_hidden_parts_do_not_make_a_small_sum(effort):
    grid = grid_of([15, 5, 3], flat("r", 3))
    problem = problem_of(grid, Promise("not_determined", 10), hidden_sums=True)
    cells = order_cells(grid)
    pattern = find_pattern(problem, effort)
    hidden = {cells[item] for item in np.flatnonzero(pattern.withheld)}
    assert hidden - {("r1",), ("r2",)} in ({("r0",)}, {("Total",)})
    without = find_pattern(replace(problem, covers=()), effort)
    assert {cells[item] for item in np.flatnonzero(without.withheld)} == {("r1",), ("r2",)}


@pytest.mark.parametrize("effort", EFFORTS)
def test_an_insider_who_knows_her_own_cell_does_not_learn_the_other(effort):
    grid = grid_of([1, 4, 9, 30], flat("r", 4))
    problem = problem_of(grid, Promise("not_determined", MOST))
    cells = order_cells(grid)
    own = cells.index(("r0",))
    insider = tuple(replace(need, given=((own, 1.0),)) for need in problem.needs if need.item != own)
    pattern = find_pattern(problem.with_needs(problem.needs + insider), effort)
    hidden = {cells[item] for item in np.flatnonzero(pattern.withheld)}
    assert hidden == {("r0",), ("r1",), ("r2",)}
    assert is_enough(possible(grid, hidden, 0, 2, known={("r0",)})["r1",], "not_determined")


@pytest.mark.parametrize("effort", EFFORTS)
def test_what_follows_from_a_withheld_item_is_withheld(effort):
    grid = grid_of([3, 20, 9], flat("r", 3))
    problem = problem_of(grid, Promise("not_determined", MOST))
    cells = order_cells(grid)
    place = {cell: item for item, cell in enumerate(cells)}
    problem = replace(problem, implied=((place["r2",], place["r1",]), (place["r0",], place["Total",])))
    pattern = find_pattern(problem, effort)
    assert {cells[item] for item in np.flatnonzero(pattern.withheld)} == {("r0",), ("Total",)}


@pytest.mark.parametrize("seed", [3, 7, 10])
def test_exact_proves_its_bound_and_good_comes_near_it(seed):
    counts = np.random.default_rng(seed).choice([0, 1, 2, 3, 7, 9, 14, 20], 36).tolist()
    problem = problem_of(grid_of(counts, flat("r", 4), flat("c", 3), flat("s", 3)), Promise("symbol", MOST))
    exact, good = find_pattern(problem, "exact"), find_pattern(problem, "good")
    best, near = (problem.cost[each.withheld & ~problem.required].sum() for each in (exact, good))
    assert best == pytest.approx(exact.bound)
    assert good.bound - 1e-6 <= best <= near <= 1.03 * good.bound + 1e-6


@pytest.mark.parametrize("effort", EFFORTS)
def test_parts_that_can_make_up_for_all_but_one_are_not_enough(effort):
    """1 may be 5 only where the others can give 4: 4 can give 3, and 6 gives the rest."""
    grid = grid_of([1, 4, 6, 30], flat("r", 4))
    hidden, fell_back, unmet = protect(grid, "symbol", effort)
    assert (hidden, fell_back, unmet) == ({("r0",), ("r1",), ("r2",)}, set(), set())


def test_parts_that_hang_together_are_searched_one_by_one(monkeypatch):
    """As the table of both is larger than any that is searched for an optimum, and neither of the two is."""
    both = [grid_of([1, 4, 7, 8, 2, 6], flat(name, 3), flat("c", 2)) for name in ("a", "b")]
    named = [{cell: (name, *cell) for cell in grid.counts} for name, grid in zip("ab", both, strict=True)]
    whole = Grid(
        {names[cell]: count for grid, names in zip(both, named, strict=True) for cell, count in grid.counts.items()},
        tuple(
            (names[total], tuple(names[part] for part in parts))
            for grid, names in zip(both, named, strict=True)
            for total, parts in grid.sums
        ),
    )
    alone = [problem_of(grid, Promise("zero_aware", MOST)) for grid in both]
    found = [find_pattern(problem, "exact") for problem in alone]
    monkeypatch.setattr("statpress.disclosure.problem.LARGE", len(alone[0].truth))
    problem = problem_of(whole, Promise("zero_aware", MOST))
    pattern = find_pattern(problem, "exact")
    assert pattern.bound == pytest.approx(found[0].bound + found[1].bound)
    assert problem.cost[pattern.withheld & ~problem.required].sum() == pytest.approx(pattern.bound)


def test_what_is_asked_of_a_quantity_that_cannot_move_is_told_as_unmet():
    problem = problem_of(grid_of([3, 20, 9], flat("r", 3)), Promise("not_determined", MOST))
    need = problem.needs[0]
    told = problem.hidden_low.copy(), problem.hidden_high.copy()
    for ends in told:
        ends[need.item] = problem.truth[need.item]
    for effort in EFFORTS:
        assert find_pattern(replace(problem, hidden_low=told[0], hidden_high=told[1]), effort).unmet == (0,)


def test_standards_ask_for_more_in_order():
    grid = grid_of([1, 1, 9, 8, 2, 6, 30, 2, 11], flat("r", 3), flat("c", 3))
    costs = [sum(grid.counts[cell] for cell in protect(grid, standard, "exact")[0]) for standard in STANDARDS]
    assert costs == sorted(costs)


@pytest.mark.parametrize(("others", "stays"), [([("a1",)], False), ([], True)])
def test_a_partner_that_follows_anyway_is_shown_again_unless_a_rule_asks_for_it(others, stays):
    """33 less 27 tells 6, which is then withheld in vain; what else is withheld keeps the rule, or nothing does."""
    grid = grid_of([2, 4, 27], Hierarchy({"a1": "a", "a2": "a", "a": "Total", "b": "Total"}))
    place = {cell: item for item, cell in enumerate(order_cells(grid))}
    items = tuple(place[cell] for cell in [("a",), *others])
    rule = Cover(items, (1.0,) * len(items), 1.0)
    problem = replace(problem_of(grid, Promise("symbol", MOST)), covers=(rule,))
    withheld = problem.required.copy()
    withheld[place["a",]] = True
    assert reveal(problem, Pattern(withheld)).withheld[place["a",]] == stays


def test_a_former_pattern_is_mended_and_not_searched_anew():
    """Once 20 is withheld with 3, a rule that asks for 9 as well adds it, though 9 alone would be cheaper."""
    grid = grid_of([3, 20, 9], flat("r", 3))
    problem = problem_of(grid, Promise("symbol", MOST))
    place = {cell: item for item, cell in enumerate(order_cells(grid))}
    former = problem.required.copy()
    former[place["r1",]] = True
    rule = Cover((place["r2",],), (1.0,), 1.0)
    asked = replace(problem, covers=(*problem.covers, rule))
    for effort, hidden in {"good": {"r0", "r1", "r2"}, "exact": {"r0", "r2"}}.items():
        found = find_pattern(asked, effort, former).withheld
        assert {cell for (cell,), item in place.items() if found[item]} == hidden
