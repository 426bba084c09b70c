"""What each way to protect a table would cost."""

from drawn import rules, table

from statpress.disclosure.compare import compare_ways
from statpress.disclosure.judge import Unprotected

TEXT = "children A all 73\nchildren A m 41\nchildren A f 28\nchildren A u 4"


def ways(text, **policy):
    return {way.name: way for way in compare_ways(Unprotected(table(text), rules(**policy)))}


def test_withholding_hides_the_small_count_and_a_partner_and_moves_nothing():
    way = ways(TEXT)["withhold, symbol, good"]
    assert (way.figures, way.withheld, way.share, way.faults) == (4, 2, 0.5, 0)
    assert way.value == round((28 + 4) / (73 + 41 + 28 + 4), 2)
    assert (way.largest_change, way.mean_change, way.adds_up) == (0, 0, True)


def test_conventional_rounding_withholds_nothing_and_breaks_totals():
    way = ways("children A all 22\nchildren A m 11\nchildren A f 11")["round to 5, conventional"]
    assert (way.withheld, way.value, way.largest_change, way.mean_change) == (0, 0, 2, 4 / 3)
    assert ways(TEXT)["round to 5, conventional"].adds_up is True
    assert ways("children A all 24\nchildren A m 12\nchildren A f 12")["round to 5, conventional"].adds_up is False


def test_controlled_rounding_withholds_nothing_and_keeps_totals():
    way = ways("children A all 24\nchildren A m 12\nchildren A f 12")["round to 5, controlled"]
    assert (way.withheld, way.adds_up, way.faults) == (0, True, 0)
    assert way.largest_change < 5


def test_rounding_uses_the_base_of_the_policy_and_withholds_percentages_without_their_counts():
    way = ways("known A all 40\nchildren A all 30", rounding={"base": "10"})["round to 10, controlled"]
    assert (way.figures, way.withheld) == (2, 1)


def test_every_standard_and_effort_is_compared():
    assert len(ways(TEXT)) == 3 * 3 + 2
