"""How to cite an indicator or a package: as text and as BibTeX, with the version that was used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statpress.language.speak import say
from statpress.packages.package import Package
from statpress.site.facts.phrases import join_words, write_date


@dataclass(frozen=True)
class Citation:
    """One citation in two forms."""

    text: str
    bibtex: str


def write_citation(package: Package, address: str, measure: str = "", checksum: str = "") -> Citation:
    """How to cite a package, or one measure of it. `address` is where the page is: in full, or in words.

    `checksum` is the SHA-256 of the package as one zip, by which anybody can prove which figures were cited.
    """
    title = say("%(measure)s, in: %(package)s", measure=measure, package=package.title) if measure else package.title
    names = join_words([person.title for person in package.descriptor.contributors if person.title])
    who = names or say("Unknown author")
    parts = [f"{who}. {title}."]
    parts += [say("Version %(version)s.", version=package.version)] if package.version else []
    parts += [say("Released %(date)s.", date=write_date(package.released))] if package.released else []
    parts += [address]
    parts += [say("SHA-256 of the data package: %(checksum)s", checksum=checksum)] if checksum else []
    text = " ".join(parts)
    return Citation(text, _write_bibtex(package, title, who, address, checksum))


def _write_bibtex(package: Package, title: str, who: str, address: str, checksum: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", f"{package.id}-{package.version}".lower()).strip("-")
    fields = {
        "title": f"{{{_escape(title)}}}",
        "author": f"{{{_escape(who)}}}",
        "year": package.released[:4],
        "version": package.version,
        "url": address if "://" in address else "",
        "note": say("Data package %(name)s", name=package.id) + (f", SHA-256 {checksum}" if checksum else ""),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _escape(text: str) -> str:
    return re.sub(r"([&%$#_{}\\])", r"\\\1", text)
