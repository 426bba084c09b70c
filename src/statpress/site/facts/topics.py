"""The topics of a site: those that packages name, and those that only have words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from statpress.errors import BadSource
from statpress.issue import Issue
from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.related import find_related


@dataclass(frozen=True)
class TopicPart:
    """One topic with its packages and indicators."""

    id: str
    title: str
    description: str
    section: str
    order: int
    packages: tuple[Package, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"topics/{self.id}/"

    def near(self, indicator: Indicator, most: int) -> list[Indicator]:
        """At most `most` of its other indicators, the nearest to one first."""
        return find_related(indicator, self.indicators, most)

    @property
    def branches(self) -> list[tuple[Package, list[Indicator]]]:
        """Its packages, each with its indicators."""
        return [(package, [i for i in self.indicators if i.package is package]) for package in self.packages]


def describe_topics(
    packages: Sequence[Package], indicators: Sequence[Indicator], words: Sequence[TopicPart]
) -> tuple[TopicPart, ...]:
    """Every topic in order. What a package says of a topic goes before what a file of words says."""
    found = {topic.id: topic for topic in words}
    own: dict[str, list[Package]] = {}
    for package in packages:
        if package.words:
            topic = package.words.topic
            own.setdefault(topic.id, []).append(package)
            if len(own[topic.id]) == 1:
                found[topic.id] = TopicPart(topic.id, topic.title, topic.description, topic.section, topic.order)
    by_package: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_package.setdefault(indicator.package.id, []).append(indicator)
    filled = (
        replace(
            topic,
            packages=tuple(own.get(topic.id, ())),
            indicators=tuple(i for package in own.get(topic.id, ()) for i in by_package.get(package.id, ())),
        )
        for topic in found.values()
    )
    return tuple(sorted(filled, key=lambda topic: (topic.order, topic.title)))


def read_topic_words(folder: Path) -> tuple[TopicPart, ...]:
    """The topics that have a Markdown file in `folder`, from its front matter: title, description, section, order."""
    return tuple(_topic(path, read_front_matter(path)) for path in sorted(folder.glob("*.md")))


def read_front_matter(path: Path) -> dict[str, Any]:
    """The YAML at the top of a Markdown file; nothing when the file or the YAML is not there. Raises BadSource."""
    text = path.read_text("utf-8") if path.is_file() else ""
    head, closed, _ = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not closed:
        return {}
    try:
        found = yaml.safe_load(head)
    except yaml.YAMLError as error:
        raise BadSource([Issue("front-matter", f"This is not YAML: {error}.", path.name)]) from error
    return found if isinstance(found, dict) else {}


def _topic(path: Path, head: dict[str, Any]) -> TopicPart:
    title = str(head.get("title") or path.stem.replace("-", " ").capitalize())
    order = head.get("order", 999)
    return TopicPart(
        id=path.stem,
        title=title,
        description=str(head.get("description", "")),
        section=str(head.get("section", "")),
        order=order if isinstance(order, int) else 999,
    )
