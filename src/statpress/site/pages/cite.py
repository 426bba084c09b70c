"""How to cite an indicator or a package: as text and as BibTeX, with the version that was used."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    title = f"{measure}, in: {package.title}" if measure else package.title
    who = join_words([person.title for person in package.descriptor.contributors if person.title]) or "Unknown author"
    version = f" Version {package.version}." if package.version else ""
    released = f" Released {write_date(package.released)}." if package.released else ""
    proof = f" SHA-256 of the data package: {checksum}" if checksum else ""
    text = f"{who}. {title}.{version}{released} {address}{proof}"
    return Citation(text, _write_bibtex(package, title, who, address, checksum))


def _write_bibtex(package: Package, title: str, who: str, address: str, checksum: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", f"{package.id}-{package.version}".lower()).strip("-")
    fields = {
        "title": f"{{{_escape(title)}}}",
        "author": f"{{{_escape(who)}}}",
        "year": package.released[:4],
        "version": package.version,
        "url": address if "://" in address else "",
        "note": f"Data package {package.id}{f', SHA-256 {checksum}' if checksum else ''}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _escape(text: str) -> str:
    return re.sub(r"([&%$#_{}\\])", r"\\\1", text)
