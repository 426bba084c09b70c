"""Draw a report: its prose with figures and claims in the place of calls, and the notes that belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

from statpress.issue import Issue, nearest
from statpress.language.speak import say
from statpress.site.facts.indicator import Indicator
from statpress.site.facts.numbers import write_value, write_with_unit
from statpress.site.facts.phrases import write_place, write_when
from statpress.site.facts.table import Notes
from statpress.site.reports.calls import Call, Prose, read_calls
from statpress.site.reports.claims import CLAIMS, Drawn, draw_claim
from statpress.site.reports.find import Faulty, Found, Library, find, read_ask
from statpress.site.reports.say import choose_words
from statpress.status import WITHHELD, Status, speak_statuses

FIRST_SLOT: Final = 0xE000
"""Characters for private use stand in the Markdown where figures go, so that nothing in it can change them."""
_SLOTS: Final = re.compile(r"[\ue000-\uf8ff]")
_SECTION: Final = re.compile(r"^#{1,2}\s", re.MULTILINE)
_FIGURE: Final = Markup('<a class="sp-figure" href="{}{}">{}</a>')
_NOTE: Final = Markup(' <a class="sp-noteref" href="#note-{}">{}</a>')
_MARK: Final = Markup(
    ' <abbr class="sp-mark"><span aria-hidden="true" title="{}">{}</span><span class="sp-hidden"> {}</span></abbr>'
)
_SHOW: Final = ("unit", "area", "period")


@dataclass(frozen=True)
class Drawing:
    """A report whose figures are drawn: Markdown with slots, what goes into them, and what stands below."""

    markdown: str
    slots: tuple[Markup, ...]
    notes: tuple[str, ...]
    statuses: tuple[Status, ...]
    used: tuple[Indicator, ...]

    def fill(self, content: str) -> str:
        """HTML made of the Markdown, with the figures in their slots."""
        return _SLOTS.sub(lambda slot: str(self.slots[ord(slot.group()) - FIRST_SLOT]), content)


@dataclass
class _Board:
    """What is drawn so far. `told` are the notes that the section has already."""

    root: str
    notes: Notes = field(default_factory=Notes)
    told: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    used: dict[str, Indicator] = field(default_factory=dict)
    slots: list[Markup] = field(default_factory=list)

    def pin(self, drawn: Drawn) -> str:
        indicator = drawn.found.indicator
        self.used[indicator.path] = indicator
        markup = escape(drawn.words)
        if drawn.shown:
            markup = _FIGURE.format(self.root, indicator.path, drawn.words)
            markup += self._mark(drawn.found) + self._refer(drawn.found)
        self.slots.append(markup)
        return chr(FIRST_SLOT + len(self.slots) - 1)

    def _mark(self, found: Found) -> Markup:
        status = speak_statuses().get(found.figure.status)
        if status is None or found.figure.value is None:
            return Markup()
        self.statuses.add(status.code)
        return _MARK.format(f"{status.title}: {status.meaning}", status.mark, status.title)

    def _refer(self, found: Found) -> Markup:
        """Links to the remarks on a figure, each once in a section."""
        texts = [found.figure.note, *found.indicator.caveats]
        fresh = [text for text in dict.fromkeys(texts) if text and text not in self.told]
        self.told.update(fresh)
        return Markup().join(_note(self.notes.number(text)) for text in fresh)


def draw_report(prose: Prose, library: Library, root: str) -> tuple[Drawing, list[Issue]]:
    """The report with its figures, and everything that is wrong with them. `root` is the way to the home page."""
    board, parts, offset = _Board(root), list[str](), 0
    issues: list[Issue] = []
    for part, call in read_calls(prose):
        before = prose.text[offset : part.start]
        parts.append(before)
        if _SECTION.search(before):
            board.told.clear()
        try:
            parts.append(board.pin(_draw(call, library)))
        except Faulty as fault:
            issues += fault.issues
        issues += _check_heading(prose, part)
        offset = part.stop
    parts.append(prose.text[offset:])
    statuses = tuple(status for code, status in speak_statuses().items() if code in board.statuses)
    used = tuple(board.used.values())
    return Drawing("".join(parts), tuple(board.slots), tuple(board.notes.texts), statuses, used), issues


def _draw(call: Call | Issue, library: Library) -> Drawn:
    if isinstance(call, Issue):
        raise Faulty([call])
    if call.name == "figure":
        return _draw_figure(call, library)
    if call.name == "withheld":
        return _draw_withheld(call, library)
    if call.name in CLAIMS:
        return draw_claim(call, library)
    hint = nearest(call.name, ["figure", "withheld", *CLAIMS])
    raise Faulty([call.place.complain("report-unknown", f"Nothing is called “{call.name}”.", hint)])


def _draw_figure(call: Call, library: Library) -> Drawn:
    found = find(read_ask(call, library), library)
    measure, value = found.indicator.measure, found.value
    show = _read_show(call)
    words = [write_with_unit(value, measure) if "unit" in show else write_value(value, measure)]
    words += [say("in %(place)s", place=write_place(found.figure.area.name))] if "area" in show else []
    words += [write_when(found.figure.period)] if "period" in show else []
    return Drawn(" ".join(words), found, shown=True)


def _read_show(call: Call) -> Sequence[str]:
    show = str(call.named.get("show", "")).replace(",", " ").split()
    unknown = [word for word in show if word not in _SHOW]
    if unknown:
        raise Faulty(
            [call.place.complain("report-unknown", f"show has no “{unknown[0]}”.", nearest(unknown[0], _SHOW))]
        )
    return show


def _draw_withheld(call: Call, library: Library) -> Drawn:
    found = find(read_ask(call, library), library)
    if found.figure.status != WITHHELD:
        hint = "Draw it with figure(...)."
        raise Faulty(
            [call.place.complain("report-claim", "It is said that this figure is withheld, and it is not.", hint)]
        )
    words = choose_words(call, say("a number that we withhold to protect people"))
    return Drawn(words, found, shown=True)


def _note(number: int | None) -> Markup:
    name = Markup(say("[note&nbsp;%(number)s]", number=number))  # noqa: S704 - a message of ours and a number
    return _NOTE.format(number, name)


def _check_heading(prose: Prose, part: slice) -> list[Issue]:
    line = prose.text[prose.text.rfind("\n", 0, part.start) + 1 : part.start]
    if not line.startswith("#"):
        return []
    hint = "Put it into the sentence below."
    return [
        prose.place(part.start).complain("report-syntax", "A heading has no figures: its address would change.", hint)
    ]
