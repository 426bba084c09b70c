"""Cells that a rule of a pipeline names by the codes of some columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from statpress.cube import key_columns
from statpress.declare.steps import Where
from statpress.disclosure.cells import Cells, Key, Rules, of_measure
from statpress.issue import Issue


class Named(Protocol):
    """A rule that says where it applies."""

    @property
    def where(self) -> Where:
        """Columns of the observations and the codes they must hold."""


def find_named(
    cells: Cells, rules: Rules, named: Iterable[Named], key: str
) -> tuple[list[tuple[Key, ...]], list[Issue]]:
    """The cells that each rule names; and an issue for every code of a rule that no such cell has.

    `key` is where the pipeline lists the rules. A misspelt code would otherwise do nothing, and nobody would see it.
    """
    keys = [*cells.values, *_computed(cells, rules)]
    columns = key_columns(tuple(rules.dimensions))
    found: list[tuple[Key, ...]] = []
    issues: list[Issue] = []
    for index, rule in enumerate(named):
        wanted = {column: _codes(codes) for column, codes in rule.where.items()}
        found.append(_matching(keys, columns, wanted))
        issues += _unmatched(f"{key}.{index}.where", found[-1], columns, wanted)
    return found, issues


def _computed(cells: Cells, rules: Rules) -> Iterator[Key]:
    """The cells of measures that are made after protection, wherever there is a numerator."""
    made = [(rules.measures[measure].numerator, measure) for measure in sorted(rules.computed)]
    for key in cells.values:
        for numerator, measure in made:
            if key[0] == numerator and (ratio := of_measure(key, measure)) not in cells.values:
                yield ratio


def _codes(codes: str | tuple[str, ...]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes


def _matching(keys: list[Key], columns: list[str], wanted: Mapping[str, tuple[str, ...]]) -> tuple[Key, ...]:
    places = [(columns.index(column), codes) for column, codes in wanted.items()]
    return tuple(key for key in keys if all(key[place] in codes for place, codes in places))


def _unmatched(
    key: str, found: tuple[Key, ...], columns: list[str], wanted: Mapping[str, tuple[str, ...]]
) -> Iterator[Issue]:
    for column, codes in wanted.items():
        there = {cell[columns.index(column)] for cell in found}
        for code in codes:
            if code not in there:
                yield Issue(
                    "names-nothing",
                    f"No figure that this rule names has the {column} `{code}`.",
                    key=f"{key}.{column}",
                    hint="Write codes as in the package: ids of measures, codes of areas and categories, periods as "
                    "ISO 8601.",
                )
