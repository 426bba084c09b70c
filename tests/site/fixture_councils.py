"""A package whose figures have every special shape: intervals, a target, bands, overlaps, parts, and many areas."""

from pathlib import Path

from fixture_packages import measure, write_package
from fixture_site import AGE, SEX, YEARS

COUNCILS = {f"C{n}": f"Council number {n}" for n in range(1, 14)}


def write_councils(folder: Path):
    """Many areas over time with intervals and a withheld one; a target; scores in bands; overlaps; parts of a whole."""
    areas = {"K": "Kesteven", **COUNCILS, "E": "England"}
    rows = []
    for place, code in enumerate(areas):
        for n, when in enumerate(YEARS):
            value, status = (10.5 + place + n, "") if code != "C3" else ("", "c")
            rows += [("absence", code, when, {}, value, status, "")]
            if status == "" and n == 3:
                rows += [
                    ("absence-low", code, when, {}, value - 2, "", ""),
                    ("absence-high", code, when, {}, value + 2, "", ""),
                ]
    rows += [("helped", "K", YEARS[3], {}, 1512, "", ""), ("helped", "C1", YEARS[3], {}, "", "c", "")]
    rows += [("score", "K", YEARS[3], {"sex": sex}, value, "", "") for sex, value in (("male", 14.5), ("female", 12))]
    rows += [("journey", "K", YEARS[3], {"age": age}, v, "", "") for age, v in zip(AGE, (50.5, 30, 19.5), strict=True)]
    for n, (one, two) in enumerate([("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]):
        cell = ("", "c") if n == 0 else (40 + n, "")
        rows += [("factors", "K", YEARS[3], {"abuse": one, "health": two}, *cell, "")]
    measures = [
        measure("absence", "Absence rate", unit="%", kind="percentage", decimals=1, polarity="low"),
        measure("absence-low", "Absence rate, lower limit", unit="%", kind="percentage", decimals=1),
        measure("absence-high", "Absence rate, upper limit", unit="%", kind="percentage", decimals=1),
        measure("helped", "Families helped", unit="families", polarity="high"),
        measure("score", "Average score of difficulties", unit="points", kind="score", decimals=1, polarity="low"),
        measure("journey", "How pupils travel", unit="%", kind="percentage", decimals=1),
        measure("factors", "Children in need by factor"),
    ]  # fmt: skip
    dimensions = {
        "sex": SEX,
        "age": AGE,
        "abuse": {"yes": "Domestic abuse", "no": "No domestic abuse"},
        "health": {"yes": "Mental health", "no": "No mental health"},
    }
    own = {
        "absence": {"interval": {"lower": "absence-low", "upper": "absence-high", "level": "95%"}},
        "helped": {"targets": [{"value": 2220, "title": "Target", "by": "2020"}]},
        "score": {"bands": [{"low": 0, "high": 13, "title": "Close to average"},
                            {"low": 14, "high": 16, "title": "Slightly raised"}, {"low": 17, "high": 40, "title": "High"}]},
    }  # fmt: skip
    words = [{"id": row[0], "sources": [0], "caveats": []} | own.get(row[0], {}) for row in measures]
    release = {
        "version": "2019.1",
        "date": "2019-12-01",
        "next": "2020-12-01",
        "notes": "",
        "type": "Official statistics",
    }
    return write_package(
        folder, rows, measures, dimensions, measures_words=words, areas=areas, release=release, kinds={"E": "country"}
    )
