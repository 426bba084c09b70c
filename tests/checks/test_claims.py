"""Each claim that a rule can make: what breaks it, and what rounding explains."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from drawn_facts import broken, draw
from hypothesis import given
from hypothesis import strategies as st

from statpress.checks.consistency.areas import check_areas
from statpress.checks.consistency.facts import collect_facts
from statpress.checks.consistency.run import run_rules
from statpress.checks.consistency.select import select
from statpress.checks.consistency.series import check_slip
from statpress.declare.rules import Rule, Thresholds

SUM = {"total": {"group": "all"}, "parts": {"group": ["a", "b", "c"]}}


def test_parts_that_do_not_make_the_total_are_told_with_all_figures() -> None:
    facts = draw("""
        measure area group value
        m x all 10
        m x a 3
        m x b 3
        m x c 3
        m y all 9
        m y a 3
        m y b 3
        m y c 3
        """)
    assert broken(facts, sum=SUM) == [(1, 2, 3, 4)]


def test_shares_may_differ_from_their_total_by_the_rounding_of_all() -> None:
    facts = draw("""
        measure area group value
        m x all 56%
        m x a 15%
        m x b 20%
        m x c 20%
        m y all 57%
        m y a 15%
        m y b 20%
        m y c 19%
        """)
    assert broken(facts, sum=SUM) == [(5, 6, 7, 8)]


def test_a_part_without_a_number_can_only_make_the_total_larger() -> None:
    facts = draw("""
        measure area group value
        m x all 10
        m x a 3
        m x b ?
        m x c 3
        m y all 5
        m y a 3
        m y b ?
        m y c 3
        """)
    assert broken(facts, sum=SUM) == [(5, 6, 7, 8)]


def test_a_part_with_no_row_here_and_one_there_may_be_anything() -> None:
    facts = draw("""
        measure area group value
        m x all 10
        m x a 3
        m x b 3
        m y all 9
        m y a 3
        m y b 3
        m y c 3
        m z all 5
        m z a 3
        m z b 3
        """)
    assert broken(facts, sum=SUM) == [(8, 9, 10)]


def test_a_mark_that_means_a_band_is_between_its_ends() -> None:
    facts = draw("""
        measure area group value
        m x all 10
        m x a 0..6
        m x b 3
        m x c 3
        m y all 13
        m y a 0..6
        m y b 3
        m y c 3
        """)
    assert broken(facts, sum=SUM) == [(5, 6, 7, 8)]


def test_a_tolerance_is_kept() -> None:
    facts = draw("""
        measure area group value
        m x all 10
        m x a 5
        m x b 7
        m y all 10
        m y a 5
        m y b 8
        """)
    assert broken(facts, sum=SUM | {"tolerance": "2"}) == [(4, 5, 6)]


def test_two_breakdowns_of_one_whole_come_to_the_same() -> None:
    facts = draw("""
        measure area group value
        m x a 4
        m x b 5
        m x one 6
        m x two 4
        """)
    claim = {"total": [{"group": "a"}, {"group": "b"}], "parts": {"group": ["one", "two"]}}
    assert broken(facts, sum=claim) == [(1, 2, 3, 4)]


def test_a_total_that_is_a_mean() -> None:
    facts = draw("""
        measure area group value
        m x all 4
        m x a 3
        m x b 5
        m y all 8
        m y a 3
        m y b 5
        """)
    assert broken(facts, sum=SUM | {"mean": "true"}) == [(4, 5, 6)]


def test_a_sum_of_one_part_is_no_sum() -> None:
    facts = draw("measure area group value\nm x all 4\nm x a 3")
    rule = Rule.model_validate({"sum": {"total": {"group": "all"}, "parts": {"group": "a"}}})
    findings, idle = run_rules(facts, {"rule": rule})
    assert not findings
    assert [one.name for one in idle] == ["rule"]


def test_a_percentage_agrees_at_its_printed_decimals_and_cut_off_ones_do_not() -> None:
    facts = draw("""
        measure area value
        share x 14.2%
        part x 150
        whole x 1057
        share y 14.1%
        part y 150
        whole y 1057
        """)
    claim = {"ratio": {"measure": "share"}, "numerator": {"measure": "part"}, "denominator": {"measure": "whole"}}
    assert broken(facts, ratio=claim) == [(4, 5, 6)]


def test_a_rate_agrees_with_its_population() -> None:
    facts = draw("""
        measure area value
        rate x 41.7%
        part x 585
        whole x 140307
        rate y 42.2%
        part y 585
        whole y 140307
        """)
    claim = {"ratio": {"measure": "rate"}, "numerator": {"measure": "part"}, "denominator": {"measure": "whole"}}
    assert broken(facts, ratio=claim | {"per": "10000"}) == [(4, 5, 6)]


@pytest.mark.parametrize(
    ("percentage", "base", "possible"),
    [("81.3%", "86", False), ("81.4%", "86", True), ("60%", "74", False), ("59%", "74", True), ("60%", "70..79", True)],
)
def test_whether_some_whole_number_gives_the_percentage(percentage: str, base: str, possible: bool) -> None:
    facts = draw(f"measure area value\nshare x {percentage}\nwhole x {base}")
    claim = {"percentage": {"measure": "share"}, "of": {"measure": "whole"}}
    assert broken(facts, possible=claim) == ([] if possible else [(1, 2)])


def test_a_part_is_never_more_than_its_whole() -> None:
    facts = draw("measure area value\npart x 4\nwhole x 4\npart y 5\nwhole y 4")
    claim = {"part": {"measure": "part"}, "whole": {"measure": "whole"}}
    assert broken(facts, at_most=claim) == [(3, 4)]


def test_counts_and_percentages_imply_one_base() -> None:
    facts = draw("measure area value\na x 24\npa x 48%\nb x 25\npb x 50%\na y 24\npa y 48%\nb y 26\npb y 48%")
    claim = {"percentages": [{"measure": "pa"}, {"measure": "pb"}], "counts": [{"measure": "a"}, {"measure": "b"}]}
    assert broken(facts, base=claim) == [(8, 7, 6, 5)]


def test_a_figure_stated_twice_is_the_same_unless_it_has_fewer_decimals() -> None:
    facts = draw("measure area table value\nm x one 21.8%\nm x two 21.9%\nm y one 21.8%\nm y two 22%")
    assert broken(facts, same={"figures": [{"table": "one"}, {"table": "two"}]}) == [(1, 2)]


def test_a_monthly_average_is_a_twelfth_of_the_year() -> None:
    facts = draw("measure area table value\nm x month 10\nm x year 120\nm y month 10\nm y year 12")
    assert broken(facts, same={"figures": [{"table": "month"}, {"table": "year"}], "times": "12"}) == [(3, 4)]


def test_figures_that_differ_by_less_than_is_allowed_are_the_same() -> None:
    facts = draw("measure area table value\nm x one 100\nm x two 109\nm y one 100\nm y two 112")
    claim = {"figures": [{"table": "one"}, {"table": "two"}], "within": "10"}
    assert broken(facts, same=claim) == [(3, 4)]


@pytest.mark.parametrize(
    ("stated_as", "change", "agrees"),
    [
        ("percent", "10.5%", True),
        ("percent", "10.6%", False),
        ("difference", "68", True),
        ("difference", "67", False),
        ("times", "1.1%", True),
        ("times", "1.2%", False),
    ],
)
def test_a_change_agrees_with_the_figures_that_it_compares(stated_as: str, change: str, agrees: bool) -> None:
    facts = draw(f"measure period value\nchange two {change}\nm one 647\nm two 715")
    claim = {"change": {"measure": "change"}, "from": {"measure": "m", "period": "one"}, "as": stated_as}
    claim |= {"to": {"measure": "m", "period": "two"}}
    assert broken(facts, change=claim) == ([] if agrees else [(1, 2, 3)])


def test_nine_fewer_is_a_change_without_its_sign() -> None:
    facts = draw("measure period value\nchange two 9\nm one 347\nm two 338")
    claim = {"change": {"measure": "change"}, "from": {"measure": "m", "period": "one"}, "as": "difference"}
    claim |= {"to": {"measure": "m", "period": "two"}}
    assert broken(facts, change=claim) == [(1, 2, 3)]
    assert broken(facts, change=claim | {"unsigned": "true"}) == []


def test_words_for_a_direction() -> None:
    facts = draw("""
        area period word value
        x one - 10
        x two lower 9
        y one - 10
        y two lower 11
        z one - 100
        z two similar 101
        w one - 100
        w two similar 110
        """)
    claim = {
        "column": "word",
        "from": {"period": "one"},
        "to": {"period": "two"},
        "down": ["lower"],
        "same": ["similar"],
    }
    assert broken(facts, direction=claim | {"within": "2"}) == [(4, 3), (8, 7)]


def test_a_jump_is_told_with_the_figure_before() -> None:
    facts = draw("area period value\nx 2018 100\nx 2019 120\nx 2020 60\ny 2019 10\ny 2020 18")
    claim = {"figures": {"area": ["x", "y"]}, "at-most": "30", "smallest": "20"}
    assert broken(facts, jump=claim) == [(3, 2)]


def test_a_rating_keeps_to_its_key() -> None:
    facts = draw("area rag quartile trend value\nx G 1 down 5\ny G 2 up 5\nz G 2 down 5\nw R 4 up 5")
    claim = {
        "column": "rag",
        "allows": {"G": [{"quartile": "1"}, {"quartile": "2", "trend": "up"}], "R": {"quartile": "4"}},
    }
    assert broken(facts, key=claim) == [(3,)]


def test_a_rating_by_thresholds() -> None:
    facts = draw("area rag value\nx G 90\ny G 89\nz A 89\nw A 90")
    claim = {"figures": {"area": ["x", "y", "z", "w"]}, "column": "rag"}
    bands = {"G": {"at-least": "90"}, "A": {"below": "90"}}
    assert broken(facts, bands=claim | {"bands": bands}) == [(2,), (4,)]


def test_a_stated_number_of_figures() -> None:
    facts = draw("measure area value\nareas - 2\nm x 5\nm y 5\nm z 5")
    claim = {"stated": {"measure": "areas"}, "rows": {"measure": "m"}, "by": []}
    assert broken(facts, tally=claim) == [(1, 2, 3, 4)]
    assert broken(facts, tally=claim | {"stated": "3"}) == []


@pytest.mark.parametrize(
    ("values", "slips"),
    [
        ("100 110 1200 120", [3]),
        ("1000 1100 12 1200", [3]),
        ("1000 100 110 120", [1]),
        ("100 110 120 1300", [4]),
        ("100 110 500 120", []),
        ("1 2 20 2", []),
        ("100 1000", []),
        ("100 0 100 100", []),
    ],
)
def test_slips_of_the_digits(values: str, slips: list[int]) -> None:
    lines = [f"x {2010 + number} {value}" for number, value in enumerate(values.split())]
    facts = draw("\n".join(["area period value", *lines]))
    outcome = check_slip(facts, select(facts, {}), Thresholds())
    assert [cells[0] + 1 for cells in outcome.broken] == slips


def _printed(part: int, whole: int, decimals: int) -> str:
    step = Decimal(1).scaleb(-decimals)
    return str((Decimal(100) * part / whole).quantize(step, rounding=ROUND_HALF_UP))


@given(
    st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), st.integers(0, 2)
)
def test_what_rounding_gives_is_never_told(counts: tuple[int, int], decimals: int) -> None:
    part, whole = counts
    facts = draw(f"measure area value\nshare x {_printed(part, whole, decimals)}%\npart x {part}\nwhole x {whole}")
    claim = {"ratio": {"measure": "share"}, "numerator": {"measure": "part"}, "denominator": {"measure": "whole"}}
    assert broken(facts, ratio=claim) == []
    assert broken(facts, possible={"percentage": {"measure": "share"}, "of": {"measure": "whole"}}) == []


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=6).filter(any), st.integers(0, 2))
def test_rounded_shares_always_make_their_whole(parts: list[int], decimals: int) -> None:
    whole = sum(parts)
    lines = [f"m x {number} {_printed(part, whole, decimals)}%" for number, part in enumerate(parts)]
    facts = draw("\n".join(["measure area group value", *lines]))
    groups = [str(number) for number in range(len(parts))]
    assert broken(facts, sum={"total": "100", "parts": {"group": groups}}) == []


@pytest.mark.parametrize(
    "claim",
    [
        {"ratio": {"ratio": {"measure": "a"}, "numerator": {"measure": "b"}, "denominator": {"measure": "c"}}},
        {"possible": {"percentage": {"measure": "a"}, "of": {"measure": "c"}}},
        {"at_most": {"part": {"measure": "a"}, "whole": {"measure": "c"}}},
        {"same": {"figures": [{"measure": "a"}, {"measure": "c"}]}},
        {"change": {"change": {"measure": "a"}, "from": {"measure": "b"}, "to": {"measure": "c"}}},
        {"jump": {"figures": {"measure": "a"}, "at-most": "1", "along": "area"}},
        {"sum": {"total": {"measure": "c"}, "parts": {"measure": ["a", "b"]}}},
    ],
    ids=lambda claim: next(iter(claim)),
)
def test_figures_that_have_no_number_yet_are_no_fault_of_a_rule(claim: dict[str, Any]) -> None:
    """Next year they may have one. A rule that finds no figures at all is one to mend (`broken` sees to it)."""
    assert broken(draw("measure area value\na x ?\nb x ?\nc x ?"), **claim) == []


def test_areas_make_the_area_above_them_at_every_level() -> None:
    facts = draw("""
        measure area group value
        m top all 60
        m north all 30
        m n1 all 10
        m n2 all 21
        m south all 30
        m s1 all 10
        m s2 all ?
        m n1 a 5
        m n2 a 5
        m north a 10
        k north all 99
        k n1 all 9
        """)
    parents = {"north": "top", "south": "top"}
    assert check_areas(facts, select(facts, {}), parents).broken == []
    parents = {"n1": "north", "n2": "north", "s1": "south", "s2": "south"}
    assert check_areas(facts, select(facts, {}), parents).broken == [(1, 2, 3)]


@given(st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    lines = ["m x all 10", "m x a 3", "m x b 3", "m x c 3", "m y all 9", "m y a 3", "m y b 3", "m y c 3"]
    facts = draw("\n".join(["measure area group value", *(lines[at] for at in order)]))
    (found,) = broken(facts, sum=SUM)
    assert {lines[order[row - 1]] for row in found} == set(lines[:4])
    assert lines[order[found[0] - 1]] == "m x all 10"


def test_groups_of_very_many_columns_are_still_told_apart() -> None:
    """Numbers of groups outgrow 64 bits with eight columns of a thousand texts each."""
    rng = np.random.default_rng(0)
    table = pd.DataFrame({f"c{column}": rng.integers(0, 1000, 5000).astype(str) for column in range(8)})
    table = pd.concat([table, table.sample(2000, random_state=1)], ignore_index=True)
    nothing = np.zeros(len(table))
    places = pd.DataFrame({"file": "", "row": "", "column": ""}, index=table.index)
    facts = collect_facts(table, list(table), nothing, nothing, places)
    groups = facts.groups(list(table))
    expected = table.groupby(list(table), sort=False).ngroup().to_numpy()
    assert len(np.unique(groups)) == len(np.unique(expected))
    assert len(set(zip(groups.tolist(), expected.tolist(), strict=True))) == len(np.unique(expected))
