"""What a site is made of, part by part, each with the sum of everything that it is made of.

A part stays while its sum stays. A sum too wide costs time; one too narrow would leave an old page. So each takes in
whole packages, all that is known of areas, and the whole program.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from statpress.site.facts.reference import Reference
from statpress.site.pages.compare import Versus
from statpress.site.pages.gather import Facts
from statpress.site.pages.products import Part
from statpress.site.pages.sums import add_sums, sum_places, sum_program, sum_templates, sum_topic
from statpress.site.reports.read import Report


def sum_around(facts: Facts, templates: Path, site: Sequence[str]) -> str:
    """The sum of what all parts have in common: program, templates, the name, address and languages of the `site`.

    Their pages name reports, references and dashboards, each by what is said of it.
    """
    about = [*map(_list_about, facts.references), *map(_list_about, facts.reports)]
    dashboards = [(dashboard.path, dashboard.title, dashboard.area) for dashboard in facts.dashboards]
    return add_sums(sum_program(), sum_templates(templates), site, about, dashboards)


def plan_packages(facts: Facts, around: str) -> list[Part]:
    """Every package. Its pages name other indicators of its topic."""
    topic_of = {package.id: topic for topic in facts.topics for package in topic.packages}
    sums = {topic.id: sum_topic(topic) for topic in facts.topics}
    found = []
    for package in facts.packages:
        topic = topic_of.get(package.id)
        made_of = add_sums(around, facts.sums[package.id], sums[topic.id] if topic else "")
        found.append(Part(package, facts.own[package.id], topic, made_of))
    return found


def plan_measures(facts: Facts, around: str) -> list[Versus]:
    """Every measure, under the topic that has it first. Its page tells what dashboards print of it."""
    places, dashboards = facts.catalogue.places, facts.dashboards
    common = add_sums(around, sum_places(places), [facts.sums[dashboard.package.id] for dashboard in dashboards])
    found = []
    for shared, topic in facts.catalogue.homes:
        own = [facts.sums[indicator.package.id] for indicator in shared.indicators]
        made_of = add_sums(common, shared.id, topic.id, topic.title, own)
        found.append(Versus(shared, topic, places, dashboards, made_of))
    return found


def _list_about(part: Reference | Report) -> tuple[str, str, list[str]]:
    """A reference or report as pages name it, with the measures or indicators whose pages do."""
    named = part.measures if isinstance(part, Reference) else [used.path for used in part.drawing.used]
    return (part.path, part.title, sorted(named))
