"""Policies: those that statpress brings along, those of a project, and what packages say of them."""

import pytest
from project import edit, make_project
from pydantic import ValidationError

from statpress.declare.load import load_declarations
from statpress.declare.policy import Policy
from statpress.declare.presets import load_presets
from statpress.errors import BadDeclaration
from statpress.packages.describe.policy import describe_policy
from statpress.paths import Project

POLICIES = "pipelines/policies.yml"
PIPELINE = "pipelines/missing/pipeline.yml"
MEASURES = "pipelines/measures.yml"
WHOSE = {
    "strict": "Children in need",
    "dfe-cin": "Children in need",
    "nhs-1-7-round-5": "Hospital Episode Statistics",
    "ons-rates": "mortality statistics",
    "tre-10": "ACRO",
}


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


def policy(**facts):
    withhold = {"counts": "1..5", **facts.pop("withhold", {})}
    return Policy.model_validate({"title": "t", "source": "s", "withhold": withhold, **facts})


def words_of(name):
    return " ".join(describe_policy(load_presets()[name])["words"])


def issues_of(root):
    with pytest.raises(BadDeclaration) as caught:
        load_declarations(Project(root))
    return [(issue.rule, issue.key) for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("method", "base", "is_fine"),
    [("conventional", 4, False), ("conventional", 5, True), ("controlled", 2, False), ("controlled", 3, True)],
)
def test_what_rounds_to_zero_must_not_be_one_number(method, base, is_fine):
    rounding = {"base": str(base), "method": method, "small": "rounded"}
    if is_fine:
        assert policy(rounding=rounding).rounding.base == base
    else:
        with pytest.raises(ValidationError, match="`low` would say that a count is 1"):
            policy(rounding=rounding)
    assert policy(rounding=rounding | {"small": "withheld"}).rounding.base == base


@pytest.mark.parametrize(("name", "body"), WHOSE.items())
def test_every_preset_says_whose_rule_it_is(name, body):
    assert body in load_presets()[name].source
    assert describe_policy(load_presets()[name])["source"] == load_presets()[name].source


def test_no_preset_is_without_a_citation_in_these_tests():
    assert load_presets().keys() == WHOSE.keys()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("strict", "from 1 to 5 are withheld. A count that leaves 5 or fewer"),
        ("dfe-cin", "from 1 to 5 are withheld"),
        ("nhs-1-7-round-5", "from 1 to 7 are withheld. All other counts are rounded to the nearest 5"),
        ("nhs-1-7-round-5", "made from rounded counts"),
        ("ons-rates", "counts fewer than 3 is withheld. A percentage or rate that counts fewer than 20 is marked [u]"),
        ("tre-10", "A zero is withheld as well. Where everyone of a group is in one category, that is withheld"),
        ("tre-10", "the 2 largest contributors make up more than 90 %"),
        ("tre-10", "to within 10 %"),
    ],
)
def test_packages_say_the_preset_in_words(name, words):
    assert words in words_of(name)


def test_packages_say_how_figures_are_rounded_in_numbers():
    rules = describe_policy(load_presets()["nhs-1-7-round-5"])["rules"]
    assert rules["rounding"] == {"base": 5, "method": "conventional", "small": "withheld"}
    assert rules["withheld_counts"] == [1, 7]
    assert "rounding" not in describe_policy(load_presets()["strict"])["rules"]


def test_a_policy_that_only_rounds_does_not_say_that_it_withholds():
    words = " ".join(
        describe_policy(policy(rounding={"base": "3", "method": "controlled", "small": "rounded"}))["words"]
    )
    assert (
        "All counts of people are rounded to a multiple of 3 just below or above, so that totals still add up." in words
    )
    assert "from 1 to 5 are withheld" not in words


def test_a_project_needs_no_policies_of_its_own(tmp_path):
    root = make_project(tmp_path, **{POLICIES: None})
    declared = load_declarations(Project(root))
    assert declared.policies == load_presets()
    assert declared.warnings == ()


def test_a_pipeline_may_name_any_preset(project):
    edit(project, PIPELINE, "caveats: [two-systems]", "caveats: [two-systems]\ndisclosure: nhs-1-7-round-5")
    assert load_declarations(Project(project)).pipelines["missing"].disclosure == "nhs-1-7-round-5"


def test_the_same_rules_under_the_name_of_a_preset_need_no_warning(project):
    assert load_declarations(Project(project)).warnings == ()


def test_other_rules_under_the_name_of_a_preset_win_with_a_warning(project):
    edit(project, POLICIES, "counts: 1..5", "counts: 1..9")
    declared = load_declarations(Project(project))
    assert declared.policies["strict"].withhold.counts == "1..9"
    assert [(warning.rule, warning.severity, warning.row) for warning in declared.warnings] == [
        ("redefines-preset", "warning", 1)
    ]


def test_a_policy_as_it_was_written_before_still_loads():
    old = policy(withhold={"zeros": "shown", "complements": "true"}, ratios={"smallest-denominator": "20"})
    assert (old.protection.standard, old.protection.effort, old.rounding) == ("symbol", "good", None)


@pytest.mark.parametrize("standard", ["zero-aware", "zero_aware"])
def test_a_standard_may_be_written_with_hyphens(standard):
    assert policy(protection={"standard": standard}).protection.standard == "zero_aware"


@pytest.mark.parametrize(
    "facts",
    [
        {"rounding": {"base": "5", "small": "rounded"}, "withhold": {"zeros": "withheld"}},
        {"rounding": {"base": "1"}},
        {"rounding": {"method": "controlled"}},
        {"contributors": {"dominance": {"share": "100"}}},
        {"protection": {"standard": "fair"}},
        {"ratios": {"smallest-numerater": "3"}},
    ],
)
def test_policies_that_make_no_sense_are_refused(facts):
    with pytest.raises(ValidationError):
        policy(**facts)


def test_weights_that_the_policy_does_not_use_are_an_issue(project):
    weights = "caveats: [two-systems]\nweights:\n  - {where: {sex: male}, weight: 9}"
    edit(project, PIPELINE, "caveats: [two-systems]", weights)
    assert issues_of(project) == [("unused-weights", "weights")]
    edit(project, POLICIES, "withhold: {counts: 1..5}", "withhold: {counts: 1..5}\n  protection: {cost: weights}")
    assert load_declarations(Project(project)).pipelines["missing"].weights[0].weight == 9


@pytest.mark.parametrize("key", ["never-withhold", "weights"])
def test_columns_of_rules_must_be_columns_of_the_observations(project, key):
    rest = "reason: r" if key == "never-withhold" else "weight: 2"
    edit(
        project,
        PIPELINE,
        "caveats: [two-systems]",
        f"{key}:\n  - {{where: {{sexx: male}}, {rest}}}\ncaveats: [two-systems]",
    )
    edit(project, POLICIES, "withhold: {counts: 1..5}", "withhold: {counts: 1..5}\n  protection: {cost: weights}")
    assert issues_of(project) == [("unknown-column", f"{key}.0.where.sexx")]


def test_contributions_must_be_measures_and_are_never_published(project):
    money = "kind: count\n  contributions: [childrn]\nchildren:\n"
    edit(project, MEASURES, "kind: count\nchildren:\n", money)
    assert issues_of(project) == [("unknown-measure", "children-missing.contributions.0")]
    edit(project, MEASURES, "[childrn]", "[children]")
    assert ("published-contribution", "measures.1") in issues_of(project)
