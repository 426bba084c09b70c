"""Find the cells that a declaration names by codes of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from statpress.cube import key_columns
from statpress.declare.steps import Where
from statpress.disclosure.cells import Cells, Key, Rules, of_measure
from statpress.issue import Issue, nearest

NAMES_NOTHING: Final = frozenset({"names-nothing", "withholds-nothing"})
"""The rules of issues that are faults of a declaration, and not of what it protects."""

_WRITTEN: Final = "Write codes as in the package: ids of measures, codes of areas and categories, periods as ISO 8601."


def all_cells(cells: Cells, rules: Rules) -> list[Key]:
    """Every cell of a cube, and those of measures that are made after protection, wherever there is a numerator."""
    return [*cells.values, *_computed(cells, rules)]


def find_cells(keys: Iterable[Key], where: Where, rules: Rules) -> list[Key]:
    """The cells whose columns hold the codes of `where`."""
    columns = key_columns(tuple(rules.dimensions))
    wanted = {columns.index(column): _codes(codes) for column, codes in where.items()}
    return [key for key in keys if all(key[at] in codes for at, codes in wanted.items())]


def check_codes(keys: Sequence[Key], where: Where, rules: Rules, place: str) -> list[Issue]:
    """An issue for every code of `where` that no cell has; or else for each that none has together with the others.

    `keys` are the cells that may be named, `place` is the key of the rule in its declaration.
    """
    return _unmatched(keys, keys, where, rules, place) or _unmatched(
        find_cells(keys, where, rules), keys, where, rules, place
    )


def _computed(cells: Cells, rules: Rules) -> Iterator[Key]:
    made = [(rules.measures[measure].numerator, measure) for measure in sorted(rules.computed)]
    for key in cells.values:
        for numerator, measure in made:
            if key[0] == numerator and (ratio := of_measure(key, measure)) not in cells.values:
                yield ratio


def _codes(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes


def _unmatched(found: Sequence[Key], keys: Sequence[Key], where: Where, rules: Rules, place: str) -> list[Issue]:
    columns = key_columns(tuple(rules.dimensions))
    issues: list[Issue] = []
    for column, codes in where.items():
        at = columns.index(column)
        missing = set(_codes(codes)) - {key[at] for key in found}
        issues += [_explain(place, column, code, {key[at] for key in keys}) for code in sorted(missing)]
    return issues


def _explain(place: str, column: str, code: str, known: set[str]) -> Issue:
    verb = place.split(".", maxsplit=1)[0]
    does = {"withhold": "withholds", "never-withhold": "keeps shown", "weights": "weighs"}[verb]
    hint = "No figure has all these codes together." if code in known else nearest(code, known)
    return Issue(
        "withholds-nothing" if verb == "withhold" else "names-nothing",
        f"No figure that this rule {does} has the {column} `{code}`.",
        key=f"{place}.where.{column}",
        hint=f"{hint} {_WRITTEN}".strip(),
    )
