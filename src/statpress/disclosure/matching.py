"""Find the cells that a declaration names by codes of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from statpress.cube import key_columns
from statpress.declare.steps import Where
from statpress.disclosure.cells import Cells, Key, Rules, of_measure
from statpress.issue import Issue


def all_cells(cells: Cells, rules: Rules) -> list[Key]:
    """Every cell of a cube, and those of measures that are made after protection, wherever there is a numerator."""
    return [*cells.values, *_computed(cells, rules)]


def find_cells(keys: Iterable[Key], where: Where, rules: Rules) -> list[Key]:
    """The cells whose columns hold the codes of `where`."""
    columns = key_columns(tuple(rules.dimensions))
    wanted = {columns.index(column): _codes(codes) for column, codes in where.items()}
    return [key for key in keys if all(key[at] in codes for at, codes in wanted.items())]


def check_codes(found: Sequence[Key], where: Where, rules: Rules, place: str) -> Iterator[Issue]:
    """An issue for every code of `where` that no cell has that it names. `place` is its key in the declaration."""
    columns = key_columns(tuple(rules.dimensions))
    for column, codes in where.items():
        for code in _codes(codes):
            if all(key[columns.index(column)] != code for key in found):
                yield _unmatched(place, column, code)


def _computed(cells: Cells, rules: Rules) -> Iterator[Key]:
    made = [(rules.measures[measure].numerator, measure) for measure in sorted(rules.computed)]
    for key in cells.values:
        for numerator, measure in made:
            if key[0] == numerator and (ratio := of_measure(key, measure)) not in cells.values:
                yield ratio


def _codes(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes


def _unmatched(place: str, column: str, code: str) -> Issue:
    verb = place.split(".", maxsplit=1)[0]
    does = {"withhold": "withholds", "never_withhold": "keeps shown", "weights": "weighs"}[verb]
    return Issue(
        "withholds-nothing" if verb == "withhold" else "names-nothing",
        f"No figure that this rule {does} has the {column} `{code}`.",
        key=f"{place.replace('_', '-')}.where.{column}",
        hint="Write codes as in the package: ids of measures, codes of areas and categories, periods as ISO 8601.",
    )
