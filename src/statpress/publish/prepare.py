"""Prepare packages: everything up to the moment of writing. Reads sources, writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from statpress.checks.consistency.check import Consistency, check_consistency
from statpress.checks.consistency.defaults import packages_beside
from statpress.checks.cube import check_cube
from statpress.cube import MEASURE, STATUS
from statpress.declare.nouns import Declarations
from statpress.disclosure.assemble.public import NO_LESSONS, Lessons, Public
from statpress.disclosure.cells import Key, Rules, read_cells, rules_of
from statpress.disclosure.compute import compute_ratios
from statpress.disclosure.judge import Unprotected
from statpress.disclosure.matching import NAMES_NOTHING
from statpress.disclosure.protect import Protected, protect_tables
from statpress.disclosure.reliability import mark_unreliable
from statpress.errors import BadDeclaration, BadSource, FailedCheck, UnsafeRelease, fail_if, fail_together
from statpress.issue import Issue
from statpress.packages.describe.publication import Publication, SourceFact
from statpress.paths import Project
from statpress.publish.checksum import keyed_checksum
from statpress.publish.contradictions import Excused
from statpress.publish.faults import tell_faults
from statpress.publish.ledger import Entry, check_ledger, count_ledger, keep_ledger
from statpress.publish.sources import check_sources
from statpress.status import WITHHELD
from statpress.tables.observations import Observations, load_observations
from statpress.workers import ALONE, Share

if TYPE_CHECKING:
    import pandas as pd

OnStep = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and how many there are."""


@dataclass(frozen=True)
class Figures:
    """The true figures of pipelines, read and checked. They leave this room in no form."""

    observations: Mapping[str, Observations] = field(repr=False)
    warnings: tuple[Issue, ...]
    consistency: Mapping[str, Consistency]


@dataclass(frozen=True)
class Prepared:
    """A package that is safe and complete, and what only maintainers may see of how it came about."""

    publication: Publication
    entries: tuple[Entry, ...]
    protected: Protected
    warnings: tuple[Issue, ...]
    consistency: Consistency = field(repr=False)
    """What the rules said of the true figures."""
    plain_rules: frozenset[str]
    """Rules that name only figures which readers have."""
    plain_waivers: frozenset[int]
    """Places of waivers whose faults readers could find by themselves."""
    truth: Mapping[Key, int] = field(repr=False)
    """The true counts, withheld ones among them. They leave this room in no form."""
    excused: tuple[Excused, ...] = ()
    """What is known to contradict in what is printed, once it has been attacked."""


def read_figures(
    project: Project,
    declared: Declarations,
    names: Iterable[str],
    on_step: OnStep = lambda *_: None,
    share: Share = ALONE,
) -> Figures:
    """Read, shape and check the pipelines `names`.

    Each stage is finished for all of them before the next, so that all faults of a kind are told together. Raises
    `BadSource` or `FailedCheck`.
    """
    observations, warnings = _read(project, declared, tuple(names), on_step, share)
    consistency = _check(project, declared, observations)
    found = [issue for one in consistency.values() for issue in one.issues]
    return Figures(observations, (*warnings, *found), consistency)


def prepare_packages(
    declared: Declarations, figures: Figures, public: Public, lessons: Lessons = NO_LESSONS
) -> tuple[Prepared, ...]:
    """Protect the figures of pipelines, and describe the packages.

    `public` is what readers have besides, `lessons` what an attack on a former try has taught.

    Raises `BadDeclaration` where a rule by hand names nothing, `UnsafeRelease`, or `FailedCheck` where a row is lost.
    """
    observations, warnings, consistency = figures.observations, figures.warnings, figures.consistency
    names = tuple(observations)
    protected = _protect(declared, observations, public, lessons)
    entries = {
        name: keep_ledger(observations[name], declared.pipelines[name], protected[name].reasons) for name in names
    }
    fail_if(FailedCheck, [i for name in names for i in check_ledger(entries[name], observations[name], name)])
    publications = {
        name: _publication(name, declared, observations[name], protected[name], entries[name]) for name in names
    }
    told = {name: tell_faults(one, consistency[name], observations[name]) for name, one in publications.items()}
    return tuple(
        Prepared(
            replace(publications[name], known_faults=told[name].faults),
            entries[name],
            protected[name],
            (*told[name].warnings, *(issue for issue in warnings if _is_about(issue, name))),
            consistency[name],
            told[name].plain_rules,
            told[name].plain_waivers,
            _true_counts(observations[name], rules_of(declared, declared.pipelines[name])),
        )
        for name in names
    )


def _is_about(issue: Issue, name: str) -> bool:
    return issue.file.startswith((f"pipelines/{name}/", f"validations/{name}."))


