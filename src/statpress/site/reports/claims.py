"""Claims that a sentence makes of published figures: rose, highest, more than half, twice. Each is held against them.

A claim prints its own words, so that a sentence cannot make it without it. What does not hold is an issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

from statpress.issue import nearest
from statpress.language.speak import later, say
from statpress.packages.package import Code
from statpress.site.facts.indicator import Figure
from statpress.site.facts.numbers import write_number, write_value
from statpress.site.facts.sentences import are_alike, crosses_break
from statpress.site.reports.calls import Call
from statpress.site.reports.find import Ask, Faulty, Found, Library, find, read_ask
from statpress.site.reports.say import choose_words

Test = Callable[[Decimal, Decimal], bool]


@dataclass(frozen=True)
class Drawn:
    """What takes the place of a call: words, and the figure that they are about."""

    words: str
    found: Found
    shown: bool = False
    """Whether it is the figure itself."""


def draw_claim(call: Call, library: Library) -> Drawn:
    """The words of a claim that holds. Raises Faulty when it does not, or asks for what is not there."""
    return _CLAIMS[call.name](call, library)


def refuse(
    found: Found, message: str, hint: str = "Change the sentence, so that it says what the figures say."
) -> Faulty:
    """What is raised when a claim does not hold."""
    return Faulty([found.place.complain("report-claim", message, hint)])


def _between(words: str, test: Test) -> Callable[[Call, Library], Drawn]:
    """A claim about two times: `from` the earlier and `to` the later."""

    def draw(call: Call, library: Library) -> Drawn:
        earlier, later = _find_times(call, library)
        if not test(later.value, earlier.value):
            raise refuse(later, f"It is claimed that this {words}. The published figures do not say so.")
        return _say(call, later, words)

    return draw


def _beside(words: str, test: Test) -> Callable[[Call, Library], Drawn]:
    """A claim about a figure and another one (`than`)."""

    def draw(call: Call, library: Library) -> Drawn:
        one, other = _find_both(call, library)
        if not test(one.value, other.value):
            raise refuse(one, f"The claim is “{words}”. The published figures do not say so.")
        return _say(call, one, words)

    return draw


def _against(words: str, test: Test) -> Callable[[Call, Library], Drawn]:
    """A claim about a figure and a number that the call gives."""

    def draw(call: Call, library: Library) -> Drawn:
        numbers = [value for value in call.given if isinstance(value, Decimal)]
        if len(numbers) != 1:
            hint = f'Write it last: {call.name}("measure", "period", 40).'
            raise Faulty([call.place.complain("report-syntax", f"{call.name} takes one number.", hint)])
        found = find(read_ask(call, library), library)
        said = f"{say(words)} {write_value(numbers[0], found.indicator.measure)}"
        if not test(found.value, numbers[0]):
            raise refuse(found, f"The claim is “{words}” a number that the published figure does not agree with.")
        return _say(call, found, said)

    return draw


def _half(words: str, test: Test) -> Callable[[Call, Library], Drawn]:
    """A claim about a share: a percentage against 50, a count against its whole."""

    def draw(call: Call, library: Library) -> Drawn:
        ask = read_ask(call, library)
        found = find(ask, library)
        if found.indicator.measure.kind == "percentage":
            holds = test(found.value, Decimal(50))
        else:
            holds = test(2 * found.value, _find_other(call, "of", ask, library, whole=True).value)
        if not holds:
            raise refuse(found, f"The claim is “{words}”. The published figures do not say so.")
        return _say(call, found, words)

    return draw


def _extreme(words: str, test: Test) -> Callable[[Call, Library], Drawn]:
    """A claim that a figure is above or below all others of its kind."""

    def draw(call: Call, library: Library) -> Drawn:
        found = find(read_ask(call, library), library)
        others = _find_others(call, found)
        hidden = [figure for figure in others if figure.value is None]
        if hidden and "among_shown" not in call.named:
            hint = "Say that it is so of those that are shown, and write among_shown in place of among."
            raise refuse(found, "Not all of the figures that it is compared with are shown.", hint)
        shown = [figure.value for figure in others if figure.value is not None]
        if not shown or not all(test(found.value, value) for value in shown):
            raise refuse(found, f"The claim is “{words}”. The published figures do not say so.")
        return _say(call, found, words)

    return draw


def _draw_difference(call: Call, library: Library) -> Drawn:
    one, other = _find_either(call, library)
    measure = one.indicator.measure
    size = abs(one.value - other.value)
    if measure.kind == "percentage":
        words = say("%(size)s percentage points", size=write_number(size, measure.decimals))
    else:
        words = write_value(size, measure)
    return replace(_say(call, one, words), shown=True)


def _draw_ratio(call: Call, library: Library) -> Drawn:
    one, other = _find_either(call, library)
    return replace(_say(call, one, _round(_divide(one, other), 1)), shown=True)


def _draw_change(call: Call, library: Library) -> Drawn:
    earlier, later = _find_times(call, library)
    change = 100 * abs(_divide(later, earlier) - 1)
    return replace(_say(call, later, f"{_round(change, 0)}%"), shown=True)


def _times(words: str, low: str, high: str) -> Callable[[Call, Library], Drawn]:
    """A claim that one figure is so many times another, give or take a twentieth."""

    def draw(call: Call, library: Library) -> Drawn:
        one, other = _find_either(call, library)
        if not Decimal(low) <= _divide(one, other) <= Decimal(high):
            raise refuse(one, f"The claim is “{words}”. The published figures do not say so.")
        return _say(call, one, words)

    return draw


_CLAIMS: Final[Mapping[str, Callable[[Call, Library], Drawn]]] = MappingProxyType(
    {
        "rose": _between(later("rose"), lambda new, old: new > old),
        "fell": _between(later("fell"), lambda new, old: new < old),
        "unchanged": _between(later("stayed the same"), lambda new, old: new == old),
        "higher": _beside(later("higher"), lambda one, other: one > other),
        "lower": _beside(later("lower"), lambda one, other: one < other),
        "same": _beside(later("the same"), lambda one, other: one == other),
        "highest": _extreme(later("the highest"), lambda one, other: one > other),
        "lowest": _extreme(later("the lowest"), lambda one, other: one < other),
        "more_than_half": _half(later("more than half"), lambda part, whole: part > whole),
        "less_than_half": _half(later("less than half"), lambda part, whole: part < whole),
        "at_least": _against(later("at least"), lambda value, limit: value >= limit),
        "at_most": _against(later("at most"), lambda value, limit: value <= limit),
        "more_than": _against(later("more than"), lambda value, limit: value > limit),
        "less_than": _against(later("less than"), lambda value, limit: value < limit),
        "twice": _times(later("twice"), "1.9", "2.1"),
        "half": _times(later("half"), "0.475", "0.525"),
        "more_than_twice": _times(later("more than twice"), "2.0000001", "Infinity"),
        "difference": _draw_difference,
        "ratio": _draw_ratio,
        "percent_change": _draw_change,
    }
)
CLAIMS: Final = tuple(_CLAIMS)


def _say(call: Call, found: Found, words: str) -> Drawn:
    return Drawn(choose_words(call, say(words), words), found)


def _round(value: Decimal, decimals: int) -> str:
    """A number that we work out, rounded half up."""
    return write_number(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), decimals)


def _find_times(call: Call, library: Library) -> tuple[Found, Found]:
    if "from" not in call.named or "to" not in call.named:
        hint = f'Write {call.name}("measure", from="2017/18", to="2018/19").'
        raise Faulty([call.place.complain("report-syntax", f"{call.name} needs the periods from and to.", hint)])
    ask = read_ask(call, library)
    earlier, later = (find(replace(ask, period=str(call.named[key])), library) for key in ("from", "to"))
    figures = earlier.indicator.figures
    if earlier.figure.period.end >= later.figure.period.end:
        raise refuse(later, "The period from is not before the period to.", "Give the earlier period as from.")
    if not are_alike(earlier.figure.period, later.figure.period):
        message = "The two periods are not of the same kind and length, so that no change can be claimed."
        raise refuse(later, message, "Draw the two figures, each with its period, and claim no change.")
    if crosses_break(earlier.figure, later.figure, figures):
        raise refuse(later, "The series breaks between the two periods.", "Draw the two figures, and claim no change.")
    return earlier, later


def _find_either(call: Call, library: Library) -> tuple[Found, Found]:
    if "than" in call.named:
        return _find_both(call, library)
    earlier, later = _find_times(call, library)
    return later, earlier


def _find_both(call: Call, library: Library) -> tuple[Found, Found]:
    ask = read_ask(call, library)
    one = find(ask, library)
    other = _find_other(call, "than", ask, library)
    _need_one_unit(one, other)
    return one, other


def _find_other(call: Call, key: str, ask: Ask, library: Library, *, whole: bool = False) -> Found:
    """The figure that `than` or `of` names by what differs in it; without it, the whole that `ask` is a part of."""
    other = call.named.get(key)
    if other is None and whole:
        return find(replace(ask, groups={}), library)
    if isinstance(other, Call) and other.name == "at":
        return find(read_ask(other, library, ask), library)
    hint = f'Say in what the other figure differs: {key}=at(area="England").'
    raise Faulty([call.place.complain("report-syntax", f"{call.name} needs {key}=at(...).", hint)])


def _need_one_unit(one: Found, other: Found) -> None:
    first, second = one.indicator.measure, other.indicator.measure
    if (first.kind, first.unit, first.base) != (second.kind, second.unit, second.base):
        raise refuse(one, "The two figures do not count the same thing.", "Take two figures with the same unit.")


def _divide(one: Found, other: Found) -> Decimal:
    if other.value == 0:
        raise refuse(one, "Nothing can be divided by zero.", "Draw the two figures instead.")
    return one.value / other.value


def _find_others(call: Call, found: Found) -> list[Figure]:
    """The figures that this one is compared with: of other areas, of one kind of area, periods, or categories."""
    among = call.named.get("among", call.named.get("among_shown"))
    figure, figures = found.figure, found.indicator.figures
    kinds = {other.area.kind for other in figures}
    if among == "areas" or among in kinds:
        near = [f for f in figures if f.period == figure.period and f.groups == figure.groups]
        return [f for f in near if f.area != figure.area and among in ("areas", f.area.kind)]
    if among == "periods":
        near = [f for f in figures if f.area == figure.area and f.groups == figure.groups]
        return [f for f in near if are_alike(f.period, figure.period) and f.period != figure.period]
    if isinstance(among, str) and among in figure.groups:
        return [
            f for f in figures if f.area == figure.area and f.period == figure.period and _is_beside(f, figure, among)
        ]
    hint = nearest(str(among or ""), ["areas", "periods", *kinds, *figure.groups])
    message = f"{call.name} needs to know among what (among=...)."
    raise Faulty([call.place.complain("report-syntax", message, hint)])


def _is_beside(other: Figure, figure: Figure, dimension: str) -> bool:
    """Whether another figure is about another category of the same level, and else about the same."""
    mine, theirs = figure.groups[dimension], other.groups.get(dimension)
    if theirs is None or theirs == mine or theirs.parent != mine.parent:
        return False
    return _without(other.groups, dimension) == _without(figure.groups, dimension)


def _without(groups: dict[str, Code], dimension: str) -> dict[str, Code]:
    return {name: code for name, code in groups.items() if name != dimension}
