"""Printed changes: 50 % more than 4 tells 6, so a change goes with either of the two figures that it compares."""

import pandas as pd
import pytest
from drawn import rules, table
from pydantic import ValidationError

from statpress.declare.catalogues import Measure
from statpress.disclosure.protect import protect_table


def years(**texts):
    """A table a year, `y2019` and so on."""
    frames = [table(text).assign(period=f"{name[1:]}-01-01/P1Y") for name, text in texts.items()]
    return pd.concat(frames, ignore_index=True)


def withheld(frame):
    protected, issues = protect_table(frame, rules())
    assert issues == []
    hidden = protected.observations[protected.observations["status"] == "c"]
    return set(zip(hidden["measure"], hidden["period"].str[:4], strict=True))


def test_a_change_between_two_shown_figures_is_shown():
    frame = years(y2019="children A all 40", y2020="children A all 60\ngrowth A all 50.0")
    assert withheld(frame) == set()


def test_years_of_another_measure_do_not_come_between_the_two_figures():
    frame = years(y2019="children A all 40", y2020="children A all 60\ngrowth A all 50.0")
    other = table("wards A all 30").assign(period="2019-04-01/P1Y")
    assert withheld(pd.concat([frame, other], ignore_index=True)) == set()


@pytest.mark.parametrize(("before", "now", "change"), [(4, 60, 1400.0), (40, 4, -90.0)])
def test_a_change_goes_with_either_of_the_figures_that_it_compares(before, now, change):
    frame = years(y2019=f"children A all {before}", y2020=f"children A all {now}\ngrowth A all {change}")
    small = "2019" if before < now else "2020"
    assert withheld(frame) == {("children", small), ("growth", "2020")}


def test_a_change_goes_with_a_figure_that_protects_another():
    text = "children A all 60\nchildren A m 36\nchildren A f 20\nchildren A u 4\ngrowth A m 5.9\ngrowth A f 25.0"
    frame = years(y2019="children A all 50\nchildren A m 34\nchildren A f 16\nchildren A u 0", y2020=text)
    assert withheld(frame) == {("children", "2020"), ("growth", "2020")}


def test_a_change_of_figures_that_are_not_there_is_withheld():
    assert withheld(years(y2020="children A all 60\ngrowth A all 50.0")) == {("growth", "2020")}
    frame = years(y2019="children A all x", y2020="children A all 60\ngrowth A all 50.0")
    assert withheld(frame) == {("growth", "2020")}


def test_a_change_is_a_percentage():
    facts = {"title": "t", "definition": "d", "unit": "u", "change-of": "children"}
    with pytest.raises(ValidationError, match="change-of"):
        Measure.model_validate({**facts, "kind": "count"})
