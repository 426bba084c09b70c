"""From the files of a statpress package to its cube: code lists first, then the figures that refer to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from statpress.issue import Issue
from statpress.packages.descriptor import DimensionEntry, Statpress
from statpress.packages.package import Cube, Dimension, Extent, Observation, StatusWords
from statpress.packages.reading.code_lists import CodeList, make_area, make_code, make_period, make_status, read_codes
from statpress.packages.reading.code_lists import read_measures as _read_measures
from statpress.packages.reading.observations import Known, make_observations, read_observations
from statpress.status import WITHHELD

FIGURES = "observations"
NAMES = (FIGURES, "measures", "areas", "periods", "statuses")


def read_cube(tables: dict[str, CodeList], words: Statpress, place: str) -> tuple[Cube | None, list[Issue]]:
    """The cube in `tables` (by resource name), and what is wrong with it. `place` is the descriptor, for messages."""
    wanted = [*NAMES, *(entry.id for entry in words.dimensions)]
    issues = [
        Issue("resource-missing", f"A statpress package must have a readable resource “{name}”.", place)
        for name in wanted
        if name not in tables
    ]
    if issues:
        return None, issues
    known, statuses = _read_lists(tables, words, issues)
    observations = read_observations(tables[FIGURES], known, issues)
    cube = _cube(known, statuses, _count(observations), lambda: observations)
    return cube, issues + _check_words(cube, words, place)


def read_known_cube(
    tables: dict[str, CodeList], words: Statpress, extents: dict[str, Extent], figures: Callable[[], CodeList]
) -> Cube:
    """The cube of a package that nothing was wrong with when it was read before. Its figures are not read yet."""
    known, statuses = _read_lists(tables, words, [])
    return _cube(known, statuses, extents, lambda: make_observations(figures(), known))


def _cube(
    known: Known,
    statuses: dict[str, StatusWords],
    extents: dict[str, Extent],
    read: Callable[[], tuple[Observation, ...]],
) -> Cube:
    return Cube(known.measures, known.areas, known.periods, statuses, known.dimensions, extents, read)


def _count(observations: Sequence[Observation]) -> dict[str, Extent]:
    """How many figures each measure has, in the order of the file."""
    own: dict[str, list[Observation]] = {}
    for observation in observations:
        own.setdefault(observation.measure, []).append(observation)
    return {
        measure: Extent(
            len(rows), sum(row.value is not None for row in rows), sum(row.status == WITHHELD for row in rows)
        )
        for measure, rows in own.items()
    }


def _read_lists(
    tables: dict[str, CodeList], words: Statpress, issues: list[Issue]
) -> tuple[Known, dict[str, StatusWords]]:
    known = Known(
        _read_measures(tables["measures"], issues),
        read_codes(tables["areas"], "area", make_area, issues),
        read_codes(tables["periods"], "period", make_period, issues),
        tuple(_dimension(tables[entry.id], entry, issues) for entry in words.dimensions),
    )
    return known, read_codes(tables["statuses"], "status", make_status, issues)


def _dimension(table: CodeList, entry: DimensionEntry, issues: list[Issue]) -> Dimension:
    codes = read_codes(table, "code", make_code, issues)
    ordered = dict(sorted(codes.items(), key=lambda item: (item[1].order, item[0])))
    return Dimension(entry.id, entry.title, entry.adds_up, ordered)


def _check_words(cube: Cube, words: Statpress, place: str) -> list[Issue]:
    caveats = {caveat.id for caveat in words.caveats}
    unknown = [
        (f"statpress.measures.{number}", code, kind)
        for number, entry in enumerate(words.measures)
        for kind, codes, known in (
            ("measure", [entry.id], set(cube.measures)),
            ("caveat", entry.caveats, caveats),
            ("dimension", entry.dimensions, {dimension.id for dimension in cube.dimensions}),
        )
        for code in codes
        if code not in known
    ]
    if words.area and words.area not in cube.areas:
        unknown.append(("statpress.area", words.area, "area"))
    return [Issue("code-unknown", f"There is no {kind} “{code}”.", place, key=key) for key, code, kind in unknown]
