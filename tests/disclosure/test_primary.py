"""Primary rules at their edges: each names the cells that may not be shown for themselves."""

from dataclasses import replace

import pytest
from drawn import MEASURES, rules, table

from statpress.declare.catalogues import Measure
from statpress.disclosure.cells import read_cells, without_helpers
from statpress.disclosure.primary import protect_primary
from statpress.disclosure.protect import protect_table
from statpress.disclosure.reliability import mark_unreliable

MONEY = {
    "grants": {"kind": "money", "contributions": ["largest", "second"]},
    "spending": {"kind": "money"},
    "public-grants": {"kind": "money", "unprotected": "It is in the accounts."},
}
AMOUNTS = {"workers": {"kind": "amount", "decimals": 1}, "posts": {"kind": "amount", "unprotected": "It counts posts."}}
GROUPS = {"withhold": {"groups": "withheld"}}


def found(text, rule):
    """`measure/category: rule` of every cell that may not be shown for itself."""
    reasons = protect_primary(read_cells(table(text), rule), rule)
    return {f"{key[0]}/{key[3]}: {name}" for key, name in reasons.items()}


def money_rules(**contributors):
    measures = {
        name: Measure.model_validate({"title": name, "definition": "d", "unit": "u", **facts})
        for name, facts in (MEASURES | MONEY | AMOUNTS).items()
    }
    return replace(rules(contributors=contributors), measures=measures)


def grants(total, largest, second, measure="grants"):
    return f"{measure} A all {total}\nlargest A all {largest}\nsecond A all {second}"


@pytest.mark.parametrize(
    ("count", "zeros", "hidden"), [(0, "shown", 0), (0, "withheld", 1), (9, "shown", 1), (10, "shown", 0)]
)
def test_the_band_of_counts_and_zeros(count, zeros, hidden):
    assert len(found(f"children A all {count}", rules(withhold={"counts": "0..9", "zeros": zeros}))) == hidden


@pytest.mark.parametrize(("part", "hidden"), [(52, True), (51, False), (57, False)])
def test_a_count_that_leaves_a_small_rest_of_what_it_is_out_of(part, hidden):
    text = f"children A all {part}\nall-children A all 57"
    assert ("children/all: small-complement" in found(text, rules())) is hidden
    assert found(text, rules(withhold={"complements": "false"})) == set()


def test_a_count_that_does_not_count_people_has_no_small_rest():
    assert found("wards A all 52\nwards A m 51", rules(adds_up=())) == set()


@pytest.mark.parametrize(("count", "hidden"), [(19, True), (20, False)])
def test_ratios_out_of_few(count, hidden):
    rule = rules(withhold={"counts": "1..2"})
    assert ("share/all: small-denominator" in found(f"all-children A all {count}\nshare A all 40.0", rule)) is hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("children A all 9\nall-children A all 300\nshare A all 3.0", True),
        ("children A all 10\nall-children A all 300\nshare A all 3.3", False),
        ("all-children A all 300\nshare A all 3.0", True),
        ("all-children A all 300\nshare A all 3.3", False),
        ("rate A all 3.0", True),
    ],
)
def test_ratios_that_count_few(text, hidden):
    rule = rules(withhold={"counts": "1..2"}, ratios={"smallest-numerator": "10"})
    assert any(name.endswith("small-numerator") for name in found(text, rule)) is hidden


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("children A all 19\nall-children A all 300\nshare A all 6.3", ["", "", "u"]),
        ("children A all 20\nall-children A all 300\nshare A all 6.7", ["", "", ""]),
        ("all-children A all 300\nshare A all 6.3", ["", "u"]),
        ("children A all 60\nall-children A all 90\nshare A all 66.7", ["", "", "u"]),
        ("children A all c\nall-children A all 90\nshare A all c", ["c", "", "c"]),
        ("alone A all 4", [""]),
    ],
)
def test_ratios_on_few_are_marked_as_of_low_reliability(text, marked):
    rule = rules(ratios={"reliable-numerator": "20", "reliable-denominator": "100"})
    assert mark_unreliable(table(text), rule)["status"].tolist() == marked


def test_a_status_that_the_source_gives_is_kept():
    rule = rules(ratios={"reliable-numerator": "20"})
    provisional = table("children A all 19\nall-children A all 300\nshare A all 6.3").assign(status="p")
    assert mark_unreliable(provisional, rule)["status"].tolist() == ["p", "p", "p"]


