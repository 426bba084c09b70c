"""Tables that share figures, earlier releases and public facts: protected together, attacked by trying every table."""

from dataclasses import replace
from itertools import product
from math import isnan

import pytest
from drawn import rules, table, withheld
from hypothesis import given, settings
from hypothesis import strategies as st

from statpress.disclosure.assemble.public import Lessons, Public
from statpress.disclosure.assemble.quantity import Quantity
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.protect import protect_tables

BY_SEX = rules(("sex",), {"sex": ("m", "f")})
BY_AGE = rules(("age",), {"age": ("a", "b", "c")})
TOTAL = Quantity("children", "A", "2020", ())


def both(sex, age):
    tables = [Unprotected(table(sex), BY_SEX), Unprotected(table(age, ("age",)), BY_AGE)]
    protected, issues = protect_tables(tables)
    assert issues == [[], []]
    return withheld(protected[0]), withheld(protected[1], ("age",))


def test_a_total_that_another_package_prints_is_subtracted_from_as_well():
    by_age = "children A a 20\nchildren A b 17\nchildren A c 3"
    alone, _ = protect_tables([Unprotected(table(by_age, ("age",)), BY_AGE)])
    assert withheld(alone[0], ("age",)) == {"children/A/c"}
    assert both("children A all 40\nchildren A m 21\nchildren A f 19", by_age)[1] == {"children/A/b", "children/A/c"}


def test_a_figure_of_two_packages_is_withheld_in_both_or_in_neither():
    sex, age = both(
        "children A all 7\nchildren A m 7\nchildren A f 0", "children A all 7\nchildren A a 4\nchildren A b 3"
    )
    assert ("children/A/all" in sex) == ("children/A/all" in age)


def test_a_percentage_in_another_package_tells_of_its_count():
    """8 boys would hide 2 girls, but 2.0 % of the 400 boys that are printed is in the other package: the total does."""
    measures = rules().measures
    share = measures["share"].model_copy(update={"denominator_at_least": 400})
    counts = replace(rules(), measures={name: measures[name] for name in ("children", "all-children")})
    shares = replace(rules(), measures={"share": share}, beside=counts.measures)
    text = "all-children A all 800\nall-children A m 400\nchildren A all 10\nchildren A m 8\nchildren A f 2"
    first, second = Unprotected(table(text), counts), Unprotected(table("share A m 2.0"), shares)
    (alone,), _ = protect_tables([first])
    assert withheld(alone) == {"children/A/m", "children/A/f"}
    protected, issues = protect_tables([first, second])
    assert issues == [[], []]
    assert [withheld(one) for one in protected] == [{"children/A/all", "children/A/f"}, set()]


def test_a_withheld_percentage_of_nobody_needs_no_protection():
    """That no boy is among no children follows, and tells of nobody. What the 0.0 % is out of its package does not say."""
    measures = rules().measures
    counts = replace(rules(), measures={name: measures[name] for name in ("children", "all-children")})
    shares = replace(rules(), measures={"share": measures["share"]}, beside=counts.measures)
    tables = [
        Unprotected(table("all-children A all 800\nall-children A m 400\nchildren A all 0"), counts),
        Unprotected(table("share A m 0.0"), shares),
    ]
    protected, issues = protect_tables(tables)
    assert issues == [[], []]
    assert [withheld(one) for one in protected] == [set(), {"share/A/m"}]


def test_a_count_that_attacks_narrowed_falls_back():
    tables = [Unprotected(table("children A all 40\nchildren A m 21\nchildren A f 2\nchildren A u 17"), rules())]
    (whole,), _ = protect_tables(tables)
    assert not whole.lesser
    lessons = Lessons(narrowed=frozenset({TOTAL._replace(codes=(("sex", "f"),))}))
    (narrowed,), _ = protect_tables(tables, lessons=lessons)
    assert narrowed.lesser == {("children", "A", "2020", "f")}
    assert withheld(narrowed) == withheld(whole)


