"""Pages that share a frame: the theme renders it once, and each page is put into it.

What the theme puts around a body differs between most pages in nothing but their address, title and description. So
one page stands for all that lie as deep, beside the same pages of the navigation, and have the same list of contents,
with marks where these words go.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from statpress.site.pages.page import WORDS, Asset, Page, Section

_PLAIN: Final = re.compile(r"([A-Za-z0-9._-]+/)+")
_HEAD: Final = "<h1"
_MARKS: Final = {name: f"sp0{name}0mark" for name in ("path", "title", "description")} | {
    "body": "<h1>sp0body0mark</h1>"
}
_ANY: Final = re.compile(f"({'|'.join(_MARKS.values())})")


@dataclass
class Frame:
    """The pages of one frame, the page that stands for them, and what the theme makes of it."""

    stand_in: Page
    name: str
    pages: list[Page] = field(default_factory=list)
    rendered: str = ""

    @property
    def sum(self) -> str:
        """The sum of what the theme made of it."""
        return hashlib.sha256("\0".join(self.parts).encode("utf-8", errors="xmlcharrefreplace")).hexdigest()

    @property
    def parts(self) -> list[str]:
        """The frame cut at its marks: text, the name of a mark, text, and so on."""
        names = {mark: name for name, mark in _MARKS.items()}
        text = self.rendered.replace(self.stand_in.path, _MARKS["path"])
        return [names.get(part, part) for part in _ANY.split(text)]


def can_share(page: Page) -> bool:
    """Whether a page may be put into a frame.

    It has no words of its own, a heading, so that the theme adds none, no script, and an address without surprises.
    """
    if page.kept:
        return True
    plain = page.markdown is None and page.fill is None and bool(_PLAIN.fullmatch(page.path))
    return plain and _HEAD in page.body and "<script" not in page.body


def group_pages(pages: Iterable[Page], named: Collection[str]) -> list[Frame]:
    """The frames of some pages, in the order in which each first occurs. `named` are addresses that frames link to."""
    found: dict[tuple[str, int, tuple[Section, ...]], Frame] = {}
    beside = {folder for path in named for folder in _list_folders(path)}
    for page in pages:
        above = [folder for folder in _list_folders(page.path)[:-1] if folder in beside]
        key = (above[-1] if above else "", page.path.count("/"), page.sections)
        if key not in found:
            found[key] = Frame(_stand_in(len(found), *key), _name(*key))
        found[key].pages.append(page)
    return list(found.values())


def fill_frame(frame: Frame) -> Iterable[Asset]:
    """Every page of a frame that is not in the site yet, as a file. The theme must have rendered the frame."""
    parts = frame.parts
    for page in (page for page in frame.pages if not page.kept):
        own = _words(page)
        whole = "".join(own[part] if number % 2 else part for number, part in enumerate(parts))
        yield Asset(place_of(page), whole.encode("utf-8", errors="xmlcharrefreplace"))


def place_of(page: Page) -> str:
    """The file of a page in a frame."""
    return f"{page.path}index.html"


def _name(above: str, depth: int, sections: tuple[Section, ...]) -> str:
    return json.dumps([above, depth, *([part.id, part.title] for part in sections)])


def _list_folders(path: str) -> list[str]:
    """The folders of an address from the top, itself the last: `data/`, `data/missing/`."""
    parts = path.split("/")[:-1]
    return ["".join(f"{part}/" for part in parts[: number + 1]) for number in range(len(parts))]


def _stand_in(number: int, above: str, depth: int, sections: tuple[Section, ...]) -> Page:
    """The page that stands for others. Links in it are as short as theirs, since it lies in the same folder."""
    own = [f"sp0frame0{number}", *["s"] * (depth - above.count("/") - 1)]
    path = f"{above}{'/'.join(own)}/"
    return Page(path, _MARKS["title"], _MARKS["description"], _MARKS["body"], sections, kind="area")


def _words(page: Page) -> Mapping[str, str]:
    return {
        "path": page.path,
        "title": html.escape(page.title),
        "description": html.escape(page.description),
        "body": page.body.replace(WORDS, ""),
    }
