"""Find the one figure that a call is about, among those that packages publish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeVar

from statpress.cube import ALL
from statpress.issue import Issue, nearest
from statpress.packages.package import Area, Code, Package, Period
from statpress.site.facts.indicator import Figure, Indicator
from statpress.site.facts.phrases import join_words
from statpress.site.reports.calls import Call, Place, Value
from statpress.status import STATUSES, WITHHELD

T = TypeVar("T", Area, Period, Code)
RESERVED: Final = (
    "measure",
    "area",
    "period",
    "package",
    "show",
    "say",
    "from",
    "to",
    "than",
    "of",
    "among",
    "among_shown",
)
"""What a call may be given by name, besides the dimensions of the package."""


class Faulty(Exception):
    """A call that cannot be drawn, with its issues. Whoever draws a report goes on with the next call."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        """Keep the issues."""
        self.issues = tuple(issues)
        super().__init__(f"{len(self.issues)} issue(s)")


@dataclass(frozen=True)
class Library:
    """The indicators that a report may draw from, and the area that it is about (a code or name, or nothing)."""

    indicators: tuple[Indicator, ...]
    area: str = ""


@dataclass(frozen=True)
class Ask:
    """What a call asks for, as it is written."""

    measure: str
    period: str
    area: str
    package: str
    groups: dict[str, str]
    place: Place


@dataclass(frozen=True)
class Found:
    """A figure and the indicator that it is one of."""

    indicator: Indicator
    figure: Figure
    place: Place

    @property
    def value(self) -> Decimal:
        """The number. Raises Faulty when there is none; nothing more is said of a withheld one."""
        if self.figure.value is not None:
            return self.figure.value
        if self.figure.status == WITHHELD:
            hint = "Leave it out, or say so with withheld(...)."
            message = "This figure is withheld to protect people. A report cannot draw it or claim anything of it."
            raise Faulty([self.place.complain("report-withheld", message, hint)])
        why = STATUSES[self.figure.status].title.lower()
        hint = "Leave the sentence out, or say in words why there is no number."
        raise Faulty([self.place.complain("report-missing", f"There is no number here: {why}.", hint)])


def read_ask(call: Call, library: Library, base: Ask | None = None) -> Ask:
    """What a call asks for; what it leaves out is as in `base`, then as in the report. Raises Faulty."""
    texts = [value for value in call.given if isinstance(value, str)]
    if len(texts) > (1 if base else 2) or not (texts or base):
        hint = 'Give the measure and, where it has more than one, the period: figure("children-missing", "2018/19").'
        raise Faulty([call.place.complain("report-syntax", f"{call.name} takes a measure and a period.", hint)])
    groups = {key: _text(call, key, value) for key, value in call.named.items() if key not in RESERVED}
    keys = ("measure", "area", "period", "package")
    named = {key: _text(call, key, call.named[key]) for key in keys if key in call.named}
    start = base or Ask("", "", library.area, "", {}, call.place)
    order = ("period",) if base else ("measure", "period")
    named |= dict(zip(order, texts, strict=False))
    return replace(
        start,
        measure=named.get("measure", start.measure),
        period=named.get("period", start.period),
        area=named.get("area", start.area),
        package=named.get("package", start.package),
        groups=start.groups | groups,
        place=call.place,
    )


def find(ask: Ask, library: Library) -> Found:
    """The figure that is asked for. Raises Faulty with everything in it that is not known, and the nearest names."""
    indicator = _choose_indicator(ask, library)
    cube = indicator.package.cube
    assert cube is not None  # noqa: S101 - an indicator comes from a cube
    faults: list[Issue] = []
    groups = _choose_groups(ask, indicator, faults)
    areas = {figure.area.code: figure.area for figure in indicator.figures}
    area = _choose(ask, ("area", ask.area or _only(areas)), areas.values(), faults)
    if faults or area is None:
        raise Faulty(faults)
    near = [figure for figure in indicator.figures if figure.area == area and figure.groups == groups]
    if not near:
        raise Faulty([ask.place.complain("report-missing", "The package has no such figure.", _offer(indicator, area))])
    return Found(indicator, _choose_period(ask, indicator, near), ask.place)


def _choose_indicator(ask: Ask, library: Library) -> Indicator:
    named = [i for i in library.indicators if i.measure.id == ask.measure]
    found = [i for i in named if not ask.package or i.package.id == ask.package]
    if len(found) > 1:
        found = [i for i in found if any(_is_called(ask.area, figure.area) for figure in i.figures)] or found
    if len(found) == 1:
        return found[0]
    if not named:
        hint = nearest(ask.measure, [i.measure.id for i in library.indicators])
        raise Faulty([ask.place.complain("report-unknown", f"There is no measure “{ask.measure}”.", hint)])
    packages = [i.package.id for i in named]
    if not found:
        hint = nearest(ask.package, packages)
        raise Faulty([ask.place.complain("report-unknown", f"“{ask.package}” has no measure “{ask.measure}”.", hint)])
    message = f"{len(found)} packages have a measure “{ask.measure}”."
    raise Faulty([ask.place.complain("report-unknown", message, f'Say which, such as package="{packages[0]}".')])


def _choose_groups(ask: Ask, indicator: Indicator, faults: list[Issue]) -> dict[str, Code]:
    groups = {}
    for name, text in ask.groups.items():
        dimension = indicator.dimensions.get(name)
        if dimension is None:
            hint = nearest(name, [*indicator.dimensions, *RESERVED])
            message = f"The package “{indicator.package.id}” has no dimension “{name}”."
            faults.append(ask.place.complain("report-unknown", message, hint))
            continue
        code = _choose(ask, (dimension.title.lower(), text), dimension.codes.values(), faults)
        if code is not None and code.code != ALL:
            groups[name] = code
    return groups


def _choose_period(ask: Ask, indicator: Indicator, near: Sequence[Figure]) -> Figure:
    periods = {figure.period.code: figure for figure in near}
    known = _list_names([figure.period.label for figure in near])
    if not ask.period:
        if len(periods) == 1:
            return near[0]
        message = "The package has this figure for several periods."
        raise Faulty([ask.place.complain("report-unknown", message, f"Say which of them: {known}.")])
    found = [figure for figure in near if _is_called(ask.period, figure.period)]
    if len(found) == 1:
        return found[0]
    if found:
        codes = join_words([figure.period.code for figure in found], "or")
        message = f"“{ask.period}” is more than one period here."
        raise Faulty([ask.place.complain("report-unknown", message, f"Give its code: {codes}.")])
    every = {figure.period.label for figure in indicator.figures}
    rule = "report-missing" if ask.period in every else "report-unknown"
    message = f"There is no such figure for the period “{ask.period}”."
    raise Faulty([ask.place.complain(rule, message, f"It is there for {known}.")])


def _choose(ask: Ask, wanted: tuple[str, str], among: Iterable[T], faults: list[Issue]) -> T | None:
    """The one that is called as wanted: what it is, and its code or name. Otherwise another fault."""
    (what, text), known = wanted, list(among)
    found = [item for item in known if _is_called(text, item)]
    if len(found) == 1:
        return found[0]
    message = f"“{text}” is no {what} of this measure." if text else f"The measure has more than one {what}."
    faults.append(ask.place.complain("report-unknown", message, nearest(text, [_name(item) for item in known])))
    return None


def _is_called(text: str, item: Area | Period | Code) -> bool:
    return text.casefold() in (item.code.casefold(), _name(item).casefold())


def _name(item: Area | Period | Code) -> str:
    return item.name if isinstance(item, Area) else item.label


def _only(areas: dict[str, Area]) -> str:
    return next(iter(areas)) if len(areas) == 1 else ""


def _offer(indicator: Indicator, area: Area) -> str:
    shapes = {figure.shape for figure in indicator.figures if figure.area == area}
    ways = [join_words([f"by {name}" for name in shape], "and") or "as a whole" for shape in sorted(shapes)]
    told = join_words(ways, "and")
    return f"It has this measure {told}." if told else ""


def _list_names(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    return join_words(distinct[-8:], "or")


def _text(call: Call, key: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    raise Faulty([call.place.complain("report-syntax", f"{key} takes a text.", f'Write {key}="...", with quotes.')])


def of_packages(indicators: Iterable[Indicator], packages: Sequence[Package]) -> tuple[Indicator, ...]:
    """The indicators of some packages."""
    return tuple(indicator for indicator in indicators if any(indicator.package is package for package in packages))