def test_everyone_in_one_category_and_nobody_beside_it():
    text = "children A all 40\nchildren A m 40\nchildren A f 0\nchildren A u 0"
    assert found(text, rules()) == set()
    assert found(text, rules(**GROUPS)) == {
        "children/m: whole-group",
        "children/f: whole-group",
        "children/u: whole-group",
    }


def test_a_zero_among_others_is_shown():
    assert found("children A all 40\nchildren A m 30\nchildren A f 10\nchildren A u 0", rules(**GROUPS)) == set()


@pytest.mark.parametrize(("part", "share"), [(57, "100.0"), (0, "0.0")])
def test_all_or_none_of_a_group_have_something(part, share):
    text = f"children A all {part}\nall-children A all 57\nshare A all {share}"
    assert found(text, rules(**GROUPS)) == {"children/all: whole-group", "share/all: whole-group"}


@pytest.mark.parametrize(("share", "hidden"), [("100", True), ("50", False), ("0", True)])
def test_a_percentage_of_all_or_none_is_withheld_without_its_count(share, hidden):
    rule = rules(withhold={"groups": "withheld", "complements": "false"})
    assert bool(found(f"known A all {share}", rule)) is hidden


def test_zeros_that_tell_of_a_group_are_withheld_and_nothing_is_left_to_work_out():
    text = "children A all 40\nchildren A m 40\nchildren A f 0\nchildren A u 0"
    protected, issues = protect_table(table(text), rules(**GROUPS))
    assert issues == []
    assert protected.observations["status"].tolist() == ["", "c", "c", "c"]


@pytest.mark.parametrize(
    ("total", "largest", "second", "rule"),
    [
        (1000, 500, 400, None),
        (1000, 500, 401, "dominance"),
        (0, 0, 0, None),
        (1000, 1000, 0, "dominance"),
        (1000, "x", 400, "unknown-contributors"),
    ],
)
def test_a_sum_that_the_two_largest_make_up(total, largest, second, rule):
    rules_ = money_rules(dominance={"largest": "2", "share": "90"})
    assert found(grants(total, largest, second), rules_) == ({f"grants/all: {rule}"} if rule else set())


@pytest.mark.parametrize(("rest", "hidden"), [(49, True), (50, False)])
def test_a_sum_whose_second_contributor_could_work_out_the_first(rest, hidden):
    text = grants(500 + 300 + rest, 500, 300)
    assert found(text, money_rules(**{"p-percent": "10"})) == ({"grants/all: p-percent"} if hidden else set())


def test_money_whose_contributions_nobody_declares_is_withheld_where_they_matter():
    assert found("spending A all 900", money_rules()) == set()
    assert found("spending A all 900", money_rules(**{"p-percent": "10"})) == {"spending/all: unknown-contributors"}
    assert found("public-grants A all 900", money_rules(**{"p-percent": "10"})) == set()


def test_contributions_are_never_published():
    rule = money_rules(dominance={})
    protected, issues = protect_table(table(grants(1000, 100, 50)), rule)
    assert issues == []
    assert protected.observations["measure"].tolist() == ["grants"]
    assert protected.observations["value"].tolist() == [1000]
    assert protected.reasons == {
        ("largest", "A", "2020", "all"): "never-published",
        ("second", "A", "2020", "all"): "never-published",
    }


def test_what_the_mark_of_a_source_may_mean_is_known_to_readers():
    marked = table("children A all 40\nchildren A m c\nchildren A f 37").assign(means=["", "0..6", ""])
    cells = read_cells(marked, rules())
    assert cells.means == {("children", "A", "2020", "m"): (0, 6)}
    assert "means" not in without_helpers(marked, rules())


def test_a_mark_that_leaves_no_doubt_is_protected_no_better_than_it_can_be():
    """`<7` beside 37 of 40 is 3, unless another number goes; then it is what the mark says, and no more."""
    marked = table("children A all 40\nchildren A m c\nchildren A f 37").assign(means=["", "0..6", ""])
    protected, issues = protect_table(marked, rules())
    assert issues == []
    assert protected.observations["status"].tolist() == ["", "c", "c"]


@pytest.mark.parametrize(
    ("amount", "hidden"), [("0.5", True), ("1.5", True), ("5", True), ("5.5", False), ("0", False)]
)
def test_people_counted_in_parts_are_withheld_where_they_are_few(amount, hidden):
    rule = replace(money_rules(), policy=rules(withhold={"counts": "1..5"}).policy)
    assert found(f"workers A all {amount}", rule) == ({"workers/all: small-count"} if hidden else set())
    assert found(f"posts A all {amount}", rule) == set()
