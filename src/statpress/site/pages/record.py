"""What the last build made of each package, so that a package that stayed as it was is not made again.

The record holds addresses, titles and the state of files, and no figure. A package is taken as it was only if nothing
that its pages and files are made of has changed, and each of its files lies in the site as the last build left it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from statpress.packages.package import Package
from statpress.packages.read import DESCRIPTOR
from statpress.site.facts.topics import TopicPart
from statpress.site.pages.downloads import Member
from statpress.site.pages.page import Asset, Page, Placed, Section
from statpress.site.pages.products import Products

_FORM: Final = 1
_LIBRARIES: Final = ("altair", "jinja2", "markupsafe", "mkdocs-material", "pyarrow", "vl-convert-python", "xlsxwriter")


@dataclass(frozen=True)
class Kept:
    """What was made of one package: the sum of all that it was made of, the products, and the state of their files."""

    made_of: str
    products: Products
    states: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Record:
    """The last build: each package by name, and the sums of the frames that pages were put into."""

    packages: Mapping[str, Kept] = field(default_factory=dict)
    frames: Mapping[str, str] = field(default_factory=dict)


def find_kept(record: Record, package: str, made_of: str, site: Path) -> Products | None:
    """The products of the last build, if they were made of the same and lie in the site as they were left."""
    kept = record.packages.get(package)
    if kept is None or kept.made_of != made_of:
        return None
    same = all(read_state(f"{site}/{path}") == state for path, state in kept.states.items())
    return kept.products if same else None


def read_state(path: str) -> tuple[int, int] | None:
    """The size of a file and when it was written; None when it is not there, or is a link."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns)


def sum_package(package: Package, topic: str, around: str) -> str:
    """The sum of everything that the pages and files of a package are made of.

    `topic` is the sum of its topic, and `around` that of what all packages have in common.
    """
    listed = [(file.path, file.sha256) for resource in package.resources for file in resource.files]
    earlier = sorted((name, file.sha256) for name, file in package.earlier.items())
    texts = [path.read_bytes() for path in (package.folder / DESCRIPTOR, package.readme) if path]
    parts = [around, package.id, topic, repr([listed, earlier]), *(_sum(text) for text in texts)]
    return _sum(json.dumps(parts).encode())


def sum_topic(topic: TopicPart) -> str:
    """The sum of what a page says of its topic: its name, and its other indicators."""
    others = [
        (i.path, i.package.title, i.measure.title, i.measure.numerator, i.measure.denominator, i.measure.change_of)
        for i in topic.indicators
    ]
    return _sum(repr([topic.id, topic.title, topic.description, others]).encode())


def sum_around(name: str, address: str, templates: Path, about: Sequence[object]) -> str:
    """The sum of what all packages have in common: the program, the name and address of the site, its templates.

    `about` are the languages, and the pages that indicators name, such as reports, each with what they say of it.
    """
    own = [(path.relative_to(templates).as_posix(), path.read_bytes()) for path in sorted(templates.rglob("*.html"))]
    return _sum(repr([_sum_program(), name, address, own, about]).encode())


def read_record(path: Path, site: Path) -> Record:
    """The record of what lies in a site, or an empty one when there is none that can be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["form"] != _FORM:
            return Record()
        packages = {name: _load(kept, site) for name, kept in found["packages"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return Record()
    return Record(packages, found["frames"])


def write_record(path: Path, record: Record) -> None:
    """Write the record."""
    packages = {name: _dump(kept) for name, kept in record.packages.items()}
    content = {"form": _FORM, "packages": packages, "frames": dict(record.frames)}
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content, separators=(",", ":")), "utf-8")
    fresh.replace(path)


def make_record(
    made: Sequence[tuple[str, Products]], framed: Mapping[str, str], site: Path, before: Record
) -> dict[str, Kept]:
    """What is to be known of each package all of whose pages are in frames (address to file).

    What was kept from `before` is known already.
    """
    found = {}
    for made_of, products in made:
        known = before.packages.get(products.package)
        if known is not None and known.products is products:
            found[products.package] = known
        elif all(page.path in framed for page in products.pages):
            paths = [*(asset.path for asset in products.assets), *(framed[page.path] for page in products.pages)]
            states = {path: state for path in paths if (state := read_state(f"{site}/{path}"))}
            if len(states) == len(set(paths)):
                found[products.package] = Kept(made_of, products, states)
    return found


def _dump(kept: Kept) -> dict[str, Any]:
    products = kept.products
    return {
        "made_of": kept.made_of,
        "pages": [{**asdict(page), "body": "", "assets": [], "fill": None, "kept": True} for page in products.pages],
        "members": [[member.path, member.checksum, member.asset.path] for member in products.members],
        "assets": [asset.path for asset in products.assets],
        "charts": products.charts,
        "package": products.package,
        "entries": products.entries,
        "states": kept.states,
    }


def _load(kept: dict[str, Any], site: Path) -> Kept:
    placed = Placed(site)
    sections = [tuple(Section(**part) for part in page["sections"]) for page in kept["pages"]]
    pages = [Page(**{**page, "sections": own, "assets": ()}) for page, own in zip(kept["pages"], sections, strict=True)]
    return Kept(
        kept["made_of"],
        Products(
            kept["package"],
            tuple(pages),
            tuple(Asset(path, placed) for path in kept["assets"]),
            tuple(Member(path, checksum, Asset(place, placed)) for path, checksum, place in kept["members"]),
            kept["charts"],
            tuple(kept["entries"]),
        ),
        {path: (size, written) for path, (size, written) in kept["states"].items()},
    )


@lru_cache(maxsize=1)
def _sum_program() -> str:
    """The sum of our own code, templates and scripts, and of the versions of libraries that make bytes."""
    own = [(name, _sum(content)) for name, content in sorted(_read_program("statpress"))]
    versions = [(name, version(name)) for name in _LIBRARIES]
    return _sum(repr([own, versions, platform.python_version()]).encode())


def _read_program(package: str) -> Iterator[tuple[str, bytes]]:
    root = Path(str(files(package)))
    for path in root.rglob("*.*"):
        if path.suffix in (".py", ".html", ".css", ".js", ".yml", ".po"):
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
