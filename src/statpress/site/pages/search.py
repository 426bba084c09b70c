"""Looking for something: the index that the search box loads, the page of results, and the A to Z."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from statpress.language.speak import say
from statpress.site.facts.entries import KINDS, Finding
from statpress.site.facts.phrases import lower_first
from statpress.site.facts.words import find_letter
from statpress.site.pages.kit import Kit, render_page
from statpress.site.pages.page import Asset, Page, Section

SEARCH: Final = "search/"
LETTERS: Final = "a-to-z/"
INDEX: Final = "assets/find.json"
MOST_ON_A_PAGE: Final = 500
"""With more entries than these, each letter has a page of its own."""


@dataclass(frozen=True)
class Line:
    """One line of the A to Z: what it is, or, under another name for it, what to see."""

    name: str
    finding: Finding
    see: bool


def write_index(findings: Sequence[Finding]) -> Asset:
    """The index as JSON: kinds, and for each entry its kind, title, address, what it is about, other names, words."""
    rows = [[KINDS.index(f.kind), f.title, f.path, f.about, " ".join(f.also), " ".join(f.words)] for f in findings]
    content = json.dumps(
        {"kinds": [say(kind) for kind in KINDS], "pages": rows}, ensure_ascii=False, separators=(",", ":")
    )
    return Asset(INDEX, content.replace("<", "\\u003c").encode())


def render_search(kit: Kit) -> Page:
    """The page that shows what was found for the words in its address."""
    page = Page(
        SEARCH,
        say("Search"),
        say("Search measures, topics, areas and data by their names and meanings."),
        "",
        kind="search",
    )
    return render_page(kit, page)


def render_letters(kit: Kit, findings: Sequence[Finding]) -> list[Page]:
    """The A to Z, on one page, or on one page a letter where it is long."""
    by_letter: dict[str, list[Line]] = {}
    for line in sorted(_list(findings), key=lambda line: (line.name.casefold(), line.finding.path)):
        by_letter.setdefault(find_letter(line.name), []).append(line)
    ordered = dict(sorted(by_letter.items()))
    if sum(len(lines) for lines in ordered.values()) <= MOST_ON_A_PAGE:
        return [_render(kit, LETTERS, say("A to Z"), ordered, {letter: f"#{_anchor(letter)}" for letter in ordered})]
    links = {letter: f"{LETTERS}{_anchor(letter)}/" for letter in ordered}
    return [
        _render(kit, LETTERS, say("A to Z"), {}, links),
        *(
            _render(kit, links[letter], say("A to Z: %(letter)s", letter=letter), {letter: ordered[letter]}, links)
            for letter in ordered
        ),
    ]


def _render(kit: Kit, path: str, title: str, letters: dict[str, list[Line]], links: dict[str, str]) -> Page:
    sections = tuple(Section(_anchor(letter), letter) for letter in letters)
    page = Page(
        path, title, say("%(title)s: every measure, topic and area by name.", title=title), "", sections, kind="letters"
    )
    parts = [(letter, _anchor(letter), lines) for letter, lines in letters.items()]
    return render_page(kit, page, parts=parts, links=links)


def _list(findings: Sequence[Finding]) -> list[Line]:
    found = [finding for finding in findings if finding.kind != "Data package"]
    own = [Line(finding.title, finding, see=False) for finding in found]
    return own + [
        Line(name[:1].upper() + name[1:], finding, see=True)
        for finding in found
        if finding.kind == "Measure"
        for name in finding.also
        if lower_first(name) != lower_first(finding.title)
    ]


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}"
