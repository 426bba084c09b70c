"""Everything that a site is made from, read, checked and described: packages, and the words of the project."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from statpress.issue import Issue
from statpress.packages.package import Extent, Package
from statpress.packages.read import read_packages
from statpress.paths import Project
from statpress.site.facts.catalogue import Catalogue, describe_catalogue
from statpress.site.facts.indicator import Indicator, describe_indicators
from statpress.site.facts.reference import Reference, read_references
from statpress.site.facts.topics import TopicPart, describe_topics, read_topic_words
from statpress.site.files.kept import keep, recall
from statpress.site.pages.dashboard import DashboardPage, list_dashboards
from statpress.site.pages.sums import sum_package, sum_program
from statpress.site.reports.read import Report, read_reports

OnStep = Callable[[str, int, int], None]
"""Told what was done, how many are done, and how many there are."""


@dataclass(frozen=True)
class Facts:
    """What there is: all packages, by the name of each its own indicators and its sum, and what is over all of them."""

    packages: tuple[Package, ...]
    own: Mapping[str, tuple[Indicator, ...]]
    sums: Mapping[str, str]
    catalogue: Catalogue
    reports: tuple[Report, ...]
    references: tuple[Reference, ...]
    dashboards: tuple[DashboardPage, ...]
    warnings: tuple[Issue, ...]
    """What is not as it should be in words, and does not stop the build."""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of all packages."""
        return self.catalogue.indicators

    @property
    def topics(self) -> tuple[TopicPart, ...]:
        """All topics in order."""
        return self.catalogue.topics


def gather_facts(project: Project, words: Path, store: Path, on_step: OnStep, *, strict: bool) -> Facts:
    """All facts of a project with the folder `words`. Raises BadSource or FailedCheck with all issues of all packages.

    The `store` tells which packages were read and checked before. Their figures are read when they are asked for.
    """
    packages = _read_packages(project, store, on_step)
    own = {package.id: describe_indicators(package) for package in packages}
    indicators = [indicator for found in own.values() for indicator in found]
    topics = describe_topics(packages, indicators, read_topic_words(words / "topics"))
    reports, warnings = read_reports(words, packages, indicators, strict=strict)
    return Facts(
        packages,
        own,
        {package.id: sum_package(package) for package in packages},
        describe_catalogue(packages, indicators, topics),
        reports,
        read_references(words, indicators),
        tuple(list_dashboards(packages, own)),
        warnings,
    )


def _read_packages(project: Project, store: Path, on_step: OnStep) -> tuple[Package, ...]:
    packages = read_packages(project, on_step, partial(_recall, store))
    for package in packages:
        if package.cube:
            keep(store, _recipe(package.digest), "json", partial(_write, package.cube.extents))
    return packages


def _recall(store: Path, digest: str) -> dict[str, Extent] | None:
    known = recall(store, _recipe(digest), "json")
    return None if known is None else {measure: Extent(*counts) for measure, counts in json.loads(known).items()}


def _write(extents: Mapping[str, Extent]) -> bytes:
    return json.dumps({measure: astuple(extent) for measure, extent in extents.items()}).encode()


def _recipe(digest: str) -> list[object]:
    return ["read without a fault", sum_program(), digest]
