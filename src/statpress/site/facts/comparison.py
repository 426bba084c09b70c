"""How an area compares with others at the same time: values, differences, its place in order, and its quarter.

Only figures that are shown are compared. How many are missing is always said. Numbers of people are set side by side
and no more, since areas differ in size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from statpress.language.speak import count_of, say, say_as
from statpress.packages.descriptor import Measure
from statpress.site.facts.heading import judge, write_size_of
from statpress.site.facts.indicator import Figure, Indicator
from statpress.site.facts.numbers import write_value
from statpress.site.facts.phrases import write_period, write_period_inside, write_place_in_order
from statpress.status import Status, speak_statuses

LEAST_TO_RANK: Final = 3
LEAST_TO_QUARTER: Final = 8
MOST_ROWS: Final = 20
_WIDER: Final = ("neighbour-group", "county", "combined-authority", "region", "nation", "country")
"""Kinds of areas that one compares with rather than ranks among, from near to far."""


@dataclass(frozen=True)
class Peer:
    """One area to compare with. `difference` is that of the leading figure from this one, in words, or nothing.

    `when` is its time, where that is not the same for all.
    """

    area: str
    kind: str
    value: str
    status: Status | None
    difference: str
    verdict: str
    focus: bool = False
    when: str = ""


@dataclass(frozen=True)
class Comparison:
    """The comparison as a table and in sentences. `more` is how many areas the table leaves out.

    `when` is the time of all of it; nothing where each figure has its own.
    """

    when: str
    peers: tuple[Peer, ...]
    sentences: tuple[str, ...]
    more: int

    @property
    def has_differences(self) -> bool:
        """Whether any difference is told."""
        return any(peer.difference for peer in self.peers)


def describe_comparison(indicator: Indicator) -> Comparison | None:
    """How the leading figure compares, or why it does not; None where there is no other area."""
    figure = indicator.headline
    if figure is None:
        return _describe_groups(indicator)
    elsewhere = [other for other in indicator.of_shape(()) if other.area != figure.area]
    others = [other for other in elsewhere if other.period == figure.period]
    if not others:
        return _describe_apart(figure, elsewhere, indicator.measure) if elsewhere else None
    wider = sorted((other for other in others if other.area.kind in _WIDER), key=_distance)
    alike = sorted((other for other in others if other.area.kind not in _WIDER), key=_height)
    listed = [*wider, *(alike if len(alike) <= MOST_ROWS else [])]
    peers = (_peer(figure, figure, indicator.measure), *(_peer(other, figure, indicator.measure) for other in listed))
    same_kind = [other for other in alike if other.area.kind == figure.area.kind]
    sentences = tuple(_write_place(figure, same_kind, indicator.measure))
    return Comparison(write_period_inside(figure.period), peers, sentences, len(others) - len(listed))


def _describe_apart(figure: Figure, elsewhere: Sequence[Figure], measure: Measure) -> Comparison:
    """The latest figure of each other area, where none is for the same time: side by side, without a difference."""
    last = {other.area.code: other for other in elsewhere}
    listed = sorted(last.values(), key=_distance)[:MOST_ROWS]
    peers = tuple(
        replace(_peer(one, one, measure), focus=one is figure, when=write_period(one.period))
        for one in (figure, *listed)
    )
    told = say("No other area has a figure for the same time. These are for other times, so we work out no difference.")
    return Comparison("", peers, (told,), len(last) - len(listed))


def _describe_groups(indicator: Indicator) -> Comparison | None:
    """What can be compared where there are figures of groups only: each group with the same group elsewhere."""
    areas: dict[tuple[object, ...], set[str]] = {}
    for figure in indicator.figures:
        groups = sorted((name, code.code) for name, code in figure.groups.items())
        areas.setdefault((figure.period.code, *groups), set()).add(figure.area.code)
    if not any(len(found) > 1 for found in areas.values()):
        return None
    told = say(
        "There are figures of groups only, and none of a whole area. So compare each group with the same group of "
        "another area, in the tables of this page."
    )
    return Comparison("", (), (told,), 0)


def write_kind(kind: str) -> str:
    """The kind of an area in words: `Local authority`."""
    return say(kind.replace("-", " ").capitalize()) if kind else ""


def _peer(other: Figure, figure: Figure, measure: Measure) -> Peer:
    status = speak_statuses().get(other.status)
    value = write_value(other.value, measure) if other.value is not None else ""
    focus = other is figure
    difference = verdict = ""
    if not focus and figure.value is not None and other.value is not None and measure.kind != "count":
        difference, verdict = _tell(figure.value - other.value, measure)
    return Peer(other.area.name, write_kind(other.area.kind), value, status, difference, verdict, focus)


def _tell(difference: Decimal, measure: Measure) -> tuple[str, str]:
    if difference == 0:
        return say_as("a difference", "The same"), ""
    size, verdict = write_size_of(difference, measure), judge(difference, measure)
    if difference > 0:
        return say("+%(size)s (higher)", size=size), verdict
    return say("−%(size)s (lower)", size=size), verdict


def _write_place(figure: Figure, peers: Sequence[Figure], measure: Measure) -> list[str]:
    """The place of the leading figure among areas of its kind, and how many of these have no figure."""
    shown = [peer.value for peer in peers if peer.value is not None]
    missing = len(peers) - len(shown)
    without = count_of(
        missing,
        "%(number)s more has no figure that can be shown.",
        "%(number)s more have no figure that can be shown.",
    )
    if figure.value is None or measure.kind == "count" or len(shown) + 1 < LEAST_TO_RANK:
        return [without] if missing else []
    number, kind = len(shown) + 1, write_kind(figure.area.kind).lower()
    higher, same = sum(value > figure.value for value in shown), sum(value == figure.value for value in shown)
    lower = len(shown) - higher - same
    told = say(
        "%(area)s is the %(place)s of the %(number)s areas of its kind (%(kind)s) with a figure.",
        area=figure.area.name,
        place=_write_order(higher, lower, joint=bool(same)),
        number=number,
        kind=kind,
    )
    quarter = _write_quarter(higher + 1, number, measure) if number >= LEAST_TO_QUARTER else ""
    return [sentence for sentence in (told, without if missing else "", quarter) if sentence]


def _write_order(higher: int, lower: int, *, joint: bool) -> str:
    """`highest`, `joint 2nd lowest`: the place from the nearer end."""
    if higher <= lower:
        return _write_from_top(write_place_in_order(higher + 1) if higher else "", joint=joint)
    return _write_from_bottom(write_place_in_order(lower + 1) if lower else "", joint=joint)


def _write_from_top(order: str, *, joint: bool) -> str:
    if not order:
        return say("joint highest") if joint else say("highest")
    return say("joint %(order)s highest", order=order) if joint else say("%(order)s highest", order=order)


def _write_from_bottom(order: str, *, joint: bool) -> str:
    if not order:
        return say("joint lowest") if joint else say("lowest")
    return say("joint %(order)s lowest", order=order) if joint else say("%(order)s lowest", order=order)


def _write_quarter(place: int, number: int, measure: Measure) -> str:
    quarter = (place - 1) * 4 // number
    words = (
        say("highest quarter"),
        say("second highest quarter"),
        say("second lowest quarter"),
        say("lowest quarter"),
    )[quarter]
    if measure.polarity == "none":
        return say("That is in the %(quarter)s. Neither end is better in itself.", quarter=words)
    best_first = quarter if measure.polarity == "high" else 3 - quarter
    judged = (say("best quarter"), say("second best quarter"), say("second worst quarter"), say("worst quarter"))
    told = {"quarter": words, "judged": judged[best_first]}
    if measure.polarity == "high":
        return say("That is in the %(quarter)s, which is the %(judged)s, since higher is better.", **told)
    return say("That is in the %(quarter)s, which is the %(judged)s, since lower is better.", **told)


def _distance(figure: Figure) -> tuple[int, str]:
    kind = figure.area.kind
    return (_WIDER.index(kind) if kind in _WIDER else len(_WIDER), figure.area.name)


def _height(figure: Figure) -> tuple[bool, Decimal]:
    return (figure.value is None, -(figure.value or Decimal(0)))
