"""The page of one data package: every file and field, how to load it, what is withheld, and earlier releases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from statpress.language.speak import say
from statpress.packages.descriptor import Column, Dialect
from statpress.packages.package import DataFile, Package, Resource
from statpress.packages.read import DESCRIPTOR
from statpress.packages.releases import EarlierRelease
from statpress.site.facts.indicator import Indicator
from statpress.site.pages.cite import write_citation
from statpress.site.pages.downloads import SUMS, Download, file_path, list_files, zip_path
from statpress.site.pages.kit import Kit, list_sections, render_page
from statpress.site.pages.page import Page
from statpress.site.pages.quality import quality_path


@dataclass(frozen=True)
class Loading:
    """Lines that load a file, each ready to be run."""

    python: str
    r: str
    command: str


@dataclass(frozen=True)
class FileRow:
    """One file as the page lists it."""

    path: str
    address: str
    title: str
    file: DataFile


@dataclass(frozen=True)
class EarlierRow:
    """An earlier release that can still be downloaded."""

    release: EarlierRelease
    address: str
    bytes: int


def render_package(kit: Kit, package: Package, indicators: list[Indicator], downloads: Sequence[Download]) -> Page:
    """The page of a package, which offers `downloads`."""
    words = package.words
    page = Page(
        path=f"data/{package.id}/",
        title=package.title,
        description=say("Data package: every file, field and code of %(title)s, with downloads.", title=package.title),
        body="",
        sections=list_sections(
            download=say("Download"),
            load=say("Load it"),
            files=say("Files"),
            measures=say("Measures") if indicators else "",
            dictionary=say("Data dictionary"),
            codes=say("Code lists") if package.cube else "",
            withheld=say("What is withheld") if words else "",
            ledger=say("What became of the source rows") if words else "",
            releases=say("Releases"),
            sources=say("Sources and licence"),
            cite=say("How to cite"),
        ),
        kind="package",
    )
    return render_page(
        kit,
        page,
        package=package,
        indicators=indicators,
        files=[*_list_files(package), *_list_downloads(package, downloads)],
        downloads=downloads,
        sums=file_path(package, SUMS),
        loading=write_loading(kit, package),
        dictionaries=[(resource, resource.entry.columns) for resource in package.resources if resource.entry.columns],
        keys=describe_keys,
        allowed=describe_allowed,
        zip=zip_path(package),
        earlier=_earlier(package),
        citation=write_citation(package, kit.where(page.path)),
        known_address=bool(kit.address),
        quality=quality_path(package),
    )


def write_loading(kit: Kit, package: Package) -> Loading | None:
    """The lines that load the first table of a package, in Python, R and a shell; None when it has no table."""
    tables = [(resource, file) for resource in package.resources for file in resource.files if file.rows is not None]
    if not tables:
        return None
    resource, file = next((pair for pair in tables if pair[0].name == "observations"), tables[0])
    address = kit.full(quote(file_path(package, file.path)))
    apart = resource.entry.dialect.delimiter if isinstance(resource.entry.dialect, Dialect) else ","
    python = f", sep={json.dumps(apart)}" if apart != "," else ""
    encoding = resource.entry.encoding
    python += f", encoding={json.dumps(encoding)}" if encoding.lower() not in ("utf-8", "utf8") else ""
    r = f", sep = {json.dumps(apart)}" if apart != "," else ""
    return Loading(
        python=f'import pandas as pd\n\nfigures = pd.read_csv("{address}"{python})',
        r=f'figures <- read.csv("{address}"{r})',
        command=f"curl -O {kit.full(zip_path(package))}",
    )


def describe_keys(resource: Resource, column: Column) -> str:
    """What a field is in the keys of its file: `Key`, or the file that it refers to."""
    schema = resource.entry.schema_
    if isinstance(schema, str):
        return ""
    primary = [schema.primary_key] if isinstance(schema.primary_key, str) else schema.primary_key
    found = []
    if column.name in primary:
        found.append(say("Part of the key") if len(primary) > 1 else say("Key"))
    for key in schema.foreign_keys:
        fields = [key.fields] if isinstance(key.fields, str) else key.fields
        if column.name in fields and key.reference.get("resource"):
            found.append(say("code of %(file)s", file=key.reference["resource"]))
    return ", ".join(found)


def describe_allowed(column: Column) -> str:
    """Which values a field may have, in words."""
    limits = column.constraints
    parts = [say("one of %(values)s", values=", ".join(column.allowed))] if column.allowed else []
    parts += [say("at least %(number)s", number=limits["minimum"])] if "minimum" in limits else []
    parts += [say("at most %(number)s", number=limits["maximum"])] if "maximum" in limits else []
    parts += [say("like %(pattern)s", pattern=limits["pattern"])] if limits.get("pattern") else []
    parts += [say("never empty")] if limits.get("required") is True else []
    parts += [say("never twice")] if limits.get("unique") is True else []
    return "; ".join(parts)


def _list_files(package: Package) -> list[FileRow]:
    titles = {
        DESCRIPTOR: say("What the package holds, for machines"),
        "README.md": say("What the package holds, for people"),
    }
    own = {path: file for path, file in list_files(package).items() if path in titles}
    first = [_describe(package, path, titles[path], file.read_bytes()) for path, file in own.items()]
    return [*first, *(_row(package, resource, file) for resource in package.resources for file in resource.files)]


def _list_downloads(package: Package, downloads: Sequence[Download]) -> list[FileRow]:
    prefix = file_path(package, "")
    found = [(download, download.path.removeprefix(prefix)) for download in downloads]
    return [
        _describe(package, path, say("Everything as %(format)s", format=item.format), item.asset.read())
        for item, path in found
    ]


def _describe(package: Package, path: str, title: str, content: bytes) -> FileRow:
    digest = hashlib.sha256(content).hexdigest()
    file = DataFile(path, package.folder / path, len(content), digest, rows=None)
    return FileRow(path, quote(file_path(package, path)), title, file)


def _row(package: Package, resource: Resource, file: DataFile) -> FileRow:
    return FileRow(file.path, quote(file_path(package, file.path)), resource.entry.title or resource.name, file)


def _earlier(package: Package) -> list[EarlierRow]:
    releases = package.words.releases if package.words else []
    return [
        EarlierRow(release, zip_path(package, release.version), package.earlier[release.version].bytes)
        for release in sorted(releases, key=lambda release: release.date, reverse=True)
        if release.version in package.earlier
    ]
