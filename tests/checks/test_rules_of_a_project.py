"""Rules as a maintainer meets them: what the program says, what stops publishing, what a waiver does and publishes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from commands import statpress
from project import edit, make_project

from statpress.checks.consistency.check import Consistency, check_consistency
from statpress.checks.consistency.defaults import packages_beside
from statpress.checks.consistency.waivers import find_plain_rows
from statpress.declare.load import load_declarations
from statpress.errors import StatpressError
from statpress.paths import Project
from statpress.publish.assess import check as run_check
from statpress.publish.publish import publish as run_publish
from statpress.tables.observations import load_observations

DOCS = Path(__file__).parents[2] / "docs"
RULES = "validations/missing.yml"
SOURCE = "pipelines/missing/source/missing.csv"


def declare(root: Path, text: str) -> None:
    (root / "validations").mkdir(exist_ok=True)
    (root / RULES).write_text(text, encoding="utf-8")


def check(root: Path, exit_code: int) -> list[dict[str, Any]]:
    """The issues of a check, as `statpress check --json` has them."""
    try:
        found, issues = 0, run_check(Project(root)).warnings
    except StatpressError as error:
        found, issues = error.exit_code, error.issues
    assert found == exit_code, issues
    return [issue.as_dict() for issue in issues]


def cubes_of(root: Path) -> dict[str, pd.DataFrame]:
    """The true figures of every pipeline."""
    declared = load_declarations(Project(root))
    read = {name: load_observations(Project(root), name, declared)[0] for name in declared.pipelines}
    return {name: observations.table for name, observations in read.items() if observations}


def consistency_of(root: Path) -> Consistency:
    """What the rules say of the package `missing`, without protection."""
    return check_consistency("missing", cubes_of(root), load_declarations(Project(root)))


def rules_of(issues: list[dict[str, Any]]) -> list[str]:
    return [issue["rule"] for issue in issues]


def descriptor(root: Path) -> Any:
    return json.loads((root / "datapackages" / "missing" / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture
def faulty(project: Path) -> Path:
    """A project whose looked-after boys and girls of 2019/20 do not make the total. All three figures are shown."""
    edit(project, SOURCE, "2019/20,M,250", "2019/20,M,240")
    return project


def test_a_tiny_project_without_faults_is_silent(project: Path) -> None:
    assert rules_of(check(project, 0)) == []


def test_parts_that_do_not_make_the_total_stop_publishing(faulty: Path) -> None:
    (issue,) = check(faulty, 12)
    assert (issue["rule"], issue["file"], issue["row"], issue["column"]) == ("parts-and-total", SOURCE, 11, "value")
    assert "measure children, area E1, period 2019-04-01/P1Y" in issue["message"]
    assert "row 12, column value; row 13, column value" in issue["message"]
    assert "validations/missing.yml" in issue["hint"]
    assert not (faulty / "datapackages").exists()


def test_no_figure_is_ever_shown(faulty: Path) -> None:
    done = statpress(faulty, "check")
    said = re.sub(r"2019-04-01/P1Y|line 11|row 1[23]|\bE1\b", "", done.stdout + done.stderr)
    assert not re.search(r"460|240|210|450", said)


def test_a_waiver_publishes_its_reason_beside_the_figure(faulty: Path) -> None:
    declare(faulty, "waivers: [{rule: parts-and-total, where: {measure: children}, reason: Ten boys are in no group.}]")
    run_publish(Project(faulty))
    said = descriptor(faulty)["statpress"]
    (told,) = [caveat for caveat in said["caveats"] if caveat["id"] != "two-systems"]
    assert told == {"id": "known-fault-1-parts-and-total", "text": "Ten boys are in no group.", "conflict": True}
    about = {measure["id"]: measure["caveats"] for measure in said["measures"]}
    assert "known-fault-1-parts-and-total" in about["children"]
    assert "known-fault-1-parts-and-total" not in about["children-missing"]


def test_a_reason_about_a_withheld_figure_is_not_published(project: Path) -> None:
    """That the parts do not make the total would rule a number out for the three girls."""
    edit(project, SOURCE, "2018/19,all,63", "2018/19,all,64")
    declare(project, "waivers: [{rule: parts-and-total, reason: The source is one out.}]")
    report = run_publish(Project(project))
    assert [issue.rule for issue in report.warnings] == ["fault-not-told"]
    for path in (project / "datapackages").rglob("*"):
        if path.is_file():
            assert "one out" not in path.read_text(encoding="utf-8"), path


def test_a_waiver_that_names_a_caveat_publishes_nothing_more(faulty: Path) -> None:
    declare(faulty, "waivers: [{rule: parts-and-total, caveat: two-systems}]")
    run_publish(Project(faulty))
    assert [caveat["id"] for caveat in descriptor(faulty)["statpress"]["caveats"]] == ["two-systems"]


def test_a_waiver_of_other_figures_waives_nothing(faulty: Path) -> None:
    declare(faulty, "waivers: [{rule: parts-and-total, where: {measure: children-missing}, caveat: two-systems}]")
    assert rules_of(check(faulty, 12)) == ["parts-and-total", "waiver-matches-nothing"]


def test_a_waiver_that_outlives_its_fault_is_an_issue(project: Path) -> None:
    declare(project, "waivers:\n  - {rule: parts-and-total, caveat: two-systems}\n")
    (issue,) = check(project, 12)
    assert (issue["rule"], issue["file"], issue["row"]) == ("waiver-matches-nothing", RULES, 2)


def test_rounding_that_is_declared_explains_small_differences(faulty: Path) -> None:
    declare(faulty, "rounding: [{where: {measure: children}, to: 10}]")
    check(faulty, 0)


def test_a_measure_that_does_not_add_up_is_left_alone(faulty: Path) -> None:
    declare(faulty, "does-not-add: [{measures: [children], dimension: sex, why: Some are neither.}]")
    check(faulty, 0)


def test_areas_that_add_up(project: Path) -> None:
    edit(project, SOURCE, "children,Otherford,2019/20,all,..", "children,Otherford,2019/20,all,300")
    rows = (project / SOURCE).read_text(encoding="utf-8")
    (project / SOURCE).write_text(rows + "children,England,2019/20,all,770\n", encoding="utf-8")
    check(project, 0)
    declare(project, "areas: adds-up")
    (issue,) = check(project, 12)
    assert (issue["rule"], issue["row"]) == ("parts-and-total", 16)
    edit(project, SOURCE, "England,2019/20,all,770", "England,2019/20,all,760")
    check(project, 0)


def test_a_percentage_that_its_numbers_do_not_give(project: Path) -> None:
    edit(project, "pipelines/missing/pipeline.yml", "compute: [missing-share]\n", "")
    rows = (project / SOURCE).read_text(encoding="utf-8")
    (project / SOURCE).write_text(rows + "missing-share,Exampleshire,2019/20,all,11.2\n", encoding="utf-8")
    (issue,) = check(project, 12)
    assert (issue["rule"], issue["row"]) == ("percentage-and-parts", 16)
    edit(project, SOURCE, "all,11.2", "all,11.1")
    check(project, 0)


def test_a_percentage_agrees_at_the_decimals_that_its_source_prints(project: Path) -> None:
    """51 of 460 is 11.09 %: 11 is true, and 11.0 is not, although the package has one decimal for both."""
    edit(project, "pipelines/missing/pipeline.yml", "compute: [missing-share]\n", "")
    rows = (project / SOURCE).read_text(encoding="utf-8")
    (project / SOURCE).write_text(rows + "missing-share,Exampleshire,2019/20,all,11\n", encoding="utf-8")
    check(project, 0)
    edit(project, SOURCE, "share,Exampleshire,2019/20,all,11", "share,Exampleshire,2019/20,all,11.0")
    assert rules_of(check(project, 12)) == ["percentage-and-parts"]


def test_what_a_percentage_is_made_of_is_looked_for_near_at_hand(project: Path) -> None:
    """In its own package, else in one about the same area, else in any: councils share measures, not figures."""
    text = (project / "pipelines/missing/pipeline.yml").read_text()
    shared = {"pipelines/again/pipeline.yml": text.replace("area: E1", "area: E2")}
    parts = text.replace("measures: [children-missing, children, missing-share]", "measures: [missing-share]")
    parts = parts.replace("compute: [missing-share]\n", "").replace("area: E1", "area: E9")
    make_project(project, **shared)
    declared = load_declarations(Project(project))
    assert [packages_beside(name, declared) for name in ("missing", "again")] == [frozenset(), frozenset()]
    make_project(project, **{"pipelines/share/pipeline.yml": parts})
    assert len(packages_beside("share", load_declarations(Project(project)))) == 1
    make_project(
        project,
        **{
            "pipelines/again/pipeline.yml": text.replace("area: E1", "area: E9")
            .replace("measures: [children-missing, children, missing-share]", "measures: [children-missing, children]")
            .replace("compute: [missing-share]\n", "")
        },
    )
    assert packages_beside("share", load_declarations(Project(project))) == {"again"}


def test_a_percentage_without_its_numerator_must_still_be_possible(project: Path) -> None:
    edit(project, "pipelines/missing/pipeline.yml", "compute: [missing-share]\n", "")
    rows = (project / SOURCE).read_text(encoding="utf-8")
    kept = [row for row in rows.splitlines() if "children-missing,Exampleshire,2019/20" not in row]
    share = "missing-share,Exampleshire,2019/20,all,{}"
    (project / SOURCE).write_text("\n".join([*kept, share.format("11.2")]) + "\n", encoding="utf-8")
    assert rules_of(check(project, 12)) == ["impossible-percentage"]
    (project / SOURCE).write_text("\n".join([*kept, share.format("11.1")]) + "\n", encoding="utf-8")
    check(project, 0)


def test_a_change_agrees_with_the_figures_of_this_period_and_the_one_before(project: Path) -> None:
    measures = project / "pipelines" / "measures.yml"
    growth = {"title": "Growth", "definition": "Since the year before.", "unit": "%", "kind": "percentage"}
    growth |= {"decimals": 1, "change-of": "children"}
    measures.write_text(measures.read_text(encoding="utf-8") + yaml.safe_dump({"growth": growth}), encoding="utf-8")
    edit(
        project,
        "pipelines/missing/pipeline.yml",
        "[children-missing, children,",
        "[growth, children-missing, children,",
    )
    rows = (project / SOURCE).read_text(encoding="utf-8")
    (project / SOURCE).write_text(rows + "growth,Exampleshire,2019/20,all,2.5\n", encoding="utf-8")
    (issue,) = check(project, 12)
    assert (issue["rule"], issue["row"]) == ("change-and-values", 16)
    assert "Compared with row 5, column value; row 11, column value" in issue["message"]
    edit(project, SOURCE, "all,2.5", "all,2.4")
    check(project, 0)


def test_a_column_made_rows_is_told_by_its_own_name(project: Path) -> None:
    """Figures that an unpivot step made rows of are told with the column that they stand in."""
    edit(
        project,
        "pipelines/missing/pipeline.yml",
        "      - period: {kinds: [financial-year]}",
        "      - rename: {Girls and young women: girls}\n"
        "      - unpivot: {columns: [everybody, boys, girls], names: who}\n"
        "      - recode: {column: who, into: sex, values: {everybody: all, boys: male, girls: female}}\n"
        "      - drop: [who]\n"
        "      - period: {kinds: [financial-year]}",
    )
    wide = "measure,area,period,everybody,boys,Girls and young women\n"
    wide += "children-missing,Exampleshire,2019/20,51,30,21\nchildren,Exampleshire,2019/20,460,240,210\n"
    (project / SOURCE).write_text(wide, encoding="utf-8")
    (issue,) = check(project, 12)
    assert (issue["row"], issue["column"]) == (3, "everybody")
    assert "row 3, column boys; row 3, column Girls and young women" in issue["message"]


def test_a_rule_that_compares_nothing_is_an_issue(project: Path) -> None:
    declare(project, "rules:\n  idle: {at-most: {part: {measure: children, sex: male}, whole: {area: E9}}}\n")
    (issue,) = check(project, 12)
    assert (issue["rule"], issue["row"], issue["key"]) == ("rule-compares-nothing", 2, "rules.idle")


def test_a_rule_that_finds_several_figures_for_one_is_an_issue(project: Path) -> None:
    declare(
        project, "rules:\n  vague: {at-most: {part: {measure: children-missing}, whole: {measure: children}, by: []}}\n"
    )
    assert rules_of(check(project, 12)) == ["rule-ambiguous"]


def test_a_declared_warning_does_not_stop_publishing(faulty: Path) -> None:
    declare(
        faulty, "rules: {growth: {severity: warning, jump: {figures: {sex: all, area: E1}, at-most: 1, smallest: 5}}}"
    )
    edit(faulty, SOURCE, "2019/20,M,240", "2019/20,M,250")
    assert set(rules_of(check(faulty, 0))) == {"jump"}


def test_every_fault_of_the_rules_is_told_at_once(project: Path) -> None:
    declare(
        project,
        "rules:\n"
        "  parts-and-total: {tally: {stated: 2, rows: {measure: childern}}}\n"
        "  two: {tally: {stated: 2, rows: {colour: red}}, same: {figures: {area: E1}}}\n"
        "waivers:\n"
        "  - {rule: parts, reason: None.}\n"
        "  - {rule: slip}\n",
    )
    assert {(issue["rule"], issue["row"]) for issue in check(project, 10)} == {("bad-value", 3), ("bad-value", 6)}
    declare(
        project,
        "rules:\n"
        "  parts-and-total: {tally: {stated: 2, rows: {measure: childern}}}\n"
        "  two: {tally: {stated: 2, rows: {colour: red}}}\n"
        "waivers:\n"
        "  - {rule: parts, reason: None.}\n"
        "  - {rule: slip, caveat: two-sistems}\n",
    )
    issues = check(project, 10)
    assert {(issue["rule"], issue["row"]) for issue in issues} == {
        ("unknown-measure", 2),
        ("reserved-name", 2),
        ("unknown-column", 3),
        ("unknown-rule", 5),
        ("unknown-caveat", 6),
    }
    assert any("Did you mean children" in issue["hint"] for issue in issues)


@pytest.mark.parametrize(
    ("claim", "key", "words"),
    [
        ("sum: {total: abc, parts: {sex: male}}", "sum.total", "number, or a selection of figures"),
        ("sum: {total: nan, parts: {sex: male}}", "sum.total", "number, or a selection of figures"),
        ("sum: {total: 100, parts: []}", "sum.parts", "at least one entry"),
        ("sum: {total: 100, parts: {sex: male}, by: area}", "sum.by", "a list"),
        ("sum: {total: 100, parts: {sex: male}, tolerance: inf}", "sum.tolerance", "finite"),
        ("smu: {total: 100, parts: {sex: male}}", "smu", "not known here"),
        ("same: {figures: children}", "same.figures", "a list"),
        ("at-most: {part: {}, whole: {measure: children}}", "at-most.part", "at least one entry"),
        ("base: {percentages: [{sex: male}], counts: [{sex: male}, {sex: female}]}", "base", "needs its own"),
        ("jump: {figures: {sex: male}, at-most: 0}", "jump.at-most", "greater than 0"),
    ],
)
def test_what_a_rule_may_not_be(project: Path, claim: str, key: str, words: str) -> None:
    declare(project, f"rules:\n  one:\n    {claim}\n")
    (issue,) = check(project, 10)
    assert (issue["key"], issue["row"]) == (f"rules.one.{key}", 3)
    assert words in issue["message"]


def test_rules_of_no_pipeline_are_an_issue(project: Path) -> None:
    declare(project, "rules: {}")
    (project / RULES).rename(project / "validations" / "mising.yml")
    (issue,) = check(project, 10)
    assert (issue["rule"], issue["file"], issue["hint"]) == (
        "unknown-pipeline",
        "validations/mising.yml",
        "Did you mean missing?",
    )


def second_package(root: Path, value: int) -> None:
    """Another package that counts the looked-after children of 2019/20 as well."""
    measures = root / "pipelines" / "measures.yml"
    more = {"title": "Children in care", "definition": "The same children.", "unit": "children", "kind": "count"}
    measures.write_text(measures.read_text() + yaml.safe_dump({"children-in-care": more}), encoding="utf-8")
    folder = root / "pipelines" / "care"
    (folder / "source").mkdir(parents=True)
    pipeline = (root / "pipelines" / "missing" / "pipeline.yml").read_text(encoding="utf-8")
    pipeline = re.sub(r"measures: .*\ncompute: .*\ndimensions: .*\n", "measures: [children-in-care]\n", pipeline)
    (folder / "pipeline.yml").write_text(pipeline.replace("missing.csv", "care.csv"), encoding="utf-8")
    (folder / "source" / "care.csv").write_text(f"period,value\n2019/20,{value}\n", encoding="utf-8")


TWO_PACKAGES = """\
rules:
  two-packages:
    same:
      figures: [{measure: children, sex: all}, {package: care, measure: children-in-care}]
      by: [area, period]
