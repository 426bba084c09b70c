"""Numbers withheld from one total must not be a small count together."""

from drawn import rules, table

from statpress.disclosure.assemble.assemble import assemble
from statpress.disclosure.judge import Unprotected, judge


def covers(text, **protection):
    """The least that must join what is withheld of each total, with the true weights of what may."""
    rule = rules(withhold={"counts": "1..10"}, protection=protection)
    problem = assemble([judge(Unprotected(table(text), rule)).part]).problem
    return [(cover.least, cover.weights) for cover in problem.covers]


def test_five_and_three_beside_fifteen_need_three_more():
    """Handbook: cells 15, 5, 3 under a threshold of 11 fail, since 5 + 3 = 8."""
    assert covers("children A all 23\nchildren A m 15\nchildren A f 5\nchildren A u 3") == [(3, (3, 15))]


def test_withheld_parts_that_are_enough_together_need_none():
    assert covers("children A all 26\nchildren A m 15\nchildren A f 7\nchildren A u 4") == []


def test_a_total_that_is_withheld_itself_tells_nothing():
    assert covers("children A all 8\nchildren A m 0\nchildren A f 5\nchildren A u 3") == []


def test_the_rule_can_be_switched_off():
    text = "children A all 23\nchildren A m 15\nchildren A f 5\nchildren A u 3"
    assert covers(text, **{"hidden-sums": "ignored"}) == []
