"""On large real files the rules are quick, and tell of true contradictions only."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from dfe_tables import read_dfe

from statpress.checks.consistency.run import run_rules
from statpress.checks.consistency.select import select
from statpress.checks.consistency.series import check_slip
from statpress.declare.rules import Thresholds

FOLDER = Path(__file__).parents[3] / "shared" / "open-data" / "dfe-childrens-social-care"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the files of the Department for Education are not here")

TRUE = {
    ("turnover", "csww_indicators_2017_to_2025.csv", "165"),
    ("turnover", "csww_indicators_2017_to_2025.csv", "166"),
    ("turnover", "csww_indicators_2017_to_2025.csv", "491"),
    ("turnover", "csww_indicators_2017_to_2025.csv", "492"),
    ("turnover-headcount", "csww_indicators_2017_to_2025.csv", "491"),
    ("turnover-headcount", "csww_indicators_2017_to_2025.csv", "492"),
    ("second-plans", "d3_cpps_subsequent_plan_2013_to_2025.csv", "496"),
    ("second-plans", "d3_cpps_subsequent_plan_2013_to_2025.csv", "499"),
}
"""Rates and shares that their own numerators and denominators do not give, looked up by hand."""


def test_only_true_contradictions_are_told_and_quickly() -> None:
    facts, rules = read_dfe(FOLDER)
    started = time.process_time()
    findings, idle = run_rules(facts, rules.rules)
    spent = time.process_time() - started
    places = facts.places.iloc[[finding.cells[0] for finding in findings]]
    told = zip([finding.name for finding in findings], places["file"], places["row"], strict=True)
    assert set(told) == TRUE
    assert not idle
    assert len(facts.value) > 100_000
    assert spent < 5


def test_a_digit_too_many_is_found_and_ordinary_change_is_not() -> None:
    """Warnings are few: under one in 5,000 figures, each a fall or rise to a tenth or ten times and back."""
    facts, _ = read_dfe(FOLDER)
    outcome = check_slip(facts, select(facts, {"slips": "yes"}), Thresholds())
    assert len(outcome.broken) < len(facts.value) / 5000
    for at, one, other in outcome.broken:
        value, near, far = facts.value[[at, one, other]]
        assert max(near, far) <= 1.5 * min(near, far)
        assert value >= 6 * max(near, far) or value <= min(near, far) / 6
