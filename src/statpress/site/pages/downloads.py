"""Every file that a reader can take away, at an address that stays: tables, workbooks, the files of packages, zips.

Nothing is in a download that is not in the package. The same package gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from statpress.language.speak import say
from statpress.packages.archive import join_zips, render_zip
from statpress.packages.package import Package
from statpress.packages.read import DESCRIPTOR
from statpress.site.facts import book as book_facts
from statpress.site.facts import tidy as tidy_facts
from statpress.site.facts.book import Book, describe_book
from statpress.site.facts.indicator import Indicator, Shape
from statpress.site.facts.phrases import join_words, lower_first
from statpress.site.facts.table import name_table
from statpress.site.facts.tidy import Tidy, describe_tidy
from statpress.site.files import columns, ods, xlsx
from statpress.site.files.columns import list_records, write_json, write_parquet
from statpress.site.files.kept import keep
from statpress.site.files.ods import write_ods
from statpress.site.files.text import write_sheet_csv, write_tidy_csv
from statpress.site.files.xlsx import write_xlsx
from statpress.site.pages.page import Asset

LATEST: Final = "latest"
SUMS: Final = "SHA256SUMS"
EVERYTHING: Final = "data/all-data.zip"


@dataclass(frozen=True)
class Download:
    """One file as a page offers it: what it is, its format, and the file."""

    title: str
    format: str
    asset: Asset

    @property
    def path(self) -> str:
        """Its address."""
        return self.asset.path

    @cached_property
    def bytes(self) -> int:
        """Its size."""
        return len(self.asset.read())

    @cached_property
    def sha256(self) -> str:
        """Its checksum."""
        return hashlib.sha256(self.asset.read()).hexdigest()


@dataclass(frozen=True)
class IndicatorFiles:
    """The files of an indicator: its tables as the page shows them, and all its figures in every format."""

    views: tuple[Download, ...]
    whole: tuple[Download, ...]


@dataclass(frozen=True)
class Member:
    """A file of the zip of everything: its path in the zip, its checksum, and the file."""

    path: str
    checksum: str
    asset: Asset


def api_path(path: str) -> str:
    """The address of a file of the API."""
    return f"api/v1/{path}"


def file_path(package: Package, path: str, release: str = LATEST) -> str:
    """The address of one file of a release, the latest when none is named."""
    return f"data/{package.id}/{release}/{path}"


def name_release(version: str) -> str:
    """The version as a part of an address."""
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", version).strip(".-") or "unversioned"


def zip_path(package: Package, version: str = "") -> str:
    """The address of a release as one zip."""
    name = name_release(version or package.version)
    return f"data/{package.id}/{name}/{package.id}-{name}.zip"


def make_indicator_files(indicator: Indicator, cache: Path) -> IndicatorFiles:
    """The files of an indicator."""
    stem = f"{indicator.path}{indicator.measure.id}"
    book = describe_book(indicator.package, [indicator], indicator.measure.title)
    own = book.sheets[: len(indicator.shapes)]  # those of the ends of its intervals follow
    views = [
        Download(
            _name_view(indicator, shape),
            "CSV",
            Asset(f"{indicator.path}tables/{name_table(shape)}.csv", write_sheet_csv(sheet)),
        )
        for shape, sheet in zip(indicator.shapes, own, strict=True)
    ]
    tidy = describe_tidy([indicator])
    about = _about(indicator.package) | _about_measure(indicator)
    whole = _write_formats(stem, tidy, book, about, cache)
    address = api_path(f"indicators/{indicator.package.id}/{indicator.measure.id}.json")
    content = write_json(about | _statuses(indicator.package) | {"figures": list_records(tidy)})
    return IndicatorFiles(tuple(views), (*whole, Download("JSON", "JSON", Asset(address, content))))


def make_package_files(
    package: Package, indicators: Sequence[Indicator], cache: Path, release: str = LATEST
) -> tuple[Download, ...]:
    """The whole package in every format, the zip first; only the zip when the package has no figures that we know."""
    archive = make_archive(package, cache, release)
    if not indicators:
        return (archive,)
    stem = file_path(package, package.id, release)
    tidy, about = describe_tidy(indicators), _about(package)
    formats = _write_formats(stem, tidy, describe_book(package, indicators, package.title), about, cache)
    content = write_json(about | _statuses(package) | {"figures": list_records(tidy)})
    found = (
        archive,
        *formats,
        Download("JSON", "JSON", Asset(f"{stem}.json", content)),
    )
    taken = {file_path(package, path, release) for path in list_files(package)}
    return tuple(download for download in found if download.path not in taken)


def make_archive(package: Package, cache: Path, release: str = LATEST) -> Download:
    """The whole package as one zip."""
    return Download(say("Data package"), "zip", Asset(_release_zip(package, release), write_zip(package, cache)))


def rename_files(package: Package, downloads: Sequence[Download], release: str) -> tuple[Download, ...]:
    """The downloads of the latest release at the addresses of the release by its name."""
    moved = {_release_zip(package, LATEST): _release_zip(package, release)}
    first, other = file_path(package, ""), file_path(package, "", release)
    return tuple(
        replace(found, asset=replace(found.asset, path=moved.get(found.path, found.path.replace(first, other, 1))))
        for found in downloads
    )


def list_release(package: Package, downloads: Sequence[Download], release: str = LATEST) -> list[Asset]:
    """Every file at the addresses of a release: those of the package, those made from it, and their checksums."""
    assets = [Asset(file_path(package, path, release), file) for path, file in sorted(list_files(package).items())]
    assets += [download.asset for download in downloads]
    prefix = file_path(package, "", release)
    sums = [(_checksum(asset), asset.path.removeprefix(prefix)) for asset in assets]
    return [*assets, Asset(f"{prefix}{SUMS}", _write_sums(sums))]


def list_members(package: Package, latest: Sequence[Asset]) -> tuple[Member, ...]:
    """What the zip of everything has of a package: its latest release without the zip of the package."""
    return tuple(
        Member(asset.path.removeprefix("data/").replace(f"/{LATEST}/", "/", 1), _checksum(asset), asset)
        for asset in latest
        if asset.path != _release_zip(package, LATEST)
    )


def make_everything(releases: Sequence[Sequence[Member]], cache: Path) -> Download:
    """Everything of the site in one zip: a folder for each package, and in it what its latest release has.

    The folder of a package is packed once and kept, so that the zip of a large site is put together quickly.
    """
    parts = [_pack(members, cache) for members in releases]
    return Download(say("Everything on this site"), "zip", Asset(EVERYTHING, join_zips(parts)))


def _pack(members: Sequence[Member], cache: Path) -> bytes:
    recipe: list[object] = ["part of everything", *sorted((member.path, member.checksum) for member in members)]
    return keep(cache, recipe, "zip", lambda: render_zip({member.path: member.asset.read() for member in members}))


def write_zip(package: Package, cache: Path) -> bytes:
    """The whole package, exactly as it was published, as one zip."""
    files = {f"{package.id}/{path}": file for path, file in list_files(package).items()}
    recipe: list[object] = [
        "package", *((path, hashlib.sha256(file.read_bytes()).hexdigest()) for path, file in sorted(files.items()))
    ]  # fmt: skip
    return keep(cache, recipe, "zip", lambda: render_zip({path: file.read_bytes() for path, file in files.items()}))


def list_files(package: Package) -> dict[str, Path]:
    """The descriptor, every file that it names, and the README, by their paths in the package."""
    named = {file.path: file.file for resource in package.resources for file in resource.files}
    readme = {"README.md": package.readme} if package.readme else {}
    return {DESCRIPTOR: package.folder / DESCRIPTOR, **readme, **named}


def _name_view(indicator: Indicator, shape: Shape) -> str:
    """What the table of one shape of the figures is called beside the others of its page."""
    if len(indicator.shapes) == 1:
        return say("This table")
    groups = join_words([lower_first(indicator.dimensions[name].title) for name in shape])
    return say("By %(groups)s", groups=groups) if shape else say("Totals")


def _release_zip(package: Package, release: str) -> str:
    return file_path(package, f"{package.id}.zip") if release == LATEST else zip_path(package, release)


def _write_formats(stem: str, tidy: Tidy, book: Book, about: dict[str, Any], cache: Path) -> tuple[Download, ...]:
    words = {name: value if isinstance(value, str) else join_words(value) for name, value in about.items()}
    recipe = _recipe()
    made = {"CSV": write_tidy_csv(tidy)}
    if book.fits:
        made["XLSX"] = keep(cache, ["xlsx", *recipe, book], "xlsx", lambda: write_xlsx(book))
        made["ODS"] = keep(cache, ["ods", *recipe, book], "ods", lambda: write_ods(book))
    made["Parquet"] = keep(cache, ["parquet", *recipe, words, tidy], "parquet", lambda: write_parquet(tidy, words))
    return tuple(
        Download({"XLSX": "Excel"}.get(kind, kind), kind, Asset(f"{stem}.{kind.lower()}", content))
        for kind, content in made.items()
    )


@lru_cache(maxsize=1)
def _recipe() -> tuple[str, ...]:
    """What a file depends on beside the facts: the code that writes it, and the versions of libraries."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (book_facts, tidy_facts, xlsx, ods, columns)]
    return (hashlib.sha256(b"".join(sources)).hexdigest(), version("xlsxwriter"), version("pyarrow"))


def _about(package: Package) -> dict[str, Any]:
    descriptor = package.descriptor
    return {
        "package": package.id,
        "package_title": package.title,
        "version": package.version,
        "released": package.released,
        "publisher": join_words([person.title for person in descriptor.contributors if person.title]),
        "licences": [licence.name or licence.title or licence.path for licence in descriptor.licenses],
        "sources": [source.title for source in descriptor.sources if source.title],
    }


def _about_measure(indicator: Indicator) -> dict[str, Any]:
    measure = indicator.measure
    return {
        "measure": measure.id,
        "title": measure.title,
        "definition": measure.definition,
        "unit": measure.unit,
        "kind": measure.kind,
        "polarity": measure.polarity,
        "sources": [source.title for source in indicator.sources if source.title],
        "caveats": list(indicator.caveats),
    }


def _statuses(package: Package) -> dict[str, Any]:
    words = package.cube.statuses.values() if package.cube else ()
    return {"statuses": {s.code: {"mark": s.mark, "title": s.title, "meaning": s.meaning} for s in words}}


def _checksum(asset: Asset) -> str:
    return hashlib.sha256(asset.read()).hexdigest()


def _write_sums(sums: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {path}\n" for digest, path in sorted(sums, key=lambda pair: pair[1])).encode()