def test_as_a_last_resort_figures_are_withheld_that_nothing_else_asks_for():
    tables = [Unprotected(table("children A all 40\nchildren A m 21\nchildren A f 2\nchildren A u 17"), rules())]
    (whole,), _ = protect_tables(tables)
    lessons = Lessons(besides=frozenset({TOTAL._replace(codes=(("sex", "m"),)), TOTAL}))
    (wide,), issues = protect_tables(tables, lessons=lessons)
    assert issues == [[]]
    assert withheld(wide) >= {"children/A/m", "children/A/all"}
    assert not withheld(whole) >= {"children/A/m", "children/A/all"}
    assert wide.reasons["children", "A", "2020", "m"] == "protects-another"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_nobody_who_tries_every_table_narrows_a_small_count(counts):
    """Sex by age is true; one package prints the ages and the total, the other the sexes. Rows m, f; columns a, b, c."""
    sexes = [sum(counts[:3]), sum(counts[3:])]
    ages = [counts[0] + counts[3], counts[1] + counts[4], counts[2] + counts[5]]
    sex = "\n".join(f"children A {code} {n}" for code, n in zip("mf", sexes, strict=True))
    age = "\n".join(f"children A {code} {n}" for code, n in zip("abc", ages, strict=True))
    age = f"children A all {sum(counts)}\n{age}"
    tables = [Unprotected(table(sex), BY_SEX), Unprotected(table(age, ("age",)), BY_AGE)]
    protected, issues = protect_tables(tables)
    if issues != [[], []] or protected[0].lesser or protected[1].lesser:
        return
    m, f = protected[0].observations["value"].tolist()
    total, a, b, c = protected[1].observations["value"].tolist()
    seen = [set() for _ in range(6)]
    ranges = [range(1, 40) if isnan(cell) else (int(cell),) for cell in (m, f, a, b, c)]
    for guess in product(*ranges[:2]):
        whole = sum(guess)
        if not isnan(total) and whole != total:
            continue
        for parts in product(*ranges[2:4]):
            last = whole - sum(parts)
            if last in ranges[4]:
                for place, value in enumerate((*guess, *parts, last, whole)):
                    seen[place].add(value)
    for place, true in enumerate((*sexes, *ages, sum(counts))):
        if 1 <= true <= 5:
            assert seen[place] >= set(range(1, 6))


def test_what_an_earlier_release_shows_is_no_partner():
    """Boys were printed before, so that hiding them now would hide nothing."""
    text = "children A all 60\nchildren A m 20\nchildren A f 36\nchildren A u 4"
    known = {Quantity("children", "A", "2020", (("sex", "m"),)): {20.0}}
    now = rules()
    without, _ = protect_tables([Unprotected(table(text), now)])
    after, issues = protect_tables([Unprotected(table(text), now)], Public(known))
    assert issues == [[]]
    assert withheld(without[0]) == {"children/A/m", "children/A/u"}
    assert withheld(after[0]) == {"children/A/f", "children/A/u"}


def test_a_figure_that_has_been_revised_is_a_partner_again():
    text = "children A all 60\nchildren A m 20\nchildren A f 36\nchildren A u 4"
    known = {Quantity("children", "A", "2020", (("sex", "m"),)): {19.0}}
    protected, issues = protect_tables([Unprotected(table(text), rules())], Public(known))
    assert issues == [[]]
    assert withheld(protected[0]) == {"children/A/m", "children/A/u"}


def test_a_total_that_only_an_earlier_release_shows_still_tells():
    text = "children A m 20\nchildren A f 36\nchildren A u 4"
    protected, issues = protect_tables([Unprotected(table(text), rules())], Public({TOTAL: {60.0}}))
    assert issues == [[]]
    assert withheld(protected[0]) == {"children/A/m", "children/A/u"}


@pytest.mark.parametrize("shown", [{4.0}, {4.0, 9.0}])
def test_a_small_count_that_is_out_cannot_be_called_back(shown):
    known = {Quantity("children", "A", "2020", (("sex", "u"),)): shown}
    text = "children A all 60\nchildren A m 20\nchildren A f 36\nchildren A u 4"
    _, issues = protect_tables([Unprotected(table(text), rules())], Public(known))
    assert [issue.rule for issue in issues[0]] == ["cannot-protect"]
    assert "4" not in issues[0][0].message