"""


def test_the_same_figure_in_two_packages(project: Path) -> None:
    declare(project, TWO_PACKAGES)
    second_package(project, 460)
    check(project, 0)
    edit(project, "pipelines/care/source/care.csv", "460", "461")
    (issue,) = check(project, 12)
    assert issue["rule"] == "stated-two-ways"
    assert "pipelines/care/source/care.csv, row 2, column value" in issue["message"]
    with pytest.raises(StatpressError):
        run_check(Project(project), ["missing"])


def test_a_share_agrees_with_a_denominator_in_another_package(project: Path) -> None:
    second_package(project, 460)
    edit(project, "pipelines/missing/pipeline.yml", "compute: [missing-share]\n", "")
    edit(project, "pipelines/measures.yml", "  denominator: children\n", "  denominator: children-in-care\n")
    rows = (project / SOURCE).read_text(encoding="utf-8")
    (project / SOURCE).write_text(rows + "missing-share,Exampleshire,2019/20,all,11.2\n", encoding="utf-8")
    (issue,) = consistency_of(project).issues
    assert (issue.rule, issue.row) == ("percentage-and-parts", 16)
    assert "pipelines/care/source/care.csv, row 2, column value" in issue.message
    edit(project, SOURCE, "all,11.2", "all,11.1")
    assert not consistency_of(project).issues


def test_a_fault_between_packages_is_told_in_a_caveat(project: Path) -> None:
    second_package(project, 461)
    declare(project, TWO_PACKAGES + "waivers: [{rule: two-packages, reason: They differ.}]\n")
    assert rules_of(check(project, 12)) == ["waiver-across-packages"]
    declare(project, TWO_PACKAGES + "waivers: [{rule: two-packages, caveat: two-systems}]\n")
    check(project, 0)


def test_which_figures_a_rule_speaks_of(project: Path) -> None:
    """A package may say that a rule holds only where all of them are shown."""
    second_package(project, 460)
    declare(project, TWO_PACKAGES + "  boys: {jump: {figures: {measure: children, sex: male}, at-most: 30}}\n")
    assert consistency_of(project).rows == {"two-packages": None, "boys": (4, 10)}
    table = cubes_of(project)["missing"]
    keys = ["measure", "area", "period", "sex"]
    assert find_plain_rows(table, table, keys) >= {4, 10}
    withheld = table.assign(value=table["value"].where(table.index != 4), status=["c"] * len(table))
    assert not find_plain_rows(table, withheld, keys) >= {4, 10}
    rounded = table.assign(value=table["value"].round(-1))
    assert not find_plain_rows(table, rounded, keys) >= {4, 10}


def test_the_page_of_rules_loads_and_has_every_key() -> None:
    from pydantic import BaseModel

    from statpress.declare import claims, rules

    page = (DOCS / "reference" / "rules.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml title=\"rules.yml\"\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    rules.Rules.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts only
    models = [
        model
        for model in {**vars(claims), **vars(rules)}.values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    ]
    keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"\b{key}:", text)} == set()
    assert {name for name in rules.BY_THEMSELVES if f"`{name}`" not in page} == set()


def test_the_rules_of_the_how_to_page_load_in_the_tiny_project(project: Path) -> None:
    page = (DOCS / "how-to" / "when-figures-disagree.md").read_text(encoding="utf-8")
    (text,) = re.findall(
        r"^```yaml title=\"validations/missing.yml\"\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL
    )
    declare(project, text)
    assert rules_of(check(project, 12)) == ["waiver-matches-nothing"]
