"""Protection: what the policy names is withheld, and so is whatever would give it away."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from drawn import rules, table, withheld
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.declare.catalogues import Dimension
from statpress.declare.pipeline import ByHand, Headline
from statpress.disclosure.compute import compute_ratios
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.protect import protect_table, protect_tables


def protect(text, rule=None, by_hand=(), dimensions=("sex",)):
    protected, issues = protect_table(
        table(text, dimensions), rule or rules(), [ByHand.model_validate(hand) for hand in by_hand]
    )
    assert issues == []
    return protected


@pytest.mark.parametrize(("value", "hidden"), [(0, False), (1, True), (5, True), (6, False)])
def test_counts_in_the_band_are_withheld_and_zeros_are_shown(value, hidden):
    assert bool(withheld(protect(f"children A all {value}"))) is hidden


def test_zeros_are_withheld_where_the_policy_says_so():
    rule = rules(withhold={"zeros": "withheld"})
    assert withheld(protect("children A all 0\nchildren A1 all 9", rule)) == {"children/A/all"}


def test_a_withheld_cell_has_no_value_no_note_and_the_status():
    (row,) = protect("children A all 3").observations.to_dict("records")
    assert pd.isna(row["value"])
    assert (row["status"], row["note"]) == ("c", "")


def test_what_does_not_count_people_is_not_protected():
    assert withheld(protect("wards A all 3")) == set()


def test_the_least_partner_is_withheld_with_a_small_part_and_the_total_stays():
    found = withheld(protect("children A all 73\nchildren A m 41\nchildren A f 28\nchildren A u 4"))
    assert found == {"children/A/u", "children/A/f"}


def test_a_zero_is_no_partner_since_the_mark_means_at_least_one():
    found = withheld(protect("children A all 22\nchildren A m 20\nchildren A f 0\nchildren A u 2"))
    assert found == {"children/A/u", "children/A/m"}


def test_two_small_parts_that_leave_too_little_room_get_another_partner():
    found = withheld(protect("children A all 23\nchildren A m 20\nchildren A f 1\nchildren A u 2"))
    assert found == {"children/A/m", "children/A/f", "children/A/u"}


def test_the_total_is_withheld_where_no_part_is_left():
    found = withheld(protect("children A all 3\nchildren A m 0\nchildren A f 0\nchildren A u 3"))
    assert found == {"children/A/all", "children/A/u"}


def test_a_part_that_the_source_leaves_out_cannot_be_worked_out():
    found = withheld(protect("children A all 57\nchildren A m 40\nchildren A f 13"))
    assert found == {"children/A/f"}


def test_a_mark_of_the_source_is_protected_like_our_own():
    found = withheld(protect("children A all 73\nchildren A m 41\nchildren A f 28\nchildren A u c"))
    assert found == {"children/A/u", "children/A/f"}


def test_areas_that_do_add_up_protect_each_other():
    found = withheld(protect("children A all 60\nchildren A1 all 30\nchildren A2 all 26\nchildren A3 all 4"))
    assert found == {"children/A3/all", "children/A2/all"}


@pytest.mark.parametrize("parts", ["children A1 all 30\nchildren A2 all 26", "children A1 all 56"])
def test_areas_that_leave_a_small_count_of_their_parent_hide_it(parts):
    """Readers would subtract them, whether or not the source prints the area that is left."""
    assert withheld(protect(f"children A all 60\n{parts}")) in ({"children/A2/all"}, {"children/A1/all"})


def test_areas_that_do_not_make_their_parent_are_left_alone():
    found = withheld(protect("children A all 600\nchildren A1 all 30\nchildren A2 all 26\nchildren A3 all 4"))
    assert found == {"children/A3/all"}


def age_rules(adds_up=("age",)):
    """Ages 10-15 and 16-17 are parts of under-18."""
    parents = {"u18": "all", "10": "u18", "16": "u18", "18": "all"}
    categories = {code: {"label": code, "parent": parent} for code, parent in parents.items()}
    age = Dimension.model_validate({"title": "Age", "categories": categories})
    return replace(rules(adds_up, {"age": tuple(parents)}), dimensions={"age": age})


@pytest.mark.parametrize("middle", ["", "children A u18 x\n"])
def test_parts_of_a_group_that_is_not_printed_are_parts_of_what_is_above_it(middle):
    text = f"children A all 45\n{middle}children A 10 2\nchildren A 16 26\nchildren A 18 17"
    assert withheld(protect(text, age_rules(), dimensions=("age",)), ("age",)) == {"children/A/10", "children/A/18"}


def test_a_total_that_is_not_available_gives_nothing_away():
    assert withheld(protect("children A all x\nchildren A m 27\nchildren A f 2")) == {"children/A/f"}


def test_a_small_part_that_is_called_not_available_cannot_be_worked_out():
    assert withheld(protect("children A all 45\nchildren A m 27\nchildren A f 16\nchildren A u x")) == {"children/A/f"}


def test_a_withheld_total_whose_parts_are_mostly_not_printed_is_safe():
    text = "children A all 28\nchildren A u18 25\nchildren A 10 0\nchildren A 18 3"
    assert withheld(protect(text, age_rules(), dimensions=("age",)), ("age",)) == {"children/A/u18", "children/A/18"}


def in_periods(**values):
    """Boys and girls together in the periods, `q1` to `q4` and `year` of 2020."""
    codes = {f"q{n}": f"2020-{3 * n - 2:02}-01/P3M" for n in range(1, 5)} | {"year": "2020-01-01/P1Y"}
    frame = table("\n".join(f"children A all {value}" for value in values.values()))
    return frame.assign(period=[codes[name] for name in values])


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ({"year": 45, "q1": 20, "q2": 12, "q3": 11, "q4": 2}, 2),
        ({"year": 45, "q1": 20, "q2": 12, "q3": 11}, 1),
        ({"year": 45, "q1": 40, "q2": 38, "q3": 41, "q4": 2}, 1),
        ({"year": 45, "q1": "x", "q2": 12, "q3": 11, "q4": 2}, 1),
    ],
)
def test_periods_that_do_add_up_protect_each_other(values, hidden):
    protected, issues = protect_table(in_periods(**values), rules())
    assert issues == []
    assert (protected.observations["status"] == "c").sum() == hidden


def test_percentages_of_one_numerator_protect_each_other_where_it_is_not_printed():
    """13 of 200 are 23 of 100 boys less: with the denominators, two percentages tell the third count."""
    bases = "all-children A all 200\nall-children A m 100\nall-children A f 100"
    text = f"{bases}\nshare A all 13.0\nshare A m 23.0\nshare A f 3.0"
    assert withheld(protect(text)) == {"share/A/m", "share/A/f"}
    text = f"{bases}\nchildren A all 26\nshare A m 23.0\nshare A f 3.0"
    assert withheld(protect(text)) == {"share/A/m", "share/A/f"}


def test_percentages_of_areas_protect_each_other_where_what_they_are_out_of_adds_up():
    bases = "all-children A all 200\nall-children A1 all 100\nall-children A2 all {}"
    text = "\nshare A all 13.0\nshare A1 all 23.0\nshare A2 all 3.0"
    assert withheld(protect(bases.format(100) + text)) == {"share/A1/all", "share/A2/all"}
    assert withheld(protect(bases.format(40) + text)) == {"share/A2/all"}


def test_a_percentage_that_protects_another_takes_its_numerator_along():
    """Hiding 23 % of boys is no use beside 23 of 100 boys."""
    bases = "all-children A all 200\nall-children A m 100\nall-children A f 100"
    text = f"{bases}\nshare A all 13.0\nchildren A m 23\nshare A m 23.0\nchildren A f 3\nshare A f 3.0"
    keep = Headline.model_validate({"where": {"measure": "share", "sex": "all"}, "reason": "Readers come for it."})
    (protected,), issues = protect_tables([Unprotected(table(text), rules(), headlines=(keep,))])
    assert issues == [[]]
    assert withheld(protected) == {"share/A/m", "children/A/m", "share/A/f", "children/A/f"}
    text = f"{bases}\nshare A all 13.0\nchildren A m 23\nshare A f 3.0"
    assert withheld(protect(text)) == {"share/A/f", "children/A/m"}


WHOLE = "all-children A all 142\nall-children A m 42\nall-children A f 69\nall-children A u 31"


def test_rates_of_one_whole_protect_each_other():
    whole = WHOLE.replace("m 42", "m 62").replace("f 69", "f 49")
    text = f"{whole}\nrate-of-all A all 38.73\nrate-of-all A m 28.87\nrate-of-all A f 1.41\nrate-of-all A u 8.45"
    assert withheld(protect(text)) == {"rate-of-all/A/f", "rate-of-all/A/u"}


def test_a_share_of_one_whole_tells_what_is_left_of_a_printed_part_of_it():
    text = f"{WHOLE}\nshare-of-all A all 50.7\nshare-of-all A m 28.2\nshare-of-all A f 15.5\nshare-of-all A u 7.0"
    assert withheld(protect(text)) == {"share-of-all/A/m", "share-of-all/A/u"}
    text = f"{WHOLE}\nchildren A all 72\nchildren A m 40\nchildren A f 22\nchildren A u 10\nshare-of-all A m 28.2"
    assert "children/A/m" in withheld(protect(text))


def test_the_complement_of_a_group_counts_as_well_as_that_of_the_whole():
    text = "children A all 90\nchildren A u18 57\nchildren A 10 52"
    assert withheld(protect(text, age_rules(()), dimensions=("age",)), ("age",)) == {"children/A/10"}


def test_a_ratio_that_can_only_be_a_small_count_is_withheld():
    assert withheld(protect("all-children A all 40\nfor-each A all 0.1")) == {"for-each/A/all"}
    assert withheld(protect("all-children A all 40\nfor-each A all 0.9")) == set()


def test_parts_that_overlap_get_no_partner_but_keep_their_complement():
    text = "children A all 57\nchildren A m 52\nchildren A f 30\nchildren A u 4"
    assert withheld(protect(text, rules(adds_up=()))) == {"children/A/m", "children/A/u"}


def test_a_numerator_with_a_small_complement_is_withheld_with_its_percentage():
    text = "children A all 52\nall-children A all 57\nshare A all 91.2"
    assert withheld(protect(text)) == {"children/A/all", "share/A/all"}


def test_complements_are_shown_where_the_policy_says_so():
    text = "children A all 52\nall-children A all 57\nshare A all 91.2"
    assert withheld(protect(text, rules(withhold={"complements": "false"}))) == set()


@pytest.mark.parametrize(
    "part", ["children A all 4\nall-children A all 400", "children A all c\nall-children A all 400"]
)
def test_a_percentage_with_a_withheld_part_is_withheld(part):
    assert "share/A/all" in withheld(protect(f"{part}\nshare A all 1.0"))


def test_a_percentage_of_a_small_denominator_is_withheld():
    assert withheld(protect("all-children A all 19\nshare A all 50.0")) == {"share/A/all"}


def test_a_percentage_that_can_only_be_a_small_count_is_withheld():
    assert withheld(protect("all-children A all 400\nshare A all 1.0")) == {"share/A/all"}
    assert withheld(protect("all-children A all 400\nshare A all 99.0")) == {"share/A/all"}


def test_a_percentage_whose_base_nobody_knows_is_withheld():
    assert withheld(protect("alone A all 40")) == {"alone/A/all"}


@pytest.mark.parametrize(("value", "hidden"), [(0, True), (5, True), (7, False), (93, False), (96, True), (100, True)])
def test_a_percentage_of_at_least_a_hundred_is_shown_where_no_small_count_fits(value, hidden):
    assert bool(withheld(protect(f"known A all {value}"))) is hidden


@pytest.mark.parametrize(("value", "hidden"), [(1.7, True), (30.5, False)])
def test_a_rate_is_judged_by_the_count_behind_it(value, hidden):
    assert bool(withheld(protect(f"rate A all {value}"))) is hidden


def test_shares_of_one_whole_protect_each_other_though_no_total_is_printed():
    found = withheld(protect("split A m 60\nsplit A f 39.9\nsplit A u 0.1"))
    assert found == {"split/A/u", "split/A/f"}


def test_shares_that_do_not_make_the_whole_are_left_alone():
    """Nobody can subtract from 100 % what is not printed."""
    assert withheld(protect("split A m 60\nsplit A u 0.1")) == {"split/A/u"}


def test_a_person_withholds_with_a_reason_that_readers_see():
    protected = protect(
        "children A all 50\nchildren A1 all 60", by_hand=[{"where": {"area": "A1"}, "reason": "Everyone knows them."}]
    )
    assert withheld(protected) == {"children/A1/all"}
    assert protected.observations["note"].tolist() == ["as the source says", "Everyone knows them."]


def test_a_ratio_withheld_by_hand_takes_its_numerator_along():
    text = "children A all 52\nall-children A all 157\nshare A all 33.1"
    found = withheld(protect(text, by_hand=[{"where": {"measure": "share"}, "reason": "r"}]))
    assert found == {"share/A/all", "children/A/all"}


def test_a_ratio_withheld_by_the_source_takes_its_numerator_along():
    assert "children/A/all" in withheld(protect("children A all 52\nall-children A all 157\nshare A all c"))


@pytest.mark.parametrize(
    "where", [{"sex": "femal"}, {"sex": ["f", "femal"]}, {"period": "2019/20"}, {"area": "Anytown"}]
)
def test_a_rule_by_hand_that_withholds_nothing_is_an_issue(where):
    hand = ByHand.model_validate({"where": where, "reason": "r"})
    _, issues = protect_table(table("children A all 45\nchildren A f 20"), rules(), [hand])
    assert [(issue.rule, issue.key) for issue in issues] == [
        ("withholds-nothing", f"withhold.0.where.{next(iter(where))}")
    ]


def test_a_computed_ratio_is_withheld_by_hand_with_its_numerator_and_the_reason():
    rule = replace(rules(), computed=frozenset({"share"}))
    hand = {"where": {"measure": "share"}, "reason": "Known to all."}
    protected = protect("children A all 52\nall-children A all 157", rule, [hand])
    made = compute_ratios(protected.observations, rule, ["share"], protected.notes)
    assert list(zip(made["measure"], made["status"], made["note"], strict=True))[::2] == [
        ("children", "c", ""),
        ("share", "c", "Known to all."),
    ]


@pytest.mark.parametrize("effort", ["quick", "good", "exact"])
@pytest.mark.parametrize("large", [0, 6_000])
def test_nothing_can_be_done_is_an_issue_without_a_figure(effort, large, monkeypatch):
    monkeypatch.setattr("statpress.disclosure.problem.LARGE", large)
    text = "children A all c\nchildren A m 0\nchildren A f 0\nchildren A u 0"
    _, issues = protect_table(table(text), rules(protection={"effort": effort}))
    assert [issue.rule for issue in issues] == ["cannot-protect"]


def test_ratios_are_computed_from_what_remains():
    text = """children A all 45
              all-children A all 449
              children A1 all 3
              all-children A1 all 300
              children A2 all 0
              all-children A2 all 0
              children A3 all x
              all-children A3 all 300"""
    safe = protect(text).observations
    made = compute_ratios(safe, rules(), ["share"])
    shares = made[made["measure"] == "share"].fillna(-1)
    assert list(zip(shares["area"], shares["value"], shares["status"], strict=True)) == [
        ("A", 10.0, ""),
        ("A1", -1, "c"),
        ("A2", -1, "z"),
        ("A3", -1, "x"),
    ]


def test_a_computed_ratio_that_rounds_to_zero_is_no_true_zero():
    text = "children A all 8\nall-children A all 21116\nchildren A1 all 0\nall-children A1 all 300"
    made = compute_ratios(protect(text).observations, rules(), ["share"])
    shares = made[made["measure"] == "share"].fillna(-1)
    assert list(zip(shares["area"], shares["value"], shares["status"], strict=True)) == [
        ("A", -1, "low"),
        ("A1", 0.0, ""),
    ]


def grid(counts):
    """A table by sex and age with all its totals, from inner counts (rows f, m by columns a, b, c)."""
    lines = []
    for sex, age in product(("all", "m", "f"), ("all", "a", "b", "c")):
        total = sum(
            count
            for (row, column), count in zip(product("mf", "abc"), counts, strict=True)
            if sex in ("all", row) and age in ("all", column)
        )
        lines.append(f"children A {sex} {age} {total}")
    return table("\n".join(lines), ("sex", "age"))


BOTH = rules(adds_up=("sex", "age"), dimensions={"sex": ("m", "f"), "age": ("a", "b", "c")})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_nothing_small_is_ever_released_and_running_twice_changes_nothing(counts):
    protected, issues = protect_table(grid(counts), BOTH)
    if issues:
        return
    shown = protected.observations["value"].dropna()
    assert not shown.between(1, 5).any()
    again, _ = protect_table(protected.observations, BOTH)
    pd.testing.assert_frame_equal(again.observations, protected.observations.assign(note=again.observations["note"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(counts, random):
    frame = grid(counts)
    order = list(range(len(frame)))
    random.shuffle(order)
    names = ("sex", "age")
    one, _ = protect_table(frame, BOTH)
    other, _ = protect_table(frame.iloc[order].reset_index(drop=True), BOTH)
    assert withheld(one, names) == withheld(other, names)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=3, max_size=3))
def test_an_attacker_who_tries_every_table_learns_no_more_than_the_mark_says(counts):
    """One breakdown: for each small count, every value of the band agrees with all that is printed."""
    lines = [f"children A {code} {count}" for code, count in zip("mfu", counts, strict=True)]
    protected, issues = protect_table(table("\n".join([f"children A all {sum(counts)}", *lines])), rules())
    if issues:
        return
    total, *parts = [None if pd.isna(value) else int(value) for value in protected.observations["value"]]
    candidates = [
        guess
        for guess in product(*(range(1, 40) if part is None else (part,) for part in parts))
        if total is None or sum(guess) == total
    ]
    for place, count in enumerate(counts):
        if parts[place] is None and 1 <= count <= 5:
            assert {guess[place] for guess in candidates} >= set(range(1, 6))
