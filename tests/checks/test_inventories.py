"""The oddities of five published reports are found by rules, and nothing else is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from plain_tables import read_plain

from statpress.checks.consistency.run import run_rules
from statpress.declare.document import read_document

HERE = Path(__file__).parent / "inventories"
ROOT = Path(__file__).parents[2]
TABLES = ROOT.parent / "shared" / "source-tables"
COUNCILS = ("barnet", "leeds", "leicestershire", "north-east-lincolnshire", "northamptonshire")
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="the tables of the five reports are not here")


def _listed() -> dict[str, list[dict[str, Any]]]:
    document, issues = read_document(HERE / "listed.yml", "listed.yml")
    assert not issues
    return document.data


@pytest.mark.parametrize("council", COUNCILS)
def test_rules_find_what_the_inventory_lists_and_nothing_else(council: str) -> None:
    facts, rules = read_plain(TABLES / council, HERE / f"{council}.yml")
    findings, _ = run_rules(facts, rules.rules)
    told = {(finding.name, facts.text("at", finding.cells[0])) for finding in findings}
    listed = {pair for one in _listed()[council] for pair in one.get("found", {}).items()}
    assert told == listed


@pytest.mark.parametrize("council", COUNCILS)
def test_every_rule_of_the_reports_compares_something(council: str) -> None:
    """A rule that compares nothing finds nothing, whatever is wrong."""
    facts, rules = read_plain(TABLES / council, HERE / f"{council}.yml")
    every = set(read_document(HERE / "every.yml", "every.yml")[0].data["rules"])
    assert {idle.name for idle in run_rules(facts, rules.rules)[1]} <= every


def test_the_page_says_how_many_of_the_listed_are_found() -> None:
    kinds = Counter(kind for listed in _listed().values() for one in listed for kind in one if kind != "says")
    page = (ROOT / "docs" / "explanation" / "consistency.md").read_text(encoding="utf-8")
    total = kinds["found"] + kinds["why-not"]
    assert f"{kinds['found']} of the {total} oddities about figures" in page
    assert f"{kinds['explained']} more" in page
