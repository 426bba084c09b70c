"""Reference pages: words about a tool, a list or a method, `reference/<page>.md`, that indicators link to.

The top of such a page names the measures that it explains. So packages need not know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from statpress.errors import BadDeclaration, fail_if
from statpress.issue import Issue, nearest
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.topics import read_front_matter

FOLDER: Final = "reference"


@dataclass(frozen=True)
class Reference:
    """One reference page, and the measures that it explains."""

    id: str
    title: str
    description: str
    measures: tuple[str, ...]

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"{FOLDER}/{self.id}/"


def read_references(words: Path, indicators: Sequence[Indicator]) -> tuple[Reference, ...]:
    """Every reference page in order of its title. Raises BadDeclaration when one is not as it must be."""
    heads = {path: read_front_matter(path) for path in sorted((words / FOLDER).glob("*.md"))}
    known = {indicator.measure.id for indicator in indicators}
    faults = [i for path, head in heads.items() for i in _check(head, f"{words.name}/{FOLDER}/{path.name}", known)]
    fail_if(BadDeclaration, faults)
    found = (
        Reference(path.stem, head["title"], head.get("description", ""), tuple(head.get("measures", [])))
        for path, head in heads.items()
    )
    return tuple(sorted(found, key=lambda reference: reference.title))


def _check(head: dict[str, object], file: str, known: set[str]) -> Iterator[Issue]:
    if not isinstance(head.get("title"), str):
        hint = "Write `title: ...` between two lines of hyphens."
        yield Issue("reference-page", "The reference page does not say its title.", file, 1, key="title", hint=hint)
    measures = head.get("measures", [])
    if not isinstance(measures, list):
        yield Issue("reference-page", "“measures” is a list.", file, 1, key="measures", hint="Write [one, another].")
        return
    for measure in measures:
        if measure not in known:
            message = f"There is no measure “{measure}”."
            yield Issue("reference-page", message, file, 1, key="measures", hint=nearest(str(measure), known))
