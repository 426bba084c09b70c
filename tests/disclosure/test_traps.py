"""Tables that once broke the protection: each is the smallest of many random ones that did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from drawn import rules, table, withheld

from statpress.declare.pipeline import ByHand
from statpress.disclosure.assemble.public import Public
from statpress.disclosure.assemble.quantity import Quantity
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.optimise import EFFORTS, find_pattern
from statpress.disclosure.problem import Need, Problem
from statpress.disclosure.protect import protect_tables
from statpress.linear.system import Form, make_matrix


def protect(text, own, by_hand=(), dimensions=("sex",)):
    """Withheld cells of a table that can be protected."""
    (protected,), (issues,) = protect_tables([Unprotected(table(text, dimensions), own, tuple(by_hand))])
    assert issues == []
    return withheld(protected, dimensions)


def test_a_percentage_goes_with_its_denominator_though_its_numerator_stays():
    """Both parts withhold the percentage; that one of them does not must not undo what the other does."""
    hand = ByHand(where={"measure": "all-children"}, reason="By hand.")
    text = "all-children A all 100\nchildren A all 30\nshare A all 30.0"
    assert protect(text, rules(), [hand]) == {"all-children/A/all", "share/A/all"}


def test_a_percentage_that_is_shown_tells_though_another_of_the_same_count_is_withheld():
    """16 girls follow from 8.0 % of 201, and 3 boys from all 19; that the rate of girls is withheld does not mend it."""
    hand = ByHand(where={"measure": "rate-of-all"}, reason="By hand.")
    text = """all-children A all 201
        children A all 19
        rate-of-all A f 7.96
        share-of-all A f 8.0
        share-of-all A m 1.5"""
    hidden = protect(text, rules(dimensions={"sex": ("m", "f")}), [hand])
    assert hidden >= {"rate-of-all/A/f", "share-of-all/A/m"}
    assert hidden & {"share-of-all/A/f", "children/A/all"}


def test_a_small_count_that_is_withheld_by_hand_is_protected_as_one():
    """All of 1 to 5 must stay possible, not only as many values: readers may know that it is small."""
    own = rules(("sex", "age"), {"sex": ("m", "f"), "age": ("a", "b")})
    hand = ByHand(where={"sex": "m", "age": "all"}, reason="By hand.")
    text = """children A all all 64
        children A m all 5
        children A f all 59
        children A m a 1
        children A m b 4"""
    (protected,), (issues,) = protect_tables([Unprotected(table(text, ("sex", "age")), own, (hand,))])
    assert issues == []
    assert protected.reasons["children", "A", "2020", "m", "all"] == "small-count"
    assert protected.notes["children", "A", "2020", "m", "all"] == "By hand."


def test_areas_add_up_though_only_their_parts_are_printed():
    """No total of an area is printed: all 59 less the 55 in three cells is the count of the fourth."""
    two = rules(dimensions={"sex": ("m", "f")})
    text = "children A all 59\nchildren A1 m 20\nchildren A1 f 15\nchildren A2 m 20\nchildren A2 f 4"
    assert len(protect(text, two)) == 2


def test_quarters_add_up_though_only_their_parts_are_printed():
    two = rules(dimensions={"sex": ("m", "f")})
    year = table("children A all 59").assign(period="2020-01-01/P1Y")
    first = table("children A m 20\nchildren A f 15").assign(period="2020-01-01/P6M")
    second = table("children A m 20\nchildren A f 4").assign(period="2020-07-01/P6M")
    (protected,), (issues,) = protect_tables([Unprotected(pd.concat([year, first, second]), two)])
    assert issues == []
    assert (protected.observations["status"] == "c").sum() == 2


@pytest.mark.parametrize("effort", EFFORTS)
@pytest.mark.parametrize(("room", "hidden"), [(2, [1]), (1, [1, 2])])
def test_some_room_above_and_some_below_make_a_width_together(effort, room, hidden):
    """20 = 8 + 5 + 7, of which 8 must be uncertain by 4, and nobody prints the last: it may be `room` more or less."""
    true, item = np.array([20.0, 8, 5, 7]), np.array([0, 1, 2, -1])
    problem = Problem(
        matrix=make_matrix([{0: -1, 1: 1, 2: 1, 3: 1}], 4),
        right=np.zeros(1),
        truth=true,
        shown_low=true,
        shown_high=true,
        hidden_low=np.array([1.0, 1, 1, 7 - room]),
        hidden_high=np.array([np.inf, np.inf, np.inf, 7 + room]),
        item=item,
        cost=np.array([20.0, 0, 5]),
        required=np.array([False, True, False]),
        needs=(Need(Form.one(1), 8, 8, item=1, width=4),),
    )
    pattern = find_pattern(problem, effort)
    found = np.flatnonzero(pattern.withheld).tolist()
    assert found == hidden if effort != "quick" else set(found) >= set(hidden)
    assert not pattern.fell_back
    assert not pattern.unmet


def test_what_an_earlier_release_showed_stays_known_where_figures_contradict_each_other():
    """60 of 100 are not 90 %: whichever is wrong, it is certain what was printed before."""
    text = "all-children A all 100\nshare A all 90.0\nchildren A m 20\nchildren A f 36\nchildren A u 4"
    known = {
        Quantity("children", "A", "2020", (("sex", "m"),)): {20.0},
        Quantity("children", "A", "2020", ()): {60.0},
        Quantity("all-children", "A", "2020", ()): {100.0},
    }
    (protected,), (issues,) = protect_tables([Unprotected(table(text), rules())], Public(known))
    assert issues == []
    assert withheld(protected) == {"children/A/f", "children/A/u"}


def test_cells_that_are_left_out_are_part_of_both_sums_that_they_are_in():
    """No u is printed: all 50 less m and f leave 13 of them, so that 4 at least of the 17 in a are m; all of 1 to 5
    must be possible for the 4."""
    own = rules(("sex", "age"), {"sex": ("m", "f", "u"), "age": ("a", "b")})
    text = """children A all all 50
        children A all a 17
        children A m all 14
        children A m a 4
        children A f all 23
        children A f a 0"""
    assert len(protect(text, own, dimensions=("sex", "age"))) > 1


def test_two_ratios_of_one_count_that_nothing_prints_tell_it_together():
    """The rate tells that 24 are counted, the percentage of another whole is withheld since that leaves 2 of 26."""
    own = rules()
    rate = own.measures["rate-of-all"].model_copy(update={"denominator": "wards"})
    of_these = {name: own.measures[name] for name in ("all-children", "share", "wards")} | {"rate-of-all": rate}
    text = "all-children A all 26\nshare A all 92.3\nwards A all 1075\nrate-of-all A all 2.23"
    assert protect(text, replace(own, measures=of_these)) == {"share/A/all", "rate-of-all/A/all"}
