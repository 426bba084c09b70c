"""The sums of what parts of a site are made of."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from statpress.packages.package import Package
from statpress.site.facts.places import Places
from statpress.site.facts.topics import TopicPart

_LIBRARIES: Final = ("altair", "jinja2", "markupsafe", "mkdocs-material", "pyarrow", "vl-convert-python", "xlsxwriter")
_SUFFIXES: Final = (".py", ".html", ".css", ".js", ".yml", ".po")


def add_sums(*parts: object) -> str:
    """One sum of several sums, texts, or plain values that say all of themselves."""
    return _sum(repr(parts).encode())


def sum_package(package: Package) -> str:
    """The sum of every byte of a package."""
    earlier = sorted((name, file.sha256) for name, file in package.earlier.items())
    readme = package.readme.read_bytes() if package.readme else b""
    return add_sums(package.id, package.digest, earlier, readme)


def sum_topic(topic: TopicPart) -> str:
    """The sum of what a page says of its topic: its name, and its other indicators."""
    others = [
        (i.path, i.package.title, i.measure.title, i.measure.numerator, i.measure.denominator, i.measure.change_of)
        for i in topic.indicators
    ]
    return add_sums(topic.id, topic.title, topic.description, others)


def sum_places(places: Places) -> str:
    """The sum of what is known of all areas: their names, what they lie in, and whose neighbours they are."""
    return add_sums(
        [(place.area, place.above, place.parts, place.of, place.members) for place in places.by_code.values()]
    )


def sum_templates(folder: Path) -> str:
    """The sum of the templates of a project."""
    own = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.html"))]
    return add_sums(own)


@lru_cache(maxsize=1)
def sum_program() -> str:
    """The sum of our own code, templates and scripts, and of the versions of libraries that make bytes."""
    own = [(name, _sum(content)) for name, content in sorted(_read_program("statpress"))]
    versions = [(name, version(name)) for name in _LIBRARIES]
    return add_sums(own, versions, platform.python_version())


def _read_program(package: str) -> Iterator[tuple[str, bytes]]:
    root = Path(str(files(package)))
    for path in root.rglob("*.*"):
        if path.suffix in _SUFFIXES:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
