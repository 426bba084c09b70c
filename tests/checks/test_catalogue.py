"""Every rule of the engine is in the catalogue, and every example of the catalogue is what it says."""

import ast
import re
from pathlib import Path

import pytest
from engine_rules import TREES, given_rules, returned_rules
from examples import lay, run
from project import make_project

from statpress.audit import sentences
from statpress.checks.catalogue import rule
from statpress.checks.catalogue.page import render_page
from statpress.checks.catalogue.rule import FAMILIES, read_families, read_rules
from statpress.checks.consistency import explain as consistency
from statpress.checks.contract import explain as contract
from statpress.checks.contract.compile import CONSTRAINTS
from statpress.cli.report.findings import Findings
from statpress.cli.report.forms import RENDERERS
from statpress.issue import Issue
from statpress.paths import Project
from statpress.tables.reading import sheet

RULES = read_rules()
EXAMPLES = {name: rule for name, rule in RULES.items() if not rule.no_example}


def assert_no_figure_shows(root, issues):
    """60 boys went missing in 2018/19, which the tiny project withholds, since it would tell the number of girls."""
    found = tuple(
        Issue(**{key: tuple(part) if isinstance(part, list) else part for key, part in issue.items()})
        for issue in issues
    )
    for form in ("text", "markdown", "junit", "sarif"):
        shown = RENDERERS[form](Findings(found, exit_code=12), Project(root))
        assert not re.search(r"(?<![\w.#/-])60(?![\w.])", shown), form


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_that_fails_gives_the_rule(tmp_path, monkeypatch, name):
    example = EXAMPLES[name]
    monkeypatch.chdir(make_project(tmp_path))
    if example.first:
        lay(tmp_path, example.passes)
        assert run(tmp_path, example.first)[0] == 0
    lay(tmp_path, example.fails)
    code, issues = run(tmp_path, example.command)
    severities = {issue["severity"] for issue in issues if issue["rule"] == name}
    assert severities == {example.severity}, sorted({issue["rule"] for issue in issues})
    assert (code != 0) or example.severity == "warning"
    assert_no_figure_shows(tmp_path, issues)


@pytest.mark.parametrize("name", [name for name, rule in EXAMPLES.items() if rule.passes])
def test_the_example_that_passes_does_not_give_the_rule(tmp_path, monkeypatch, name):
    example = EXAMPLES[name]
    monkeypatch.chdir(make_project(tmp_path))
    lay(tmp_path, example.passes)
    code, issues = run(tmp_path, example.command)
    assert name not in {issue["rule"] for issue in issues}
    assert code == 0, issues


def test_the_tiny_project_passes(project):
    assert run(project, "check") == (0, [])


def test_the_page_of_checks_is_what_the_catalogue_says():
    page = Path(__file__).parents[2] / "docs/reference/checks.md"
    assert page.read_bytes() == render_page(), "run: statpress schema --checks docs/reference/checks.md"


def test_a_rule_has_one_entry_in_a_family_that_is_listed():
    names = [name for rules in read_families().values() for name in rules]
    folder = Path(rule.__file__).parent
    assert len(names) == len(set(names))
    assert {path.stem for path in folder.glob("*.yml")} <= set(FAMILIES)


GIVEN_ON = {
    *sentences._RULES.values(),
    *sheet._FAULTS,
    *sheet._MIXED,
    *consistency.WORDS,
    *returned_rules("packages/reading/observations.py", "_fault"),
    *("bad-schema", "bad-dialect", "unknown-rule", "cell-unique", "cell-categories"),
    *(contract.rule_of(kind) for kind in (*contract._ROWS, *contract._HEADER)),
    *(contract.rule_of(limit) for limits in CONSTRAINTS.values() for limit in ("type", *limits)),
    *(f"unknown-{what}" for what in ("topic", "area", "policy", "dimension", "caveat", "document", "measure", "count")),
}
"""Rules that stand in the source elsewhere than where an issue is made."""
NOT_RULES = {"small-count"}
"""Reasons for withholding a figure, which are told by `statpress explain`."""


def test_no_rule_of_the_engine_lacks_an_entry():
    assert (given_rules() | GIVEN_ON) - NOT_RULES - RULES.keys() == set()


def test_no_entry_is_of_a_rule_that_the_engine_has_no_more():
    texts = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    missing_names = {name for name in RULES if name.startswith("unknown-")}  # put together from what is missing
    assert RULES.keys() - GIVEN_ON - missing_names - texts == set()


def test_few_rules_have_no_example():
    assert len(RULES) - len(EXAMPLES) < 20
