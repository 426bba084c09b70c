"""Made-up charts of every kind with their edge cases, to look at when the way of drawing changes. No figure is real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from statpress.site.charts.model import (
    Band,
    BandChart,
    Bar,
    BarChart,
    BarGroup,
    BulletChart,
    BulletRow,
    Chart,
    DotChart,
    Line,
    LineChart,
    Overlap,
    OverlapChart,
    PairChart,
    PanelChart,
    PartChart,
    Point,
    Spot,
    SpotRow,
    Target,
)

Value = float | None
LONG: Final = (
    "Children and young people whose main need is a speech, language or communication difficulty that was found late"
)
_AGES: Final = ("Aged 0 to 4", "Aged 5 to 9", "Aged 10 to 15", "Aged 16 and 17")
_BANDS: Final = (Band(0, 13, "Close to average"), Band(14, 16, "Slightly raised"), Band(17, 40, "High"))


def list_gallery() -> dict[str, dict[str, Chart]]:
    """Charts by kind, and by what is special about each."""
    return {
        "Trend": _trends(),
        "Small multiples": _panels(),
        "Ranked bars": _ranked(),
        "Bars by group": {"Two groups": _bars([5.0, 3.0], [4.0, None]), "Long labels": _bars([5.0], [3.0], title=LONG)},
        "Pairs": _pairs(),
        "Parts of a whole": _parts(),
        "Dots beside comparators": _dots(),
        "Target": _targets(),
        "Bands of a score": _scores(),
        "Overlap": _overlaps(),
    }


def _trends() -> dict[str, Chart]:
    years = [float(n % 7 + 20) for n in range(60)]
    return {
        "Four lines that end together": _lines(
            [[5.0, 6.0, 7.0, 8.0], [4.0, 5.0, 7.0, 8.1], [9.0, 8.0, 8.0, 8.2], [7.9] * 4]
        ),
        "A withheld point": _lines([[5.0, None, 7.0, 8.0]]),
        "Only one point is shown": _lines([[None, None, 7.0]]),
        "All withheld": _lines([[None, None, None]]),
        "A break in the series": _lines([[5.0, 6.0, 9.0, 10.0]], breaks=2),
        "Negative values": _lines([[-4.0, 2.0, -1.0]]),
        "From a thousandth to ten million": _lines([[0.001, 10_000_000.0]]),
        "Sixty years": _lines([years]),
        "Long labels": _lines([[5.0, 6.0], [3.0, 4.0]], label=LONG),
    }


def _panels() -> dict[str, Chart]:
    def panels(number: int, label: str, values: Sequence[Value]) -> Chart:
        lines = [
            _line(f"{label} {n}", [None if v is None else v + n for v in values], strong=n == 1) for n in range(number)
        ]
        return PanelChart(*_words("panels"), tuple(lines))

    return {
        "Seven districts, one point withheld": panels(7, "District", [3.0, 4.0, None, 6.0]),
        "24 areas": panels(24, "Area", [3.0, 4.0, 5.0]),
        "All withheld": panels(4, "District", [None, None]),
        "Negative values and long labels": panels(4, LONG, [-3.0, 2.0]),
    }


def _ranked() -> dict[str, Chart]:
    return {
        "One bar": _bars([5.0]),
        "Withheld areas come last": _bars([5.0, 4.0, None, None]),
        "All withheld": _bars([None, None]),
        "A true zero": _bars([3.0, 0.0]),
        "Negative values": _bars([2.0, -3.5]),
        "Only negative values": _bars([-2.0, -3.5]),
        "From a thousandth to ten million": _bars([10_000_000.0, 0.001]),
        "Long labels": _bars([5.0, 3.0], label=LONG),
        "200 areas": _bars([float(n) for n in range(200, 0, -1)]),
    }


def _pairs() -> dict[str, Chart]:
    def pairs(*rows: tuple[Value, Value], label: str = "") -> Chart:
        made = [SpotRow(label or age, tuple(map(_spot, row))) for age, row in zip(_AGES, rows, strict=False)]
        return PairChart(*_words("pairs"), ("Boys", "Girls"), tuple(made))

    return {
        "By sex and age": pairs((12.0, 30.0), (None, 18.0), (7.0, 9.0), (0.0, 3.0)),
        "All withheld": pairs((None, None), (None, None)),
        "Negative values": pairs((-3.0, 2.0), (1.0, -1.0)),
        "Long labels": pairs((4.0, 2.0), (1.0, 3.0), label=LONG),
    }


def _parts() -> dict[str, Chart]:
    def parts(series: tuple[str, ...], *rows: tuple[str, tuple[float, ...]]) -> Chart:
        made = [SpotRow(label, tuple(map(_spot, values))) for label, values in rows]
        return PartChart(*_words("parts"), series, tuple(made))

    six = ("Walk", "Cycle", "Bus", "Train", "Car", "Other")
    return {
        "One whole": parts(six[:3], ("", (60.0, 35.0, 5.0))),
        "Six parts in two areas": parts(
            six, ("Kesteven", (30.0, 5.0, 25.0, 4.0, 30.0, 6.0)), ("England", (20.0, 5.0, 15.0, 10.0, 45.0, 5.0))
        ),
        "Long labels": parts((LONG, "Others"), ("", (70.0, 30.0))),
        "A part that is zero": parts(six[:3], ("", (60.0, 0.0, 40.0))),
    }


def _dots() -> dict[str, Chart]:
    def dots(*rows: tuple[str, tuple[Value, ...]]) -> Chart:
        made = [SpotRow(label, tuple(map(_spot, values))) for label, values in rows]
        return DotChart(*_words("dots"), ("Kesteven", "The Ridings", "England"), tuple(made))

    intervals = [("England", 30.0, 1.0), ("Kesteven", 25.0, 6.0), ("The Ridings", 22.0, 3.0)]
    rows = [SpotRow(name, (Spot(v, f"{v:g}%", v - wide, v + wide),)) for name, v, wide in intervals]
    return {
        "Groups beside comparators": dots(("Primary", (2.1, 1.4, 1.4)), ("Secondary", (12.9, None, 10.1))),
        "Confidence intervals": DotChart(*_words("dots"), (), (*rows, SpotRow("Oldham", (_spot(None),))), 1),
        "One point": dots(("Primary", (2.1, None, None))),
        "All withheld": dots(("Primary", (None, None, None))),
        "Negative values and long labels": dots((LONG, (-2.0, 1.0, -1.0))),
    }


def _targets() -> dict[str, Chart]:
    def rows(*found: tuple[Value, float], label: str = "Kesteven") -> Chart:
        made = [BulletRow(label, value, _text(value), Target(aim, f"Target: {aim:,g} by 2020")) for value, aim in found]
        return BulletChart(*_words("target"), tuple(made))

    return {
        "On the way, beyond, and withheld": rows((1512.0, 2220.0), (2500.0, 2220.0), (None, 2000.0)),
        "All withheld": rows((None, 2000.0)),
        "Negative values": rows((-3.0, -5.0)),
        "Long labels": rows((4.0, 5.0), label=LONG),
    }


def _scores() -> dict[str, Chart]:
    def scores(*values: Value, label: str = "Group") -> Chart:
        rows = tuple(SpotRow(f"{label} {n}", (_spot(value),)) for n, value in enumerate(values, start=1))
        return BandChart(*_words("bands"), _BANDS, rows)

    return {
        "Scores in three bands": scores(14.2, 9.0, None, 39.5),
        "One point": scores(14.0),
        "All withheld": scores(None, None),
        "Long labels": scores(14.2, label=LONG),
    }


def _overlaps() -> dict[str, Chart]:
    def overlaps(sets: tuple[str, ...], *found: tuple[tuple[int, ...], Value]) -> Chart:
        made = tuple(Overlap(members, value, _text(value)) for members, value in found)
        return OverlapChart(*_words("overlap"), sets, made)

    three = ("Domestic abuse", "Mental health", "Substance misuse")
    return {
        "Three groups": overlaps(three, ((0,), 50.0), ((0, 2), 30.0), ((), 20.0), ((0, 1, 2), None)),
        "All withheld": overlaps(three, ((0,), None), ((0, 1), None)),
        "Long labels": overlaps((LONG, "Others"), ((0,), 5.0), ((0, 1), 3.0)),
    }


def _words(name: str) -> tuple[str, str, str, str, str]:
    return (f"chart-{name}", "Heading", "A made-up chart", "children", "The words that are made from the data.")


def _text(value: Value) -> str:
    return "[c]" if value is None else f"{value:,.10g}".replace("-", "−")


def _spot(value: Value) -> Spot:
    return Spot(value, _text(value))


def _bars(*groups: Sequence[Value], label: str = "", title: str = "") -> BarChart:
    names = ("Boys", "Girls") if len(groups) > 1 else ("",)
    made = [
        BarGroup(
            title or name,
            tuple(Bar(label or f"Area {n}", value, _text(value), n == 1) for n, value in enumerate(values, start=1)),
        )
        for name, values in zip(names, groups, strict=True)
    ]
    return BarChart(*_words("bars"), tuple(made))


def _line(label: str, values: Sequence[Value], *, strong: bool, breaks: int = -1) -> Line:
    points = (Point(2000.0 + n, f"{2000 + n}", value, _text(value), n == breaks) for n, value in enumerate(values))
    return Line(label, strong, tuple(points))


def _lines(lines: Sequence[Sequence[Value]], *, breaks: int = -1, label: str = "") -> LineChart:
    names = ("Kesteven", "England", "The Ridings", "Oldham")
    made = [
        _line(label or name, values, strong=n == 0, breaks=breaks)
        for n, (name, values) in enumerate(zip(names, lines, strict=False))
    ]
    return LineChart(*_words("trend"), tuple(made))
