"""What people decide cell by cell: what to withhold last, and rules that name no figure."""

from dataclasses import replace

import pytest
from drawn import rules, table, withheld

from statpress.declare.pipeline import ByHand, Headline, Weight
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.protect import protect_tables

TEXT = "children A all 73\nchildren A m 41\nchildren A f 28\nchildren A u 4"
KINDS = {"by_hand": (ByHand, "reason"), "headlines": (Headline, "reason"), "weights": (Weight, "weight")}


def protect(text, rule=None, **listed):
    """What is withheld, and the issues; each of `listed` is a list of `where`, or of `where` and weight."""
    declared = {}
    for kind, wheres in listed.items():
        model, key = KINDS[kind]
        pairs = [where if isinstance(where, tuple) else (where, "r") for where in wheres]
        declared[kind] = [model.model_validate({"where": where, key: value}) for where, value in pairs]
    (protected,), (issues,) = protect_tables([Unprotected(table(text), rule or rules(), **declared)])
    return withheld(protected), issues


@pytest.mark.parametrize("effort", ["quick", "good", "exact"])
@pytest.mark.parametrize(("cost", "partner"), [("value", "f"), ("weights", "m")])
def test_weights_say_what_goes_last(effort, cost, partner):
    rule = rules(protection={"cost": cost, "effort": effort})
    found, issues = protect(TEXT, rule, weights=[({"sex": ["f", "all"]}, "10")])
    assert (found, issues) == ({"children/A/u", f"children/A/{partner}"}, [])


@pytest.mark.parametrize(("weights", "partner"), [(("10", "1"), "f"), (("1", "10"), "m")])
def test_the_last_weight_of_a_figure_counts(weights, partner):
    listed = [({"sex": "f"}, weight) for weight in weights]
    rule = rules(protection={"cost": "weights", "effort": "exact"})
    found, _ = protect(TEXT, rule, weights=[({"sex": "m"}, "5"), ({"sex": "all"}, "100"), *listed])
    assert found == {"children/A/u", f"children/A/{partner}"}


def test_the_weight_of_a_computed_ratio_is_that_of_what_it_is_made_of():
    rule = replace(rules(protection={"cost": "weights", "effort": "exact"}), computed=frozenset({"share"}))
    text = f"{TEXT}\nall-children A all 730\nall-children A m 410\nall-children A f 280\nall-children A u 40"
    found, issues = protect(text, rule, weights=[({"measure": "share", "sex": ["f", "all"]}, "10")])
    assert (found, issues) == ({"children/A/u", "children/A/m"}, [])


@pytest.mark.parametrize(("kept", "says"), [(["m", "f", "all"], True), ([], False)])
def test_where_headlines_keep_a_count_from_being_protected_the_hint_says_so(kept, says):
    text = TEXT if kept else "children A all c\nchildren A m 0\nchildren A f 0\nchildren A u 0"
    _, issues = protect(text, headlines=[{"sex": kept}] if kept else [])
    assert {issue.rule for issue in issues} == {"cannot-protect"}
    assert {"never-withhold" in issue.hint for issue in issues} == {says}


@pytest.mark.parametrize("kind", ["by_hand", "headlines", "weights"])
def test_a_code_that_no_figure_has_is_told_alone_with_the_nearest(kind):
    where = {"measure": "children", "sex": "mm"}
    _, issues = protect(TEXT, **{kind: [where if kind != "weights" else (where, "2")]})
    assert [issue.key.rpartition(".where.")[2] for issue in issues] == ["sex"]
    assert issues[0].hint.startswith("Did you mean m?")


def test_codes_that_no_figure_has_together_are_told_each():
    _, issues = protect(f"{TEXT}\nall-children A all 730", by_hand=[{"measure": "all-children", "sex": "u"}])
    assert [(issue.rule, issue.key) for issue in issues] == [
        ("withholds-nothing", "withhold.0.where.measure"),
        ("withholds-nothing", "withhold.0.where.sex"),
    ]
    assert {issue.hint.partition(".")[0] for issue in issues} == {"No figure has all these codes together"}
