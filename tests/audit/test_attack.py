"""The traps: what other programs let through, and what printed tables give away."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import flat, grid, package, ranges_by_hand

from statpress.audit.attack import attack
from statpress.audit.certificate import certify
from statpress.audit.checker.check import check_certificate
from statpress.audit.leads import find_narrowed
from statpress.audit.printed import Cell, Dimension, Measure, PrintedTable, Quantity, Rounding, Rules
from statpress.audit.sentences import explain_contradictions, explain_findings

PLAIN = Rules(complements=False)
RATIO = {
    "n": Measure(),
    "d": Measure(),
    "p": Measure("percentage", 1, "n", "d"),
    "r": Measure("rate", 1, "n", "d", base=10000),
}


def found(*tables, **asked):
    """Kind of finding by the codes of what it is about."""
    report = attack(tables, **asked)
    return {codes_of(finding.target): finding.kind for finding in report.findings}


def codes_of(target):
    words = [" ".join([name.measure, *(code for _, code in name.groups)]) for name, _ in target.terms]
    return (words[0] if len(words) == 1 else f"{target.kind} of {' and '.join(words)}").replace("count ", "")


def range_of(report, *codes):
    (outcome,) = [
        o for o in report.outcomes if o.target.is_cell and {code for _, code in o.target.name.groups} == set(codes)
    ]
    return outcome.low, outcome.high


def message(*tables, **asked):
    (issue,) = explain_findings(attack(tables, **asked))
    return issue.message


def test_a_total_gives_a_single_gap_away():
    table = grid("""
            x   y  all
        A  20   c   23
        B  10  30   40
        all 30  c   63""")
    assert found(table) == {"y A": "determined", "y": "determined"}


def test_the_sentence_says_how_and_no_number():
    table = grid("""
            x   y  all
        A  20   c   23
        B  10  30   40
        all 30 33   63""")
    assert message(table) == "Count, y, A can be worked out: Total minus B."


def test_every_equation_alone_is_safe_and_all_together_are_not():
    """Each row and column has two gaps or none, but the sum of the columns less that of the rows leaves one."""
    table = grid("""
            x   y   z  all
        A   c   c  20   31
        B   c   c   c   33
        C  30  16   c   48
        all 37 32  43  112""")
    assert found(table, standard="not_determined")["z B"] == "determined"


def test_a_pattern_that_is_safe_has_no_findings():
    table = grid("""
            x   y   z  all
        A   c   c  20   41
        B   c   c  25   45
        C  30  16  17   63
        all 51 36  62  149""")
    assert found(table) == {}


def test_a_table_must_keep_what_its_own_rules_promise_unless_more_is_asked():
    """Two gaps that make 3 together are 1 or 2."""
    cells = {"count - - a": "c", "count - - b": "c", "count - - all": "3"}
    plain, promised = (
        package(cells, {"count": Measure()}, dimensions=[flat("g", "a b")], rules=rules)
        for rules in (PLAIN, replace(PLAIN, standard="zero_aware"))
    )
    assert (found(plain)["a"], found(promised)) == ("narrowed", {})
    assert found(promised, standard="symbol")["a"] == "narrowed"


def test_the_range_of_the_handbook():
    """Four gaps at the corners of a rectangle, as in the ESSnet Handbook on SDC: one must lie from 3 to 6.

    The figures are made up. Rows leave 9 and 3, columns 6 and 6, so no equation alone says more than 0 to 6.
    """
    table = grid(
        """
            x   y   z  all
        A  20   c   c   29
        B   8   c   c   11
        C  17  32  12   61
        all 45 38  18  101""",
        rules=Rules(zeros_shown=False, complements=False),
    )
    report = attack([table], standard="not_determined")
    by_hand = ranges_by_hand(table, 10)
    assert range_of(report, "A", "y") == by_hand["A", "y"] == (3, 6)
    assert range_of(report, "A", "z") == by_hand["A", "z"] == (3, 6)
    assert range_of(report, "B", "y") == by_hand["B", "y"] == (0, 3)


def test_the_sum_of_two_gaps_is_a_small_group_itself():
    """15, 5 and 3 with a threshold of 11: the gaps of 5 and 3 make 8, which is small as well."""
    rules = Rules(high=10, complements=False)
    table = package(
        {"count - - a": "15", "count - - b": "c", "count - - d": "c", "count - - all": "23"},
        {"count": Measure()},
        dimensions=[flat("g", "a b d")],
        rules=rules,
    )
    assert found(table)["sum of b and d"] == "determined"
    assert "sum of b and d" not in found(table, standard="not_determined")


def test_no_mark_may_be_narrowed_where_zeros_are_shown():
    """Two gaps that make 3 together cannot be 3, 4 or 5, since each is at least 1."""
    table = package(
        {"count - - a": "20", "count - - b": "c", "count - - d": "c", "count - - all": "23"},
        {"count": Measure()},
        dimensions=[flat("g", "a b d")],
        rules=PLAIN,
    )
    assert found(table)["b"] == "narrowed"
    hidden_zeros = PrintedTable(table.name, table.dimensions, table.measures, table.cells, Rules(zeros_shown=False))
    report = attack([hidden_zeros])
    assert range_of(report, "b") == (0, 3)


def test_a_mark_that_names_its_range_is_used():
    table = grid("""
            x   y  all
        A  <6  <6   10
        B  20  30   50
        all 25 35   60""")
    assert found(table) == {"x A": "determined", "y A": "determined"}


@pytest.mark.parametrize(("ratio", "value", "whole"), [("p", "0.3", "1000"), ("r", "1.2", "25000")])
def test_a_ratio_beside_the_mark_tells_the_count(ratio, value, whole):
    table = package({"n - -": "c", "d - -": whole, f"{ratio} - -": value}, RATIO)
    assert found(table)["n"] == "determined"


def test_a_ratio_of_a_hidden_whole_is_solved_in_whole_numbers():
    """33.3 % of fewer than 6: only 1 of 3 fits, though fractions would leave more."""
    table = package({"n - -": "c", "d - -": "<6", "p - -": "33.3"}, RATIO)
    report = attack([table], standard="not_determined")
    assert {o.target.name.measure: (o.low, o.high) for o in report.outcomes if o.target.is_cell} == {
        "n": (1, 1),
        "d": (3, 3),
    }


def test_a_rate_on_a_population_that_is_public_elsewhere():
    measures = {"n": Measure(), "r": Measure("rate", 1, "n", "", base=10000)}
    table = package({"n - -": "c", "r - -": "1.2"}, measures)
    assert found(table) == {}
    known = {Quantity("r", "-", "-", part="denominator"): (25000, 25000)}
    assert found(table, known=known)["n"] == "determined"


def test_rounded_counts_with_percentages_from_unrounded_ones():
    """About 5 of about 20 are 21.1 %: of all that these may be rounded from, only 4 of 19 fits."""
    rules = Rules(complements=False, rounding=Rounding(5))
    table = package({"n - -": "5", "d - -": "20", "p - -": "21.1"}, RATIO, rules=rules)
    assert found(table) == {"n": "determined"}


def test_percentages_from_rounded_counts_tell_nothing_more():
    rules = Rules(complements=False, rounding=Rounding(5))
    table = package({"n - -": "5", "d - -": "20", "p - -": "25.0"}, RATIO, rules=rules)
    assert not [fact for fact in attack([table]).facts.rows if fact.kind == "ratio"]


def test_controlled_rounding_moves_less_than_a_base():
    rules = Rules(complements=False, rounding=Rounding(5, "controlled"))
    table = package({"n - -": "10", "d - -": "c"}, RATIO, rules=rules)
    facts = attack([table]).facts
    assert facts.range_of(Quantity("n", "-", "-")) == (6, 14)


FOUR = flat("sex", "m f u v")


@pytest.mark.parametrize(
    ("total", "rounding", "leaks"),
    [
        ("10", Rounding(5), True),
        ("5", Rounding(5), False),
        ("10", Rounding(5, "controlled"), False),
        ("10", Rounding(5, small="withheld"), False),
    ],
)
def test_a_rounded_total_tells_what_its_rounded_parts_are(total, rounding, leaks):
    """Four counts of 1 or 2 in 8 to 12 are 2 each; in 3 to 7, and where each may be 1 to 4, they may differ."""
    rules = Rules(complements=False, rounding=rounding)
    cells = {"n - - all": total} | {f"n - - {code}": "low" for code in "mfuv"}
    learnt = found(package(cells, {"n": Measure()}, dimensions=[FOUR], rules=rules))
    assert learnt == ({f"n {code}": "determined" for code in "mfuv"} if leaks else {})


def test_halves_are_rounded_up():
    table = package({"n - -": "10", "d - -": "low"}, RATIO, rules=Rules(complements=False, rounding=Rounding(10)))
    facts = attack([table]).facts
    assert facts.range_of(Quantity("n", "-", "-")) == (5, 14)
    assert facts.range_of(Quantity("d", "-", "-")) == (1, 4)


def test_yes_tells_no():
    table = package({"n - -": "52", "d - -": "57", "p - -": "91.2"}, RATIO)
    assert found(table) == {"complement of d and n": "determined"}


def test_a_share_of_everybody_tells_the_rest():
    measures = {"n": Measure(), "p": Measure("percentage", 0, "n", "n", denominator_at="total")}
    sex = flat("sex", "m f")
    table = package({"n - - all": "200", "p - - m": "98"}, measures, dimensions=[sex])
    assert found(table)["complement of n and n m"] == "narrowed"


@pytest.mark.parametrize(("all_of_them", "kind"), [("11", "determined"), ("18", None)])
def test_a_withheld_percentage_does_not_hide_the_count_that_others_leave(all_of_them, kind):
    """Eight boys follow from 4.0 % of 200; the girls are what is left, though only their share is withheld."""
    sex = flat("sex", "m f")
    cells = {"n - - all": all_of_them, "d - - m": "200", "d - - f": "100", "p - - m": "4.0", "p - - f": "c"}
    table = package(cells, RATIO, dimensions=[sex], rules=PLAIN)
    assert found(table).get("n f") == kind


def test_a_sensitive_share_of_a_printed_whole_may_not_follow_though_its_count_is_not_small():
    cells = {"n - - all": "18", "d - - m": "200", "d - - f": "100", "p - - m": "4.0", "p - - f": "c"}
    table = package(cells, RATIO, dimensions=[flat("sex", "m f")], rules=PLAIN)
    name = Quantity("p", "-", "-", (("sex", "f"),))
    assert found(table, sensitive={name: "zero_aware"}) == {"n f": "determined"}
    assert check_certificate(json.loads(certify(attack([table], sensitive={name: "zero_aware"})))) == []


def test_what_one_package_calls_a_count_another_may_call_what_is_behind_its_percentage():
    """The first table has the percentage only: that the second withholds the count must still be seen."""
    ratio = package({"d - -": "2000", "p - -": "4.0"}, RATIO, name="a", rules=PLAIN)
    count = package({"n - -": "c", "d - -": "2000"}, {"n": Measure(), "d": Measure()}, name="b", rules=PLAIN)
    targets = [outcome.target.kind for outcome in attack([ratio, count]).outcomes]
    assert targets == ["count"]


def test_shares_of_a_whole_that_holds_more_do_not_make_a_hundred():
    """4 % of all children are boys who went missing: that says nothing of the girls who did."""
    measures = {"d": Measure(), "p": Measure("percentage", 1, "", "d", denominator_at="total")}
    table = package({"d - - all": "900", "p - - m": "4.0", "p - - f": "c"}, measures, dimensions=[flat("sex", "m f")])
    assert not [outcome for outcome in attack([table]).outcomes if outcome.target.kind == "share"]


def counts_of(pairs):
    return {Quantity("n", "-", "-", (("sex", code),) if code else ()): value for code, value in pairs}


@pytest.mark.parametrize(
    ("truth", "kind"), [({("m", 15), ("u", 2), ("", 22)}, None), ({("m", 15), ("", 22)}, "determined")]
)
def test_a_guess_that_is_wrong_misleads_and_tells_nothing(truth, kind):
    """The girls are not printed: 22 less 15 boys is not the number of those unknown, as only the publisher can say."""
    sex = flat("sex", "m f u")
    table = package({"n - - all": "22", "n - - m": "15", "n - - u": "c"}, RATIO, dimensions=[sex], rules=PLAIN)
    report = attack([table], truth=counts_of(truth))
    assert {codes_of(f.target): f.kind for f in report.findings if f.target.is_cell}.get("n u") == kind


NOTHING_MOVED, COUNTRY_MOVED, GUESS_IS_WRONG = (50, 20, 30), (53, 20, 33), (50, 20, 25)


@pytest.mark.parametrize(
    ("now", "kinds"), [(NOTHING_MOVED, ["determined"]), (COUNTRY_MOVED, ["determined"]), (GUESS_IS_WRONG, [])]
)
def test_what_was_revised_since_does_not_refute_a_guess_about_an_earlier_release(now, kinds):
    """Two areas made the country then, and the withheld one may have been another number, unless nothing else moved."""
    cells = {"n E -": "50", "n A -": "20", "n B -": "c"}
    then = package(cells, RATIO, area_parents={"A": "E", "B": "E"}, rules=PLAIN, version="1", is_current=False)
    truth = {Quantity("n", area, "-"): value for area, value in zip("EAB", now, strict=True)}
    name = then.quantity(("n", "B", "-"))
    report = attack([then], truth=truth, sensitive={name: "symbol"})
    assert [finding.kind for finding in report.findings] == kinds


def shares(*values):
    dimension = flat("way", " ".join("abdefg"[: len(values)]))
    cells = {f"p - - {code}": value for code, value in zip("abdefg", values, strict=False)}
    return package(cells, {"p": Measure("percentage", 1)}, dimensions=[dimension])


def test_a_single_withheld_share_is_what_the_others_leave_of_a_hundred():
    report = attack([shares("60.1", "30.2", "c")])
    (finding,) = [finding for finding in report.findings if finding.target.kind == "share"]
    assert (finding.outcome.low, finding.outcome.high) == (2 * 97 - 2, 2 * 97 + 2)
    assert not [f for f in attack([shares("60.1", "c", "c")]).findings if f.target.kind == "share"]
    assert not [f for f in attack([shares("60.1", "70.2", "c")]).findings if f.target.kind == "share"]


@pytest.mark.parametrize(("kind", "change", "now", "before"), [("percentage", "50", "3", 2), ("count", "1", "4", 3)])
def test_a_printed_change_tells_the_figure_before(kind, change, now, before):
    measures = {"n": Measure(), "up": Measure(kind, 0, change_of="n")}
    measures["w"] = Measure("score")
    cells = {
        "n A 2019-01-01/P1Y": "c",
        "n A 2020-01-01/P1Y": now,
        "up A 2020-01-01/P1Y": change,
        "w A 2019-04-01/P1Y": "9",
    }
    (finding,) = [f for f in attack([package(cells, measures, rules=PLAIN)]).findings if f.target.kind == "count"]
    assert finding.outcome.low == finding.outcome.high == before


def test_factors_that_overlap_are_no_more_than_the_whole():
    """A child may have several factors: nothing adds up, but none is more than all children, and most of them tell few."""
    table = package(
        {"count - - all": "40", "count - - a": "38", "count - - b": "c"},
        {"count": Measure()},
        dimensions=[flat("factor", "a b", adds_up=False)],
    )
    report = attack([table])
    assert range_of(report, "b") == (1, 40)
    assert {f.target.kind for f in report.findings} == {"complement"}


def test_a_total_that_is_printed_in_another_package():
    sex = flat("sex", "m f")
    one = package({"n - - m": "c", "n - - f": "20"}, RATIO, dimensions=[sex], rules=PLAIN)
    other = package({"n - -": "23"}, RATIO, name="other", rules=PLAIN)
    assert found(one) == {}
    assert found(one, other)["n m"] == "determined"


def test_a_margin_that_nobody_prints_joins_two_tables():
    """By age and by need, both without totals by ward: the two sums of ward A are one number."""
    by_age = grid(
        """
            y   o
        A   c  20
        B  30  40""",
        columns="age",
        name="age",
    )
    by_need = grid(
        """
            p   q
        A  11  12
        B  40  30""",
        columns="kind",
        name="need",
    )
    assert found(by_age, by_need)["y A"] == "determined"


def test_alternative_groups_of_one_dimension():
    wards = Dimension(
        "ward",
        (
            {"A": "n", "B": "n", "C": "s", "n": "all", "s": "all"},
            {"A": "t", "B": "u", "C": "u", "t": "all", "u": "all"},
        ),
        True,
    )
    cells = {"A": "c", "B": "c", "C": "40", "n": "50", "s": "40", "t": "c", "u": "85", "all": "90"}
    table = package(
        {f"count - - {code}": value for code, value in cells.items()},
        {"count": Measure()},
        dimensions=[wards],
        rules=PLAIN,
    )
    assert found(table) == {"A": "determined", "B": "determined", "t": "determined"}


def test_areas_and_quarters_that_add_up():
    cells = {"n E 2020-01-01/P1Y": "50", "n A 2020-01-01/P1Y": "20", "n B 2020-01-01/P1Y": "c"}
    table = package(cells, RATIO, area_parents={"A": "E", "B": "E"}, rules=PLAIN)
    assert found(table)["n"] == "determined"
    quarters = {f"n E 2020-{month:02}-01/P3M": "10" for month in (1, 4, 7)} | {
        "n E 2020-10-01/P3M": "c",
        "n E 2020-01-01/P1Y": "33",
    }
    assert found(package(quarters, RATIO, rules=PLAIN)) == {"n": "determined"}


def test_cells_that_are_left_out_are_part_of_both_sums_that_they_are_in():
    """The boys of the first age are not printed, but there is one or more, since no girl is; so there are two boys."""
    table = grid("""
               m   f   all
        first  x   0   c
        second c   c   c
        all    c   c   7
    """)
    cells = {key: value for key, value in table.cells.items() if value.status != "x"}
    assert range_of(attack([replace(table, cells=cells)]), "m") == (2, 6)


@pytest.mark.parametrize("whole", ["n E 2020-01-01/P1Y all", "n A 2019-01-01/P2Y all"])
def test_areas_and_periods_add_up_though_only_their_parts_are_printed(whole):
    """No total of an area or a year is printed, but those of its sexes are."""
    first = "n A 2020-01-01/P1Y"
    second = "n B 2020-01-01/P1Y" if " E " in whole else "n A 2019-01-01/P1Y"
    cells = {f"{first} m": "10", f"{first} f": "12", f"{second} m": "20", f"{second} f": "c", whole: "50"}
    sex = flat("sex", "m f")
    table = package(cells, RATIO, dimensions=[sex], area_parents={"A": "E", "B": "E"}, rules=PLAIN)
    assert found(table)["n f"] == "determined"


def test_areas_that_do_not_make_the_whole_are_not_taken_to():
    """Children of Quarter 1 and of 2 are the same children: a shown year of them says so, and so for the other."""
    cells = {f"n A 2020-{month:02}-01/P3M": "30" for month in (1, 4, 7, 10)} | {"n A 2020-01-01/P1Y": "40"}
    cells |= {f"n B 2020-{month:02}-01/P3M": "10" for month in (1, 4, 7)} | {
        "n B 2020-10-01/P3M": "c",
        "n B 2020-01-01/P1Y": "33",
    }
    assert found(package(cells, RATIO, rules=PLAIN)) == {}


def test_a_group_that_is_not_printed_is_a_group():
    table = package(
        {"count - - all": "50", "count - - a": "30", "count - - b": "17"},
        {"count": Measure()},
        dimensions=[flat("g", "a b d")],
        rules=PLAIN,
    )
    (finding,) = attack([table]).findings
    assert (finding.target.kind, finding.kind) == ("rest", "determined")


def release(cells, version, *, current=False):
    return package(cells, RATIO, version=version, is_current=current, dimensions=[flat("sex", "m f")], rules=PLAIN)


BEFORE = {"n - - all": "30", "n - - m": "c", "n - - f": "c"}


def test_a_release_that_reveals_its_predecessor():
    now = release({"n - - all": "30", "n - - m": "27", "n - - f": "c"}, "2", current=True)
    assert found(now)["n f"] == "determined"
    both = attack([now, release(BEFORE, "1")])
    assert {(f.target.name.release, f.kind) for f in both.findings} >= {("package 1", "determined"), ("", "determined")}


def test_a_release_that_its_predecessor_reveals():
    now = release(BEFORE, "2019.10", current=True)
    assert found(now) == {}
    assert found(now, release({"n - - all": "30", "n - - f": "3"}, "2019.9"))["n f"] == "determined"


def test_a_revised_figure_is_another_number():
    now = release({"n - - all": "30", "n - - m": "27", "n - - f": "c"}, "2", current=True)
    before = release({"n - - all": "90", "n - - m": "c", "n - - f": "c"}, "1")
    report = attack([now, before])
    assert {f.target.name.release for f in report.findings} == {"", "package 1"}
    assert Quantity("n", "-", "-", release="package 1") in report.facts.columns
    assert report.facts.range_of(Quantity("n", "-", "-", release="package 1")) == (90, 90)


def test_an_insider_knows_her_own_cell():
    table = grid("""
            x   y  all
        A   c   c   20
        B   c   c   20
        all 20 20   40""")
    assert found(table) == {}
    own = table.quantity(("count", "", "", "A", "x"))
    assert found(table, insider=own) == {"y A": "determined", "x B": "determined", "y B": "determined"}


def test_contradictions_are_told_and_do_not_stop_the_attack():
    table = grid("""
            x   y  all
        A  20   c   23
        B  10  30   40
        C   5   6   99
        all 35 39  162""")
    report = attack([table])
    warnings = explain_contradictions(report)
    assert {issue.severity for issue in warnings} == {"warning"}
    assert any("make up count, C" in issue.message for issue in warnings)
    assert codes_of(report.findings[0].target) == "y A"


def test_a_mark_that_cannot_be_true_gives_way():
    """A zero that was withheld by hand beside shown zeros."""
    table = grid("""
            x   y  all
        A  20   c   20
        B  10  30   40
        all 30 30   60""")
    report = attack([table])
    assert range_of(report, "A", "y") == (0, 0)
    assert "promises more" in explain_contradictions(report)[0].message


def test_what_does_not_count_people_is_no_target():
    measures = {"wards": Measure(unprotected=True)}
    assert found(package({"wards - -": "c"}, measures)) == {}


def test_the_gate_names_what_is_sensitive():
    """Seen from outside a range from 3 to 12 may be that of a large number; who knows better says so."""
    table = package(
        {"count - - a": "20", "count - - b": "c", "count - - d": "<10", "count - - all": "32"},
        {"count": Measure()},
        dimensions=[flat("g", "a b d")],
        rules=PLAIN,
    )
    name = Quantity("count", "-", "-", (("g", "b"),))
    assert "b" not in found(table)
    assert found(table, sensitive={name: "symbol"})["b"] == "narrowed"
    assert found(table, sensitive={name: "zero_aware"}) == {}
    assert find_narrowed(attack([table], sensitive={name: "symbol"})) == {name}


def test_what_is_determined_cannot_fall_back():
    table = grid("""
            x   y  all
        A  20   c   23
        all 30  c   63""")
    names = {name for name, cell in table.quantities() if cell.value is None}
    assert not find_narrowed(attack([table], sensitive=dict.fromkeys(names, "symbol")))


@st.composite
def crossed(draw):
    """A table of three by three or less with up to four gaps inside and any in its margins."""
    rows, columns = "ABC"[: draw(st.integers(2, 3))], "xyz"[: draw(st.integers(2, 3))]
    counts = {(r, c): draw(st.integers(0, 3)) for r in rows for c in columns}
    whole = {
        (r, c): sum(v for (a, b), v in counts.items() if r in ("all", a) and c in ("all", b))
        for r in [*rows, "all"]
        for c in [*columns, "all"]
    }
    inside = draw(st.lists(st.sampled_from(sorted(counts)), max_size=4, unique=True))
    margins = draw(st.sets(st.sampled_from(sorted(whole.keys() - counts.keys())), max_size=2))
    hidden = {key for key in (*inside, *margins) if whole[key]}
    cells = {
        ("count", "", "", *key): Cell(None, "c") if key in hidden else Cell(Decimal(value))
        for key, value in whole.items()
    }
    dimensions = (flat("ward", " ".join(rows)), flat("need", " ".join(columns)))
    return PrintedTable("table", dimensions, {"count": Measure()}, cells, PLAIN), hidden


HIGHEST = 9


@settings(max_examples=60, deadline=None)
@given(crossed())
def test_ranges_are_those_of_trying_every_table(drawn):
    table, hidden = drawn
    by_hand = ranges_by_hand(table, HIGHEST)
    outcomes = attack([table], standard="not_determined").outcomes
    is_bounded = all(outcome.high <= HIGHEST for outcome in outcomes)
    for outcome in outcomes:
        groups = dict(outcome.target.name.groups)
        low, high = by_hand[groups.get("ward", "all"), groups.get("need", "all")]
        assert outcome.low <= low <= high <= outcome.high
        assert (outcome.low, outcome.high) == (outcome.seen_low, outcome.seen_high) or not is_bounded
        assert (outcome.low, outcome.high) == (low, high) or not is_bounded
    assert len(outcomes) == len(hidden)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.data())
def test_what_a_ratio_leaves_is_what_trying_every_pair_leaves(whole, data):
    """A percentage with its count, its whole or both withheld: the attack's range is that of all pairs that round to it."""
    part = data.draw(st.integers(1, whole))
    decimals = data.draw(st.integers(0, 1))
    shown = round(Decimal(100 * part) / whole, decimals)
    hides_whole, most = data.draw(st.booleans()), 45
    measures = {"n": Measure(), "d": Measure(), "p": Measure("percentage", decimals, "n", "d")}
    cells = {"n - -": "c", "d - -": f"<{most + 1}" if hides_whole else str(whole), "p - -": str(shown)}
    report = attack([package(cells, measures, rules=PLAIN)], standard="not_determined")
    pairs = [
        (n, d)
        for d in (range(1, most + 1) if hides_whole else [whole])
        for n in range(1, d + 1)
        if abs(Decimal(100 * n) / d - shown) * 2 * 10**decimals <= 1
    ]
    for outcome in report.outcomes:
        if outcome.target.is_cell:
            values = [pair["nd".index(outcome.target.name.measure)] for pair in pairs]
            assert (outcome.low, outcome.high) == (min(values), max(values))


@settings(max_examples=25, deadline=None)
@given(crossed(), st.randoms())
def test_the_order_of_rows_changes_nothing(drawn, random):
    table, _ = drawn
    cells = list(table.cells.items())
    random.shuffle(cells)
    other = PrintedTable(table.name, table.dimensions, table.measures, dict(cells), table.rules)
    one, two = attack([table]), attack([other])
    assert [(o.target, o.low, o.high) for o in one.outcomes] == [(o.target, o.low, o.high) for o in two.outcomes]