def _true_counts(read: Observations, rules: Rules) -> dict[Key, int]:
    values = read_cells(read.table, rules).values.items()
    return {key: round(value) for key, value in values if value is not None and rules.measures[key[0]].kind == "count"}


def read_unprotected(project: Project, declared: Declarations, name: str) -> Unprotected:
    """The true figures of one pipeline, checked, with what is declared of their protection.

    Raises `BadSource` or `FailedCheck`.
    """
    observations, _ = _read(project, declared, (name,))
    _check(project, declared, observations)
    return _unprotected(declared, name, observations[name])


def _read(
    project: Project,
    declared: Declarations,
    names: tuple[str, ...],
    on_step: OnStep = lambda *_: None,
    share: Share = ALONE,
) -> tuple[dict[str, Observations], list[Issue]]:
    found: dict[str, Observations] = {}
    issues: list[Issue] = []
    read = share(partial(_read_one, project, declared), names)
    for index, name in enumerate(names):
        on_step(f"reading {name}", index, len(names))
        observations, faults = next(read)
        issues += faults
        if observations is not None:
            found[name] = observations
    fail_if(BadSource, issues)
    return found, issues


def _read_one(project: Project, declared: Declarations, name: str) -> tuple[Observations | None, list[Issue]]:
    observations, faults = load_observations(project, name, declared)
    return observations, [*faults, *check_sources(project, name, declared)]


def _check(
    project: Project, declared: Declarations, observations: Mapping[str, Observations]
) -> dict[str, Consistency]:
    """What the rules say of each package. Packages that they compare with are read too, and not checked."""
    issues = [issue for name, read in observations.items() for issue in check_cube(read.table, name, declared)]
    fail_if(FailedCheck, issues)
    wanted = {other for name in observations for other in packages_beside(name, declared)} - set(observations)
    beside, _ = _read(project, declared, tuple(sorted(wanted)))
    cubes = {name: read.table for name, read in (*observations.items(), *beside.items())}
    checked = {name: check_consistency(name, cubes, declared) for name in observations}
    fail_if(FailedCheck, [issue for one in checked.values() for issue in one.issues])
    return checked


def _protect(
    declared: Declarations, observations: Mapping[str, Observations], public: Public, lessons: Lessons
) -> dict[str, Protected]:
    tables = [_unprotected(declared, name, read) for name, read in observations.items()]
    protected, faults = protect_tables(tables, public, lessons)
    told = [declared.files[name].locate(one) for name, own in zip(observations, faults, strict=True) for one in own]
    misnamed = [one for one in told if one.rule in NAMES_NOTHING]
    fail_together({BadDeclaration: misnamed, UnsafeRelease: [one for one in told if one.rule not in NAMES_NOTHING]})
    return dict(zip(observations, protected, strict=True))


def _unprotected(declared: Declarations, name: str, read: Observations) -> Unprotected:
    pipeline = declared.pipelines[name]
    return Unprotected(
        read.table, rules_of(declared, pipeline), pipeline.withhold, pipeline.never_withhold, pipeline.weights
    )


def _publication(
    name: str, declared: Declarations, read: Observations, protected: Protected, entries: tuple[Entry, ...]
) -> Publication:
    pipeline = declared.pipelines[name]
    rules = rules_of(declared, pipeline)
    return Publication(
        name=name,
        pipeline=pipeline,
        declared=declared,
        observations=mark_unreliable(
            compute_ratios(protected.observations, rules, pipeline.compute, protected.notes), rules
        ),
        periods=read.periods,
        sources=tuple(SourceFact(keyed_checksum(source.sha256, declared.key), source.rows) for source in read.sources),
        ledger=count_ledger(entries),
        measure_sources=_measure_sources(read.table, pipeline.compute, rules),
    )


def _measure_sources(table: pd.DataFrame, computed: Iterable[str], rules: Rules) -> dict[str, tuple[int, ...]]:
    pairs = table[[MEASURE, "source"]].drop_duplicates()
    found: dict[str, set[int]] = {}
    for measure, source in zip(pairs[MEASURE], pairs["source"], strict=True):
        found.setdefault(str(measure), set()).add(int(source))
    for measure in computed:
        parts = (rules.measures[measure].numerator, rules.measures[measure].denominator)
        found.setdefault(measure, set()).update(source for part in parts for source in found.get(part or "", ()))
    return {measure: tuple(sorted(sources)) for measure, sources in found.items()}


def count_withheld(prepared: Prepared) -> int:
    """How many figures of the package are withheld."""
    return int((prepared.publication.observations[STATUS] == WITHHELD).sum())
