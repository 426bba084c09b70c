"""A page and a file as plain values. Whatever builds the site turns them into files; nothing here knows how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WORDS: Final = "<!-- words -->"
"""Where the words of a Markdown file of the same address go."""


@dataclass(frozen=True)
class Section:
    """A heading that the list of contents names."""

    id: str
    title: str


@dataclass(frozen=True)
class Placed:
    """The folder of a site in which a file lies at its address already."""

    site: Path


@dataclass(frozen=True)
class Asset:
    """One file of the site: its address, and its bytes, the file to copy, or the site that has it already."""

    path: str
    content: bytes | Path | Placed

    def read(self) -> bytes:
        """The bytes."""
        if isinstance(self.content, bytes):
            return self.content
        file = self.content.site / self.path if isinstance(self.content, Placed) else self.content
        return file.read_bytes()


@dataclass(frozen=True)
class Page:
    """One page. `path` is its address without a leading slash, such as `data/missing/`; the home page has an empty one.

    `body` is HTML in which all text from packages is already escaped; `title` and `description` are plain text.
    """

    path: str
    title: str
    description: str
    body: str
    sections: tuple[Section, ...] = ()
    kind: str = ""
    assets: tuple[Asset, ...] = ()
    """Files that are made with the page."""
    markdown: str | None = None
    """The words of its Markdown file where they were drawn beforehand, or None."""
    fill: Callable[[str], str] | None = None
    """What is done with the HTML of these words."""
    kept: bool = False
    """Whether it lies in the site as it is to be, so that it has no body here."""

    @property
    def source(self) -> str:
        """The Markdown file that may hold words for this page."""
        if not self.path:
            return "index.md"
        return (
            f"{self.path}index.md"
            if self.kind in ("package", "indicator", "area", "versus")
            else f"{self.path.rstrip('/')}.md"
        )

    @property
    def root(self) -> str:
        """The way from this page to the home page: `../../`."""
        return "../" * self.path.count("/")
