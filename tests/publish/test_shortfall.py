"""Counts that fall back to not being determined: only where nothing helps, and the publisher is told."""

import json

import pytest
from project import edit

from statpress.disclosure.assemble.public import Lessons
from statpress.disclosure.assemble.quantity import Quantity
from statpress.issue import Issue
from statpress.paths import Project
from statpress.publish.explain import explain
from statpress.publish.gate import Gate
from statpress.publish.publish import publish
from statpress.publish.safe import Tried, improve

SOURCE = "pipelines/missing/source/missing.csv"
HEADLINE = (
    "never-withhold: [{where: {measure: children-missing, period: 2018-04-01/P1Y, sex: all}, reason: A headline.}]"
)


@pytest.fixture
def short(project):
    """Two boys, two girls and two of whom it is not known, and a total of 6 that must be shown: nobody is one of 5."""
    edit(project, SOURCE, "2018/19,all,63", "2018/19,all,6")
    edit(project, SOURCE, "2018/19,M,60", "2018/19,M,2")
    edit(project, SOURCE, "2018/19,F,3", "2018/19,F,2\nchildren-missing,Exampleshire,2018/19,U,2")
    edit(project, "pipelines/dimensions.yml", "also: [F]}", "also: [F]}\n    unknown: {label: Not known, also: [U]}")
    edit(project, "pipelines/missing/pipeline.yml", "caveats: [two-systems]", f"caveats: [two-systems]\n{HEADLINE}")
    return project


def test_publishing_says_how_many_fall_short_and_not_which(short):
    (told,) = [issue for issue in publish(Project(short)).warnings if issue.rule == "falls-short"]
    assert told.message.startswith("Readers can rule out some values of 3 withheld numbers (3 small-count): no safe")
    assert "explain missing" in told.hint
    assert "male" not in told.message + told.hint


def test_explaining_says_which(short):
    (lines,) = [lines for heading, lines in explain(Project(short), "missing").sections if heading == "Withheld"]
    assert sum("not all of the band stays possible" in line for line in lines) == 3


def test_readers_are_not_told(short):
    publish(Project(short))
    descriptor = json.loads((short / "datapackages/missing/datapackage.json").read_text())
    assert set(descriptor["statpress"]["disclosure"]["proof"]) == {"standard", "withheld_counts", "possible_values"}


def test_a_package_without_such_counts_has_no_warning(project):
    assert [issue for issue in publish(Project(project)).warnings if issue.rule == "falls-short"] == []


COUNT = Quantity("children", "A", "2020", (("sex", "f"),))
OTHERS = tuple(COUNT._replace(area=area) for area in "BCDEFGH")


def attacks(enough, *, also=False):
    """Attempts after which `COUNT` is narrowed unless it fell back, or so many of the others are withheld."""

    def attempt(lessons):
        tries.append(lessons)
        is_narrowed = len(lessons.besides) < enough and COUNT not in lessons.narrowed
        issues = (Issue("withheld-narrowed", ""),) * is_narrowed + (Issue("sum", ""),) * (
            also and bool(lessons.besides)
        )
        gate = Gate(issues, {}, Lessons(narrowed=frozenset({COUNT} if is_narrowed else ())), (), OTHERS)
        return Tried((), gate, {})

    tries = []
    return attempt, tries


@pytest.mark.parametrize("enough", range(1, len(OTHERS) + 1))
def test_what_withholding_everything_protects_is_protected_by_as_little_as_is_enough(enough):
    attempt, tries = attacks(enough)
    assert improve(attempt).gate.is_passed
    fewest = min((one for one in tries if len(one.besides) >= enough), key=lambda one: len(one.besides))
    assert fewest.besides == frozenset(OTHERS[:enough])
    assert not any(one.narrowed for one in tries)


def test_what_withholding_everything_does_not_protect_falls_back():
    attempt, tries = attacks(len(OTHERS) + 1)
    assert improve(attempt).gate.is_passed
    assert (tries[-1].narrowed, tries[-1].besides) == ({COUNT}, frozenset())
    assert any(one.besides == frozenset(OTHERS) for one in tries)


def test_what_makes_something_else_follow_is_no_way_out():
    attempt, tries = attacks(1, also=True)
    assert improve(attempt).gate.is_passed
    assert (tries[-1].narrowed, tries[-1].besides) == ({COUNT}, frozenset())
