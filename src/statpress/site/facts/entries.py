"""What can be looked for on a site, in words alone: titles, other names, definitions. No figure is among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from statpress.language.speak import later
from statpress.packages.package import Package
from statpress.site.facts.catalogue import Catalogue
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.places import describe_kind
from statpress.site.facts.topics import read_front_matter
from statpress.site.facts.words import find_letter, pick_words

Kind = Literal["Topic", "Measure", "Area", "Data package", "Page"]
KINDS: Final[tuple[Kind, ...]] = ("Topic", "Measure", "Area", "Data package", "Page")
_NAMES: Final = (later("Topic"), later("Measure"), later("Area"), later("Data package"), later("Page"))
"""The kinds, which are said where they are shown."""
_HEADING: Final = re.compile(r"^# +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing to find. `about` tells it from others of the same title; `also` are names, `words` whatever else."""

    kind: Kind
    title: str
    path: str
    about: str
    also: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The letter that it stands under; `0-9` where it begins with none."""
        return find_letter(self.title)


def describe_findings(catalogue: Catalogue, words: Sequence[Finding]) -> tuple[Finding, ...]:
    """Everything that can be looked for, topics first, and the pages of `words` last."""
    return (
        *(
            Finding("Topic", t.title, t.path, "", words=pick_words(t.description, _keywords(t.packages)))
            for t in catalogue.topics
        ),
        *_describe_indicators(catalogue.indicators),
        *(
            Finding("Area", p.area.name, p.path, describe_kind(p.area.kind), also=(p.area.code,))
            for p in catalogue.places.by_code.values()
        ),
        *(
            Finding("Data package", p.title, f"data/{p.id}/", "", words=pick_words(p.descriptor.description))
            for p in catalogue.packages
        ),
        *words,
    )


def read_words(folder: Path, made: Iterable[str]) -> list[Finding]:
    """The Markdown pages of the folder of words that are no made pages, by their titles."""
    known = {*made, "a-to-z.md"}
    found = []
    for path in sorted(folder.rglob("*.md")):
        source = path.relative_to(folder).as_posix()
        if source not in known and not source.startswith("_"):
            head = read_front_matter(path)
            heading = _HEADING.search(path.read_text("utf-8"))
            title = str(
                head.get("title") or (heading.group(1) if heading else path.stem.replace("-", " ").capitalize())
            )
            address = source.removesuffix(".md").removesuffix("index").rstrip("/")
            description = str(head.get("description", ""))
            found.append(Finding("Page", title, f"{address}/" if address else "", "", words=pick_words(description)))
    return found


def _describe_indicators(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    titles = Counter(indicator.measure.title for indicator in indicators)
    for indicator in indicators:
        package, measure = indicator.package, indicator.measure
        topic = package.words.topic.title if package.words else ""
        about = package.title if titles[measure.title] > 1 or not topic else topic
        names = [dimension.title for dimension in indicator.dimensions.values()]
        words = pick_words(measure.definition, measure.unit, package.title, topic, _keywords([package]), *names)
        own = set(pick_words(measure.title, about))
        left = tuple(word for word in words if word not in own)
        yield Finding("Measure", measure.title, indicator.path, about, tuple(indicator.entry.also), left)


def _keywords(packages: Sequence[Package]) -> str:
    return " ".join(word for package in packages for word in package.descriptor.keywords)
