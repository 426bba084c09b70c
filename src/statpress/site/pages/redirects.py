"""Old addresses that still lead to what they led to: declared ones, and those of packages and measures renamed.

The ends of confidence intervals had pages once, which lead to the measure that they are of.

A page that moved leaves a stub, which browsers and search engines follow without a script. A file of a renamed package
is still at its old address, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from statpress.errors import BadDeclaration, fail_if
from statpress.issue import Issue, nearest
from statpress.language.speak import say
from statpress.packages.package import Package
from statpress.site.facts.indicator import Indicator
from statpress.site.pages.downloads import SUMS
from statpress.site.pages.kit import Kit, render_page
from statpress.site.pages.page import Asset, Page

_SAFE: Final = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*/?")

Rename = Callable[[str], str]
"""An address as it was before something was renamed, or the same address."""


@dataclass(frozen=True)
class Known:
    """What is there: pages, files, and the addresses of pages that are words alone."""

    pages: Sequence[Page]
    assets: Sequence[Asset]
    words: Collection[str]

    @property
    def addresses(self) -> set[str]:
        """Every address that leads somewhere."""
        return {page.path for page in self.pages} | {asset.path for asset in self.assets} | set(self.words)


def make_redirects(kit: Kit, known: Known, declared: Mapping[str, str], indicators: Sequence[Indicator]) -> list[Asset]:
    """A stub for every page that moved, and files at their old addresses.

    Raises BadDeclaration when a declared address is wrong, is that of a page, or leads nowhere.
    """
    addresses = known.addresses
    wanted = {_tidy(old): _tidy(new) for old, new in declared.items()}
    fail_if(BadDeclaration, _check(wanted, addresses))
    renames = [*_rename_packages(indicators), *_rename_measures(indicators)]
    moved = {old: page.path for page in known.pages for old in _list_old(page.path, renames)}
    files = [_copy(asset, old, renames) for asset in known.assets for old in _list_old(asset.path, renames)]
    stubs = [_write_stub(kit, old, new) for old, new in sorted((moved | wanted).items()) if old not in addresses]
    return [*stubs, *(file for file in files if file.path not in addresses)]


def _tidy(address: str) -> str:
    """An address without a leading slash; that of a page ends in one."""
    path = address.strip().removeprefix("/")
    return path if not path or path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/"


def _check(wanted: Mapping[str, str], addresses: Collection[str]) -> Iterator[Issue]:
    for old, new in wanted.items():
        if not _SAFE.fullmatch(old) or ".." in old.split("/"):
            yield _say(old, f"“{old}” is no address of this site.", "Write it as `old/page/: new/page/`.")
        elif old in addresses:
            yield _say(old, f"There is a page or file at “{old}”.", "Only an address without one can lead elsewhere.")
        elif new not in addresses:
            yield _say(old, f"“{new}” leads nowhere.", nearest(new, addresses) or "Name a page of this site.")


def _say(old: str, message: str, hint: str) -> Issue:
    return Issue("redirect", message, "mkdocs.yml", key=f"plugins.statpress.redirects.{old}", hint=hint)


def _rename_packages(indicators: Sequence[Indicator]) -> Iterator[Rename]:
    for package in {indicator.package.id: indicator.package for indicator in indicators}.values():
        for old in package.words.formerly if package.words else ():
            yield _rename_package(package.id, old)


def _rename_package(name: str, old: str) -> Rename:
    folder = re.compile(rf"^(data/|indicators/|api/v1/packages/|api/v1/indicators/){re.escape(name)}(?=[/.])")
    file = re.compile(rf"(?<=/){re.escape(name)}(?=(-[0-9][^/]*)?\.\w+$)")
    return lambda path: file.sub(old, folder.sub(rf"\g<1>{old}", path)) if folder.match(path) else path


def _rename_measures(indicators: Sequence[Indicator]) -> Iterator[Rename]:
    for indicator in indicators:
        for old in (*indicator.entry.formerly, *(end.measure.id for end in indicator.ends)):
            yield _rename_measure(_names(indicator.package), indicator.measure.id, old)


def _names(package: Package) -> list[str]:
    return [package.id, *(package.words.formerly if package.words else ())]


def _rename_measure(packages: Sequence[str], name: str, old: str) -> Rename:
    within = "|".join(re.escape(package) for package in packages)
    folder = re.compile(rf"^((?:indicators|api/v1/indicators)/(?:{within})/|compare/){re.escape(name)}(?=[/.])")
    file = re.compile(rf"(?<=/){re.escape(name)}(?=\.\w+$)")
    return lambda path: file.sub(old, folder.sub(rf"\g<1>{old}", path)) if folder.match(path) else path


def _list_old(path: str, renames: Sequence[Rename]) -> set[str]:
    found = {path}
    for rename in renames:
        found |= {rename(one) for one in found}
    return found - {path}


def _copy(asset: Asset, old: str, renames: Sequence[Rename]) -> Asset:
    """A file at its old address. A list of checksums names the files as they are called there."""
    if not old.endswith(f"/{SUMS}"):
        return replace(asset, path=old)
    folder, before = asset.path.removesuffix(SUMS), old.removesuffix(SUMS)
    lines = [line.split("  ", 1) for line in asset.read().decode().splitlines()]
    named = {name: _name_in(before, _list_old(folder + name, renames), name) for _, name in lines}
    return Asset(old, "".join(f"{digest}  {named[name]}\n" for digest, name in lines).encode())


def _name_in(folder: str, paths: Collection[str], name: str) -> str:
    return next((path.removeprefix(folder) for path in sorted(paths) if path.startswith(folder)), name)


def _write_stub(kit: Kit, old: str, new: str) -> Asset:
    page = Page(old, say("This page has moved"), say("This page has moved."), "", kind="moved")
    target = page.root + new if old.endswith("/") else f"{'../' * old.count('/')}{new}"
    body = render_page(kit, page, target=target or "./", canonical=kit.full(new) if kit.address else target).body
    return Asset(f"{old}index.html" if old.endswith("/") else old, body.encode())
